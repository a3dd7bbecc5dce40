"""The reminder policy, as admins set it: it holds for everybody who chose nothing himself (`product.md` 11)."""

from bot.domain.messages import Message, Refusal
from bot.domain.people import Person, Role
from bot.domain.reminder_policy import POLICY, Policy
from bot.services.bell import Bell, homes_changed
from storage.store import Store
from storage.work import Work


class ReminderPolicy:
    """Shows and sets the policy."""

    def __init__(self, store: Store, bell: Bell) -> None:
        self._store = store
        self._bell = bell

    def now(self, actor: Person) -> Policy:
        """Return the policy as it stands.

        Raises:
            Refusal: the actor is no admin.
        """
        _admins_only(actor)
        with self._store.read(actor.workspace) as work:
            return work.reminders.policy()

    def set(self, actor: Person, policy: Policy) -> dict[str, Message]:
        """Set the policy, or return what is wrong with it, by field.

        Raises:
            Refusal: the actor is no admin.
        """
        _admins_only(actor)
        wrong = policy.problems()
        if wrong:
            return wrong
        with self._store.begin(actor.workspace) as work:
            apply(work, policy)
            everybody = [person.id for person in work.people.active()]
        homes_changed(self._bell, actor, everybody)
        return {}


def apply(work: Work, policy: Policy) -> None:
    """Keep a policy, and look at once whether somebody who follows it is to be reminded.

    What is kept is how the policy is written: `POLICY` in the settings.
    """
    work.settings.put(POLICY, policy.written)
    work.reminders.look_at_followers(work.access.clock.now())


def _admins_only(actor: Person) -> None:
    if actor.role is not Role.ADMIN:
        raise Refusal("Only an admin can set up reminders.")
