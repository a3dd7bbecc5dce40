"""Purge cards: what was announced for deletion, and how far its deletion has come."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, func, insert, or_, select, update

from bot.domain.deliveries import DeliveryState
from bot.domain.ids import CardId, PersonId, WorkspaceId
from bot.domain.purge import CardState, PurgeCard, Selection, read_filters
from storage.access import Access, Row
from storage.tables.deliveries import answers, deliveries
from storage.tables.jobs import purge_cards
from storage.tables.people import workspaces

LEASE = timedelta(seconds=60)
"""A deletion that shows no progress for so long has lost its process; another one goes on with it."""
_OPEN = (CardState.ANNOUNCED, CardState.KEPT, CardState.DELETING)


def ordered(connection: Connection) -> list[tuple[WorkspaceId, CardId]]:
    """Return the deletions that somebody ordered and that have not ended, of all workspaces."""
    query = (
        select(purge_cards.c.workspace_id, purge_cards.c.id)
        .where(purge_cards.c.ordered_by.is_not(None), purge_cards.c.state.in_(_OPEN))
        .order_by(purge_cards.c.id)
    )
    return [(WorkspaceId(workspace), CardId(card)) for workspace, card in connection.execute(query)]


class PurgeCards:
    """The purge cards of a workspace."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def alone(self) -> None:
        """Let no other process announce anything until this transaction ends."""
        mine = workspaces.c.id == self._access.workspace
        self._access.connection.execute(select(workspaces.c.id).where(mine).with_for_update(key_share=True))

    def frontier(self) -> datetime | None:
        """Return until when entries were announced by the scheduled purge, None when none ever was."""
        query = select(func.max(purge_cards.c.until)).where(
            self._access.mine(purge_cards), purge_cards.c.ordered_by.is_(None)
        )
        found: datetime | None = self._access.connection.scalar(query)
        return found

    def add(self, card: PurgeCard) -> None:
        """Write a card."""
        self._access.connection.execute(insert(purge_cards).values(_columns(card)))

    def get(self, card: CardId) -> PurgeCard | None:
        """Return one card."""
        query = select(purge_cards).where(self._access.mine(purge_cards), purge_cards.c.id == card)
        row = self._access.connection.execute(query).mappings().one_or_none()
        return None if row is None else _card(row)

    def open(self) -> list[PurgeCard]:
        """Return the cards whose end is yet to come, the oldest first."""
        query = (
            select(purge_cards)
            .where(self._access.mine(purge_cards), purge_cards.c.state.in_(_OPEN))
            .order_by(purge_cards.c.id)
        )
        return [_card(row) for row in self._access.connection.execute(query).mappings()]

    def keep(self, card: CardId, until: datetime) -> bool:
        """Keep what a card announced until then; False when it is too late, or was kept before."""
        return self._move(card, CardState.ANNOUNCED, state=CardState.KEPT, kept_until=until)

    def close(self, card: CardId, before: CardState) -> bool:
        """End a card that is announced anew, or of which nothing will be deleted."""
        return self._move(card, before, state=CardState.DONE, ended_at=self._access.clock.now())

    def claim(self, card: CardId) -> bool:
        """Take the deletion of a card; False while another process has it, or it was kept.

        A lease that lies too far ahead was written by a wrong clock: it is over.
        """
        now = self._access.clock.now()
        taken = or_(
            purge_cards.c.state == CardState.ANNOUNCED,
            and_(
                purge_cards.c.state == CardState.DELETING,
                or_(purge_cards.c.lease_until <= now, purge_cards.c.lease_until > now + LEASE),
            ),
        )
        moved = self._access.connection.execute(
            update(purge_cards)
            .where(self._access.mine(purge_cards), purge_cards.c.id == card, taken)
            .values(state=CardState.DELETING, lease_until=now + LEASE)
        )
        return bool(moved.rowcount)

    def progress(self, card: CardId, deleted: int) -> None:
        """Add what a batch deleted, in the transaction that deleted it."""
        self._access.connection.execute(
            update(purge_cards)
            .where(self._access.mine(purge_cards), purge_cards.c.id == card)
            .values(deleted=purge_cards.c.deleted + deleted, lease_until=self._access.clock.now() + LEASE)
        )

    def finish(self, card: CardId) -> int:
        """End the deletion of a card; return how many entries it deleted."""
        self._move(card, CardState.DELETING, state=CardState.DONE, ended_at=self._access.clock.now())
        found = self.get(card)
        return found.deleted if found else 0

    def pause(self, card: CardId) -> None:
        """Leave the rest of a deletion to the next run."""
        self._move(card, CardState.DELETING, lease_until=self._access.clock.now())

    def told(self, card: PurgeCard) -> list[PersonId]:
        """Return who got a message about a card."""
        query = select(answers.c.person_id).where(
            self._access.mine(answers), answers.c.key.like(f"{card.answers}%")
        )
        return [PersonId(person) for person in self._access.connection.scalars(query)]

    def outcomes(self, card: PurgeCard) -> dict[str, tuple[DeliveryState, datetime | None]]:
        """Return what became of the deliveries of a card and its CSV, by key, and when."""
        query = select(deliveries.c.key, deliveries.c.state, deliveries.c.settled_at).where(
            self._access.mine(deliveries), deliveries.c.key.like(f"{card.answers}%")
        )
        return {
            found: (DeliveryState(state), settled_at)
            for found, state, settled_at in self._access.connection.execute(query)
        }

    def _move(self, card: CardId, before: CardState, **values: Any) -> bool:
        moved = self._access.connection.execute(
            update(purge_cards)
            .where(self._access.mine(purge_cards), purge_cards.c.id == card, purge_cards.c.state == before)
            .values(**values)
        )
        return bool(moved.rowcount)


def _columns(card: PurgeCard) -> dict[str, Any]:
    return {
        "id": card.id,
        "workspace_id": card.workspace,
        "after": card.selection.after,
        "until": card.selection.until,
        "filters": card.selection.filters.written(),
        "state": card.state,
        "announced_at": card.announced_at,
        "count": card.count,
        "ordered_by": card.ordered_by,
    }


def _card(row: Row) -> PurgeCard:
    return PurgeCard(
        id=CardId(row["id"]),
        workspace=WorkspaceId(row["workspace_id"]),
        selection=Selection(after=row["after"], until=row["until"], filters=read_filters(row["filters"])),
        state=CardState(row["state"]),
        announced_at=row["announced_at"],
        kept_until=row["kept_until"],
        count=row["count"],
        deleted=row["deleted"],
        ordered_by=row["ordered_by"] and PersonId(row["ordered_by"]),
    )
