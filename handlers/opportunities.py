"""Opportunities: their lists, one of them, new ones of a contact or an entry."""

from uuid import uuid4

from bot.domain.campaigns import OpportunityStatus
from bot.domain.ids import CampaignId, ContactId, EntryId, FormId, OpportunityId, PersonId
from bot.domain.opportunities import OpportunityTyped
from bot.domain.people import Person
from bot.services.entries import Entries
from bot.services.opportunities import Opportunities
from bot.text import Text
from bot.views import confirmations
from bot.views import opportunities as views
from bot.views.forms import Meta
from bot.views.ids import SEPARATOR, Action, Callback
from handlers import opened, payloads
from handlers.acks import Ack
from handlers.payloads import Malformed, OpenView, Press
from handlers.routes import Routes
from handlers.segments import suggest_contact, suggest_person
from handlers.surface import Surface


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.OPPORTUNITIES] = show
    routes.actions[Action.OPEN_OPPORTUNITY] = show_one
    routes.actions[Action.NEW_OPPORTUNITY] = ask_new
    routes.actions[Action.OPPORTUNITY_OF_ENTRY] = ask_of_entry
    routes.actions[Action.EDIT_OPPORTUNITY] = ask_edit
    routes.writes(Action.CLOSE_OPPORTUNITY, close)
    routes.writes(Action.REOPEN_OPPORTUNITY, reopen)
    routes.submissions[Callback.NEW_OPPORTUNITY] = create
    routes.submissions[Callback.OPPORTUNITY_OF_ENTRY] = create_of_entry
    routes.submissions[Callback.OPPORTUNITY] = save
    routes.choices[views.CONTACT] = suggest_contact
    routes.choices[views.SALESPERSON] = suggest_person


def show(press: Press, slack: Surface, opportunities: Opportunities, actor: Person, text: Text) -> None:
    """Show opportunities, a contact's or all: over the setup page, from a card, or in the place of another page."""
    said, _, page = press.value.partition(SEPARATOR)
    contact = ContactId(int(said)) if said.isdecimal() else None
    turned = int(page) if page.isdecimal() else 0
    found = (
        opportunities.all(actor, turned)
        if contact is None
        else opportunities.of_contact(actor, contact, turned)
    )
    shown = views.opportunities(found, contact, text)
    if press.in_modal and not press.block.startswith("setup."):
        return slack.update(press.form.id, shown)
    slack.show_over(press.in_modal, shown)


def show_one(press: Press, slack: Surface, opportunities: Opportunities, actor: Person, text: Text) -> None:
    """Show an opportunity: over an entry's page, else in its place; Slack takes three modals, its form is one."""
    shown = views.opportunity(opportunities.get(actor, OpportunityId(press.number)), text)
    if press.in_modal and (press.block.startswith("opportunity.") or press.form.root_id != press.form.id):
        return slack.update(press.form.id, shown)
    slack.show_over(press.in_modal, shown)


def ask_new(press: Press, slack: Surface, opportunities: Opportunities, actor: Person, text: Text) -> None:
    """Ask for a new opportunity, of the contact whose list this is."""
    contact = ContactId(press.number) if press.value else None
    meta = Meta(form_id=FormId(uuid4().hex), subject=contact, below_view=press.form.id)
    slack.push(views.new_form(meta, opportunities.offer(actor, contact), text))


def ask_of_entry(
    press: Press, slack: Surface, opportunities: Opportunities, entries: Entries, actor: Person, text: Text
) -> None:
    """Ask what opportunity an entry becomes."""
    entry = EntryId(press.number)
    below = press.form.id if press.in_modal else ""
    meta = Meta(form_id=FormId(uuid4().hex), subject=int(entry), below=press.block, below_view=below)
    slack.show_over(
        press.in_modal, views.form_of_entry(meta, opportunities.offer_of_entry(actor, entry), text)
    )
    entries.pressed(actor, entry, press.message_url)


