"""Opportunities: light lists to link interactions to, made by salespeople, too (`domain.md` 1.12, 2.14)."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from bot.domain.campaigns import LISTED, Opportunity, OpportunityStatus, pages_of
from bot.domain.contacts import Contact
from bot.domain.entries import Asked, Filter
from bot.domain.ids import ContactId, EntryId, OpportunityId
from bot.domain.interactions import Entry, whole
from bot.domain.messages import Refusal
from bot.domain.operations import ItemKind
from bot.domain.opportunities import Offer, OpportunityLine, OpportunityList, OpportunityTyped, Sheet
from bot.domain.people import Person, Role
from bot.domain.templates import OPPORTUNITY_SERIES
from bot.services.bell import Bell, homes_changed
from bot.services.campaign_choices import campaigns_for
from bot.services.gates import refuse_blocked
from bot.services.interactions import confirm_again
from bot.services.opportunity_gates import (
    CHANGED,
    changeable,
    existing,
    linkable,
    may_keep,
    of_salesperson,
    refuse_foreign,
    seen,
    within,
)
from bot.services.people import People, scope
from storage.store import Store
from storage.work import Work

MOST = 1000
"""So many opportunities of one contact are looked through, the open ones first."""


class Opportunities:
    """Makes, changes, closes and reopens opportunities."""

    def __init__(self, store: Store, people: People, bell: Bell) -> None:
        self._store = store
        self._people = people
        self._bell = bell

    def all(self, actor: Person, page: int = 0) -> OpportunityList:
        """Return a page of all opportunities; beyond the last one the last.

        Raises:
            Refusal: the actor is no admin.
        """
        if actor.role is not Role.ADMIN:
            raise Refusal("Only an admin can look through all opportunities.")
        with self._store.read(actor.workspace) as work:
            pages = pages_of(work.opportunities.count(None))
            shown = min(page, pages - 1)
            found = work.opportunities.page(None, shown * LISTED, LISTED)
            return OpportunityList(_lines(work, found), shown, pages)

    def of_contact(self, actor: Person, contact: ContactId, page: int = 0) -> OpportunityList:
        """Return a page of a contact's opportunities that the actor may see, a company's with its people's.

        Raises:
            Refusal: the contact is gone.
        """
        with self._store.read(actor.workspace) as work:
            about = _contact(work, contact)
            found = within(work, scope(work, actor), work.opportunities.page(contact, 0, MOST))
            pages = pages_of(len(found))
            shown = min(page, pages - 1)
            lines = _lines(work, found[shown * LISTED :][:LISTED])
        return OpportunityList(lines, shown, pages, about.label)

    def get(self, actor: Person, opportunity: OpportunityId) -> Sheet:
        """Return one opportunity with all that its page shows.

        Raises:
            Refusal: it is gone, or not the actor's to see.
        """
        with self._store.read(actor.workspace) as work:
            found = seen(work, actor, opportunity)
            contact, person = work.contacts.get(found.contact), of_salesperson(work, found)
            campaign = work.campaigns.get(found.campaign) if found.campaign else None
            entries = work.entry_pages.page(Asked(Filter(opportunity=opportunity)), scope(work, actor))
            return Sheet(
                opportunity=found,
                contact=contact.label if contact else "",
                salesperson=person,
                campaign=campaign,
                interactions=entries.count,
                changeable=may_keep(work, actor, found),
                campaigns=campaigns_for(work, self._people.text(actor).today, found.campaign),
            )

    def offer(self, actor: Person, contact: ContactId | None) -> Offer:
        """Return what a new opportunity begins with, of a contact or still of nobody.

        Raises:
            Refusal: the contact is gone, or asked not to be recorded.
        """
        with self._store.read(actor.workspace) as work:
            about = None if contact is None else _contact(work, contact)
            refuse_blocked(work, about)
            return Offer(
                contact=about.label if about else "",
                salesperson=actor,
                campaigns=campaigns_for(work, self._people.text(actor).today, None),
            )

    def offer_of_entry(self, actor: Person, entry: EntryId) -> Offer:
        """Return what an opportunity of an entry begins with: contact, salesperson, campaign, text, comments.

        Raises:
            Refusal: the entry is not the actor's, canceled, or belongs to an opportunity already.
        """
        with self._store.read(actor.workspace) as work:
            found = linkable(work, actor, entry)
            person = work.people.get(found.salesperson) if found.salesperson else None
            contact = work.contacts.get(found.contact) if found.contact else None
            return Offer(
                contact=contact.label if contact else "",
                salesperson=person or actor,
                campaigns=campaigns_for(work, self._people.text(actor).today, found.campaign),
                campaign=found.campaign,
                description=found.description,
                comment=found.comment,
            )

    def make(
        self, actor: Person, key: str, contact: ContactId | None, typed: OpportunityTyped
    ) -> OpportunityId:
        """Make an opportunity of what was typed without problems; the same form (`key`) once more gives the same.

        Raises:
            Refusal: the contact is gone or blocked, or the salesperson somebody for whom the actor may not act.
        """
        with self._store.begin(actor.workspace) as work:
            first = work.requests.first_answer(key)
            if first is not None:
                return OpportunityId(first["opportunity"])
            if contact is None:
                raise Refusal("Choose the contact with whom it is.")
            return self._add(work, actor, key, _contact(work, contact), typed).id

    def make_of_entry(
        self, actor: Person, key: str, entry: EntryId, typed: OpportunityTyped
    ) -> OpportunityId:
        """Make an opportunity and link the entry to it; the same form (`key`) once more gives the same.

        Raises:
            Refusal: the entry is not the actor's, canceled, or belongs to an opportunity already.
        """
        with self._store.begin(actor.workspace) as work:
            first = work.requests.first_answer(key)
            if first is not None:
                return OpportunityId(first["opportunity"])
            found = linkable(work, actor, entry)
            kept = replace(typed, comment=str(whole(typed.comment, found.comment)))
            made = self._add(work, actor, key, _contact(work, found.contact), kept)
            self._link(work, actor, found, made.id)
        self._bell.ring()
        homes_changed(self._bell, actor, (found.logged_by, found.salesperson))
        return made.id

    def edit(self, actor: Person, opportunity: OpportunityId, revision: int, typed: OpportunityTyped) -> None:
        """Change an opportunity to what was typed without problems.

        Raises:
            Refusal: it is not the actor's, or was changed since the form was opened.
        """
        with self._store.begin(actor.workspace) as work:
            before = changeable(work, actor, opportunity)
            if typed.salesperson != before.salesperson:
                refuse_foreign(work, actor, typed.salesperson)
            after = replace(
                before,
                description=typed.description.strip(),
                salesperson=typed.salesperson,
                campaign=typed.campaign,
                status=typed.status if before.status.open else before.status,
                comment=str(whole(typed.comment, before.comment)),
                revision=revision,
            )
            _keep(work, before, after)

    def close(self, actor: Person, opportunity: OpportunityId, status: OpportunityStatus) -> None:
        """Close an opportunity as won or lost: nobody chooses it any more, its interactions keep it.

        Raises:
            Refusal: it is gone, or not the actor's.
        """
        with self._store.begin(actor.workspace) as work:
            before = changeable(work, actor, opportunity)
            at = before.closed_at if before.status is status else work.access.clock.now()
            _keep(work, before, replace(before, status=status, closed_at=at))

    def reopen(self, actor: Person, opportunity: OpportunityId) -> None:
        """Let an opportunity be chosen again.

        Raises:
            Refusal: it is gone, or not the actor's.
        """
        with self._store.begin(actor.workspace) as work:
            before = changeable(work, actor, opportunity)
            open_again = replace(before, status=OpportunityStatus.IN_PROGRESS, closed_at=None)
            _keep(work, before, before if before.status.open else open_again)

    def _add(
        self, work: Work, actor: Person, key: str, contact: Contact, typed: OpportunityTyped
    ) -> Opportunity:
        refuse_blocked(work, contact)
        refuse_foreign(work, actor, typed.salesperson)
        made = Opportunity(
            id=OpportunityId(work.access.ids()),
            number=work.numbers.take(OPPORTUNITY_SERIES),
            description=typed.description.strip(),
            contact=contact.id,
            company=contact.company,
            salesperson=typed.salesperson,
            status=typed.status if typed.status.open else OpportunityStatus.NOT_STARTED,
            campaign=typed.campaign,
            comment=typed.comment,
            opened_at=work.access.clock.now(),
        )
        work.opportunities.add(made)
        work.requests.remember(key, {"opportunity": made.id})
        return made

    def _link(self, work: Work, actor: Person, entry: Entry, opportunity: OpportunityId) -> None:
        if not work.entries.change(entry, replace(entry, opportunity=opportunity)):
            raise Refusal("Somebody changed this entry at this moment. Try again.")
        work.history.note(ItemKind.ENTRY, entry.id, actor.id, ("opportunity", None, opportunity))
        confirm_again(work, self._people, actor, entry.id)


def _keep(work: Work, before: Opportunity, after: Opportunity) -> None:
    if after != before and not work.opportunities.change(after):
        raise Refusal(CHANGED)


def _contact(work: Work, contact: ContactId | None) -> Contact:
    return existing(None if contact is None else work.contacts.get(contact))


def _lines(work: Work, found: Sequence[Opportunity]) -> tuple[OpportunityLine, ...]:
    names = work.contacts.many(frozenset(one.contact for one in found))
    counts = work.opportunities.interactions([one.id for one in found])
    line = partial(_line, names={one: contact.label for one, contact in names.items()}, counts=counts)
    return tuple(line(one) for one in found)


def _line(one: Opportunity, names: dict[ContactId, str], counts: dict[OpportunityId, int]) -> OpportunityLine:
    return OpportunityLine(one, names.get(one.contact, ""), counts.get(one.id, 0))
