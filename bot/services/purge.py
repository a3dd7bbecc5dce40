"""The scheduled purge: canceled entries are announced to admins, and deleted a day later (`product.md` 9)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.entries import Listed
from bot.domain.ids import CardId, WorkspaceId
from bot.domain.messages import Refusal
from bot.domain.people import Person, Role
from bot.domain.purge import (
    BEGINNING,
    NOTICE,
    RETENTION,
    CardState,
    PurgeCard,
    Selection,
    counted,
    due_within_a_day,
    retention_of,
)
from bot.services.announcements import Announcements
from bot.services.bell import Bell
from bot.services.card_messages import CardMessages
from bot.services.sweep import Sweep
from bot.views import purge as views
from storage.people import all_workspaces
from storage.store import Store
from storage.work import Work

RETENTION_DAYS = "retention_days"


@dataclass(slots=True)
class Tally:
    """What a run did, gathered while it goes on."""

    announced: int = 0
    deleted: int = 0
    unheard: int = 0
    """Entries whose card, or its CSV, reached no admin."""
    nobody_to_tell: bool = False

    def sentence(self) -> str:
        """Return it in a sentence or two, empty when there was nothing to do."""
        said = [f"Announced {counted(self.announced)}." if self.announced else ""]
        said += [f"Deleted {counted(self.deleted)}." if self.deleted else ""]
        said += [f"{self.unheard} stay: their card or its CSV reached no admin." if self.unheard else ""]
        said += ["Canceled entries stay: there is no admin to tell." if self.nobody_to_tell else ""]
        return " ".join(part for part in said if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A workspace before a run."""

    workspace: WorkspaceId
    now: datetime
    retention: timedelta | None
    frontier: datetime
    """Until when entries were announced before."""
    cards: list[PurgeCard] = field(default_factory=list)
    admins: list[Person] = field(default_factory=list)


class Purge:
    """Announces, keeps, deletes."""

    def __init__(self, store: Store, bell: Bell, sweep: Sweep, messages: CardMessages) -> None:
        self._store = store
        self._bell = bell
        self._sweep = sweep
        self._messages = messages
        self._announcements = Announcements(store, messages)

    def run(self) -> str:
        """Announce what is due within a day, delete what was announced; return what happened in a sentence."""
        tally = Tally()
        with self._store.reading() as connection:
            workspaces = all_workspaces(connection)
        for workspace in workspaces:
            self._announce_due(self._situation(workspace), tally)
            self._delete_due(self._situation(workspace), tally)
        if tally.announced or tally.deleted:
            self._bell.ring()
        return tally.sentence()

    def keep(self, actor: Person, card_id: CardId) -> None:
        """Keep what a card announced for one more retention period.

        Raises:
            Refusal: it is too late, or not the actor's to decide.
        """
        admin_only(actor)
        with self._store.begin(actor.workspace) as work:
            card = _found(work, card_id)
            until = self._store.clock.now() + (_retention(work) or RETENTION)
            if work.purge_cards.keep(card_id, until):
                self._messages.replace(
                    work, card, "kept", lambda text: views.kept(card, until, actor.name, text)
                )
            elif card.state is not CardState.KEPT:
                raise Refusal("It is too late: these entries are deleted, or announced anew.")
        self._bell.ring()

    def shown(self, actor: Person, card_id: CardId) -> tuple[list[Listed], int]:
        """Return the newest entries of a card as they are now, and how many there are.

        Raises:
            Refusal: it is not the actor's to see.
        """
        admin_only(actor)
        with self._store.read(actor.workspace) as work:
            card = _found(work, card_id)
            newest = work.canceled.newest(card.selection, views.SHOWN)
            return work.entries.many(newest), work.canceled.count(card.selection)

    def retention_days(self, actor: Person) -> int:
        """Return after how many days canceled entries are deleted; 0 is never.

        Raises:
            Refusal: it is not the actor's to see.
        """
        admin_only(actor)
        with self._store.read(actor.workspace) as work:
            retention = _retention(work)
        return retention.days if retention else 0

    def keep_for(self, actor: Person, days: int) -> None:
        """Set after how many days canceled entries are deleted; 0 is never.

        Raises:
            Refusal: it is not the actor's to decide.
        """
        admin_only(actor)
        with self._store.begin(actor.workspace) as work:
            work.settings.put(RETENTION_DAYS, days)

    def _situation(self, workspace: WorkspaceId) -> Situation:
        with self._store.read(workspace) as work:
            return Situation(
                workspace=workspace,
                now=self._store.clock.now(),
                retention=_retention(work),
                frontier=work.purge_cards.frontier() or BEGINNING,
                cards=[card for card in work.purge_cards.open() if card.ordered_by is None],
                admins=work.people.admins(),
            )

    def _announce_due(self, there: Situation, tally: Tally) -> None:
        if there.retention is None:
            return
        for card in there.cards:
            if self._is_over(card, there.now, tally):
                self._announce(there, card.selection, card, tally)
        until = due_within_a_day(there.now, there.retention)
        if until > there.frontier:
            self._announce(there, Selection(after=there.frontier, until=until), None, tally)

    def _is_over(self, card: PurgeCard, now: datetime, tally: Tally) -> bool:
        """Whether a card is to be announced anew: it was kept and that is over, or it reached nobody."""
        if card.state is CardState.KEPT:
            return card.kept_until is not None and card.kept_until <= now
        if card.state is not CardState.ANNOUNCED or card.announced_at > now - NOTICE:
            return False
        by_nobody = self._announcements.heard(card, now).by_nobody
        tally.unheard += card.count if by_nobody else 0
        return by_nobody

    def _announce(self, there: Situation, chosen: Selection, before: PurgeCard | None, tally: Tally) -> None:
        if there.admins:
            tally.announced += self._announcements.announce(there.workspace, chosen, before, there.admins)
            return
        with self._store.read(there.workspace) as work:
            tally.nobody_to_tell |= bool(work.canceled.newest(chosen, 1))

    def _delete_due(self, there: Situation, tally: Tally) -> None:
        for card in there.cards:
            if card.state is CardState.DELETING or self._may_go(card, there, tally):
                tally.deleted += self._delete(card)

    def _may_go(self, card: PurgeCard, there: Situation, tally: Tally) -> bool:
        """Whether a card stood for a day, was not kept, and announced all that it selects now."""
        if card.state is not CardState.ANNOUNCED or not card.may_go_at(there.now, there.retention):
            return False
        heard = self._announcements.heard(card, there.now)
        if not heard.for_a_day:
            return False
        with self._store.read(there.workspace) as work:
            selected = work.canceled.count(card.selection)
        if selected > card.count:  # a clock was wrong in between: something was never announced
            self._announce(there, card.selection, card, tally)
        return selected <= card.count

    def _delete(self, card: PurgeCard) -> int:
        with self._store.begin(card.workspace) as work:
            claimed = work.purge_cards.claim(card.id)
        if not claimed or not self._sweep.run(card):
            return 0
        with self._store.begin(card.workspace) as work:
            return self._messages.done(work, card)


def admin_only(actor: Person) -> None:
    """Let admins pass.

    Raises:
        Refusal: the actor is none.
    """
    if actor.role is not Role.ADMIN:
        raise Refusal("Only an admin can do this.")


def _retention(work: Work) -> timedelta | None:
    return retention_of(work.settings.get(RETENTION_DAYS))


def _found(work: Work, card_id: CardId) -> PurgeCard:
    card = work.purge_cards.get(card_id)
    if card is None:
        raise Refusal("This card is gone.")
    return card
