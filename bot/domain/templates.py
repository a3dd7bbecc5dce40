"""The interaction groups and templates that are shipped (`domain.md` 1.1), and the number series."""

from collections.abc import Mapping
from typing import NamedTuple

from bot.domain.documents import Act, DocumentType, Recorded
from bot.domain.interactions import Correspondence, Flow, Initiator


class GroupDefault(NamedTuple):
    """A shipped interaction group."""

    code: str
    description: str


class TemplateDefault(NamedTuple):
    """A shipped interaction template; `duration` in minutes."""

    code: str
    group: str
    description: str
    duration: int | None
    flow: Flow | None
    initiated_by: Initiator | None
    correspondence: Correspondence | None = None


GROUPS = (
    GroupDefault("PHONE", "Phone"),
    GroupDefault("MEETING", "Meetings"),
    GroupDefault("EMAIL", "E-mail"),
    GroupDefault("LETTER", "Letters"),
)

TEMPLATES = (
    TemplateDefault("OUTGOING", "PHONE", "Outgoing call", 15, Flow.OUTBOUND, Initiator.US),
    TemplateDefault("INCOME", "PHONE", "Incoming call", 15, Flow.INBOUND, Initiator.THEM),
    TemplateDefault("INHOUSE", "MEETING", "Meeting at our office", 120, None, Initiator.US),
    TemplateDefault("ONSITE", "MEETING", "Meeting at the customer", 180, None, Initiator.US),
    TemplateDefault(
        "MEETINV", "MEETING", "Meeting invitation", None, Flow.OUTBOUND, Initiator.US, Correspondence.EMAIL
    ),
    TemplateDefault("EMAIL", "EMAIL", "E-mail", 10, Flow.OUTBOUND, Initiator.US, Correspondence.EMAIL),
    TemplateDefault(
        "EMAIL_IN", "EMAIL", "Incoming e-mail", 10, Flow.INBOUND, Initiator.THEM, Correspondence.EMAIL
    ),
    TemplateDefault("MAILING", "EMAIL", "Mailing", None, Flow.OUTBOUND, Initiator.US, Correspondence.EMAIL),
    TemplateDefault(
        "BUS", "LETTER", "Business letter", 30, Flow.OUTBOUND, Initiator.US, Correspondence.HARD_COPY
    ),
    TemplateDefault(
        "ABSTRACT", "LETTER", "Letter", 90, Flow.OUTBOUND, Initiator.US, Correspondence.HARD_COPY
    ),
    TemplateDefault(
        "COVERSH", "LETTER", "Cover sheet", None, Flow.OUTBOUND, Initiator.US, Correspondence.HARD_COPY
    ),
)

SETUP: Mapping[Recorded, str] = {
    DocumentType.COVER_SHEET: "COVERSH",
    Act.EMAIL: "EMAIL",
    Act.INCOMING_EMAIL: "EMAIL_IN",
    Act.PHONE_CALL: "OUTGOING",
    Act.MEETING_INVITATION: "MEETINV",
}
"""Codes of the templates that something is recorded with in a new workspace."""

CONTACT_SERIES = "CONTACT"
ENTRY_SERIES = "ENTRY"
SEGMENT_SERIES = "SEGMENT"
REGISTER_SERIES = "REGISTER"
CAMPAIGN_ENTRY_SERIES = "CAMPENTRY"
CAMPAIGN_SERIES = "CAMPAIGN"
OPPORTUNITY_SERIES = "OPPORT"
SERIES = (
    (CONTACT_SERIES, "CT", 6),
    (ENTRY_SERIES, "", 1),
    (SEGMENT_SERIES, "SEG", 4),
    (REGISTER_SERIES, "", 1),
    (CAMPAIGN_ENTRY_SERIES, "", 1),
    (CAMPAIGN_SERIES, "CP", 4),
    (OPPORTUNITY_SERIES, "OP", 6),
)
"""Code, prefix, digits."""
