"""The process in which files of strangers are opened: little memory, little time, nothing to write to, no secrets.

It reads frames (a length, then so many bytes) and answers each with one: first the file, then fields of letters.
"""

import json
import sys
from collections.abc import Mapping
from typing import BinaryIO

from bot.inspection.frames import limit, read_frame, write_frame


def main(seconds: int) -> None:
    """Open one file and merge it as often as asked; `seconds` of the processor, no more."""
    limit(seconds)
    from bot.inspection.archive import Unfit
    from bot.word.letter import Letter, Mistaken, message_written

    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    try:
        letter = Letter(read_frame(asked) or b"")
    except Unfit as unfit:
        return _say(answers, {"fault": unfit.fault.value, "what": unfit.what})
    except Mistaken as mistaken:
        return _say(answers, {"mistake": message_written(mistaken.message)})
    _say(answers, {})
    while (fields := read_frame(asked)) is not None:
        write_frame(answers, letter.merged(json.loads(fields)))
    return None


def _say(stream: BinaryIO, words: Mapping[str, object]) -> None:
    write_frame(stream, json.dumps(words).encode())


if __name__ == "__main__":
    main(int(sys.argv[1]))
