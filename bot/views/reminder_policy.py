"""The form of the reminder policy, for admins."""

from typing import Any

from bot.domain.reminder_policy import Policy
from bot.text import Text
from bot.views import kit
from bot.views.forms import Fields, Meta, modal
from bot.views.ids import Callback
from bot.views.kit import Choice

DAYS, STARTS, ENDS, REMINDERS = "days", "starts", "ends", "reminders"
WEEK = range(7)


def form(policy: Policy, meta: Meta, text: Text) -> dict[str, Any]:
    """Return the form for how people are reminded, and when they work, who chose nothing themselves."""
    fields = Fields(meta)
    days = [Choice(text.weekday(day), str(day)) for day in WEEK]
    reminded = Choice(text("Once a day, when something waits"), "yes")
    return modal(
        Callback.REMINDER_POLICY,
        text("Reminders"),
        [
            kit.line(
                text(
                    "So it is for everybody who chose nothing under /log settings: reminders of postponed "
                    "interactions and follow-ups come in these hours, never on a public holiday or a day off."
                )
            ),
            fields.ticked_boxes(DAYS, text("Working days"), days, [str(day) for day in sorted(policy.days)]),
            fields.time(STARTS, text("Working day starts"), f"{policy.starts:%H:%M}", optional=False),
            fields.time(ENDS, text("Working day ends"), f"{policy.ends:%H:%M}", optional=False),
            fields.ticked_boxes(
                REMINDERS,
                text("Reminders"),
                [reminded],
                [reminded.value] if policy.reminders else [],
                optional=True,
            ),
        ],
        submit=text("Save"),
        close=text("Cancel"),
        meta=meta,
    )
