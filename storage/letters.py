"""What the letters and mails of a logged segment say, and what became of each (`domain.md` 2.7)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Select, and_, literal, select, update

from bot.domain.deliveries import DeliveryState
from bot.domain.ids import ContactId, DeliveryId, LoggedId, PersonId, WorkspaceId
from bot.domain.interactions import Correspondence
from bot.domain.segments import RunState
from storage.access import Access, Row
from storage.tables.deliveries import deliveries
from storage.tables.interactions import entries, entry_comments
from storage.tables.segments import logged_segments, segment_entries

IN_PROGRESS = "in_progress"
FAILED = "error"
DELIVERED = ""
_UNDER_WAY = (RunState.LOGGING, RunState.RESTING, RunState.FOLLOWING, RunState.PACKING)
_LAST_SIGN = "\x7f"
_KIND = "letters"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedLine:
    """One line that was logged, as far as it is sent; `letter` is the attachment that is merged."""

    line: int
    correspondence: Correspondence | None
    description: str
    text: str
    day: date
    contact: ContactId | None
    salesperson: PersonId | None
    letter: int | None
    address: str
    canceled: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file that holds the lines from `first` to `last`."""

    first: int
    last: int
    state: DeliveryState


class Letters:
    """The letters and mails of the logged segments of a workspace."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def beyond(self, logged: LoggedId, line: int, limit: int) -> list[LoggedLine]:
        """Return the next lines that were logged."""
        query = _lines().where(
            self._access.mine(segment_entries),
            segment_entries.c.logged_id == logged,
            segment_entries.c.line > line,
        )
        rows = self._access.connection.execute(query.limit(limit)).mappings().all()
        texts = self._texts([row["entry_id"] for row in rows])
        return [_logged(row, texts.get(row["entry_id"], "")) for row in rows]

    def mark(self, logged: LoggedId, lines: Collection[int], delivery: str) -> None:
        """Note how the delivery of some lines stands."""
        if lines:
            self._access.connection.execute(
                update(segment_entries)
                .where(
                    self._access.mine(segment_entries),
                    segment_entries.c.logged_id == logged,
                    segment_entries.c.line.in_(lines),
                )
                .values(delivery=delivery)
            )

    def settle(self, logged: LoggedId, outcome: Outcome, limit: int) -> int:
        """Note for some of its lines how a file ended; return their number, 0 when all have it."""
        delivered = outcome.state is DeliveryState.SENT
        query = (
            select(segment_entries.c.line)
            .where(
                self._access.mine(segment_entries),
                segment_entries.c.logged_id == logged,
                segment_entries.c.delivery == literal(IN_PROGRESS, literal_execute=True),
                segment_entries.c.line.between(outcome.first, outcome.last),
            )
            .order_by(segment_entries.c.line)
            .limit(limit)
        )
        lines = self._access.connection.scalars(query).all()
        self.mark(logged, lines, DELIVERED if delivered else FAILED)
        return len(lines)

    def was_left(self, logged: LoggedId) -> bool:
        """Whether nobody will make the letters of a logged segment any more: its run was stopped or undone."""
        query = select(logged_segments.c.state).where(
            self._access.mine(logged_segments), logged_segments.c.id == logged
        )
        return self._access.connection.scalar(query) not in _UNDER_WAY

    def outcomes(self, logged: LoggedId) -> list[Outcome]:
        """Return what became of the files of a logged segment, as far as they were handed over."""
        begins = file_key(logged, "")
        query = select(deliveries.c.key, deliveries.c.state).where(
            self._access.mine(deliveries), deliveries.c.key.between(begins, begins + _LAST_SIGN)
        )
        found = []
        for key, state in self._access.connection.execute(query):
            first, _, last = key.removeprefix(begins).partition("-")
            found.append(Outcome(int(first), int(last), DeliveryState(state)))
        return found

    def handed_over(self, delivery: DeliveryId) -> tuple[LoggedId, str] | None:
        """Return of which logged segment a delivery brings the letters, and the path of its file."""
        query = select(deliveries.c.key, deliveries.c.payload).where(
            self._access.mine(deliveries), deliveries.c.id == delivery
        )
        row = self._access.connection.execute(query).one_or_none()
        kind, _, rest = row.key.partition(":") if row else ("", "", "")
        if row is None or kind != _KIND:
            return None
        return LoggedId(int(rest.partition(":")[0])), str(row.payload["path"])

    def _texts(self, ids: list[int]) -> dict[int, str]:
        """Return what was written to each, from the lines in which it is kept."""
        query = (
            select(entry_comments.c.entry_id, entry_comments.c.comment)
            .where(self._access.mine(entry_comments), entry_comments.c.entry_id.in_(ids))
            .order_by(entry_comments.c.entry_id, entry_comments.c.line)
        )
        found: dict[int, str] = {}
        for entry, words in self._access.connection.execute(query):
            found[entry] = f"{found[entry]}\n{words}" if entry in found else words
        return found


def file_key(logged: LoggedId, lines: str) -> str:
    """Return the key under which a file with these lines, as in `1-900`, is handed over."""
    return f"{_KIND}:{logged}:{lines}"


def undelivered(connection: Connection) -> list[tuple[WorkspaceId, LoggedId]]:
    """Return the logged segments whose letters are under way, of all workspaces."""
    query = (
        select(segment_entries.c.workspace_id, segment_entries.c.logged_id)
        .where(segment_entries.c.delivery == literal(IN_PROGRESS, literal_execute=True))
        .distinct()
    )
    return [(WorkspaceId(workspace), LoggedId(logged)) for workspace, logged in connection.execute(query)]


def _lines() -> Select[tuple[object, ...]]:
    its_entry = and_(
        entries.c.workspace_id == segment_entries.c.workspace_id, entries.c.id == segment_entries.c.entry_id
    )
    return (
        select(
            segment_entries.c.line,
            segment_entries.c.entry_id,
            segment_entries.c.contact_via,
            entries.c.correspondence,
            entries.c.description,
            entries.c.date,
            entries.c.contact_id,
            entries.c.salesperson_id,
            entries.c.attachment_id,
            entries.c.canceled_at,
        )
        .join(entries, its_entry)
        .order_by(segment_entries.c.line)
    )


def _logged(row: Row, text: str) -> LoggedLine:
    return LoggedLine(
        line=row["line"],
        correspondence=Correspondence(row["correspondence"]) if row["correspondence"] else None,
        description=row["description"],
        text=text,
        day=row["date"],
        contact=None if row["contact_id"] is None else ContactId(row["contact_id"]),
        salesperson=None if row["salesperson_id"] is None else PersonId(row["salesperson_id"]),
        letter=row["attachment_id"],
        address=row["contact_via"],
        canceled=row["canceled_at"] is not None,
    )
