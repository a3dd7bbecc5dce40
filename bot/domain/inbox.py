"""What arrives by itself: matched to a template and a contact, or kept in the inbox with a reason (`domain.md` 2.13).

Business Central drops what it can't match; here nothing is dropped (`product.md` 11).
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from bot.domain.contacts import Contact
from bot.domain.documents import DOCUMENT_WORDS, Act, Document, DocumentType, Recorded
from bot.domain.folding import fold
from bot.domain.ids import (
    ArrivalId,
    AttachmentId,
    CampaignId,
    ContactId,
    EntryId,
    OpportunityId,
    PersonId,
    TemplateId,
)
from bot.domain.interactions import Correspondence, Flow, Initiator, Template, WizardAction
from bot.domain.messages import n_
from bot.domain.people import Person, Role

LONGEST_WORD = 60
"""Letters of a type, folded, that tell it from others."""

NAMELESS = "–"
"""The description of what has none."""


class ArrivalKind(StrEnum):
    """What came."""

    DOCUMENT = "document"
    EMAIL = "email"


class ArrivalState(StrEnum):
    """open → recorded | ignored; Undo opens it again."""

    OPEN = "open"
    RECORDED = "recorded"
    IGNORED = "ignored"


class Reason(StrEnum):
    """Why something that arrived waits for an answer."""

    UNKNOWN_TYPE = "unknown_type"
    NO_TEMPLATE = "no_template"
    NEEDS_DOCUMENT = "needs_document"
    NO_CONTACT = "no_contact"
    SEVERAL_CONTACTS = "several_contacts"
    BLOCKED = "blocked"
    TAKEN_BACK = "taken_back"


REASONS = {
    Reason.UNKNOWN_TYPE: n_("nobody knows this type of document"),
    Reason.NO_TEMPLATE: n_("no interaction template is set up for it"),
    Reason.NEEDS_DOCUMENT: n_("its interaction template demands a document, and has none"),
    Reason.NO_CONTACT: n_("no contact was found"),
    Reason.SEVERAL_CONTACTS: n_("several contacts were found"),
    Reason.BLOCKED: n_("the contact asked not to be recorded"),
    Reason.TAKEN_BACK: n_("what was recorded was taken back"),
}
OF_TEMPLATE = frozenset({Reason.UNKNOWN_TYPE, Reason.NO_TEMPLATE, Reason.NEEDS_DOCUMENT})
"""Reasons that another template cures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whom:
    """The contact as it was named from outside: the first of these that finds somebody counts."""

    number: str = ""
    email: str = ""
    company: str = ""
    name: str = ""
    """How a sender calls himself; nobody is found by it, but a new contact gets it."""

    @property
    def label(self) -> str:
        """What a reader knows him by."""
        return " · ".join(part for part in (self.name, self.company, self.email, self.number) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One thing that arrived, on its way to one entry; `key` makes it one of its kind within the workspace.

    `mark` tells whether the same came again or something else with its key; without one the key alone does.
    `type` is the document's type as it was written. `salesperson` is a code or an e-mail. `flow` and
    `initiated_by` win over the template's.
    """

    kind: ArrivalKind
    key: str
    mark: str = ""
    type: str = ""
    number: str = ""
    version: int | None = None
    occurrence: int | None = None
    description: str = ""
    comment: str = ""
    day: date
    at: time | None = None
    contact: Whom
    salesperson: str = ""
    campaign: str = ""
    opportunity: str = ""
    flow: Flow | None = None
    initiated_by: Initiator | None = None
    attachment: AttachmentId | None = None

    @property
    def recorded_as(self) -> Recorded | None:
        """What finds its template; None where nobody knows the type."""
        if self.kind is ArrivalKind.EMAIL:
            return Act.INCOMING_EMAIL if self.flow is Flow.INBOUND else Act.EMAIL
        return type_of(self.type)

    @property
    def document(self) -> Document | None:
        """The document that its entry tells of."""
        if self.kind is ArrivalKind.EMAIL:
            return None
        known = type_of(self.type)
        return Document(type=known, number=self.number, version=self.version, occurrence=self.occurrence)

    def written(self) -> dict[str, Any]:
        """Return it as JSON."""
        facts = asdict(self) | {"day": self.day.isoformat(), "at": self.at and self.at.isoformat()}
        return {name: value for name, value in facts.items() if value and name != "mark"}


def read(written: Mapping[str, Any]) -> Arrival:
    """Return what `written` wrote."""
    facts = dict(written)
    return Arrival(
        **facts
        | {
            "kind": ArrivalKind(facts["kind"]),
            "day": date.fromisoformat(facts["day"]),
            "at": time.fromisoformat(facts["at"]) if facts.get("at") else None,
            "contact": Whom(**facts.get("contact", {})),
            "flow": Flow(facts["flow"]) if facts.get("flow") else None,
            "initiated_by": Initiator(facts["initiated_by"]) if facts.get("initiated_by") else None,
        }
    )


def type_of(written: str) -> DocumentType | None:
    """Return the type that a word means: `sales_invoice`, "Sales Invoice" and "sales-invoice" are the same."""
    return _TYPES.get(word_of(written))


def word_of(written: str) -> str:
    """Return a type's word so that spelling does not tell two apart."""
    return " ".join(fold(written).replace("_", " ").replace("-", " ").split())[:LONGEST_WORD]


_TYPES = {word_of(str(one)): one for one in DocumentType} | {
    word_of(word): one for one, word in DOCUMENT_WORDS.items()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the words of an arrival turned out to be; `companies` are those of the contacts, by id."""

    template: Template | None = None
    contacts: Sequence[Contact] = ()
    companies: Mapping[ContactId, Contact] = field(default_factory=dict)
    salesperson: Person | None = None
    campaign: CampaignId | None = None
    opportunity: OpportunityId | None = None


def against(arrival: Arrival, seen: Seen) -> Reason | None:
    """Return why an arrival can't be recorded by itself, None where nothing stands against it."""
    if seen.template is None:
        return Reason.UNKNOWN_TYPE if arrival.recorded_as is None else Reason.NO_TEMPLATE
    if demands(seen.template):
        return Reason.NEEDS_DOCUMENT
    if len(seen.contacts) != 1:
        return Reason.SEVERAL_CONTACTS if seen.contacts else Reason.NO_CONTACT
    return Reason.BLOCKED if is_blocked(seen.contacts[0], seen.companies) else None


def unknown(arrival: Arrival, seen: Seen) -> tuple[str, ...]:
    """Return which of the words that only add to an entry nobody knows: they are left out, and that is told."""
    told = {
        "salesperson": (arrival.salesperson, seen.salesperson),
        "campaign": (arrival.campaign, seen.campaign),
        "opportunity": (arrival.opportunity, seen.opportunity),
    }
    return tuple(name for name, (word, found) in told.items() if word and found is None)


def demands(template: Template) -> bool:
    """Whether a template demands a document that it does not have (`domain.md` 2.1; line 15)."""
    opens = template.wizard_action in (WizardAction.OPEN, WizardAction.MERGE)
    return opens and template.attachment is None


def is_blocked(contact: Contact, companies: Mapping[ContactId, Contact]) -> bool:
    """Whether a contact, or its company, asked not to be recorded."""
    company = companies.get(contact.company) if contact.company else None
    return contact.privacy_blocked or (company is not None and company.privacy_blocked)


def correspondence(template: Template, contact: Contact) -> Correspondence | None:
    """Return the correspondence type of a recorded entry; Email to nobody's address is none (line 79)."""
    ignores = template.ignore_contact or contact.correspondence is None
    chosen = template.correspondence if ignores else contact.correspondence
    return None if chosen is Correspondence.EMAIL and not (contact.email or contact.email2) else chosen


def described(arrival: Arrival, template: Template, language: str | None) -> str:
    """Return the description of its entry: its own, else the template's with the document's number."""
    own = arrival.description.strip() or f"{template.described(language)} {arrival.number}".strip()
    return own or NAMELESS


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Something that arrived, as it lies in the inbox; `came` is empty once nobody needs its words."""

    id: ArrivalId
    kind: ArrivalKind
    key: str
    checksum: str
    state: ArrivalState
    reason: Reason | None
    came: Arrival | None
    came_at: datetime
    salesperson: PersonId | None = None
    entry: EntryId | None = None
    decided_by: PersonId | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Something that asks, with what its words mean today; nothing may stand against it any more."""

    kept: Kept
    came: Arrival
    seen: Seen
    reason: Reason | None

    @property
    def wants_template(self) -> bool:
        """Whether a template has to be chosen."""
        return self.seen.template is None or demands(self.seen.template)

    @property
    def wants_contact(self) -> bool:
        """Whether a contact has to be chosen."""
        found = self.seen.contacts
        return len(found) != 1 or is_blocked(found[0], self.seen.companies)


@dataclass(frozen=True, slots=True)
class Questions:
    """One page of the inbox, the oldest first; `count` is how many there are on all pages."""

    shown: tuple[Question, ...]
    count: int
    page: int
    pages: int
    learnt: Mapping[str, str] = field(default_factory=dict)
    """For admins: with which template documents of a type are recorded that nobody else knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What somebody answers: a contact, a template, or both, where the arrival lacks them.

    `always`: this template from now on for everything of the type.
    """

    contact: ContactId | None = None
    template: TemplateId | None = None
    always: bool = False


def may_answer(actor: Person, kept: Kept) -> bool:
    """Whether somebody sees an arrival and may answer it: its salesperson, and admins."""
    return actor.role is Role.ADMIN or actor.id == kept.salesperson
