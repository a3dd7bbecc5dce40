"""Recording what arrived by itself: what its words mean, and the entry that it becomes (`domain.md` 2.13)."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.contacts import Contact, folded
from bot.domain.documents import Recorded
from bot.domain.ids import CampaignId, ContactId, EntryId, OperationId, OpportunityId, PersonId, TemplateId
from bot.domain.inbox import Arrival, Seen, Whom, correspondence, described, word_of
from bot.domain.inheritance import language_for
from bot.domain.interactions import DESCRIPTION_LIMIT, Entry, Template
from bot.domain.operations import ItemKind
from bot.domain.people import Person
from bot.services.campaign_choices import while_it_runs
from bot.services.template_setup import template_for
from storage.work import Work

CANDIDATES = 5
WORDS = "recorded_words"
"""The setting that says with which template documents of a type are recorded that nobody else knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """An arrival against which nothing stands, with what it needs to become an entry."""

    arrival: Arrival
    seen: Seen
    template: Template
    contact: Contact

    @classmethod
    def of(cls, arrival: Arrival, seen: Seen) -> "Ready":
        """Return it; the caller has looked that nothing stands against it."""
        assert seen.template is not None  # noqa: S101 - `against` said so
        return cls(arrival=arrival, seen=seen, template=seen.template, contact=seen.contacts[0])

    @property
    def salesperson(self) -> PersonId | None:
        """Whose interaction it is: who is named, else the contact's salesperson, else the company's."""
        if self.seen.salesperson is not None:
            return self.seen.salesperson.id
        company = self.seen.companies.get(self.contact.company) if self.contact.company else None
        return self.contact.salesperson or (company.salesperson if company else None)


class Reading:
    """Looks up what the words of arrivals mean, each word once however many bear it."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._templates: dict[Recorded | str, Template | None] = {}
        self._people: dict[str, Person | None] = {}
        self._contacts: dict[Whom, Sequence[Contact]] = {}

    def seen(self, arrival: Arrival) -> Seen:
        """Return what an arrival's words turned out to be."""
        return self.with_contacts(arrival, self.contacts(arrival.contact), self.template(arrival))

    def with_contacts(self, arrival: Arrival, found: Sequence[Contact], template: Template | None) -> Seen:
        """Return what an arrival's words turned out to be, once these contacts are meant, and this template."""
        companies = frozenset(one.company for one in found if one.company is not None)
        return Seen(
            template=template,
            contacts=found,
            companies=self._work.contacts.many(companies),
            salesperson=self.salesperson(arrival.salesperson),
            campaign=self._campaign(arrival),
            opportunity=self._opportunity(arrival),
        )

    def template(self, arrival: Arrival) -> Template | None:
        """Return the template that records an arrival."""
        kind = arrival.recorded_as or word_of(arrival.type)
        if kind not in self._templates:
            chosen = self._set_up(arrival.recorded_as) if arrival.recorded_as else self._learnt(arrival)
            found = self._work.templates.get(chosen) if chosen else None
            self._templates[kind] = while_it_runs(self._work, found) if found else None
        return self._templates[kind]

    def salesperson(self, named: str) -> Person | None:
        """Return a salesperson by code or e-mail."""
        if named and named not in self._people:
            people = self._work.people
            self._people[named] = people.by_email(named) if "@" in named else people.by_code(named)
        return self._people.get(named)

    def contacts(self, whom: Whom) -> Sequence[Contact]:
        """Return who is meant: by number, else by e-mail, else the company of this name."""
        if whom not in self._contacts:
            self._contacts[whom] = self._named(whom)
        return self._contacts[whom]

    def _named(self, whom: Whom) -> Sequence[Contact]:
        contacts = self._work.contacts
        return (
            (self._numbered(whom.number) if whom.number else ())
            or (contacts.addressed(whom.email, CANDIDATES) if whom.email else ())
            or (self._companies(whom.company) if whom.company else ())
        )

    def _numbered(self, number: str) -> Sequence[Contact]:
        """Return the contact with this number, or who took over from it."""
        found = self._work.contacts.numbered([number])
        heir = None if found else self._work.inbox.heir(number)
        contact = self._work.contacts.get(ContactId(heir)) if heir else None
        return found or ([contact] if contact else [])

    def _companies(self, name: str) -> Sequence[Contact]:
        key = " ".join(folded(part) for part in name.split())
        found = self._work.contacts.named([key], CANDIDATES) if key else []
        return [one for one in found if not one.is_person]

    def _set_up(self, recorded: Recorded) -> TemplateId | None:
        return template_for(self._work, recorded)

    def _learnt(self, arrival: Arrival) -> TemplateId | None:
        learnt = self._work.settings.get(WORDS) or {}
        found = learnt.get(word_of(arrival.type))
        return TemplateId(found) if found else None

    def _campaign(self, arrival: Arrival) -> CampaignId | None:
        return self._work.inbox.campaign(arrival.campaign) if arrival.campaign else None

    def _opportunity(self, arrival: Arrival) -> OpportunityId | None:
        return self._work.inbox.opportunity(arrival.opportunity) if arrival.opportunity else None


def write(
    work: Work,
    ready: Ready,
    entry: EntryId,
    number: str,
    by: PersonId | None,
    operation: OperationId | None,
) -> None:
    """Write the entry of an arrival; nobody logged it unless `by` handed it in or answered."""
    made = entry_of(work, ready, entry, number, by)
    work.entries.add(made, operation)
    work.history.note(ItemKind.ENTRY, entry, by, ("logged", None, made.number))
    if ready.arrival.attachment is not None:
        work.inbox.hang(entry, ready.arrival.attachment)


def entry_of(work: Work, ready: Ready, entry: EntryId, number: str, by: PersonId | None) -> Entry:
    """Return the entry that an arrival becomes."""
    arrival, template, contact = ready.arrival, ready.template, ready.contact
    language = language_for(template, contact.language)
    return Entry(
        id=entry,
        number=int(number),
        contact=contact.id,
        company=contact.company if contact.is_person else contact.id,
        template=template.id,
        group=template.group,
        description=described(arrival, template, language)[:DESCRIPTION_LIMIT],
        day=arrival.day,
        at=arrival.at,
        evaluation=None,
        attempt_failed=False,
        salesperson=ready.salesperson,
        logged_by=by,
        logged_at=work.access.clock.now(),
        correspondence=correspondence(template, contact),
        flow=arrival.flow or template.flow,
        initiated_by=arrival.initiated_by or template.initiated_by,
        duration=template.duration,
        cost=template.cost,
        language=language,
        campaign=ready.seen.campaign or template.campaign,
        opportunity=ready.seen.opportunity,
        document=arrival.document,
        comments=tuple(arrival.comment.split("\n")) if arrival.comment.strip() else (),
    )
