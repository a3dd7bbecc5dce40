"""Opportunities on the screen: the list, one opportunity, its forms (`domain.md` 1.12)."""

from collections.abc import Iterator
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement

from bot.domain.campaigns import Opportunity, OpportunityStatus
from bot.domain.entries import Asked, Filter
from bot.domain.ids import ContactId
from bot.domain.messages import n_
from bot.domain.opportunities import Offer, OpportunityLine, OpportunityList, Sheet
from bot.text import Text
from bot.views import kit
from bot.views.asked import written
from bot.views.campaigns import counted, turns
from bot.views.forms import Fields, Meta, modal
from bot.views.ids import SEPARATOR, Action, Callback
from bot.views.kit import Choice, Part
from bot.views.words import TOO_LONG

DESCRIPTION, CONTACT, SALESPERSON = "description", "opportunity_contact", "opportunity_salesperson"
CAMPAIGN, STATUS, COMMENT = "campaign", "status", "comment"
STATUSES = {
    OpportunityStatus.NOT_STARTED: n_("Not started"),
    OpportunityStatus.IN_PROGRESS: n_("In progress"),
    OpportunityStatus.WON: n_("Won"),
    OpportunityStatus.LOST: n_("Lost"),
}


def opportunities(shown: OpportunityList, contact: ContactId | None, text: Text) -> dict[str, Any]:
    """Return a page of the opportunities, of a contact or of everybody."""
    empty = text("There is no opportunity yet. An interaction can be linked to one, or become one.")
    return modal(
        Callback.NOTICE,
        text("Opportunities"),
        [
            kit.line(kit.bold(shown.contact)) if shown.contact else None,
            None if shown.lines else kit.line(Part(empty, italic=True)),
            *(_row(line, contact, text) for line in shown.lines),
            kit.actions(
                kit.primary(text("New opportunity"), Action.NEW_OPPORTUNITY, contact or ""),
                *turns(shown.page, shown.pages, Action.OPPORTUNITIES, f"{contact or ''}{SEPARATOR}", text),
            ),
        ],
        close=text("Close"),
    )


def opportunity(shown: Sheet, text: Text) -> dict[str, Any]:
    """Return one opportunity."""
    one = shown.opportunity
    return modal(
        Callback.NOTICE,
        text("Opportunity"),
        [
            kit.header(one.description),
            kit.lines(*(kit.fact(label, value) for label, value in _facts(shown, text) if value)),
            *_comment(one, text),
            kit.actions(*_buttons(shown, text)),
        ],
        close=text("Close"),
    )


def edit_form(meta: Meta, shown: Sheet, text: Text) -> dict[str, Any]:
    """Return the form to change an opportunity."""
    one = shown.opportunity
    person = Choice(shown.salesperson.name, str(shown.salesperson.id)) if shown.salesperson else None
    offer = Fields(meta)
    return modal(
        Callback.OPPORTUNITY,
        text("Opportunity"),
        [
            kit.line(kit.bold(shown.contact or text("(contact deleted)"))),
            offer.line(DESCRIPTION, text("Description"), one.description, optional=False),
            *_ahead(offer, one.status, text),
            offer.search(SALESPERSON, text("Salesperson"), text("Search by name"), person, optional=True),
            offer.select(CAMPAIGN, text("Campaign"), _campaigns(shown), str(one.campaign)),
            offer.paragraph(COMMENT, text("Comment"), one.comment, text(TOO_LONG)),
        ],
        submit=text("Save"),
        close=text("Cancel"),
        meta=meta,
    )


def new_form(meta: Meta, offer: Offer, text: Text) -> dict[str, Any]:
    """Return the form for a new opportunity."""
    return _form(Callback.NEW_OPPORTUNITY, meta, offer, text)


def form_of_entry(meta: Meta, offer: Offer, text: Text) -> dict[str, Any]:
    """Return the form for an opportunity that an entry becomes; the entry's comments come along."""
    return _form(Callback.OPPORTUNITY_OF_ENTRY, meta, offer, text)


