"""One step of a run, set by set: lines become entries with comments and history, or lines of another segment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    insert,
    literal,
    or_,
    select,
)

from bot.domain.contacts import Contact
from bot.domain.ids import PersonId, SegmentId
from bot.domain.operations import ItemKind
from bot.domain.segments import Logged
from bot.domain.templates import ENTRY_SERIES
from storage import segment_values as values
from storage.access import Access, Row
from storage.bulk import insert_rows
from storage.contact_rows import COLUMNS as CONTACT
from storage.contact_rows import contact_of
from storage.entry_words import EntryWords
from storage.number_blocks import give_back, take_block
from storage.planner import row_by_row
from storage.segment_values import employers, met
from storage.tables.interactions import entries, entry_comments, history
from storage.tables.segments import segment_entries, segment_lines
from storage.types import Id, Instant

_AFTER, _LAST = bindparam("after", type_=Integer), bindparam("last", type_=Integer)
_START, _STRIDE = bindparam("start", type_=Id), bindparam("stride", type_=Id)
_LOGGED, _ACTOR, _NOW = (
    bindparam("logged", type_=Id),
    bindparam("actor", type_=Id),
    bindparam("now", type_=Instant),
)
_links, _lines = segment_entries, segment_lines


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some lines in a row: those after `after`, up to `last`; `number` is the first of those set aside for entries."""

    after: int
    last: int
    count: int
    number: int | None = None

    @property
    def span(self) -> int:
        """How many numbers lie in it, of lines that are in and of others."""
        return self.last - self.after


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A line whose text is still to be filled in: `own` is None where it is the header's."""

    line: int
    own: str | None
    day: date
    contact: Contact
    salesperson: PersonId | None


_in_stretch = and_(_lines.c.line > _AFTER, _lines.c.line <= _LAST)
_ahead = (
    select(_lines.c.line)
    .where(values.present(), _lines.c.line > _AFTER)
    .order_by(_lines.c.line)
    .limit(bindparam("limit", type_=Integer))
    .subquery()
)
_AHEAD = select(func.count(), func.max(_ahead.c.line)).select_from(_ahead)
_fit = and_(values.present(), _in_stretch, values.fault.is_(None))

_ENTRY: dict[str, ColumnElement[Any]] = {
    "id": _START + (_lines.c.line - _AFTER - 1) * _STRIDE,
    "workspace_id": values.WORKSPACE,
    "number": bindparam("number", type_=Integer) + func.row_number().over(order_by=_lines.c.line) - 1,
    "logged_by": _ACTOR,
    "logged_at": _NOW,
    **values.COLUMNS,
}
_ENTRIES = (
    insert(entries)
    .from_select(
        list(_ENTRY),
        select(*_ENTRY.values())
        .select_from(values.joined())
        .where(_fit, _lines.c.line.not_in(bindparam("mistaken", expanding=True)))
        .order_by(_lines.c.line),
    )
    .execution_options(preserve_rowcount=True)
)

_written = and_(
    entries.c.id >= _START,
    entries.c.id <= _START + (_LAST - _AFTER - 1) * _STRIDE,
    (entries.c.id - _START) % _STRIDE == 0,
    entries.c.workspace_id == values.WORKSPACE,
)
_line = (entries.c.id - _START) // _STRIDE + _AFTER + 1
_waits = and_(bindparam("sending", type_=Boolean), entries.c.correspondence.is_not(None))
_LINKS = insert(_links).from_select(
    ["workspace_id", "logged_id", "line", "entry_id", "delivery"],
    select(values.WORKSPACE, _LOGGED, _line, entries.c.id, case((_waits, "in_progress"), else_="")).where(
        _written
    ),
)
_HISTORY = insert(history).from_select(
    ["id", "workspace_id", "kind", "item_id", "at", "actor_id", "field", "new"],
    select(
        entries.c.id + bindparam("shift", type_=Id),
        values.WORKSPACE,
        literal(ItemKind.ENTRY.value),
        entries.c.id,
        _NOW,
        _ACTOR,
        literal("logged"),
        cast(entries.c.number, Text),
    ).where(_written),
)
_linked_lines = values.joined().join(
    _links,
    and_(
        _links.c.workspace_id == _lines.c.workspace_id,
        _links.c.logged_id == _LOGGED,
        _links.c.line == _lines.c.line,
    ),
)
_COMMENTS = insert(entry_comments).from_select(
    ["workspace_id", "entry_id", "line", "comment"],
    select(values.WORKSPACE, _links.c.entry_id, literal(1), bindparam("text", type_=Text))
    .select_from(_linked_lines)
    .where(values.present(), _in_stretch, values.takes_header_text),
)
_UNWRITTEN = (
    select(
        _lines.c.line,
        _lines.c.text,
        values.day.label("day"),
        values.salesperson_id.label("writer"),
        *(met.c[name] for name in CONTACT),
        employers.c.name.label("company_name"),
    )
    .select_from(values.joined())
    .where(
        values.present(),
        _in_stretch,
        met.c.id.is_not(None),
        or_(values.own_text, and_(bindparam("header_too", type_=Boolean), values.takes_header_text)),
    )
)
_LINKED = select(_links.c.line, _links.c.entry_id).where(
    _links.c.workspace_id == values.WORKSPACE,
    _links.c.logged_id == _LOGGED,
    _links.c.line > _AFTER,
    _links.c.line <= _LAST,
)
_MISTAKABLE = select(_lines.c.line, _lines.c.text).where(
    values.present(), _in_stretch, _lines.c.text.contains("{{")
)


