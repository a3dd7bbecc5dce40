"""The filters of the interaction log's list: what their selects offer, and the form with all of them."""

from dataclasses import replace
from uuid import uuid4

from bot.domain.entries import Asked, Filter, Standing
from bot.domain.entry_controls import Control, choice, chosen
from bot.domain.find import MOST_TEXT
from bot.domain.ids import CampaignId, FormId, GroupId
from bot.domain.interactions import Evaluation
from bot.domain.people import Person
from bot.services.entry_lists import EntryLists
from bot.text import Text
from bot.views import entry_controls as views
from bot.views import entry_lists as list_views
from bot.views import kit
from bot.views.forms import Meta
from bot.views.ids import Action, Callback
from handlers import payloads
from handlers.acks import Ack
from handlers.entry_lists import recalled
from handlers.payloads import Malformed, OpenView, Press, Query
from handlers.routes import Routes
from handlers.surface import Surface

_NOTHING = {"contact": Control.CONTACT, "whose": Control.EVERYONE, "template": Control.TEMPLATE}


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.ALL_FILTERS] = ask
    routes.submissions[Callback.FILTER_ENTRIES] = show
    for name in views.SEARCHED:
        routes.choices[views.action_id(name)] = suggest
        routes.choices[views.field(name)] = suggest


def suggest(query: Query, ack: Ack, entry_lists: EntryLists, actor: Person, text: Text) -> None:
    """Answer the search of a select; before anything is typed also with what lifts its condition."""
    name = views.searched(query.field)
    found = entry_lists.choices.find(actor, name, query.text)
    options = [*(() if query.text.strip() else views.lifting(name, actor.id, text)), *found]
    ack(options=[option.to_dict() for option in kit.options(options)])


def ask(press: Press, slack: Surface, entry_lists: EntryLists, actor: Person, text: Text) -> None:
    """Open the form with all filters."""
    wanted = recalled(press.value, entry_lists, actor)
    below_view = press.view.id if press.view is not None and press.in_modal else ""
    meta = Meta(form_id=FormId(uuid4().hex), below=press.value, below_view=below_view)
    names, offered = entry_lists.choices.names(actor, wanted.filter), entry_lists.choices.offered(actor)
    slack.show_over(press.in_modal, views.form(meta, wanted.filter, names, actor.id, offered, text))
    if press.response_url is not None:
        entry_lists.pressed(actor, press.response_url)


def show(
    view: OpenView, ack: Ack, slack: Surface, entry_lists: EntryLists, actor: Person, text: Text
) -> None:
    """Show what the form asks for, in the place of the list that it was opened from."""
    meta = payloads.meta(view)
    wanted = _filter(view, recalled(meta.below, entry_lists, actor).filter, text)
    if wanted.first and wanted.last and wanted.first > wanted.last:
        block = view.block_of(views.field("last")) or views.field("last")
        return ack(response_action="errors", errors={block: text("This day lies before the first one.")})
    ack()
    page = entry_lists.shown(actor, Asked(wanted))
    if meta.below_view:
        return slack.update(meta.below_view, list_views.screen(page, text))
    url = entry_lists.response_url(actor)
    if url is None:
        return slack.reply(list_views.message(page, text))
    return slack.at(url).replace(list_views.message(page, text))


def _filter(view: OpenView, before: Filter, text: Text) -> Filter:
    """Return the filter as the form has it; what no field shows stays.

    Raises:
        Malformed: a value that was never offered.
    """
    group, campaign = (payloads.chosen(view, views.field(name)) for name in ("group", "campaign"))
    try:
        wanted = before
        for name in views.SEARCHED:
            said = payloads.chosen(view, views.field(name)) or choice(_NOTHING[name])
            wanted = chosen(wanted, said, text.today)
        return replace(
            wanted,
            text=" ".join(payloads.text(view, views.field("text")).split())[:MOST_TEXT],
            group=GroupId(int(group)) if group else None,
            campaign=CampaignId(int(campaign)) if campaign else None,
            evaluations=frozenset(map(Evaluation, payloads.boxes(view, views.field("evaluations")))),
            first=payloads.day(view, views.field("first")),
            last=payloads.day(view, views.field("last")),
            failed=payloads.ticked(view, views.field("failed")),
            standing=Standing(payloads.chosen(view, views.field("standing")) or Standing.LIVE),
        )
    except ValueError as error:
        raise Malformed("a filter that was never offered") from error
