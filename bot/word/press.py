"""Letters are looked at and merged in a process of their own; here is the way to it (`reliability.md` 7)."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from bot.domain.attachments import MOST_BYTES, Fault, refused
from bot.domain.messages import Message, Refusal
from bot.word.child import read_frame, write_frame

SECONDS = 20
"""Of the processor, for one file and the letters of one step."""
_WALL = 6
"""How much longer by the clock, where others use the machine too."""


class Press:
    """An opened letter, to be merged for one contact after the other."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self.pid = process.pid
        self._asked = cast("BinaryIO", process.stdin)
        self._answers = cast("BinaryIO", process.stdout)

    def open(self, content: bytes) -> None:
        """Let the file be looked at.

        Raises:
            Refusal: it can't be a letter; the reason is told with its place.
        """
        verdict = json.loads(self._answer(content))
        if "fault" in verdict:
            raise refused(Fault(verdict["fault"]), verdict["what"])
        if "mistake" in verdict:
            wrong = _message(verdict["mistake"])
            raise Refusal(wrong.text, **wrong.values)

    def merged(self, fields: Mapping[str, str]) -> bytes:
        """Return the letter for somebody.

        Raises:
            Refusal: it took too much time or memory.
        """
        return self._answer(json.dumps(dict(fields)).encode())

    def _answer(self, frame: bytes) -> bytes:
        try:
            write_frame(self._asked, frame)
            answer = read_frame(self._answers)
        except OSError as error:
            raise refused(Fault.BROKEN) from error
        if answer is None:
            raise refused(Fault.BROKEN)
        return answer


@contextmanager
def press(content: bytes) -> Iterator[Press]:
    """Open a letter.

    Raises:
        Refusal: it can't be a letter.
    """
    if len(content) > MOST_BYTES:
        raise refused(Fault.TOO_LARGE)
    process = subprocess.Popen(  # noqa: S603 - our own module, our own number
        [sys.executable, "-I", "-m", "bot.word.child", str(SECONDS)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
    )
    watch = threading.Timer(SECONDS * _WALL, process.kill)
    watch.start()
    try:
        made = Press(process)
        made.open(content)
        yield made
    finally:
        watch.cancel()
        process.kill()
        process.communicate()


def inspect(content: bytes) -> None:
    """Look whether a file can be a letter, and merge it once.

    Raises:
        Refusal: it can't; the reason is told with its place.
    """
    with press(content) as opened:
        opened.merged({})


def _message(written: Mapping[str, Any]) -> Message:
    return Message(written["text"], {name: _value(value) for name, value in written["values"].items()})


def _value(value: Any) -> object:
    if isinstance(value, dict):
        return _message(value)
    return tuple(map(_value, value)) if isinstance(value, list) else value
