"""A segment in the making: contacts with the facts that criteria ask for, and who is in."""

from dataclasses import dataclass, field, replace
from typing import Any

from office import Office, Silence
from sqlalchemy import insert

from bot.domain.contacts import Contact, ContactType, match_key, search_text
from bot.domain.criteria import Counted, Criteria
from bot.domain.ids import ContactId, SegmentId, SlackTeam
from bot.domain.messages import Message
from bot.domain.pasted import Pasted
from bot.domain.people import Person
from bot.domain.segments import Action, ActionKind, Line
from bot.services.membership import Applied, Membership
from bot.services.pasting import Pasting
from bot.services.saved_criteria import SavedCriteria
from bot.services.segment_gates import new_segment
from bot.services.segments import Segments
from storage.tables.contacts import (
    contact_industry_groups,
    contact_job_responsibilities,
    contact_mailing_groups,
    industry_groups,
    job_responsibilities,
    mailing_groups,
)

GROUPS: dict[str, tuple[Any, Any, str]] = {
    "mailing": (mailing_groups, contact_mailing_groups, "group_id"),
    "industry": (industry_groups, contact_industry_groups, "group_id"),
    "job": (job_responsibilities, contact_job_responsibilities, "responsibility_id"),
}


@dataclass
class Roster:
    """Eva's segment."""

    office: Office
    number: str = "SEG0001"
    eva: Person = field(init=False)
    segment: SegmentId = field(init=False)
    south: SlackTeam = field(default=SlackTeam("T0SOUTH"))

    def __post_init__(self) -> None:
        office = self.office
        self.eva = office.joins("Eva")
        self.segments = office.segments = Segments(office.store, office.people, Silence())
        self.membership = Membership(office.store, office.people, self.segments)
        self.pasting = Pasting(office.store, office.people, self.segments)
        self.saved = SavedCriteria(office.store, self.membership)
        with office.store.begin(office.workspace) as work:
            made = new_segment(work, self.eva.id, self.number, office.people.text(self.eva).today)
            work.segments.add(made)
        self.segment = made.id

    def another(self) -> "Roster":
        """Return another segment of the same people."""
        return Roster(self.office, "SEG0002")

    def knows_one(self, name: str, **facts: Any) -> ContactId:
        """Make a person, or with a `type` a company."""
        with self.office.store.begin(self.office.workspace) as work:
            plain: dict[str, Any] = {
                "number": f"T{work.access.ids()}",
                "type": ContactType.PERSON,
                "name": name,
                "salesperson": self.eva.id,
            }
            contact = Contact(id=ContactId(work.access.ids()), **plain | facts)
            company = work.contacts.get(contact.company) if contact.company else None
            contact = replace(contact, company_name=company.name if company else "")
            work.contacts.add(contact, search_text(contact), match_key(contact))
        return contact.id

    def knows(self, *names: str, **facts: Any) -> list[ContactId]:
        """Make persons."""
        return [self.knows_one(name, **facts) for name in names]

    def company(self, name: str, **facts: Any) -> ContactId:
        """Make a company."""
        return self.knows_one(name, type=ContactType.COMPANY, **facts)

    def group(self, kind: str, code: str, *members: ContactId) -> int:
        """Make a mailing or industry group or a job responsibility."""
        groups, belonging, column = GROUPS[kind]
        with self.office.store.begin(self.office.workspace) as work:
            workspace, made = work.access.workspace, work.access.ids()
            work.access.connection.execute(
                insert(groups), {"id": made, "workspace_id": workspace, "code": code}
            )
            for member in members:
                row = {"workspace_id": workspace, "contact_id": member, column: made}
                work.access.connection.execute(insert(belonging), row)
        return made

    def does(self, kind: ActionKind, criteria: Criteria) -> Applied:
        """Add, reduce or refine."""
        key = f"test:{self.office.store.ids()}"
        return self.membership.apply(self.eva, self.segment, kind, criteria, key)

    def does_and_tells(self, kind: ActionKind, criteria: Criteria) -> int:
        """Do the same and return the action's number."""
        self.does(kind, criteria)
        return self.actions()[-1].number

    def counts(self, kind: ActionKind, criteria: Criteria) -> Counted:
        """Count before applying."""
        return self.membership.count(self.eva, self.segment, kind, criteria)

    def would_add(self, criteria: Criteria) -> set[str]:
        """Add, look who came, and go back."""
        before = set(self.lines())
        counted = self.counts(ActionKind.ADD, criteria)
        self.does(ActionKind.ADD, criteria)
        came = [line for line in self.lines() if line not in before]
        self.membership.go_back(self.eva, self.segment)
        assert (len(came), set(self.lines())) == (counted.adds, before)
        return {self._name(line.contact) for line in came}

    def pastes(self, text: str, *chosen: ContactId) -> Pasted:
        """Paste a list."""
        return self.pasting.paste(self.eva, self.segment, text, frozenset(chosen))

    def saves(self, code: str) -> dict[str, Message]:
        """Save the criteria."""
        return self.saved.save(self.eva, self.segment, code, "Our autumn mailing")

    def reuses(self, code: str) -> Applied:
        """Reuse saved criteria."""
        saved = {one.code: one.id for one in self.saved.all(self.eva)}
        key = f"test:{self.office.store.ids()}"
        return self.saved.reuse(self.eva, self.segment, saved.get(code, 0), key)

    def lines(self) -> list[Line]:
        """Return who is in, in order."""
        with self.office.store.read(self.office.workspace) as work:
            return work.segment_lines.page(self.segment, 0, 1000)

    def contacts(self) -> list[ContactId | None]:
        """Return the contacts that are in, in order."""
        return [line.contact for line in self.lines()]

    def names(self) -> list[str]:
        """Return the names of who is in, in order."""
        return [self._name(contact) for contact in self.contacts()]

    def actions(self) -> list[Action]:
        """Return the criteria actions."""
        with self.office.store.read(self.office.workspace) as work:
            return work.segments.actions(self.segment)

    def everybody(self) -> list[ContactId]:
        """Return every person of the workspace."""
        with self.office.store.read(self.office.workspace) as work:
            return [one.id for one in work.contacts.first(1000)]

    def _name(self, contact: ContactId | None) -> str:
        with self.office.store.read(self.office.workspace) as work:
            found = work.contacts.get(contact) if contact else None
            return found.name if found else ""
