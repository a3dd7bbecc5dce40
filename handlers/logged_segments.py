"""Logged segments: the list and what is done to one of them."""

from uuid import uuid4

from bot.domain.entries import Asked, Filter, Standing
from bot.domain.ids import CampaignId, FormId, LoggedId
from bot.domain.messages import Refusal
from bot.domain.people import Person
from bot.services.entry_lists import EntryLists
from bot.services.logged_segments import LoggedSegments
from bot.text import Text
from bot.views import logged_segments as views
from bot.views.forms import Meta
from bot.views.ids import Action, Callback
from handlers import entry_lists as lists
from handlers import payloads
from handlers.acks import Ack
from handlers.payloads import OpenView, Press
from handlers.routes import Routes
from handlers.surface import Surface


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.LOGGED_SEGMENTS] = turn
    routes.actions[Action.LOGGED_ENTRIES] = entries
    routes.writes(Action.CANCEL_LOGGED, cancel)
    routes.writes(Action.REINSTATE_LOGGED, reinstate)
    routes.writes(Action.FOLLOW_UP_LOGGED, follow_up)
    routes.writes(Action.REUSE_LOGGED, reuse)
    routes.actions[Action.DELETE_LOGGED] = ask
    routes.submissions[Callback.DELETE_LOGGED] = delete
    routes.actions[Action.CANCEL_CAMPAIGN] = ask_campaign
    routes.submissions[Callback.CANCEL_CAMPAIGN] = cancel_campaign


def show(slack: Surface, logged_segments: LoggedSegments, actor: Person, text: Text) -> None:
    """Answer `/segment logged`."""
    slack.reply(views.message(logged_segments.page(actor, 0), text))


def turn(press: Press, slack: Surface, logged_segments: LoggedSegments, actor: Person, text: Text) -> None:
    """Show the page that the button names."""
    number = press.number if press.value else 0
    say = slack.reply if views.page_in(press.block) is None else slack.replace
    say(views.message(logged_segments.page(actor, number), text))


def entries(
    press: Press,
    slack: Surface,
    logged_segments: LoggedSegments,
    entry_lists: EntryLists,
    actor: Person,
    text: Text,
) -> None:
    """Show the entries of a logged segment."""
    run = logged_segments.get(actor, LoggedId(press.number))
    wanted = Asked(Filter(logged=run.id, standing=Standing.ALL if run.canceled_at else Standing.LIVE))
    lists.show(press, wanted, slack, entry_lists, actor, text)


def cancel(
    press: Press, slack: Surface, logged_segments: LoggedSegments, actor: Person, text: Text, ack: Ack
) -> None:
    """Cancel a logged segment with all its entries."""
    logged_segments.cancel(actor, LoggedId(press.number))
    ack()
    _show_again(press, slack, logged_segments, actor, text)


def reinstate(
    press: Press, slack: Surface, logged_segments: LoggedSegments, actor: Person, text: Text, ack: Ack
) -> None:
    """Let a logged segment count again with all its entries."""
    logged_segments.reinstate(actor, LoggedId(press.number))
    ack()
    _show_again(press, slack, logged_segments, actor, text)


def follow_up(
    press: Press, slack: Surface, logged_segments: LoggedSegments, actor: Person, text: Text, ack: Ack
) -> None:
    """Make a follow-up segment."""
    logged_segments.follow_up(actor, LoggedId(press.number))
    ack()
    _show_again(press, slack, logged_segments, actor, text)


def reuse(
    press: Press, slack: Surface, logged_segments: LoggedSegments, actor: Person, text: Text, ack: Ack
) -> None:
    """Make a new segment of the contacts."""
    logged_segments.reuse(actor, LoggedId(press.number))
    ack()
    _show_again(press, slack, logged_segments, actor, text)


def ask(press: Press, slack: Surface, logged_segments: LoggedSegments, actor: Person, text: Text) -> None:
    """Ask before a logged segment is deleted."""
    run = logged_segments.get(actor, LoggedId(press.number))
    meta = Meta(form_id=FormId(uuid4().hex), subject=int(run.id))
    slack.show_over(press.in_modal, views.sure_to_delete(run, meta, text))


def delete(view: OpenView, ack: Ack, logged_segments: LoggedSegments, actor: Person) -> None:
    """Delete a logged segment; what becomes of it is said in the direct message."""
    logged_segments.delete(actor, LoggedId(payloads.meta(view).subject or 0))
    ack()


def ask_campaign(
    press: Press, slack: Surface, logged_segments: LoggedSegments, actor: Person, text: Text
) -> None:
    """Ask which campaign's part of a logged segment is to be canceled."""
    run = logged_segments.get(actor, LoggedId(press.number))
    campaigns = logged_segments.campaigns(actor, run.id)
    if not campaigns:
        raise Refusal("No campaign entry of logged segment {n} counts any more.", n=run.number)
    meta = Meta(form_id=FormId(uuid4().hex), subject=int(run.id))
    slack.show_over(press.in_modal, views.cancel_campaign(run, campaigns, meta, text))


def cancel_campaign(view: OpenView, ack: Ack, logged_segments: LoggedSegments, actor: Person) -> None:
    """Cancel a campaign entry with its interactions; that it is done is said in the direct message."""
    chosen = payloads.chosen(view, views.CAMPAIGN) or ""
    campaign = CampaignId(int(chosen) if chosen.isdecimal() else 0)
    logged_segments.cancel_campaign(actor, LoggedId(payloads.meta(view).subject or 0), campaign)
    ack()


def _show_again(
    press: Press, slack: Surface, logged_segments: LoggedSegments, actor: Person, text: Text
) -> None:
    """Show the page as it is now, where the list is what was pressed on."""
    page = views.page_in(press.block)
    if page is not None:
        slack.replace(views.message(logged_segments.page(actor, page), text))
