"""What a person may lay hands on; every way in passes here."""

from bot.domain.contacts import Contact
from bot.domain.entries import Listed
from bot.domain.ids import EntryId, FormId
from bot.domain.interactions import Entry
from bot.domain.messages import Refusal, n_
from bot.domain.people import Person, may_change, may_read
from bot.domain.postponed import Draft, DraftState
from bot.domain.teams import who_can
from bot.services.people import scope
from storage.work import Work

CANCEL = n_("Only {who} can cancel {name}'s entries.")
CHANGE = n_("Only {who} can change {name}'s entries.")
LOG_FOR = n_("Only {who} can log for {name}.")


def resumable(work: Work, actor: Person, form_id: FormId) -> Draft:
    """Return a draft of the actor's that still waits.

    Raises:
        Refusal: it was finished or discarded meanwhile, or is somebody else's.
    """
    draft = work.drafts.of_form(form_id)
    if draft is None or draft.owner != actor.id:
        raise Refusal("This postponed interaction is gone, or not yours.")
    if draft.state is DraftState.FINISHED:
        raise Refusal("This interaction has been logged already.")
    if draft.state is DraftState.DISCARDED:
        raise Refusal("This postponed interaction was discarded.")
    return draft


def refuse_blocked(work: Work, contact: Contact | None) -> None:
    """Refuse a contact who, or whose company, asked not to be recorded (`domain.md` 3.3; line 21).

    Raises:
        Refusal: he did.
    """
    company = work.contacts.get(contact.company) if contact and contact.company else None
    for asked in (contact, company):
        if asked is not None and asked.privacy_blocked:
            raise Refusal("{name} asked not to be recorded. Choose somebody else.", name=asked.name)


def readable(work: Work, actor: Person, entry: EntryId) -> Listed:
    """Return an entry that the actor may read.

    Raises:
        Refusal: it is gone, or not his to read; both are said in the same words.
    """
    found = work.entries.listed(entry)
    if found is None or not may_read(scope(work, actor), found.ties):
        raise Refusal("This entry is gone, or not yours to see.")
    return found


def owner_of(work: Work, entry: Entry) -> Person | None:
    """Return whose entry it is: its salesperson's, else whoever logged it; nobody's where it came by itself."""
    owner = entry.salesperson or entry.logged_by
    return work.people.get(owner) if owner else None


def changeable(work: Work, actor: Person, entry: EntryId, sentence: str) -> Listed:
    """Return an entry that the actor may change; `sentence` says who can, where he may not.

    Raises:
        Refusal: it is gone, or not his to change.
    """
    listed = readable(work, actor, entry)
    owner = owner_of(work, listed.entry)
    if not may_change(actor, listed.ties, owner.team if owner else None):
        raise only_for(work, sentence, owner)
    return listed


def leaders(work: Work, person: Person | None) -> tuple[str, ...]:
    """Return the names of those who manage somebody's team and are still there."""
    if person is None or person.team is None:
        return ()
    return tuple(manager.name for manager in work.teams.managers(person.team) if manager.id != person.id)


def only_for(work: Work, sentence: str, person: Person | None) -> Refusal:
    """Return the refusal of something that somebody's managers and admins may do: it says who they are."""
    if person is None:
        return Refusal("Nobody is the salesperson of this entry. Only an admin can change or cancel it.")
    return Refusal(sentence, who=who_can(leaders(work, person)), name=person.name)
