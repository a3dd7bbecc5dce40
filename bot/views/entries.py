"""One entry: its details, and the form to edit its result."""

from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement, OverflowMenuElement

from bot.domain.campaigns import Opportunity
from bot.domain.entries import Asked, Filter, Listed
from bot.domain.entry_files import came_with_logging
from bot.domain.ids import LoggedId, OperationId
from bot.domain.interactions import Entry, Field
from bot.domain.titles import title
from bot.text import Text
from bot.views import ids, kit
from bot.views.asked import written
from bot.views.forms import Fields, Meta, modal
from bot.views.ids import Action, Callback, verb
from bot.views.kit import Choice
from bot.views.words import CORRESPONDENCES, EVALUATIONS, FLOWS, INITIATORS, TOO_LONG, document_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """What an entry hangs together with: the names, and the logged segment itself."""

    campaign: str = ""
    opportunity: str = ""
    segment: str = ""
    logged: LoggedId | None = None
    attachment: str = ""


def details(
    listed: Listed,
    logged_by: str,
    text: Text,
    *,
    changeable: bool,
    below: str | None = None,
    links: Links | None = None,
) -> dict[str, Any]:
    """Return an entry as a page of its own; `below` is the page of the list that it stands in place of."""
    entry, tied = listed.entry, links or Links()
    named = title(listed.template_name, entry.flow, listed.salesperson_name, logged_by, listed.contact_name)
    facts = _facts(listed, logged_by, text) + _linked(tied, text)
    return modal(
        Callback.NOTICE,
        text("Interaction log entry"),
        [
            kit.header(text.say(named)),
            kit.lines(*(kit.fact(label, value) for label, value in facts)),
            *_comment(entry, text),
            _acts(entry, text, changeable=changeable, block_id=_row(1, entry, below)),
            _ways(entry, tied, _files(entry, text) if changeable else [], text, _row(2, entry, below)),
            None
            if below is None
            else kit.actions(kit.button(text("Back to the list"), Action.ENTRIES, below)),
        ],
        close=text("Close"),
    )


def opened_in(block: str) -> str | None:
    """Return the page of the list in whose place an entry's page stands, None for a block of anything else."""
    name, _, rest = block.partition("/")
    return rest.partition("/")[2] if name.startswith(ids.OPENED) else None


def _row(number: int, entry: Entry, below: str | None) -> str:
    return f"{ids.OPENED}{number}/{entry.id}/{below or ''}"


def _acts(entry: Entry, text: Text, *, changeable: bool, block_id: str) -> Block:
    live = changeable and not entry.canceled
    return kit.actions(
        kit.button(text("Create interaction"), Action.LOG_FROM_ENTRY, entry.id),
        kit.button(text("Edit result"), Action.EDIT_RESULT, entry.id) if live else None,
        kit.button(text("Evaluate"), Action.EVALUATE, entry.id) if live else None,
        kit.button(text("Create task"), Action.FOLLOW_UP, entry.id) if live else None,
        kit.button(text("Create opportunity"), Action.OPPORTUNITY_OF_ENTRY, entry.id)
        if live and entry.opportunity is None and entry.contact is not None
        else None,
        kit.button(text("Cancel entry"), Action.CANCEL_ENTRY, entry.id) if live else None,
        kit.button(text("Reinstate"), Action.REINSTATE, entry.id) if entry.canceled else None,
        block_id=block_id,
    )


def _ways(entry: Entry, links: Links, files: list[ButtonElement], text: Text, block_id: str) -> Block:
    """Return the buttons that lead on from an entry."""
    of_campaign = written(Asked(Filter(campaign=entry.campaign)))
    return kit.actions(
        kit.button(text("Show attachment"), Action.SHOW_ATTACHMENT, entry.id) if links.attachment else None,
        *files,
        kit.button(text("Postponed interactions"), Action.POSTPONED, entry.contact)
        if entry.contact
        else None,
        kit.button(text("Of this segment"), Action.LOGGED_ENTRIES, links.logged) if links.logged else None,
        kit.button(text("Of this campaign"), Action.ENTRIES, of_campaign) if links.campaign else None,
        kit.button(text("Opportunity"), Action.OPEN_OPPORTUNITY, entry.opportunity)
        if links.opportunity
        else None,
        kit.button(text("History"), Action.HISTORY, entry.id),
        block_id=block_id,
    )


def _files(entry: Entry, text: Text) -> list[ButtonElement]:
    """Return the buttons for the file of an entry; what came with logging is read-only."""
    if entry.canceled or came_with_logging(entry):
        return []
    if entry.attachment is None:
        return [kit.button(text("Attach file"), Action.ATTACH_FILE, entry.id)]
    ask = kit.ask(
        text("Remove the file?"),
        text("The entry stays. You can undo this for ten minutes."),
        text("Remove"),
        text("Keep it"),
    )
    return [
        kit.button(text("Replace file"), Action.ATTACH_FILE, entry.id),
        kit.danger(text("Remove file"), Action.REMOVE_FILE, entry.id, ask),
    ]


def _linked(links: Links, text: Text) -> list[tuple[str, str]]:
    rows = [
        (text("Campaign"), links.campaign),
        (text("Opportunity"), links.opportunity),
        (text("Segment"), links.segment),
        (text("Attachment"), links.attachment),
    ]
    return [(label, value) for label, value in rows if value]


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
        (text("Document"), document_words(entry.document, text)),
        (text("Logged"), _logged(entry, logged_by, text)),
        (text("Canceled"), text.moment(entry.canceled_at) if entry.canceled_at else ""),
        (text("Entry no."), str(entry.number)),
    ]
    return [(label, value) for label, value in rows if value]


def _logged(entry: Entry, logged_by: str, text: Text) -> str:
    when = text.moment(entry.logged_at)
    if entry.recorded:
        return text("{when}, recorded automatically", when=when)
    return text("{when} by {name}", when=when, name=logged_by)


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
