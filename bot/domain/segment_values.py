"""What a line comes to once it has inherited from its segment; what stands against logging it (`domain.md` 2.5-2.7).

`storage.segment_values` says the same in SQL; a test holds the two together.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.contacts import Contact
from bot.domain.ids import CampaignId, PersonId, TemplateId
from bot.domain.interactions import Correspondence, Evaluation, Flow, Initiator, Template
from bot.domain.segments import Line, Segment, correspondence_of


class Fault(StrEnum):
    """Why a line can't be logged; of several the first counts."""

    GONE = "gone"
    BLOCKED = "blocked"
    NO_TEMPLATE = "no_template"
    RETIRED = "retired"
    NO_SALESPERSON = "no_salesperson"
    NO_DESCRIPTION = "no_description"
    NO_ADDRESS = "no_address"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """What the entry of a line holds; `cost` in the workspace's currency, `duration` in minutes."""

    template: TemplateId | None
    description: str
    text: str
    evaluation: Evaluation | None
    attempt_failed: bool
    correspondence: Correspondence | None
    day: date
    salesperson: PersonId | None
    language: str | None
    flow: Flow | None
    initiated_by: Initiator | None
    duration: int | None
    cost: str
    campaign: CampaignId | None
    attachment: int | None


def template_of(segment: Segment, line: Line) -> TemplateId | None:
    """Return the template that a line is logged with."""
    return line.template if line.template is not None else segment.template


def values_for(segment: Segment, line: Line, template: Template | None, contact: Contact | None) -> Values:
    """Return what a line comes to; `template` is the one of `template_of`.

    A line that does not share the header's template takes nothing of the header but its day.
    """
    header = segment if line.shares else None
    described = template.description if template and not line.shares else segment.description
    preferred = contact.correspondence if contact else None
    language = line.language or (header.language if header else None)
    attached = template.attached(language) if template else None
    return Values(
        template=template_of(segment, line),
        description=line.description or described,
        text=line.text if line.text is not None else segment.text if header else "",
        evaluation=line.evaluation,
        attempt_failed=line.attempt_failed,
        correspondence=correspondence_of(segment, line, template, preferred),
        day=line.day or segment.day,
        salesperson=line.salesperson
        or (header.salesperson if header else None)
        or (contact.salesperson if contact else None),
        language=language,
        flow=line.flow or (header.flow if header else None),
        initiated_by=line.initiated_by or (header.initiated_by if header else None),
        duration=line.duration if line.duration is not None else header.duration if header else None,
        cost=line.cost if line.cost is not None else header.cost if header else "",
        campaign=line.campaign or (header.campaign if header else None),
        attachment=line.attachment if line.attachment is not None else attached,
    )


def sent_by(values: Values, contact: Contact) -> Correspondence | None:
    """Return how an entry says that it was sent: nothing by mail to somebody without an address (line 52)."""
    if values.correspondence is Correspondence.EMAIL and not contact.email:
        return None
    return values.correspondence


def fault_of(
    values: Values, contact: Contact | None, *, blocked: bool, retired: bool, sending: bool
) -> Fault | None:
    """Return what stands against logging a line.

    `blocked`: its contact or the company asked not to be recorded; `retired`: its template is no longer in use.
    """
    if contact is None:
        return Fault.GONE
    checks = (
        (blocked, Fault.BLOCKED),
        (values.template is None, Fault.NO_TEMPLATE),
        (retired, Fault.RETIRED),
        (values.salesperson is None, Fault.NO_SALESPERSON),
        (not values.description, Fault.NO_DESCRIPTION),
        (sending and values.correspondence is Correspondence.EMAIL and not contact.email, Fault.NO_ADDRESS),
    )
    return next((fault for wrong, fault in checks if wrong), None)
