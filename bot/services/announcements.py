"""Telling admins what will be deleted: a CSV and a card for each of them (`product.md` 9)."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from bot.domain.deliveries import DeliveryState
from bot.domain.ids import CardId, WorkspaceId
from bot.domain.people import Person
from bot.domain.purge import BEGINNING, NOTICE, Announcement, CardState, PurgeCard, Selection
from bot.services import exports
from bot.services.card_messages import CardMessages, csv_key
from bot.views import purge as views
from storage.store import Store
from storage.work import Work

_NEVER = frozenset({DeliveryState.FAILED, DeliveryState.SUPERSEDED})


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of a card: some admin has had it with its CSV for a day, or nobody will ever get both."""

    for_a_day: bool
    by_nobody: bool


class Announcements:
    """Writes cards, and looks whom they reached."""

    def __init__(self, store: Store, messages: CardMessages) -> None:
        self._store = store
        self._messages = messages

    def announce(
        self, workspace: WorkspaceId, chosen: Selection, before: PurgeCard | None, admins: list[Person]
    ) -> int:
        """Announce a selection, in place of the card `before` where there is one; return how many entries.

        The CSV is written first, outside of any transaction: it can be large.
        """
        card = self._new(workspace, chosen)
        first, *others = admins
        count = exports.write(self._store, workspace, chosen, self._messages.file(card, first))
        if count:
            self._messages.copy(card, first, others)
        with self._store.begin(workspace) as work:
            announced = self._is_next(work, chosen, before, count) and count > 0
            if announced:
                self._say(work, replace(card, count=count), admins)
        if not announced:
            self._messages.drop(card, *admins)
        return count if announced else 0

    def heard(self, card: PurgeCard, now: datetime) -> Heard:
        """Return what became of a card's messages."""
        with self._store.read(card.workspace) as work:
            outcomes = work.purge_cards.outcomes(card)
            told = work.purge_cards.told(card)
        pairs = [(outcomes.get(card.answer(one)), outcomes.get(csv_key(card, one))) for one in told]
        whole = [(words, file) for words, file in pairs if words is not None and file is not None]
        return Heard(
            for_a_day=any(
                state is DeliveryState.SENT is csv and at is not None and at <= now - NOTICE
                for (state, at), (csv, _) in whole
            ),
            by_nobody=all(_NEVER & {state, csv} for (state, _), (csv, _) in whole),
        )

    def _new(self, workspace: WorkspaceId, chosen: Selection) -> PurgeCard:
        return PurgeCard(
            id=CardId(self._store.ids()),
            workspace=workspace,
            selection=chosen,
            state=CardState.ANNOUNCED,
            announced_at=self._store.clock.now(),
        )

    def _is_next(self, work: Work, chosen: Selection, before: PurgeCard | None, count: int) -> bool:
        """Whether this is still to be announced: no other process was first. An older card gives way."""
        work.purge_cards.alone()
        if before is None:
            return (work.purge_cards.frontier() or BEGINNING) == chosen.after
        if not work.purge_cards.close(before.id, before.state):
            return False
        words = views.announced_anew if count else partial(views.deleted, 0)
        self._messages.replace(work, before, "anew", words)
        return True

    def _say(self, work: Work, card: PurgeCard, admins: list[Person]) -> None:
        work.purge_cards.add(card)
        newest = work.entries.many(work.canceled.newest(card.selection, 1))
        told = Announcement(card.count, work.canceled.by_person(card.selection), next(iter(newest), None))
        for admin in admins:
            self._messages.send(work, card, admin)
            self._messages.begin(work, card, admin, lambda text: views.card(card, told, text))
