"""Telling managers of their teams when it is time, each period once (`product.md` 10; `architecture.md`)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.apart import one_by_one
from bot.domain.deliveries import DeliveryKind
from bot.domain.digests import Schedule, Subscription
from bot.domain.ids import PersonId, TeamId, WorkspaceId
from bot.domain.people import Person
from bot.services.bell import Bell
from bot.services.digest_composition import Order, compose
from bot.services.people import People
from bot.text import Text
from bot.views import digests as views
from bot.views.kit import Payload
from storage.digest_rows import DigestRows
from storage.store import Store

LATER = timedelta(minutes=15)
Newcomer = tuple[WorkspaceId, TeamId, PersonId]


class DigestRounds:
    """Looks who is to be told now; the database decides, whoever looks."""

    def __init__(self, store: Store, people: People, bell: Bell) -> None:
        self._store = store
        self._people = people
        self._bell = bell
        self._rows = DigestRows(store)

    def run(self) -> int:
        """Tell everybody whose time has come; return how many were told something.

        Raises:
            Busy, Unwritable: the database serves nobody now; the next look finds the rest.
        """
        self.keep_up()
        return one_by_one(self._rows.all(), self._look_after, self._put_off)

    def keep_up(self) -> None:
        """Begin to tell those who have become managers of a team, and stop to tell those who no longer are."""
        one_by_one(self._rows.missing(), self._enroll, lambda _: None)
        one_by_one(self._rows.stale(), self._forget, lambda _: None)

    def _enroll(self, newcomer: Newcomer) -> bool:
        workspace, team, manager = newcomer
        person = self._people.of(workspace, manager)
        if person is None:
            return False
        weekly = Schedule()
        with self._store.begin(workspace) as work:
            work.digests.enroll(team, manager, weekly, weekly.due_after(self._now(), ZoneInfo(person.zone)))
        return True

    def _forget(self, digest: Subscription) -> bool:
        with self._store.begin(digest.workspace) as work:
            work.digests.forget(digest.id)
        return True

    def _look_after(self, digest: Subscription) -> bool:
        person, seen = self._people.of(digest.workspace, digest.person), digest.next_at
        if person is None or seen is None:
            return False
        next_at = digest.schedule.due_after(self._now(), ZoneInfo(person.zone))
        if seen <= self._now() and person.active and person.slack_id is not None:
            return self._tell(digest, person, seen, next_at)
        if seen != next_at:
            self._move(digest, seen, next_at)
        return False

    def _tell(self, digest: Subscription, person: Person, seen: datetime, next_at: datetime | None) -> bool:
        """Say it if the period holds anything new; it is composed before the database is held, which takes longer."""
        text = self._people.text(person)
        order = Order(digest.team, digest.schedule.ended(text.today), digest.id)
        words = self._words(digest, order, text)
        key = f"digest:{digest.id}:{order.period.cadence}:{order.period.first.isoformat()}"
        with self._store.begin(digest.workspace) as work:
            first = work.digests.claim(digest.id, seen, next_at)
            if not first or not work.digests.tell(digest.id, order.period, text.now) or words is None:
                return False
            said = work.deliveries.say(key, DeliveryKind.DIGEST, person.id, words)
        self._bell.ring()
        return said is not None

    def _words(self, digest: Subscription, order: Order, text: Text) -> Payload | None:
        with self._store.read(digest.workspace) as work:
            composed = compose(work, order, text)
        if not composed.has_news:
            return None
        words, channel = views.message(composed, digest, text), digest.schedule.channel
        return views.to_channel(words, channel, text) if channel else words

    def _put_off(self, digest: Subscription) -> None:
        """Look again a little later where something broke."""
        if digest.next_at is not None:
            self._move(digest, digest.next_at, self._now() + LATER)

    def _move(self, digest: Subscription, seen: datetime, next_at: datetime | None) -> None:
        with self._store.begin(digest.workspace) as work:
            work.digests.claim(digest.id, seen, next_at)

    def _now(self) -> datetime:
        return self._store.clock.now()
