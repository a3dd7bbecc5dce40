"""What waits for somebody, gathered for the list in which he looks at it; it is shown anew after each act."""

from typing import Any

from bot.domain.deliveries import DeliveryKind
from bot.domain.ids import ContactId, FormId, TaskId
from bot.domain.people import Person
from bot.services import needs
from bot.services.bell import Bell
from bot.services.departures import offered
from bot.services.forms import list_of
from bot.services.people import People
from bot.services.postponed import with_contacts
from bot.services.rhythms import rhythm
from bot.services.tasks import named
from bot.views import lists as views
from bot.views import reminders
from bot.views.listing import Listing, Said, Where
from bot.views.lists import Pile
from bot.views.postponed import Waiting
from storage.store import Store
from storage.work import Work

MOST = 500


class Lists:
    """Makes the lists of what waits."""

    def __init__(self, store: Store, people: People, bell: Bell) -> None:
        self._store = store
        self._people = people
        self._bell = bell

    def message(self, actor: Person, listing: Listing, said: Said | None = None) -> dict[str, Any]:
        """Return a list as a message, with what was just said in it."""
        text = self._people.text(actor)
        if listing.where is Where.REMINDER:
            return self._reminder(actor, listing, said)
        return views.message(self._pile(actor, listing, said), text)

    def page(self, actor: Person, listing: Listing, said: Said | None = None) -> dict[str, Any]:
        """Return a list as a modal."""
        return views.page(self._pile(actor, listing, said), self._people.text(actor))

    def remember(self, actor: Person, key: str, response_url: str | None) -> None:
        """Remember the message in which a list stands, for the form (`key`) that was opened from it."""
        if response_url is not None:
            with self._store.begin(actor.workspace) as work:
                work.deliveries.point_at_message(key, actor.id, response_url)

    def answer(self, actor: Person, key: str, listing: Listing, said: Said | None) -> None:
        """Show the list anew from which the form `key` was opened."""
        words = self.message(actor, listing, said)
        with self._store.begin(actor.workspace) as work:
            name = f"list:{work.access.ids()}"
            work.deliveries.say(name, DeliveryKind.ANSWER, actor.id, words, answer=key)
        self._bell.ring()

    def follow(self, actor: Person, form_id: FormId) -> None:
        """Show the list anew from which a form was resumed that has ended, or waits again."""
        with self._store.read(actor.workspace) as work:
            draft = work.drafts.of_form(form_id)
        found = Listing.read(draft.layout.below) if draft is not None else None
        if draft is None or found is None:
            return
        words = self.message(actor, found)
        with self._store.begin(actor.workspace) as work:
            key = f"list:{work.access.ids()}"
            work.deliveries.say(key, DeliveryKind.REPLACEMENT, actor.id, words, answer=list_of(draft))
        self._bell.ring()

    def chosen(self, actor: Person, drafts: frozenset[int]) -> Waiting:
        """Return those of the actor's drafts that still wait."""
        with self._store.read(actor.workspace) as work:
            waiting = [draft for draft in work.drafts.waiting(actor.id) if draft.id in drafts]
            return with_contacts(work, waiting)

    def _pile(self, actor: Person, listing: Listing, said: Said | None) -> Pile:
        with self._store.read(actor.workspace) as work:
            match listing.where:
                case Where.DRAFTS if listing.of:
                    return self._filtered(work, actor, listing, said)
                case Where.DRAFTS:
                    drafts = with_contacts(work, work.drafts.waiting(actor.id))
                    return Pile(listing=listing, drafts=drafts, said=said, left=offered(work, actor))
                case Where.TASK:
                    task = work.tasks.get(TaskId(listing.of))
                    mine = [task] if task and task.open and task.salesperson == actor.id else []
                    return Pile(listing=listing, tasks=named(work, mine), said=said)
                case _:
                    tasks = named(work, work.tasks.open_of(actor.id, MOST))
                    return Pile(listing=listing, tasks=tasks, said=said)

    def _filtered(self, work: Work, actor: Person, listing: Listing, said: Said | None) -> Pile:
        contact = work.contacts.get(ContactId(listing.of))
        drafts = work.drafts.waiting_for(ContactId(listing.of), actor.id)
        name = contact.label if contact else self._people.text(actor)("(contact deleted)")
        return Pile(listing=listing, drafts=with_contacts(work, drafts), about=name, said=said)

    def _reminder(self, actor: Person, listing: Listing, said: Said | None) -> dict[str, Any]:
        text, now = self._people.text(actor), self._store.clock.now()
        with self._store.read(actor.workspace) as work:
            waiting = needs.of_the_day(work, actor, text.today, now)
            starts = rhythm(work, actor).preferences.starts
        return reminders.reminder(actor, waiting, starts, text, views.said(said, listing, text))
