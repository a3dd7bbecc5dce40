"""Setup for admins: one page with a line for each thing that can be set up or looked after."""

from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.messages import n_
from bot.domain.people import Visibility
from bot.text import Text
from bot.views import kit
from bot.views.forms import Fields, Meta, modal
from bot.views.ids import Action, Callback
from bot.views.kit import Choice

DAYS = "days"
VISIBILITY = "visibility"
NAMES = {
    Visibility.EVERYONE: n_("Everyone"),
    Visibility.TEAM: n_("Team"),
    Visibility.OWN: n_("Own"),
}
MEANINGS = {
    Visibility.EVERYONE: n_("Everyone reads every interaction."),
    Visibility.TEAM: n_(
        "Salespeople read what their team logged, and what concerns their own contacts; "
        "managers what their teams logged, admins everything."
    ),
    Visibility.OWN: n_(
        "Salespeople read what they logged themselves, and what concerns their own contacts; "
        "managers what their teams logged, admins everything."
    ),
}


def page(retention: int, visibility: Visibility, text: Text) -> dict[str, Any]:
    """Return the page; `retention` is in days, 0 is for ever."""
    lines = (
        (text("Teams, their managers and members."), text("Teams"), Action.TEAMS),
        (text(MEANINGS[visibility]), text("Visibility"), Action.VISIBILITY),
        (text("Interaction groups and templates."), text("Templates"), Action.TEMPLATES),
        (text("Letters and other files of interaction templates."), text("Attachments"), Action.LETTERS),
        (
            text("Which template records which document, e-mail or call."),
            text("Recording"),
            Action.TEMPLATE_SETUP,
        ),
        (
            text("Campaigns that interactions and segments are linked to."),
            text("Campaigns"),
            Action.CAMPAIGNS,
        ),
        (
            text("Opportunities that interactions are linked to."),
            text("Opportunities"),
            Action.OPPORTUNITIES,
        ),
        (text("How segments, contacts and others are numbered."), text("Numbers"), Action.NUMBER_SERIES),
        (
            text("Working hours and reminders of whoever chose nothing himself."),
            text("Reminders"),
            Action.REMINDER_POLICY,
        ),
        (text("Lists of contacts, imported and taken back."), text("Import"), Action.IMPORT_CONTACTS),
        (_kept(retention, text), text("Retention"), Action.RETENTION),
        (
            text("Canceled entries that you select are deleted at once."),
            text("Delete…"),
            Action.DELETE_CANCELED,
        ),
        (text("What runs by itself, and messages that did not arrive."), text("Jobs"), Action.JOBS),
    )
    return modal(
        Callback.NOTICE,
        text("Setup"),
        [_line(words, label, action) for words, label, action in lines],
        close=text("Close"),
    )


def _line(words: str, label: str, action: Action) -> Block:
    return kit.item([words], kit.button(label, action), f"setup.{action}")


def _kept(retention: int, text: Text) -> str:
    if not retention:
        return text("Canceled entries are kept for ever.")
    return text.count(
        "Canceled entries are deleted after {n} day. Admins are told a day before, and can keep them.",
        "Canceled entries are deleted after {n} days. Admins are told a day before, and can keep them.",
        retention,
    )


def retention_form(retention: int, meta: Meta, text: Text) -> dict[str, Any]:
    """Return the form for how long canceled entries are kept."""
    hint = text("0: they are kept for ever. A day before they go, admins get a card with a CSV file.")
    return modal(
        Callback.RETENTION,
        text("Keep canceled entries"),
        [Fields(meta).line(DAYS, text("Days"), str(retention), optional=False, hint=hint)],
        submit=text("Save"),
        close=text("Close"),
        meta=meta,
    )


def visibility_form(visibility: Visibility, meta: Meta, text: Text) -> dict[str, Any]:
    """Return the form for who reads whose interactions, with what each choice means for whom."""
    choices = [Choice(text(name), one.value) for one, name in NAMES.items()]
    meanings = [kit.fact(text(NAMES[one]), text(meaning)) for one, meaning in MEANINGS.items()]
    return modal(
        Callback.VISIBILITY,
        text("Who reads what"),
        [
            Fields(meta).select(VISIBILITY, text("Interactions"), choices, visibility.value, optional=False),
            kit.lines(*meanings),
            kit.small(
                text(
                    "Postponed interactions are read by who wrote them alone, until somebody takes them over."
                )
            ),
        ],
        submit=text("Save"),
        close=text("Cancel"),
        meta=meta,
    )
