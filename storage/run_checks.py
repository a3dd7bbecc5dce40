"""A segment as a whole, before it is logged: which lines can't be, and why."""

from sqlalchemy import Select, func, select

from bot.domain.ids import SegmentId
from bot.domain.runs import Faulty
from bot.domain.segment_values import Fault
from storage import segment_values as values
from storage.access import Access
from storage.segment_values import employers, lines, met

_COUNTS = (
    select(values.fault.label("fault"), func.count()).select_from(values.joined()).where(values.present())
)
_COUNTS = _COUNTS.group_by(values.fault)
_NAMED = select(
    lines.c.line,
    values.fault.label("fault"),
    lines.c.text,
    met.c.name.label("name"),
    employers.c.name.label("company"),
).select_from(values.joined())
_FAULTY = _NAMED.where(values.present(), values.fault.is_not(None)).order_by(lines.c.line)
_TEXTS = _NAMED.where(values.present(), values.fault.is_(None), lines.c.text.contains("{{")).order_by(
    lines.c.line
)
_SENT = (
    select(func.count())
    .select_from(values.joined())
    .where(values.present(), values.fault.is_(None), values.sent_by.is_not(None))
)
_HEADERS = (
    select(func.count())
    .select_from(values.joined())
    .where(values.present(), values.fault.is_(None), values.takes_header_text)
)


class RunChecks:
    """Looks at the lines of a segment without writing anything."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def counts(self, segment: SegmentId, *, sending: bool) -> dict[Fault | None, int]:
        """Return how many lines have which fault; None: they can be logged."""
        rows = self._access.connection.execute(_COUNTS, self._of(segment, sending=sending))
        return {Fault(fault) if fault else None: count for fault, count in rows}

    def faulty(self, segment: SegmentId, limit: int, *, sending: bool) -> list[Faulty]:
        """Return the first lines that can't be logged."""
        return self._named(_FAULTY.limit(limit), segment, sending=sending)

    def texts(self, segment: SegmentId, *, sending: bool) -> list[tuple[Faulty, str]]:
        """Return the lines that could be logged, whose own texts have something to be filled in."""
        rows = self._access.connection.execute(_TEXTS, self._of(segment, sending=sending)).all()
        return [(Faulty(row.line, row.name or "", row.company or "", Fault.TEXT), row.text) for row in rows]

    def with_header_text(self, segment: SegmentId, *, sending: bool) -> int:
        """Return how many lines that could be logged are written the header's text."""
        return self._access.connection.scalar(_HEADERS, self._of(segment, sending=sending)) or 0

    def sent(self, segment: SegmentId) -> int:
        """Return for how many lines a letter or mail would be made."""
        return self._access.connection.scalar(_SENT, self._of(segment, sending=True)) or 0

    def _named(
        self, query: Select[tuple[int, str, str, str, str]], segment: SegmentId, *, sending: bool
    ) -> list[Faulty]:
        rows = self._access.connection.execute(query, self._of(segment, sending=sending)).all()
        return [Faulty(row.line, row.name or "", row.company or "", Fault(row.fault)) for row in rows]

    def _of(self, segment: SegmentId, *, sending: bool) -> dict[str, object]:
        return {"workspace": self._access.workspace, "segment": segment, "sending": sending}
