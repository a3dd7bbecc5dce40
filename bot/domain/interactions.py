"""The interaction: its template, the form it is typed into, and the entry it becomes (`domain.md` 1.1, 1.4, 2.1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from bot.domain.documents import Document
from bot.domain.ids import (
    AttachmentId,
    CampaignId,
    ContactId,
    DraftId,
    EntryId,
    FormId,
    GroupId,
    OpportunityId,
    PersonId,
    TaskId,
    TemplateId,
)

DESCRIPTION_LIMIT = 100
SHOWN_LIMIT = 3000
"""Slack's inputs hold no more; what is longer is kept whole all the same."""


class Evaluation(StrEnum):
    """How the interaction went."""

    VERY_POSITIVE = "very_positive"
    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"
    VERY_NEGATIVE = "very_negative"


class Flow(StrEnum):
    """Information flow: which way the message went."""

    OUTBOUND = "outbound"
    INBOUND = "inbound"


class Initiator(StrEnum):
    """Initiated by: who started it."""

    US = "us"
    THEM = "them"


class Correspondence(StrEnum):
    """Correspondence type: how something is sent."""

    HARD_COPY = "hard_copy"
    EMAIL = "email"


class WizardAction(StrEnum):
    """What the template demands as content (`domain.md` 1.1)."""

    OPEN = "open"
    IMPORT = "import"
    MERGE = "merge"


class Field(StrEnum):
    """The fields of the form, in the order of the screen (`product.md` 4)."""

    CONTACT = "contact"
    TEMPLATE = "template"
    DESCRIPTION = "description"
    DATE = "date"
    TIME = "time"
    EVALUATION = "evaluation"
    ATTEMPT_FAILED = "attempt_failed"
    COMMENT = "comment"
    SALESPERSON = "salesperson"
    CORRESPONDENCE = "correspondence"
    FLOW = "flow"
    INITIATED_BY = "initiated_by"
    DURATION = "duration"
    COST = "cost"
    LANGUAGE = "language"
    CAMPAIGN = "campaign"
    OPPORTUNITY = "opportunity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Interaction group."""

    id: GroupId
    code: str
    description: str
    revision: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """A template in one language; what is empty here is as in the template itself."""

    language: str
    description: str = ""
    attachment: AttachmentId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """Interaction template; `cost` in the workspace's currency, `duration` in minutes."""

    id: TemplateId
    group: GroupId
    code: str
    description: str
    cost: str = ""
    duration: int | None = None
    flow: Flow | None = None
    initiated_by: Initiator | None = None
    correspondence: Correspondence | None = Correspondence.EMAIL
    ignore_contact: bool = False
    language: str | None = None
    translations: tuple[Translation, ...] = ()
    wizard_action: WizardAction | None = None
    campaign: CampaignId | None = None
    attachment: AttachmentId | None = None
    active: bool = True
    """Whether it can be chosen; a retired one stays on what was logged with it."""

    revision: int = 0

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it is there in."""
        return tuple(one.language for one in self.translations)

    @property
    def descriptions(self) -> frozenset[str]:
        """What it calls an interaction, in any language."""
        return frozenset((self.description, *(one.description for one in self.translations)))

    def described(self, language: str | None) -> str:
        """Return what it calls an interaction in a language."""
        own = (one.description for one in self.translations if one.language == language)
        return next(filter(None, own), self.description)

    def attached(self, language: str | None) -> AttachmentId | None:
        """Return what hangs on it in a language."""
        own = (one.attachment for one in self.translations if one.language == language)
        return next((one for one in own if one is not None), self.attachment)

    def lacks_document(self, language: str | None) -> bool:
        """Whether it demands a document in a language, and has none (acceptance line 15)."""
        demands = self.wizard_action in (WizardAction.OPEN, WizardAction.MERGE)
        return demands and self.attached(language) is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What stands in the form, complete or not; duration and cost as typed, texts untrimmed."""

    contact: ContactId | None = None
    template: TemplateId | None = None
    description: str = ""
    day: date | None = None
    at: time | None = None
    evaluation: Evaluation | None = None
    attempt_failed: bool = False
    comment: str = ""
    salesperson: PersonId | None = None
    correspondence: Correspondence | None = None
    flow: Flow | None = None
    initiated_by: Initiator | None = None
    duration: str = ""
    cost: str = ""
    language: str | None = None
    campaign: CampaignId | None = None
    opportunity: OpportunityId | None = None
    task: TaskId | None = None
    follow_up: date | None = None
    """When to follow up, as typed in a quick log."""

    @property
    def worth_keeping(self) -> bool:
        """Whether Postpone keeps it: it has a contact or a text, typed or prefilled."""
        return self.contact is not None or bool(self.comment.strip() or self.description.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Interaction log entry; its core never changes after logging (`product.md` 4)."""

    id: EntryId
    number: int
    contact: ContactId | None
    company: ContactId | None
    template: TemplateId | None
    group: GroupId | None
    description: str
    day: date
    at: time | None
    evaluation: Evaluation | None
    attempt_failed: bool
    salesperson: PersonId | None
    logged_by: PersonId | None
    """None: it was recorded automatically."""

    logged_at: datetime
    correspondence: Correspondence | None = None
    flow: Flow | None = None
    initiated_by: Initiator | None = None
    duration: int | None = None
    cost: str = ""
    language: str | None = None
    campaign: CampaignId | None = None
    opportunity: OpportunityId | None = None
    task: TaskId | None = None
    attachment: AttachmentId | None = None
    attached_at: datetime | None = None
    """When it was attached to an entry that was logged before; None: it came with logging."""
    document: Document | None = None
    """The document that made it."""

    form: FormId | None = None
    draft: DraftId | None = None
    canceled_at: datetime | None = None
    canceled_by: PersonId | None = None
    cancel_reason: str | None = None
    revision: int = 0
    comments: tuple[str, ...] = field(default=())

    @property
    def comment(self) -> str:
        """The comment as it was typed."""
        return "\n".join(self.comments)

    @property
    def recorded(self) -> bool:
        """Whether nobody logged it: it arrived by itself."""
        return self.logged_by is None

    @property
    def canceled(self) -> bool:
        """Whether the entry is marked as canceled."""
        return self.canceled_at is not None


def again(form: Form, day: date, at: time) -> Form:
    """Return the form for one more interaction like this: same contact and template, no text, now."""
    return Form(contact=form.contact, template=form.template, day=day, at=at, salesperson=form.salesperson)


_ATTRIBUTES = {Field.DATE: "day", Field.TIME: "at"}


def filled(form: Form, typed: Mapping[Field, object]) -> Form:
    """Return the form with what stands in the fields on the screen; fields that are not shown stay.

    A text that is longer than the screen can show stays whole as long as its shown beginning is left alone.
    """
    changed: dict[str, Any] = {
        _ATTRIBUTES.get(field, field.value): whole(value, value_of(form, field))
        for field, value in typed.items()
    }
    return replace(form, **changed)


def whole(shown: object, before: object) -> object:
    """Return the longer text that was there before, where what is shown is just its beginning; else what is shown."""
    if not isinstance(shown, str) or not isinstance(before, str) or len(before) <= SHOWN_LIMIT:
        return shown
    return before if shown.rstrip() == before[:SHOWN_LIMIT].rstrip() else shown


def value_of(form: Form, field: Field) -> object:
    """Return what stands in one field."""
    return getattr(form, _ATTRIBUTES.get(field, field.value))
