"""A typed line, taken apart into words: quotes keep words together, some words are options."""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.folding import fold
from bot.domain.mentions import MARKUP, as_sent, as_typed, unescaped

_GAP = re.compile(r"\s*")
_HEAD = re.compile(r"!|(?:on|at|as):", re.IGNORECASE)
_BODY = re.compile(rf"(?:{MARKUP}|\S)+")
_MARKED = re.compile(MARKUP)
_FOLLOWS = re.compile(r"[^\W_]|\+")
_CLOSING = {
    **dict.fromkeys('"“”„', re.compile(r'["“”](?!\S)')),
    "«": re.compile(r"»(?!\S)"),
}
_QUOTABLE = re.compile(r'[\s"“”„«»]')


class Part(StrEnum):
    """A part of the line that has a sign or a place of its own."""

    TYPE = "type"
    FOLLOW_UP = "!"
    ON = "on:"
    AT = "at:"
    TEMPLATE = "as:"


@dataclass(frozen=True, slots=True)
class Word:
    """One word with the white space before it, both as sent; an option has its part and its value."""

    gap: str
    raw: str
    value: str
    quoted: bool
    option: Part | None

    @property
    def marked(self) -> bool:
        """Whether it is or holds a mention or a link."""
        return _MARKED.search(self.raw) is not None

    @property
    def plain(self) -> bool:
        """Whether it is nothing but a word."""
        return self.option is None and not self.quoted and not self.marked


def split(line: str) -> tuple[Word, ...]:
    """Return the words of a line as Slack sends it; a quote that is never closed is a letter like others."""
    words = []
    last = {opening: _last(closing, line) for opening, closing in _CLOSING.items()}
    start = _after_gap(line, 0)
    end = 0
    while start < len(line):
        word = _quoted(line, end, start, last) or _bare(line, end, start)
        words.append(word)
        end = start + len(word.raw)
        start = _after_gap(line, end)
    return tuple(words)


def joined(words: Iterable[Word]) -> str:
    """Return the words as they were sent, white space between them included."""
    return "".join(word.gap + word.raw for word in words).strip()


def quoted(value: str) -> str:
    """Return a value of a word so that it is read as one word with this value."""
    sent = as_sent(value)
    return f"«{sent}»" if _CLOSING['"'].search(sent) else f'"{sent}"'


def one_word(value: str, taken: Container[str] = ()) -> str:
    """Return a value of a word as it would be typed, in quotes only where it would else be misread."""
    special = _QUOTABLE.search(value) or _HEAD.match(value) or fold(value) in taken
    return quoted(value) if special else as_sent(value)


def _last(closing: re.Pattern[str], line: str) -> int:
    return max((found.start() for found in closing.finditer(line)), default=-1)


def _after_gap(line: str, end: int) -> int:
    gap = _GAP.match(line, end)
    return gap.end() if gap else end


def _quoted(line: str, end: int, start: int, last: dict[str, int]) -> Word | None:
    head = _HEAD.match(line, start)
    opened = head.end() if head else start
    opening = line[opened : opened + 1]
    closed = _CLOSING[opening].search(line, opened + 1) if last.get(opening, -1) > opened else None
    content = line[opened + 1 : closed.start()].strip() if closed else ""
    if not closed or not content:
        return None
    value = unescaped(content) if head else as_typed(content)
    return Word(
        line[end:start], line[start : closed.end()], value, True, Part(head[0].lower()) if head else None
    )


def _bare(line: str, end: int, start: int) -> Word:
    body = _BODY.match(line, start)
    raw = body[0] if body else line[start]
    head = _HEAD.match(raw)
    option = _option(head, raw) if head else None
    value = unescaped(raw[head.end() :]) if head and option else as_typed(raw)
    return Word(line[end:start], raw, value, False, option)


def _option(head: re.Match[str], raw: str) -> Part | None:
    part, value = Part(head[0].lower()), raw[head.end() :]
    if part is Part.FOLLOW_UP:
        return part if _FOLLOWS.match(value) else None
    return part if value and not _MARKED.search(value) else None
