"""The process in which a file is looked at: it reads its kind and the file, and says what stands against it."""

import json
import sys

from bot.inspection.frames import limit, read_frame, write_frame


def main(seconds: int) -> None:
    """Look at one file; `seconds` of the processor, no more."""
    limit(seconds)
    from bot.inspection.verdict import verdict

    kind, _, content = (read_frame(sys.stdin.buffer) or b"").partition(b"\n")
    write_frame(sys.stdout.buffer, json.dumps(verdict(kind.decode(), content)).encode())


if __name__ == "__main__":
    main(int(sys.argv[1]))