class RunSteps:
    """Writes one stretch of a run into an open transaction."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def ahead(self, segment: SegmentId, after: int, limit: int) -> Stretch | None:
        """Return the next lines of a segment; None after its last one."""
        found = {"workspace": self._access.workspace, "segment": segment, "after": after, "limit": limit}
        count, last = self._access.connection.execute(_AHEAD, found).one()
        return Stretch(after, last, count) if count else None

    def texts(self, segment: SegmentId, stretch: Stretch) -> dict[int, str]:
        """Return the texts of their own, with something to fill in, of the lines of a stretch."""
        rows = self._access.connection.execute(_MISTAKABLE, self._place(segment, stretch))
        return {row.line: row.text for row in rows}

    def log(self, run: Logged, segment: SegmentId, stretch: Stretch, mistaken: Sequence[int]) -> int:
        """Let the lines of a stretch become entries with their history; return how many could.

        `mistaken` are lines whose texts can't be filled in.
        """
        row_by_row(self._access)
        ids = self._access.ids.many(2 * stretch.span)
        number = (
            take_block(self._access, ENTRY_SERIES, stretch.count)
            if stretch.number is None
            else stretch.number
        )
        known = self._place(segment, stretch) | {
            "start": ids.start,
            "stride": ids.step,
            "shift": stretch.span * ids.step,
            "number": number,
            "logged": run.id,
            "actor": run.by,
            "now": self._access.clock.now(),
            "sending": run.send,
        }
        execute = self._access.connection.execute
        written: int = execute(_ENTRIES, known | {"mistaken": mistaken}).rowcount
        give_back(self._access, ENTRY_SERIES, number + stretch.count, stretch.count - written)
        execute(_LINKS, known)
        execute(_HISTORY, known)
        return written

    def comment(self, run: Logged, segment: SegmentId, stretch: Stretch, text: str) -> None:
        """Give the entries of a stretch the header's text, where their lines have none of their own."""
        known = self._place(segment, stretch) | {"logged": run.id, "text": text}
        self._access.connection.execute(_COMMENTS, known)

    def unwritten(self, segment: SegmentId, stretch: Stretch, *, header_too: bool) -> list[Unwritten]:
        """Return the lines of a stretch that have texts of their own, or take the header's; it only reads."""
        row_by_row(self._access)
        known = self._place(segment, stretch) | {"header_too": header_too}
        return [_unwritten(row) for row in self._access.connection.execute(_UNWRITTEN, known).mappings()]

    def comment_each(self, run: Logged, stretch: Stretch, texts: Mapping[int, str]) -> None:
        """Give the entries of a stretch the texts written for their lines."""
        known = {
            "workspace": self._access.workspace,
            "logged": run.id,
            "after": stretch.after,
            "last": stretch.last,
        }
        linked = self._access.connection.execute(_LINKED, known).all() if texts else []
        written = [
            (int(self._access.workspace), link.entry_id, 1, texts[link.line])
            for link in linked
            if link.line in texts
        ]
        columns = ("workspace_id", "entry_id", "line", "comment")
        insert_rows(self._access.connection, entry_comments.name, columns, written)

    def index(self, run: Logged, stretch: Stretch) -> None:
        """Let the entries of a stretch be found by what they say."""
        known = {
            "workspace": self._access.workspace,
            "logged": run.id,
            "after": stretch.after,
            "last": stretch.last,
        }
        linked = self._access.connection.execute(_LINKED, known)
        EntryWords(self._access).add_written([link.entry_id for link in linked])

    def _place(self, segment: SegmentId, stretch: Stretch) -> dict[str, Any]:
        return {
            "workspace": self._access.workspace,
            "segment": segment,
            "after": stretch.after,
            "last": stretch.last,
        }


def _unwritten(row: Row) -> Unwritten:
    return Unwritten(
        line=row["line"],
        own=row["text"],
        day=row["day"],
        contact=contact_of(row),
        salesperson=None if row["writer"] is None else PersonId(row["writer"]),
    )
