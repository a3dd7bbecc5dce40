"""What admins see of the jobs: runs, errors, messages that could not be delivered (`architecture.md`)."""

from datetime import timedelta

from bot.domain.ids import DeliveryId
from bot.domain.jobs import Report
from bot.domain.messages import Refusal
from bot.domain.people import Person, Role
from bot.services.bell import Bell
from bot.services.letters_again import under_way_again
from storage.jobs import JobRows
from storage.store import Store

SHOWN = 10
LOOKED_BACK = timedelta(days=30)


class Jobs:
    """Reports on jobs, and lets failed messages be sent again."""

    def __init__(self, store: Store, bell: Bell) -> None:
        self._store = store
        self._bell = bell

    def report(self, actor: Person) -> Report:
        """Return how the jobs stand and which messages failed within 30 days, newest first.

        Raises:
            Refusal: the actor is no admin.
        """
        _admins_only(actor)
        since = self._store.clock.now() - LOOKED_BACK
        with self._store.read(actor.workspace) as work:
            failures = work.failures.since(since, SHOWN)
            told = work.digests.everybody()
            readers = work.people.many(frozenset(one.person for one in told))
        runs = JobRows(self._store).all()
        digests = [(one, readers[one.person].name) for one in told]
        return Report([runs[name] for name in sorted(runs)], failures, digests)

    def try_again(self, actor: Person, delivery: DeliveryId) -> None:
        """Send a failed message once more; a second press does nothing.

        Raises:
            Refusal: the actor is no admin.
        """
        _admins_only(actor)
        with self._store.begin(actor.workspace) as work:
            if work.failures.try_again(delivery):
                under_way_again(work, delivery)
        self._bell.ring()


def _admins_only(actor: Person) -> None:
    if actor.role is not Role.ADMIN:
        raise Refusal("Only admins see the jobs. Ask one of them.")
