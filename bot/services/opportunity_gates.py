"""Who may see, make and keep an opportunity; every way in passes here."""

from collections.abc import Sequence

from bot.domain.campaigns import Opportunity
from bot.domain.contacts import Contact
from bot.domain.ids import EntryId, OpportunityId, PersonId
from bot.domain.interactions import Entry
from bot.domain.messages import Refusal, n_
from bot.domain.people import Person, Role, Scope, may_change, may_log_for
from bot.services.gates import CHANGE, LOG_FOR, only_for, readable
from bot.services.people import scope
from storage.work import Work

CHANGED = n_("Somebody changed this opportunity meanwhile. Open it again to see what stands there now.")
KEEP = n_("Only {who} can change {name}'s opportunities.")
GONE = n_("This opportunity is gone, or not yours to see.")


def within(work: Work, known: Scope, found: Sequence[Opportunity]) -> list[Opportunity]:
    """Return those within a reader's scope: by their salesperson, or by their contact's or company's."""
    if known.people is None:
        return list(found)
    people = known.people
    named = {one for each in found for one in (each.contact, each.company) if one is not None}
    sellers = {one: contact.salesperson for one, contact in work.contacts.many(frozenset(named)).items()}
    return [
        one
        for one in found
        if {one.salesperson, sellers.get(one.contact), sellers.get(one.company or one.contact)} & people
    ]


def may_keep(work: Work, actor: Person, opportunity: Opportunity) -> bool:
    """Whether somebody may change it: its salesperson, who manages him, and admins; without one everybody."""
    owner = of_salesperson(work, opportunity)
    return owner is None or actor.role is Role.ADMIN or may_log_for(actor, owner)


def seen(work: Work, actor: Person, opportunity: OpportunityId) -> Opportunity:
    """Return an opportunity that the actor may see.

    Raises:
        Refusal: it is gone, or not his to see; both are said in the same words.
    """
    found = work.opportunities.get(opportunity)
    if found is None or not within(work, scope(work, actor), [found]):
        raise Refusal(GONE)
    return found


def changeable(work: Work, actor: Person, opportunity: OpportunityId) -> Opportunity:
    """Return an opportunity that the actor may change.

    Raises:
        Refusal: it is gone, or somebody else's.
    """
    found = seen(work, actor, opportunity)
    if not may_keep(work, actor, found):
        raise only_for(work, KEEP, of_salesperson(work, found) or actor)
    return found


def linkable(work: Work, actor: Person, entry: EntryId) -> Entry:
    """Return an entry of which an opportunity can be made (`domain.md` 2.10; line 67).

    Raises:
        Refusal: it is not the actor's, canceled, without a contact, or belongs to an opportunity already.
    """
    listed = readable(work, actor, entry)
    found = listed.entry
    named = found.salesperson or found.logged_by
    owner = (work.people.get(named) if named is not None else None) or actor
    if not may_change(actor, listed.ties, owner.team):
        raise only_for(work, CHANGE, owner)
    if found.canceled:
        raise Refusal("This entry is canceled: reinstate it first.")
    if found.opportunity is not None:
        raise Refusal("This entry belongs to an opportunity already.")
    existing(work.contacts.get(found.contact) if found.contact else None)
    return found


def existing(contact: Contact | None) -> Contact:
    """Return a contact.

    Raises:
        Refusal: there is none.
    """
    if contact is None:
        raise Refusal("This contact is gone. Choose somebody else.")
    return contact


def of_salesperson(work: Work, opportunity: Opportunity) -> Person | None:
    """Return the salesperson of an opportunity."""
    return work.people.get(opportunity.salesperson) if opportunity.salesperson else None


def refuse_foreign(work: Work, actor: Person, salesperson: PersonId | None) -> None:
    """Refuse somebody for whom the actor may not act.

    Raises:
        Refusal: he may not.
    """
    person = work.people.get(salesperson) if salesperson else None
    if person is not None and not may_log_for(actor, person):
        raise only_for(work, LOG_FOR, person)
