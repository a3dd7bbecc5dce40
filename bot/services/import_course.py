"""How far an order of an import has come: written down with each chunk, told now and then."""

import time
from collections import Counter
from collections.abc import Callable, Mapping
from threading import Event

from bot.domain.deliveries import DeliveryKind
from bot.domain.ids import ImportId
from bot.domain.import_orders import ImportOrder, Limits
from bot.domain.import_results import Reverted
from bot.domain.messages import Refusal
from bot.services.bell import Bell
from bot.services.import_chunks import Chunk
from bot.services.import_rows import Decided, Outcome
from bot.text import Text
from bot.views import contact_imports as views
from bot.views.kit import Payload
from storage.store import Store
from storage.work import Work

GIVEN_WAY = 0.1
"""Seconds for which others who wait go first, after each chunk."""


class Stopped(Exception):  # noqa: N818 - the trade's word: nothing is broken
    """The process ends; another one goes on."""


class Lost(Exception):  # noqa: N818 - the trade's word: nothing is broken
    """Somebody stopped the order, or another process goes on with it."""


class Telling:
    """Keeps an order claimed, and tells now and then how far it has come."""

    def __init__(
        self, store: Store, bell: Bell, order: ImportOrder, text: Text, limits: Limits, stopped: Event
    ) -> None:
        self._store = store
        self._bell = bell
        self.order = order
        self.text = text
        self._limits = limits
        self._stopped = stopped
        self._said_at = time.monotonic()

    def keep_on(self) -> None:
        """Keep the order from others while nothing can be counted yet."""
        self.refuse_stopped()
        if self._is_time():
            with self._store.begin(self.order.workspace) as work:
                self.keep(work, self.order.place, self.order.counts)

    def looked(self, rows: int, _share: float) -> None:
        """Tell how many rows were looked through.

        Raises:
            Refusal: there are more than come through Slack.
        """
        self.refuse_stopped()
        if rows > self._limits.most_rows:
            raise Refusal(
                "The file has more than {most} rows. Split it, or let somebody with access to the server run "
                "saleslog import contacts.",
                most=f"{self._limits.most_rows:,}",
            )
        if self._is_time():
            with self._store.begin(self.order.workspace) as work:
                self.keep(work, rows, {})
                say(work, self.order, f"looked:{rows}", views.looking(self.order, rows, self.text))
            self._bell.ring()

    def gone_on(self, _rows: int, _share: float) -> None:
        """Let others write first, and what was written be said."""
        self._bell.ring()
        self._store.give_way(GIVEN_WAY)
        self.refuse_stopped()

    def keep(self, work: Work, place: int, counts: Mapping[str, int]) -> None:
        """Write down how far it is.

        Raises:
            Lost: it was stopped, or is another process's.
        """
        if not work.import_orders.keep(self.order, place, counts):
            raise Lost

    def tell(self, work: Work, what: str, words: Callable[[], Payload]) -> None:
        """Say how far it is, unless that was said a moment ago."""
        if self._is_time():
            say(work, self.order, what, words())

    def refuse_stopped(self) -> None:
        """Go no further when the process ends.

        Raises:
            Stopped: it does.
        """
        if self._stopped.is_set():
            raise Stopped

    def _is_time(self) -> bool:
        now = time.monotonic()
        if now < self._said_at + self._limits.said_every:
            return False
        self._said_at = now
        return True


class ImportCourse:
    """The course of an import."""

    def __init__(self, telling: Telling) -> None:
        self._telling = telling
        self.subject: ImportId = telling.order.subject or ImportId(0)
        self._chunk: Chunk | None = None
        self.place, self.counts = telling.order.place, Counter(telling.order.counts)
        self._next = (self.place, self.counts)

    def note(self, work: Work, chunk: Chunk, decided: Decided) -> None:
        """Write down what became of a chunk; the same one comes again where the first try was rolled back."""
        if chunk is not self._chunk:
            self.settle()
            self._chunk = chunk
        found = Counter(outcome.value for outcome in decided.outcomes)
        found[Outcome.FAULTY.value] += len(decided.faulty)
        place, counts = max(self.place, chunk.last), self.counts + found
        order, text = self._telling.order, self._telling.text
        self._telling.keep(work, place, counts)
        work.import_orders.note(order, [(row.place, text.say(row.reason)) for row in decided.faulty])
        self._telling.tell(work, f"at:{place}", lambda: views.importing(order, place, text))
        self._next = (place, counts)

    def settle(self) -> None:
        """Take for done what was noted last: it was committed."""
        self.place, self.counts = self._next


class RevertCourse:
    """The course of a revert."""

    def __init__(self, telling: Telling) -> None:
        self._telling = telling
        counts = telling.order.counts
        self.done = (counts.get("deleted", 0), counts.get("restored", 0))

    def note(self, work: Work, deleted: int, restored: int) -> None:
        """Write down what was taken back so far."""
        self._telling.keep(work, 0, {"deleted": deleted, "restored": restored})
        order, text, done = self._telling.order, self._telling.text, deleted + restored
        self._telling.tell(work, f"back:{done}", lambda: views.reverting(order, done, text))

    def rest(self) -> None:
        """Let others write first."""
        self._telling.gone_on(0, 0)

    def end(self, work: Work, reverted: Reverted) -> None:
        """Take the order off the list, and say what it came to."""
        order, text = self._telling.order, self._telling.text
        if not work.import_orders.end(order):
            raise Lost
        say(work, order, "back", views.reverted(order, reverted, text))


def say(work: Work, order: ImportOrder, what: str, words: Payload) -> None:
    """Write down the next words of the one message about an order."""
    key = f"{order.answer}:{what}:{work.access.ids()}"
    work.deliveries.say(key, DeliveryKind.ANSWER, order.person, words, answer=order.answer)