def _form(callback: Callback, meta: Meta, offer: Offer, text: Text) -> dict[str, Any]:
    fields = Fields(meta)
    person = Choice(offer.salesperson.name, str(offer.salesperson.id))
    return modal(
        callback,
        text("New opportunity"),
        [
            kit.line(kit.bold(offer.contact))
            if offer.contact
            else fields.search(CONTACT, text("Contact"), text("Search by name, company, city"), None),
            fields.line(DESCRIPTION, text("Description"), offer.description, optional=False),
            *_ahead(fields, OpportunityStatus.NOT_STARTED, text),
            fields.search(SALESPERSON, text("Salesperson"), text("Search by name"), person, optional=True),
            fields.select(CAMPAIGN, text("Campaign"), _campaigns(offer), str(offer.campaign)),
            fields.paragraph(COMMENT, text("Comment"), offer.comment, text(TOO_LONG)),
        ],
        submit=text("Create"),
        close=text("Cancel"),
        meta=meta,
    )


def _ahead(fields: Fields, status: OpportunityStatus, text: Text) -> Iterator[Block]:
    """Return the select of an open opportunity's status; a closed one is reopened by a button."""
    choices = [Choice(text(name), one.value) for one, name in STATUSES.items() if one.open]
    found = fields.select(STATUS, text("Status"), choices, status.value, optional=False)
    if status.open and found is not None:
        yield found


def _campaigns(shown: Sheet | Offer) -> list[Choice]:
    return [Choice(f"{one.number} · {one.description}", str(one.id)) for one in shown.campaigns]


def _row(line: OpportunityLine, contact: ContactId | None, text: Text) -> Block:
    one = line.opportunity
    words = [one.label, text(STATUSES[one.status]), counted(line.interactions, text)]
    if one.contact != contact:
        words.insert(1, line.contact or text("(contact deleted)"))
    beside = kit.named(text("Open"), text("Open {name}", name=one.number), Action.OPEN_OPPORTUNITY, one.id)
    return kit.item([" · ".join(words)], beside, f"opportunity.{one.id}")


def _facts(shown: Sheet, text: Text) -> list[tuple[str, str]]:
    one, campaign = shown.opportunity, shown.campaign
    return [
        (text("No."), one.number),
        (text("Contact"), shown.contact or text("(contact deleted)")),
        (text("Status"), text(STATUSES[one.status])),
        (text("Salesperson"), shown.salesperson.name if shown.salesperson else ""),
        (text("Campaign"), f"{campaign.number} · {campaign.description}" if campaign else ""),
        (text("Created"), text.moment_within(one.opened_at) if one.opened_at else ""),
        (text("Closed"), text.moment_within(one.closed_at) if one.closed_at else ""),
        (text("Interactions"), str(shown.interactions)),
    ]


def _comment(one: Opportunity, text: Text) -> list[Block]:
    if not one.comment.strip():
        return []
    return [kit.lines([kit.bold(text("Comment"))], [kit.clip(one.comment, kit.TEXT_LIMIT)])]


def _buttons(shown: Sheet, text: Text) -> Iterator[ButtonElement]:
    one = shown.opportunity
    if shown.changeable:
        yield kit.button(text("Edit"), Action.EDIT_OPPORTUNITY, one.id)
        yield from _closing(one, text)
    behind = written(Asked(Filter(opportunity=one.id)))
    yield kit.button(text("Show interactions"), Action.ENTRIES, behind)
    yield kit.button(text("Others of this contact"), Action.OPPORTUNITIES, one.contact)


def _closing(one: Opportunity, text: Text) -> Iterator[ButtonElement]:
    if not one.status.open:
        yield kit.button(text("Reopen"), Action.REOPEN_OPPORTUNITY, one.id)
        return
    for number, status in enumerate((OpportunityStatus.WON, OpportunityStatus.LOST), 1):
        value = f"{status.value}{SEPARATOR}{one.id}"
        yield kit.button(text(STATUSES[status]), f"{Action.CLOSE_OPPORTUNITY}.{number}", value)
