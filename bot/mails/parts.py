"""The parts of an e-mail, found by looking for their boundaries: nothing is copied, and nothing recurses.

The standard library's parser keeps every line as a string of its own, and follows a thousand nested parts one into
the other; here a part is a place in the file, and what lies too deep counts as one part.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.mails.headers import Headers, headers_of, parameter

MOST_PARTS = 500
DEEPEST = 12
HEAD_LIMIT = 256 * 1024
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_LINE_END = re.compile(rb"\r?\n")
_LONGEST_BOUNDARY = 200


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a file with its headers; `start` and `end` are where its content lies."""

    headers: Headers
    start: int
    end: int

    @property
    def media_type(self) -> str:
        """What it says it is, as in `text/plain`."""
        return self.headers.get("content-type", "text/plain").partition(";")[0].strip().lower()


def part_at(raw: bytes, start: int, end: int) -> Part:
    """Return the part that stands between two places."""
    first = _LINE_END.match(raw, start, end)
    if first is not None:
        return Part({}, first.end(), end)
    blank = _BLANK_LINE.search(raw, start, min(end, start + HEAD_LIMIT))
    if blank is None:
        return Part(headers_of(raw[start : min(end, start + HEAD_LIMIT)]), end, end)
    return Part(headers_of(raw[start : blank.start()]), blank.end(), end)


def leaves(raw: bytes, whole: Part) -> Iterator[Part]:
    """Return the parts that hold something themselves, in their order; those beyond the limits are left out."""
    waiting, seen = [(whole, 0)], 0
    while waiting and seen < MOST_PARTS:
        part, depth = waiting.pop()
        seen += 1
        inner = list(_within(raw, part, MOST_PARTS - seen)) if depth < DEEPEST else []
        waiting += [(one, depth + 1) for one in reversed(inner)]
        if not inner:
            yield part


def _within(raw: bytes, part: Part, most: int) -> Iterator[Part]:
    """Return what stands between the boundaries of a part; nothing where it has none."""
    boundary = parameter(part.headers, "content-type", "boundary")
    if not part.media_type.startswith("multipart/") or not 0 < len(boundary) <= _LONGEST_BOUNDARY:
        return
    named = re.escape(boundary.encode("utf-8", "replace"))
    mark = re.compile(rb"(?:\A|(?<=\n))--" + named + rb"(--)?[ \t]*\r?(?:\n|\Z)")
    begun: int | None = None
    for number, found in enumerate(mark.finditer(raw, part.start, part.end)):
        if begun is not None:
            yield part_at(raw, begun, _without_line_end(raw, begun, found.start()))
        begun = None if found[1] else found.end()
        if begun is None or number >= most:
            return
    if begun is not None:
        yield part_at(raw, begun, part.end)


def _without_line_end(raw: bytes, start: int, end: int) -> int:
    """Return where a part ends: the line end before a boundary belongs to the boundary."""
    if end - 2 >= start and raw[end - 2 : end] == b"\r\n":
        return end - 2
    return max(start, end - 1)
