"""History of an entry, with its follow-ups and the draft it came from (`product.md` 7)."""

from collections.abc import Iterable

from bot.domain.histories import LINES, Change, Story
from bot.domain.ids import ContactId, DraftId, EntryId, OpportunityId, PersonId
from bot.domain.operations import ItemKind
from bot.domain.people import Person
from bot.services.gates import readable
from storage.store import Store
from storage.work import Work

_PEOPLE = (
    (ItemKind.ENTRY, "salesperson"),
    (ItemKind.TASK, "salesperson"),
    (ItemKind.DRAFT, "owner"),
    (ItemKind.DRAFT, "salesperson"),
)
_CONTACTS = ((ItemKind.ENTRY, "contact"), (ItemKind.ENTRY, "company"))
_OPPORTUNITIES = ((ItemKind.ENTRY, "opportunity"),)


class Histories:
    """Tells what happened."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of_entry(self, actor: Person, entry_id: EntryId, page: int = 0) -> Story:
        """Return one page of what happened to an entry, newest first.

        Raises:
            Refusal: it is gone, or not the actor's to read.
        """
        with self._store.read(actor.workspace) as work:
            entry = readable(work, actor, entry_id).entry
            found = work.histories.newest(
                {
                    ItemKind.ENTRY: [entry_id],
                    ItemKind.TASK: work.histories.tasks_of(entry_id),
                    ItemKind.DRAFT: [DraftId(entry.draft)] if entry.draft else [],
                },
                limit=LINES + 1,
                skip=page * LINES,
            )
            return _story(work, page, found)


def _story(work: Work, page: int, found: list[Change]) -> Story:
    changes = tuple(found[:LINES])
    actors = {change.actor for change in changes if change.actor is not None}
    people = frozenset(map(PersonId, actors | _named(changes, _PEOPLE)))
    contacts = frozenset(map(ContactId, _named(changes, _CONTACTS)))
    chances = map(OpportunityId, _named(changes, _OPPORTUNITIES))
    known = (work.opportunities.get(chance) for chance in chances)
    return Story(
        page=page,
        changes=changes,
        more=len(found) > LINES,
        people={one: person.name for one, person in work.people.many(people).items()},
        contacts={one: contact.label for one, contact in work.contacts.many(contacts).items()},
        opportunities={one.id: one.label for one in known if one is not None},
    )


def _named(changes: Iterable[Change], fields: tuple[tuple[ItemKind, str], ...]) -> set[int]:
    """Return the ids that stand in the values of these fields."""
    values = {
        value
        for change in changes
        if (change.kind, change.field) in fields
        for value in (change.old, change.new)
    }
    return {int(value) for value in values if value and value.isdecimal()}
