"""The title of an entry in a timeline (`domain.md` 1.4, GetEntryTitle; lines 70, 71)."""

from bot.domain.interactions import Flow
from bot.domain.messages import Message


def title(template: str, flow: Flow | None, salesperson: str, logged_by: str, contact: str) -> Message:
    """Return the template's description, with who spoke: the salesperson (else who logged it) or the contact."""
    if flow is Flow.OUTBOUND and (salesperson or logged_by):
        return Message("{template} – by {name}", {"template": template, "name": salesperson or logged_by})
    if flow is Flow.INBOUND:
        return Message("{template} – from {name}", {"template": template, "name": contact})
    return Message("{template}", {"template": template})
