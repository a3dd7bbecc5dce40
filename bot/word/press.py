"""Letters are looked at and merged in a process of their own; here is the way to it (`reliability.md` 7)."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from bot.domain.attachments import MOST_BYTES, Fault, refused
from bot.domain.messages import Message, Refusal
from bot.inspection.quarantine import Quarantine, quarantine


class Press:
    """An opened letter, to be merged for one contact after the other."""

    def __init__(self, closed: Quarantine) -> None:
        self.pid = closed.pid
        self._answer = closed.answer

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


@contextmanager
def press(content: bytes) -> Iterator[Press]:
    """Open a letter.

    Raises:
        Refusal: it can't be a letter.
    """
    if len(content) > MOST_BYTES:
        raise refused(Fault.TOO_LARGE)
    with quarantine("bot.word.child") as closed:
        made = Press(closed)
        made.open(content)
        yield made


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
