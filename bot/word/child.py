"""The process in which files of strangers are opened: little memory, little time, nothing to write to, no secrets.

It reads frames (a length, then so many bytes) and answers each with one: first the file, then fields of letters.
"""

import json
import resource
import struct
import sys
from collections.abc import Mapping
from typing import BinaryIO

MEMORY = 768 * 1024 * 1024
_LENGTH = struct.Struct("<L")


def read_frame(stream: BinaryIO) -> bytes | None:
    """Return the next frame, None at the end."""
    length = stream.read(_LENGTH.size)
    if len(length) < _LENGTH.size:
        return None
    (expected,) = _LENGTH.unpack(length)
    frame = stream.read(expected)
    return frame if len(frame) == expected else None


def write_frame(stream: BinaryIO, frame: bytes) -> None:
    """Write one frame."""
    stream.write(_LENGTH.pack(len(frame)) + frame)
    stream.flush()


def main(seconds: int) -> None:
    """Open one file and merge it as often as asked; `seconds` of the processor, no more."""
    _limit(seconds)
    from bot.word.letter import Letter, Mistaken, message_written
    from bot.word.package import Unfit

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


def _limit(seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(int(sys.argv[1]))
