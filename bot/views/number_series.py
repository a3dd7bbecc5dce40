"""Number series, for admins (`domain.md` 1.17)."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.messages import n_
from bot.domain.number_series import Series, SeriesCode, SeriesField
from bot.text import Text
from bot.views import kit
from bot.views.forms import Fields, Meta, modal
from bot.views.ids import Action, Callback

NAMES = {
    SeriesCode.SEGMENT: n_("Segments"),
    SeriesCode.CONTACT: n_("Contacts"),
    SeriesCode.CAMPAIGN: n_("Campaigns"),
    SeriesCode.OPPORTUNITY: n_("Opportunities"),
}


def page(shown: Sequence[Series], text: Text) -> dict[str, Any]:
    """Return the series, each with the number that it gives next."""
    words = text("Interactions and logged segments are numbered from 1 on, without a series.")
    return modal(
        Callback.NOTICE,
        text("Number series"),
        [*(_line(one, text) for one in shown), kit.small(words)],
        close=text("Close"),
    )


def _line(one: Series, text: Text) -> Block:
    name = text(NAMES[one.code])
    said = text("{name} · next {number}", name=name, number=one.number)
    by_hand = text(" · or by hand") if one.manual else ""
    label = text("Change the numbers of: {name}", name=name)
    beside = kit.named(text("Change"), label, Action.EDIT_SERIES, one.code.value)
    return kit.item([said + by_hand], beside, f"series.{one.code}")


def form(meta: Meta, one: Series, text: Text) -> dict[str, Any]:
    """Return the form of a series."""
    fields = Fields(meta)
    return modal(
        Callback.SERIES,
        text("Number series"),
        [
            kit.line(kit.bold(text(NAMES[one.code])), " · ", text("next {number}", number=one.number)),
            fields.line(SeriesField.PREFIX, text("Prefix"), one.prefix, hint=text("As SEG in SEG0012.")),
            fields.line(SeriesField.NEXT, text("Next number"), str(one.next), optional=False),
            fields.line(
                SeriesField.DIGITS,
                text("Digits"),
                str(one.digits),
                optional=False,
                hint=text("Shorter numbers are filled up with zeros: with 4 digits, 12 is 0012."),
            ),
            _by_hand(fields, one, text),
        ],
        submit=text("Save"),
        close=text("Cancel"),
        meta=meta,
    )


def _by_hand(fields: Fields, one: Series, text: Text) -> Block | None:
    """Return the box for numbers given by hand; only the form of a new segment takes one."""
    if one.code is not SeriesCode.SEGMENT:
        return None
    hint = text(
        "The form of a new segment then has a field for its number; left empty, the series gives one."
    )
    return fields.flag(SeriesField.MANUAL, text("May be given by hand"), ticked=one.manual, hint=hint)
