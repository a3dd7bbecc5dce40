"""How a process talks with the one in which files of strangers are opened: a length, then so many bytes."""

import resource
import struct
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


def limit(seconds: int) -> None:
    """Leave this process little memory, `seconds` of the processor, and nothing to write to."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
