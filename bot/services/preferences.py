"""What a person chose for himself: working hours, zone, country, language, days off (`product.md` 5, 6)."""

from bot.domain.messages import Refusal
from bot.domain.people import Person
from bot.domain.preferences import Typed
from bot.domain.rhythm import Preferences as Chosen
from bot.domain.rhythm import following
from bot.services.bell import Bell
from bot.services.people import People
from storage.store import Store


class Preferences:
    """Keeps what people choose; everything follows it at once."""

    def __init__(self, store: Store, people: People, bell: Bell) -> None:
        self._store = store
        self._people = people
        self._bell = bell

    def of(self, actor: Person) -> Chosen:
        """Return what the actor chose, the defaults where he chose nothing."""
        with self._store.read(actor.workspace) as work:
            return work.reminders.preferences(actor.id)

    def choose(self, actor: Person, typed: Typed) -> Person:
        """Keep what was typed without problems; return the person as he is from now on.

        Raises:
            Refusal: the person is gone.
        """
        with self._store.begin(actor.workspace) as work:
            person = work.people.get(actor.id)
            if person is None:
                raise Refusal("Your Saleslog account is gone. Ask an admin.")
            today = self._people.text(person).today
            chosen = typed.chosen(work.reminders.preferences(person.id), today)
            changed = following(person, chosen)
            work.reminders.prefer(person.id, chosen)
            work.people.change(changed)
            work.reminders.look_at(person.id, self._store.clock.now())
        self._bell.home_changed(actor.workspace, actor.id)
        return changed