def ask_edit(press: Press, slack: Surface, opportunities: Opportunities, actor: Person, text: Text) -> None:
    """Ask what an opportunity is to be."""
    shown = opportunities.get(actor, OpportunityId(press.number))
    meta = Meta(
        form_id=FormId(uuid4().hex),
        subject=press.number,
        revision=shown.opportunity.revision,
        below_view=press.form.id,
    )
    slack.push(views.edit_form(meta, shown, text))


def create(
    view: OpenView, ack: Ack, slack: Surface, opportunities: Opportunities, actor: Person, text: Text
) -> None:
    """Make an opportunity, and show it below."""
    meta, typed = payloads.meta(view), _typed(view)
    if _refused(view, typed, ack, text):
        return
    contact = meta.subject or payloads.chosen_id(view, views.CONTACT)
    key = f"opportunity:{meta.form_id}"
    made = opportunities.make(actor, key, ContactId(contact) if contact else None, typed)
    ack()
    slack.update(meta.below_view, views.opportunity(opportunities.get(actor, made), text))


def create_of_entry(
    view: OpenView,
    ack: Ack,
    slack: Surface,
    opportunities: Opportunities,
    entries: Entries,
    actor: Person,
    text: Text,
) -> None:
    """Make an opportunity of an entry, and show the entry's page with it."""
    meta, typed = payloads.meta(view), _typed(view)
    if _refused(view, typed, ack, text):
        return None
    entry = EntryId(meta.subject or 0)
    made = opportunities.make_of_entry(actor, f"opportunity:{meta.form_id}", entry, typed)
    ack()
    if not meta.below_view:
        label = opportunities.get(actor, made).opportunity.label
        return slack.reply(confirmations.sentence(text("{opportunity} is there now.", opportunity=label)))
    opened.again(meta.below_view, meta.below, entry, slack, entries, actor, text)


def save(
    view: OpenView, ack: Ack, slack: Surface, opportunities: Opportunities, actor: Person, text: Text
) -> None:
    """Change an opportunity, and show it below."""
    meta, typed = payloads.meta(view), _typed(view)
    if _refused(view, typed, ack, text):
        return
    opportunity = OpportunityId(meta.subject or 0)
    opportunities.edit(actor, opportunity, meta.revision, typed)
    ack()
    slack.update(meta.below_view, views.opportunity(opportunities.get(actor, opportunity), text))


def close(
    press: Press, ack: Ack, slack: Surface, opportunities: Opportunities, actor: Person, text: Text
) -> None:
    """Close an opportunity as won or lost."""
    status, _, number = press.value.partition(SEPARATOR)
    if status not in (OpportunityStatus.WON, OpportunityStatus.LOST) or not number.isdecimal():
        raise Malformed("an end that was never offered")
    opportunity = OpportunityId(int(number))
    opportunities.close(actor, opportunity, OpportunityStatus(status))
    ack()
    slack.update(press.form.id, views.opportunity(opportunities.get(actor, opportunity), text))


def reopen(
    press: Press, ack: Ack, slack: Surface, opportunities: Opportunities, actor: Person, text: Text
) -> None:
    """Let an opportunity be chosen again."""
    opportunity = OpportunityId(press.number)
    opportunities.reopen(actor, opportunity)
    ack()
    slack.update(press.form.id, views.opportunity(opportunities.get(actor, opportunity), text))


def _refused(view: OpenView, typed: OpportunityTyped, ack: Ack, text: Text) -> bool:
    wrong = {view.block_of(name) or name: text.say(words) for name, words in typed.problems().items()}
    if wrong:
        ack(response_action="errors", errors=wrong)
    return bool(wrong)


def _typed(view: OpenView) -> OpportunityTyped:
    person, campaign = (payloads.chosen_id(view, name) for name in (views.SALESPERSON, views.CAMPAIGN))
    status = payloads.chosen(view, views.STATUS) or OpportunityStatus.NOT_STARTED
    if status not in set(OpportunityStatus):
        raise Malformed("a status that was never offered")
    return OpportunityTyped(
        description=payloads.text(view, views.DESCRIPTION),
        salesperson=PersonId(person) if person else None,
        campaign=CampaignId(campaign) if campaign else None,
        status=OpportunityStatus(status),
        comment=payloads.text(view, views.COMMENT),
    )
