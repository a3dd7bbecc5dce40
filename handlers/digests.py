"""/log digest, the lists behind a digest, and when it comes."""

from dataclasses import replace
from uuid import uuid4

from bot.channels import obstacle
from bot.domain.digests import OBSTACLES, Cadence, Schedule, Subscription
from bot.domain.ids import DigestId, FormId, TeamId
from bot.domain.people import Person
from bot.services.digests import Digests
from bot.text import Text
from bot.views import digest_lists as lists
from bot.views import digest_settings as views
from bot.views.digests import LAST, NOW
from bot.views.forms import Meta
from bot.views.ids import SEPARATOR, Action, Callback
from handlers import payloads
from handlers.acks import Ack
from handlers.payloads import Command, Malformed, OpenView, Press
from handlers.routes import Routes
from handlers.surface import Surface


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.DIGEST] = turn
    routes.actions[Action.QUIET_CONTACTS] = quiet
    routes.actions[Action.OLD_DRAFTS] = old_drafts
    routes.actions[Action.DIGEST_SETTINGS] = ask
    routes.writes(Action.DIGEST_CADENCE, change_cadence)
    routes.submissions[Callback.DIGEST_SETTINGS] = choose


def digest(words: str, command: Command, digests: Digests, actor: Person) -> None:
    """Answer `/log digest`: of the team that is named, else of the actor's first one."""
    digests.show(actor, command.key, command.response_url, words.strip())


def turn(press: Press, digests: Digests, actor: Person) -> None:
    """Show another period, or another team: in place of the digest that was asked for, else as a new message."""
    team, which = _named(press.value)
    digests.turn(actor, press.response_url, TeamId(team), LAST if which == LAST else NOW)


def quiet(press: Press, slack: Surface, digests: Digests, actor: Person, text: Text) -> None:
    """Show the contacts that fell silent."""
    team, found = digests.quiet(actor, TeamId(press.number))
    if press.view is None:
        return slack.reply(lists.quiet_message(team, found, text))
    slack.show_over(press.in_modal, lists.quiet_page(team, found, text))


def old_drafts(press: Press, slack: Surface, digests: Digests, actor: Person, text: Text) -> None:
    """Show the drafts that wait too long."""
    team, found = digests.old_drafts(actor, TeamId(press.number))
    if press.view is None:
        return slack.reply(lists.drafts_message(team, found, text))
    slack.show_over(press.in_modal, lists.drafts_page(team, found, text))


def change_cadence(
    press: Press, ack: Ack, slack: Surface, digests: Digests, actor: Person, text: Text
) -> None:
    """Tell daily, weekly or not at all, in one click; what is said of it has one place."""
    number, chosen = _named(press.value)
    changed = digests.change_cadence(actor, DigestId(number), _cadence(chosen))
    ack()
    say = slack.replace if press.block.endswith(views.AGAIN) else slack.reply
    say(views.changed(changed, text))


def ask(press: Press, slack: Surface, digests: Digests, actor: Person, text: Text) -> None:
    """Ask when and where the digest shall come."""
    found = digests.get(actor, DigestId(press.number))
    meta = Meta(form_id=FormId(uuid4().hex), subject=press.number)
    slack.show_over(press.in_modal, views.form(found, meta, text))


def choose(view: OpenView, ack: Ack, slack: Surface, digests: Digests, actor: Person, text: Text) -> None:
    """Keep it; a channel that can't have a digest is refused at its field."""
    found = digests.get(actor, DigestId(payloads.meta(view).subject or 0))
    chosen = _schedule(view, found)
    moved = chosen.channel if chosen.channel != found.schedule.channel else None
    against = obstacle(slack.client, moved) if moved else None
    if against is not None:
        return ack(response_action="errors", errors={"channel": text(OBSTACLES[against])})
    digests.choose(actor, found.id, chosen)
    ack()


def _schedule(view: OpenView, found: Subscription) -> Schedule:
    weekday = payloads.chosen(view, "weekday") or ""
    return replace(
        found.schedule,
        cadence=_cadence(payloads.chosen(view, "cadence") or ""),
        weekday=int(weekday) if weekday in {str(day) for day in views.WEEK} else found.schedule.weekday,
        at=payloads.at(view, "at") or found.schedule.at,
        channel=payloads.channel(view, "channel"),
    )


def _named(value: str) -> tuple[int, str]:
    number, _, word = value.partition(SEPARATOR)
    if not number.isdecimal():
        raise Malformed("a digest that was never offered")
    return int(number), word


def _cadence(word: str) -> Cadence:
    if word not in set(Cadence):
        raise Malformed("a cadence that there is not")
    return Cadence(word)
