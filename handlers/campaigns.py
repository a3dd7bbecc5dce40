"""/log setup → Campaigns, for admins."""

from uuid import uuid4

from bot.domain.campaigns import CampaignTyped
from bot.domain.ids import CampaignId, FormId, PersonId
from bot.domain.people import Person
from bot.services.campaigns import CampaignPage, Campaigns
from bot.text import Text
from bot.views import campaigns as views
from bot.views.forms import Meta
from bot.views.ids import Action, Callback
from bot.views.kit import Choice
from handlers import payloads
from handlers.acks import Ack
from handlers.payloads import OpenView, Press
from handlers.routes import Routes
from handlers.segments import suggest_person
from handlers.surface import Surface


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.CAMPAIGNS] = show
    routes.actions[Action.OPEN_CAMPAIGN] = show_one
    routes.actions[Action.NEW_CAMPAIGN] = ask_new
    routes.actions[Action.EDIT_CAMPAIGN] = ask_edit
    routes.writes(Action.CLOSE_CAMPAIGN, close)
    routes.writes(Action.REOPEN_CAMPAIGN, reopen)
    routes.submissions[Callback.CAMPAIGN] = save
    routes.choices[views.SALESPERSON] = suggest_person


def show(press: Press, slack: Surface, campaigns: Campaigns, actor: Person, text: Text) -> None:
    """Show the campaigns: over the setup page, or in the place of a campaign or another page."""
    page = views.campaigns(campaigns.all(actor, int(press.value) if press.value.isdecimal() else 0), text)
    if press.in_modal and press.block != f"setup.{Action.CAMPAIGNS}":
        slack.update(press.form.id, page)
    else:
        slack.show_over(press.in_modal, page)


def show_one(press: Press, slack: Surface, campaigns: Campaigns, actor: Person, text: Text) -> None:
    """Show a campaign in the place of the list."""
    slack.update(press.form.id, _page(campaigns.get(actor, CampaignId(press.number)), text))


def ask_new(press: Press, slack: Surface, campaigns: Campaigns, actor: Person, text: Text) -> None:
    """Ask for a new campaign."""
    campaigns.all(actor)
    slack.push(views.form(_meta(press, None, 0), None, None, text))


def ask_edit(press: Press, slack: Surface, campaigns: Campaigns, actor: Person, text: Text) -> None:
    """Ask what a campaign is to be."""
    shown = campaigns.get(actor, CampaignId(press.number))
    one = shown.campaign
    person = Choice(shown.salesperson, str(one.salesperson)) if one.salesperson else None
    slack.push(views.form(_meta(press, press.number, one.revision), one, person, text))


def save(view: OpenView, ack: Ack, slack: Surface, campaigns: Campaigns, actor: Person, text: Text) -> None:
    """Make or change a campaign, and show it below."""
    meta, typed = payloads.meta(view), _typed(view)
    wrong = {view.block_of(name) or name: text.say(words) for name, words in typed.problems().items()}
    if wrong:
        return ack(response_action="errors", errors=wrong)
    if meta.subject is None:
        campaign = campaigns.make(actor, f"campaign:{meta.form_id}", typed)
    else:
        campaign = CampaignId(meta.subject)
        campaigns.edit(actor, campaign, meta.revision, typed)
    ack()
    slack.update(meta.below_view, _page(campaigns.get(actor, campaign), text))


def close(press: Press, ack: Ack, slack: Surface, campaigns: Campaigns, actor: Person, text: Text) -> None:
    """Close a campaign."""
    campaigns.close(actor, CampaignId(press.number))
    ack()
    show_one(press, slack, campaigns, actor, text)


def reopen(press: Press, ack: Ack, slack: Surface, campaigns: Campaigns, actor: Person, text: Text) -> None:
    """Let a campaign be chosen again."""
    campaigns.reopen(actor, CampaignId(press.number))
    ack()
    show_one(press, slack, campaigns, actor, text)


def _page(shown: CampaignPage, text: Text) -> dict[str, object]:
    return views.campaign(shown.campaign, shown.salesperson, shown.interactions, text)


def _typed(view: OpenView) -> CampaignTyped:
    person = payloads.chosen_id(view, views.SALESPERSON)
    return CampaignTyped(
        description=payloads.text(view, views.DESCRIPTION),
        starts=payloads.day(view, views.STARTS),
        ends=payloads.day(view, views.ENDS),
        salesperson=PersonId(person) if person else None,
    )


def _meta(press: Press, campaign: int | None, revision: int) -> Meta:
    return Meta(form_id=FormId(uuid4().hex), subject=campaign, revision=revision, below_view=press.form.id)
