"""One entry: its details, and the form to edit its result."""

from typing import Any

from slack_sdk.models.blocks import Block, OverflowMenuElement

from bot.domain.campaigns import Opportunity
from bot.domain.entries import Listed
from bot.domain.ids import OperationId
from bot.domain.interactions import Entry, Field
from bot.domain.titles import title
from bot.text import Text
from bot.views import kit
from bot.views.forms import Fields, Meta, modal
from bot.views.ids import Action, Callback, verb
from bot.views.kit import Choice
from bot.views.words import CORRESPONDENCES, EVALUATIONS, FLOWS, INITIATORS, TOO_LONG


def details(
    listed: Listed, logged_by: str, text: Text, *, changeable: bool, below: str | None = None
) -> dict[str, Any]:
    """Return an entry as a page of its own; `below` is the page of the list that it stands in place of."""
    entry = listed.entry
    named = title(listed.template_name, entry.flow, listed.salesperson_name, logged_by, listed.contact_name)
    return modal(
        Callback.NOTICE,
        text("Interaction log entry"),
        [
            kit.header(text.say(named)),
            kit.lines(*(kit.fact(label, value) for label, value in _facts(listed, logged_by, text))),
            *_comment(entry, text),
            kit.actions(
                kit.button(text("Create interaction"), Action.LOG_FROM_ENTRY, entry.id),
                kit.button(text("Edit result"), Action.EDIT_RESULT, entry.id) if changeable else None,
                kit.button(text("Follow up"), Action.FOLLOW_UP, entry.id) if changeable else None,
                kit.button(text("Postponed interactions"), Action.POSTPONED, entry.contact)
                if entry.contact
                else None,
                kit.button(text("History"), Action.HISTORY, entry.id),
            ),
            None
            if below is None
            else kit.actions(kit.button(text("Back to the list"), Action.ENTRIES, below)),
        ],
        close=text("Close"),
    )


def _facts(listed: Listed, logged_by: str, text: Text) -> list[tuple[str, str]]:
    entry = listed.entry
    rows = [
        (text("Contact"), listed.contact_label or text("(contact deleted)")),
        (text("Description"), entry.description),
        (text("Date"), text.full_day(entry.day) + (f", {text.time(entry.at)}" if entry.at else "")),
        (text("Evaluation"), text(EVALUATIONS[entry.evaluation]) if entry.evaluation else ""),
        (text("Attempt failed"), text("Yes") if entry.attempt_failed else ""),
        (text("Duration (min.)"), text.minutes(entry.duration) if entry.duration else ""),
        (text("Cost"), entry.cost),
        (text("Salesperson"), listed.salesperson_name),
        (text("Information flow"), text(FLOWS[entry.flow]) if entry.flow else ""),
        (text("Initiated by"), text(INITIATORS[entry.initiated_by]) if entry.initiated_by else ""),
        (
            text("Correspondence type"),
            text(CORRESPONDENCES[entry.correspondence]) if entry.correspondence else "",
        ),
        (text("Logged"), text("{when} by {name}", when=text.moment(entry.logged_at), name=logged_by)),
        (text("Canceled"), text.moment(entry.canceled_at) if entry.canceled_at else ""),
        (text("Entry no."), str(entry.number)),
    ]
    return [(label, value) for label, value in rows if value]


def _comment(entry: Entry, text: Text) -> list[Block]:
    if not entry.comment.strip():
        return []
    return [kit.lines([kit.bold(text("Comment"))], [kit.clip(entry.comment, kit.TEXT_LIMIT)])]


def result_form(listed: Listed, chances: tuple[Opportunity, ...], meta: Meta, text: Text) -> dict[str, Any]:
    """Return the form for what may change after logging (`product.md` 4)."""
    entry, fields = listed.entry, Fields(meta)
    evaluations = [Choice(text(word), value) for value, word in EVALUATIONS.items()]
    opportunities = [Choice(f"{one.number} · {one.description}", str(one.id)) for one in chances]
    chosen = str(entry.opportunity) if entry.opportunity else None
    return modal(
        Callback.EDIT_RESULT,
        text("Edit result"),
        [
            kit.line(kit.bold(listed.template_name), " · ", listed.contact_label),
            fields.select(Field.EVALUATION, text("Evaluation"), evaluations, entry.evaluation),
            fields.flag(Field.ATTEMPT_FAILED, text("Attempt failed"), ticked=entry.attempt_failed),
            fields.paragraph(Field.COMMENT, text("Comment"), entry.comment, text(TOO_LONG)),
            fields.line(
                Field.DURATION, text("Duration (min.)"), "" if entry.duration is None else str(entry.duration)
            ),
            fields.line(Field.COST, text("Cost"), entry.cost),
            fields.select(Field.OPPORTUNITY, text("Opportunity"), opportunities, chosen),
        ],
        submit=text("Save"),
        close=text("Close"),
        meta=meta,
    )


def entry_menu(listed: Listed, undoable: OperationId | None, text: Text) -> OverflowMenuElement:
    """Return the ⋯ menu of an entry in a list, with **Undo** first while its operation is `undoable`."""
    entry = listed.entry
    undo = [] if undoable is None else [Choice(text("Undo"), verb(Action.UNDO, undoable))]
    return kit.more(
        Action.MORE,
        *undo,
        Choice(text("Open entry"), verb(Action.OPEN_ENTRY, entry.id)),
        Choice(text("Edit result"), verb(Action.EDIT_RESULT, entry.id)),
        Choice(text("Follow up"), verb(Action.FOLLOW_UP, entry.id)),
        Choice(text("Cancel entry"), verb(Action.CANCEL_ENTRY, entry.id)),
    )
