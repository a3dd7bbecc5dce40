"""What people do again and again in scenarios."""

from dataclasses import replace

from seat import Seat

from bot.domain.contacts import match_key, search_text
from bot.domain.ids import ContactId
from bot.playground.messages import Message

LABELS = [
    "Contact",
    "Interaction template",
    "Description",
    "Date",
    "Time",
    "Evaluation",
    "Attempt failed",
    "Comment",
]


def fills(seat: Seat, contact: int, template: str = "Outgoing call", comment: str = "") -> None:
    """Open the form and fill it in, without logging it."""
    seat.types("/log")
    seat.picks("contact", str(contact))
    seat.chooses("template", template)
    seat.sees(lambda: seat.holds("description") == template)
    if comment:
        seat.writes("comment", comment)


def logs(seat: Seat, contact: int, template: str = "Outgoing call", comment: str = "") -> Message:
    """Log through the form and return the confirmation."""
    fills(seat, contact, template, comment)
    now = replace(seat, since=seat.slack.workspace.clock.stamp())
    assert seat.submits().acked
    return now.hears(f"Logged: {template}")


def blocks(seat: Seat, contact: int) -> None:
    """Make a contact one who asked not to be recorded."""
    with seat.bot.store.begin(seat.workspace) as work:
        found = work.contacts.get(ContactId(contact))
        assert found is not None
        blocked = replace(found, privacy_blocked=True)
        assert work.contacts.change(blocked, search_text(blocked), match_key(blocked))
