"""The way to a process of its own, in which files of strangers are opened (`reliability.md` 7)."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from bot.domain.attachments import MOST_ATTACHED, Fault, refused
from bot.domain.file_kinds import FileKind
from bot.inspection.frames import read_frame, write_frame

SECONDS = 20
"""Of the processor, for one file and the letters of one step."""
_WALL = 6
"""How much longer by the clock, where others use the machine too."""


class Quarantine:
    """A process with little memory, little time and no secrets."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self.pid = process.pid
        self._asked = cast("BinaryIO", process.stdin)
        self._answers = cast("BinaryIO", process.stdout)

    def answer(self, frame: bytes) -> bytes:
        """Return what it says to a frame.

        Raises:
            Refusal: it took too much time or memory.
        """
        try:
            write_frame(self._asked, frame)
            answer = read_frame(self._answers)
        except OSError as error:
            raise refused(Fault.BROKEN) from error
        if answer is None:
            raise refused(Fault.BROKEN)
        return answer


@contextmanager
def quarantine(module: str) -> Iterator[Quarantine]:
    """Let one of our modules run in a process of its own; it ends with the block."""
    process = subprocess.Popen(  # noqa: S603 - our own module, our own number
        [sys.executable, "-I", "-m", module, str(SECONDS)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
    )
    watch = threading.Timer(SECONDS * _WALL, process.kill)
    watch.start()
    try:
        yield Quarantine(process)
    finally:
        watch.cancel()
        process.kill()
        process.communicate()


def inspect(kind: FileKind, content: bytes) -> None:
    """Look whether a file is what its name says, and harmless.

    Raises:
        Refusal: it is not; the reason is told.
    """
    refuse_size(content)
    with quarantine("bot.inspection.child") as closed:
        verdict = json.loads(closed.answer(kind.value.encode() + b"\n" + content))
    if "fault" in verdict:
        raise refused(Fault(verdict["fault"]), verdict["what"])


def refuse_size(content: bytes) -> None:
    """Refuse what is nothing, or too much.

    Raises:
        Refusal: it is.
    """
    if not content:
        raise refused(Fault.EMPTY)
    if len(content) > MOST_ATTACHED:
        raise refused(Fault.TOO_LARGE_TO_ATTACH)
