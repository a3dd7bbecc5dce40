"""The cards of contacts and salespeople: what the reader may know of them (`product.md` 1, 3)."""

from bot.domain.cards import PersonCard, Standing, last_days
from bot.domain.ids import ContactId, PersonId
from bot.domain.people import EVERYTHING, Person, Role, Scope, may_log_for
from bot.services.people import People, scope
from bot.services.postponed import with_contacts
from storage.store import Store
from storage.work import Work

SHOWN = 5
ENTRIES = 5


class Cards:
    """Reads what stands on the card of a salesperson."""

    def __init__(self, store: Store, people: People) -> None:
        self._store = store
        self._people = people

    def find(self, actor: Person, query: str, limit: int) -> list[Person]:
        """Return salespeople by the start of a name, also those who have left."""
        with self._store.read(actor.workspace) as work:
            return work.people.known_as(query, limit)

    def of(self, actor: Person, person: Person) -> PersonCard:
        """Return a salesperson's card."""
        today = self._people.text(actor).today
        with self._store.read(actor.workspace) as work:
            seen, weeks = scope(work, actor), work.weeks
            now, before = (weeks.tally(wanted, seen) for wanted in last_days(person.id, today))
            known = may_log_for(actor, person)
            drafts = work.drafts.waiting(person.id) if known else []
            return PersonCard(
                person=person,
                now=now,
                before=before,
                entries=tuple(work.entries.latest_of_person(person.id, seen, ENTRIES)),
                waiting=tuple(with_contacts(work, drafts)),
                own=actor.id == person.id,
                may_log=known and person.active,
                team="".join(weeks.teams(frozenset({person.team})).values()) if person.team else "",
                managers=_managers(work, person),
            )


def standing(work: Work, actor: Person, contact: ContactId) -> Standing:
    """Return how things stand with a contact, in this transaction."""
    rows, known = work.standings, _known_to(work, actor)
    last = work.entries.latest_of_contact(contact, scope(work, actor), 1)
    drafts = rows.drafts(contact, known, SHOWN + 1)
    tasks = rows.tasks(contact, known, SHOWN + 1)
    owners = {draft.owner for draft in drafts} | {task.salesperson for task in tasks}
    names = _names(work, frozenset(owners) - {actor.id})
    return Standing(
        last=last[0].entry.day if last else None,
        drafts=tuple((draft, names.get(draft.owner, "")) for draft in drafts),
        tasks=tuple((task, names.get(task.salesperson, "")) for task in tasks),
        segments=tuple(rows.segments(contact, known, SHOWN + 1)),
    )


def _known_to(work: Work, actor: Person) -> Scope:
    """Return of whose drafts, follow-ups and segments somebody may know: his own, and those whom he manages."""
    if actor.role is Role.ADMIN:
        return EVERYTHING
    return Scope(work.people.team_members(actor.manages) | {actor.id})


def _managers(work: Work, person: Person) -> tuple[str, ...]:
    leaders = work.weeks.leaders_of(person.id) - {person.id}
    return tuple(sorted(_names(work, leaders).values()))


def _names(work: Work, people: frozenset[PersonId]) -> dict[PersonId, str]:
    return {one.id: one.name for one in work.people.many(people).values()}
