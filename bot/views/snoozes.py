"""The form to put something off."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.domain.messages import n_
from bot.domain.snoozes import Snooze
from bot.text import Text
from bot.views import kit
from bot.views.forms import Fields, Meta, modal
from bot.views.ids import Callback
from bot.views.kit import Choice, Part

PICKED = "picked"
CHOICES = {
    Snooze.HOUR: n_("For 1 hour"),
    Snooze.TOMORROW: n_("Until tomorrow"),
    Snooze.WORKING_DAY: n_("Until the next working day"),
}


def pick_form(what: Sequence[Part | str], proposed: datetime, meta: Meta, text: Text) -> dict[str, Any]:
    """Return the form to put something off to a day and a time."""
    fields, local = Fields(meta), proposed.astimezone(text.zone)
    return _form(
        what,
        [
            fields.day("day", text("Date"), local.date().isoformat()),
            fields.time("at", text("Time"), local.strftime("%H:%M")),
        ],
        meta,
        text,
    )


def choice_form(what: Sequence[Part | str], proposed: datetime, meta: Meta, text: Text) -> dict[str, Any]:
    """Return the form to put something off by a ready-made choice, or to a day and a time."""
    fields, local = Fields(meta), proposed.astimezone(text.zone)
    choices = [Choice(text(words), choice) for choice, words in CHOICES.items()]
    choices.append(Choice(text("Until the day and time below"), PICKED))
    return _form(
        what,
        [
            fields.select("choice", text("Snooze"), choices, Snooze.TOMORROW, optional=False),
            fields.day("day", text("Date"), local.date().isoformat()),
            fields.time("at", text("Time"), local.strftime("%H:%M")),
        ],
        meta,
        text,
    )


def _form(what: Sequence[Part | str], inputs: Sequence[Any], meta: Meta, text: Text) -> dict[str, Any]:
    return modal(
        Callback.SNOOZE,
        text("Snooze"),
        [
            kit.line(*what),
            *inputs,
            kit.small(text("It comes back within your working hours, at a quarter of an hour.")),
        ],
        submit=text("Snooze"),
        close=text("Close"),
        meta=meta,
    )
