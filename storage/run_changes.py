"""The entries of a run as a whole: canceled, reinstated, taken back, let go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, exists, func, insert, literal, or_, select, update

from bot.domain.ids import CampaignId, LoggedId, PersonId, SegmentId
from bot.domain.operations import CancelReason, ItemKind
from bot.domain.runs import CampaignEntry
from bot.domain.segments import Logged, Segment
from bot.domain.templates import CAMPAIGN_ENTRY_SERIES
from storage.access import Access
from storage.number_blocks import take_block
from storage.planner import row_by_row
from storage.run_steps import Stretch
from storage.tables.contacts import contacts
from storage.tables.interactions import entries, history
from storage.tables.segments import (
    campaign_entries,
    logged_segments,
    segment_entries,
    segment_lines,
)

_links = segment_entries
_LIVE = "False"
"""What history says of an entry that counts."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What becomes of entries: which of them, and what they are then."""

    which: ColumnElement[bool]
    reason: CancelReason | None
    at: datetime | None
    by: PersonId


class RunChanges:
    """Changes all entries of a run, stretch by stretch."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def undo(self, run: Logged, stretch: Stretch) -> None:
        """Cancel entries as undone, unless somebody else changed them since."""
        reason = entries.c.cancel_reason
        which = and_(
            or_(reason.is_(None), reason == CancelReason.CANCELED), ~self._changed(run.by, run.asked_by)
        )
        self._turn(run, stretch, Turn(which, CancelReason.UNDONE, self._access.clock.now(), run.asked_by))

    def cancel(self, run: Logged, stretch: Stretch) -> None:
        """Cancel entries; those that are canceled already stay as they are.

        Where the register itself counts, only those go whose campaign entry is canceled (line 61).
        """
        at, live = run.canceled_at, entries.c.canceled_at.is_(None)
        which = live if at is not None else and_(live, self._of_canceled_campaign(run))
        at = at or self._access.clock.now()
        self._turn(run, stretch, Turn(which, CancelReason.CANCELED, at, run.asked_by))

    def reinstate(self, run: Logged, stretch: Stretch) -> None:
        """Let canceled entries count again, also those that were canceled one by one (`domain.md` 2.11).

        Where the register is still canceled its cancellation is taken back: only what that canceled counts again.
        """
        which = entries.c.cancel_reason == CancelReason.CANCELED
        if run.canceled_at is not None:
            which = and_(which, entries.c.canceled_at == run.canceled_at)
        self._turn(run, stretch, Turn(which, None, None, run.asked_by))

    def stays(self, run: Logged, limit: int) -> tuple[int, list[str]]:
        """Return how many entries of an undone run stay, and the first contacts' names."""
        stays = func.coalesce(entries.c.cancel_reason, "") != CancelReason.UNDONE
        source = self._source().outerjoin(
            contacts,
            and_(contacts.c.workspace_id == entries.c.workspace_id, contacts.c.id == entries.c.contact_id),
        )
        query = select(func.coalesce(contacts.c.name, "")).select_from(source).where(self._of(run), stays)
        count = self._access.connection.scalar(select(func.count()).select_from(query.subquery()))
        names = self._access.connection.scalars(query.order_by(_links.c.line).limit(limit))
        return count or 0, list(names)

    def campaigns(self, run: Logged) -> list[CampaignId]:
        """Return the campaigns of the entries of a run."""
        query = select(entries.c.campaign_id).distinct().select_from(self._source())
        found = self._access.connection.scalars(
            query.where(self._of(run), entries.c.campaign_id.is_not(None))
        )
        return sorted(CampaignId(one) for one in found)

    def enter(self, run: Logged, segment: Segment, campaigns: Sequence[CampaignId], day: date) -> None:
        """Write one campaign entry for each campaign of a run (`domain.md` 2.6); once and only once."""
        for campaign in campaigns:
            self._access.connection.execute(
                self._access.insert_once(campaign_entries, "logged_id", "campaign_id"),
                {
                    "id": self._access.ids(),
                    "workspace_id": self._access.workspace,
                    "number": take_block(self._access, CAMPAIGN_ENTRY_SERIES, 1),
                    "campaign_id": campaign,
                    "logged_id": run.id,
                    "segment_number": run.segment_number,
                    "description": run.description,
                    "date": day,
                    "salesperson_id": segment.salesperson,
                    "logged_by": run.by,
                },
            )

    def cancel_campaigns(self, run: Logged, at: datetime | None) -> None:
        """Cancel the campaign entries of a run, or let them count again (None)."""
        self._access.connection.execute(
            update(campaign_entries)
            .where(self._access.mine(campaign_entries), campaign_entries.c.logged_id == run.id)
            .values(canceled_at=at)
        )

    def cancel_campaign(self, run: Logged, campaign: CampaignId) -> bool:
        """Cancel one campaign entry of a run; False when it does not count, or is not there."""
        mine = and_(self._access.mine(campaign_entries), campaign_entries.c.logged_id == run.id)
        live = and_(campaign_entries.c.campaign_id == campaign, campaign_entries.c.canceled_at.is_(None))
        changed = self._access.connection.execute(
            update(campaign_entries).where(mine, live).values(canceled_at=self._access.clock.now())
        )
        return bool(changed.rowcount)

    def campaign_entries(self, runs: Sequence[LoggedId]) -> list[CampaignEntry]:
        """Return the campaign entries of some runs."""
        query = select(
            campaign_entries.c.logged_id, campaign_entries.c.campaign_id, campaign_entries.c.canceled_at
        ).where(self._access.mine(campaign_entries), campaign_entries.c.logged_id.in_(runs))
        rows = self._access.connection.execute(query.order_by(campaign_entries.c.number))
        return [CampaignEntry(row.logged_id, row.campaign_id, row.canceled_at is not None) for row in rows]

    def forget_entries(self, run: Logged, limit: int) -> int:
        """Take entries of a run out of the register; they stay. Return how many that were."""
        some = select(_links.c.line).where(self._of(run)).order_by(_links.c.line).limit(limit)
        return self._access.connection.execute(
            delete(_links).where(self._of(run), _links.c.line.in_(some))
        ).rowcount

    def forget_lines(self, segment: SegmentId, limit: int) -> int:
        """Delete some lines of a segment; return how many that were."""
        mine = and_(self._access.mine(segment_lines), segment_lines.c.segment_id == segment)
        some = select(segment_lines.c.line).where(mine).order_by(segment_lines.c.line).limit(limit)
        return self._access.connection.execute(
            delete(segment_lines).where(mine, segment_lines.c.line.in_(some))
        ).rowcount

    def forget(self, run: Logged) -> None:
        """Delete a register whose entries are no longer in it; its campaign entries stay, unlinked."""
        self._access.connection.execute(
            update(campaign_entries)
            .where(self._access.mine(campaign_entries), campaign_entries.c.logged_id == run.id)
            .values(logged_id=None)
        )
        self._access.connection.execute(
            delete(logged_segments).where(self._access.mine(logged_segments), logged_segments.c.id == run.id)
        )

    def _turn(self, run: Logged, stretch: Stretch, turn: Turn) -> None:
        """Write the history of what changes, then change it: history says what was before."""
        row_by_row(self._access)
        ids = self._access.ids.many(stretch.span)
        chosen = and_(self._of(run), _links.c.line > stretch.after, _links.c.line <= stretch.last, turn.which)
        old = case((entries.c.cancel_reason.is_(None), _LIVE), else_=entries.c.cancel_reason)
        lines = select(
            literal(ids.start) + (_links.c.line - stretch.after - 1) * ids.step,
            _links.c.workspace_id,
            literal(ItemKind.ENTRY.value),
            _links.c.entry_id,
            literal(self._access.clock.now(), history.c.at.type),
            literal(int(turn.by)),
            literal("canceled"),
            old,
            literal(turn.reason.value if turn.reason else _LIVE),
        ).select_from(self._source())
        columns = ["id", "workspace_id", "kind", "item_id", "at", "actor_id", "field", "old", "new"]
        execute = self._access.connection.execute
        changing = (
            execute(select(_links.c.entry_id).select_from(self._source()).where(chosen)).scalars().all()
        )
        execute(insert(history).from_select(columns, lines.where(chosen)))
        execute(
            update(entries)
            .where(self._access.mine(entries), entries.c.id.in_(changing))
            .values(
                canceled_at=turn.at,
                canceled_by=turn.by if turn.reason else None,
                cancel_reason=turn.reason,
                revision=entries.c.revision + 1,
            )
        )

    def _changed(self, *us: PersonId) -> ColumnElement[bool]:
        """Return the condition that somebody else changed an entry."""
        return exists().where(
            history.c.workspace_id == entries.c.workspace_id,
            history.c.kind == ItemKind.ENTRY,
            history.c.item_id == entries.c.id,
            history.c.actor_id.not_in(us),
        )

    def _of_canceled_campaign(self, run: Logged) -> ColumnElement[bool]:
        return exists().where(
            campaign_entries.c.workspace_id == entries.c.workspace_id,
            campaign_entries.c.logged_id == run.id,
            campaign_entries.c.campaign_id == entries.c.campaign_id,
            campaign_entries.c.canceled_at.is_not(None),
        )

    def _of(self, run: Logged) -> ColumnElement[bool]:
        return and_(self._access.mine(_links), _links.c.logged_id == run.id)

    def _source(self) -> Any:
        return _links.join(
            entries, and_(entries.c.workspace_id == _links.c.workspace_id, entries.c.id == _links.c.entry_id)
        )
