"""Deleting the canceled entries that an admin selects, after their CSV has reached him (`domain.md` 2.12)."""

from datetime import datetime

from bot.domain.deliveries import DeliveryState
from bot.domain.ids import CardId, WorkspaceId
from bot.domain.messages import Refusal
from bot.domain.people import Person
from bot.domain.purge import CardState, Filters, PurgeCard, Sample, Selection, counted
from bot.services import exports
from bot.services.bell import Bell
from bot.services.card_messages import CardMessages, csv_key
from bot.services.purge import admin_only
from bot.services.sweep import Sweep
from bot.views import purge as views
from bot.views.deletion import Offered, choices
from storage.purge import ordered
from storage.store import Store

SAMPLE = 5


class Deletions:
    """Counts, asks, orders, and carries the orders out."""

    def __init__(self, store: Store, bell: Bell, sweep: Sweep, messages: CardMessages) -> None:
        self._store = store
        self._bell = bell
        self._sweep = sweep
        self._messages = messages

    def offered(self, actor: Person) -> Offered:
        """Return what the filters offer.

        Raises:
            Refusal: the actor is no admin.
        """
        admin_only(actor)
        with self._store.read(actor.workspace) as work:
            templates, groups = work.templates.by_id(), work.templates.groups()
            return Offered(
                templates=choices({one.id: one.description for one in templates.values()}),
                groups=choices({one.id: one.description for one in groups.values()}),
                campaigns=choices(work.campaigns.names()),
            )

    def people(self, actor: Person, query: str, limit: int) -> list[Person]:
        """Return salespeople by the start of a name, also those who left."""
        with self._store.read(actor.workspace) as work:
            return work.people.known_as(query, limit)

    def sample(self, actor: Person, filters: Filters) -> Sample:
        """Return how many canceled entries pass the filters now, and the newest of them.

        Raises:
            Refusal: the actor is no admin.
        """
        admin_only(actor)
        at = self._store.clock.now()
        chosen = Selection(until=at, filters=filters)
        with self._store.read(actor.workspace) as work:
            newest = work.canceled.newest(chosen, SAMPLE)
            return Sample(at, work.canceled.count(chosen), tuple(work.entries.many(newest)))

    def order(self, actor: Person, key: str, filters: Filters, at: datetime) -> int:
        """Order the deletion of what was canceled until `at` and passes the filters; return how many entries.

        The same order (`key`) once more is the same order.

        Raises:
            Refusal: the actor is no admin, or nothing is left to delete.
        """
        admin_only(actor)
        chosen = Selection(until=at, filters=filters)
        with self._store.read(actor.workspace) as work:
            count = work.canceled.count(chosen)
        with self._store.begin(actor.workspace) as work:
            before = work.requests.first_answer(key)
            if before is not None:
                return int(before["count"])
            if not count:
                raise Refusal("No canceled entry fits any more. Nothing was deleted.")
            card = self._card(actor, chosen, count)
            work.requests.remember(key, {"count": count})
            work.purge_cards.add(card)
            self._messages.begin(work, card, actor, lambda text: views.ordered(count, text))
        self._bell.ring()
        return count

    def run(self) -> str:
        """Carry out what was ordered, as far as it can be now; return what was deleted in a sentence."""
        with self._store.reading() as connection:
            orders = ordered(connection)
        deleted = sum(self._go_on(workspace, card) for workspace, card in orders)
        if orders:
            self._bell.ring()
        return f"Deleted {counted(deleted)}." if deleted else ""

    def _card(self, actor: Person, chosen: Selection, count: int) -> PurgeCard:
        return PurgeCard(
            id=CardId(self._store.ids()),
            workspace=actor.workspace,
            selection=chosen,
            state=CardState.ANNOUNCED,
            announced_at=self._store.clock.now(),
            count=count,
            ordered_by=actor.id,
        )

    def _go_on(self, workspace: WorkspaceId, card_id: CardId) -> int:
        """Send the CSV, and once it is there delete; return how many entries were deleted."""
        with self._store.read(workspace) as work:
            card = work.purge_cards.get(card_id)
            person = work.people.get(card.ordered_by) if card and card.ordered_by else None
            if card is None or person is None:
                return 0
            outcome = work.purge_cards.outcomes(card).get(csv_key(card, person.id))
        if outcome is None:
            self._send(card, person)
        elif outcome[0] is DeliveryState.SENT:
            return self._delete(card)
        elif outcome[0] is DeliveryState.FAILED:
            self._give_up(card)
        return 0

    def _send(self, card: PurgeCard, person: Person) -> None:
        exports.write(self._store, card.workspace, card.selection, self._messages.file(card, person))
        with self._store.begin(card.workspace) as work:
            self._messages.send(work, card, person)

    def _delete(self, card: PurgeCard) -> int:
        with self._store.begin(card.workspace) as work:
            claimed = work.purge_cards.claim(card.id)
        if not claimed or not self._sweep.run(card):
            return 0
        with self._store.begin(card.workspace) as work:
            return self._messages.done(work, card)

    def _give_up(self, card: PurgeCard) -> None:
        with self._store.begin(card.workspace) as work:
            if work.purge_cards.close(card.id, CardState.ANNOUNCED):
                self._messages.replace(work, card, "undelivered", views.undelivered)
