"""When and where a manager is told: the footer of a digest, the form, the lines of settings and of the Jobs page."""

from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement

from bot.domain.digests import Cadence, Schedule, Subscription
from bot.domain.entries import Asked
from bot.domain.messages import n_
from bot.domain.team_figures import Digest
from bot.text import Text
from bot.views import kit
from bot.views.asked import written
from bot.views.forms import Fields, Meta, modal
from bot.views.ids import SEPARATOR, Action, Callback
from bot.views.kit import Choice

CADENCES = {Cadence.DAILY: n_("Daily"), Cadence.WEEKLY: n_("Weekly"), Cadence.PAUSED: n_("Pause")}
RESUMED = {Cadence.DAILY: n_("Resume daily"), Cadence.WEEKLY: n_("Resume weekly")}
IN_FORM = {Cadence.WEEKLY: n_("Weekly"), Cadence.DAILY: n_("Daily"), Cadence.PAUSED: n_("Paused")}
WEEK = range(7)
AGAIN = "again"
"""How the block ids of what `changed` says end."""


def footer(digest: Digest, subscription: Subscription | None, text: Text) -> list[Block]:
    """Return the last lines of a digest: when it comes, and what changes that in one click."""
    export = _export(digest, text) if digest.total.interactions else None
    block = f"digest.{digest.team.id}.end"
    if subscription is None:
        return [kit.actions(export, block_id=block)] if export else []
    cadences, change = _cadences(subscription, text), _change(subscription, text)
    return [
        kit.small(when(subscription.schedule, text)),
        kit.actions(*cadences, change, export, block_id=block),
    ]


def when(schedule: Schedule, text: Text) -> str:
    """Return "Weekly, Monday 08:00"."""
    at = text.time(schedule.at)
    match schedule.cadence:
        case Cadence.DAILY:
            return text("Daily, Monday to Friday {time}", time=at)
        case Cadence.WEEKLY:
            return text("Weekly, {weekday} {time}", weekday=text.weekday(schedule.weekday), time=at)
        case _:
            return text("Paused: no digest is sent.")


def line(subscription: Subscription, text: Text) -> Block:
    """Return the line of somebody's settings."""
    return kit.item([_said(subscription, text)], _change(subscription, text), f"digest.{subscription.id}")


def planned(subscription: Subscription, reader: str, text: Text) -> Block:
    """Return the line of the Jobs page: who is told, when, when next."""
    said = [subscription.team.name, reader, when(subscription.schedule, text)]
    said += [text("next {when}", when=text.moment(subscription.next_at))] if subscription.next_at else []
    return kit.item([" · ".join(said)], _change(subscription, text), f"digest.{subscription.id}")


def changed(subscription: Subscription, text: Text) -> kit.Payload:
    """Return what is said when the cadence was changed."""
    next_at = subscription.next_at
    after = text("The next one comes {when}.", when=text.moment_within(next_at)) if next_at else ""
    return kit.message(
        kit.line(_said(subscription, text)),
        kit.small(after) if after else None,
        kit.actions(
            *_cadences(subscription, text),
            _change(subscription, text),
            block_id=f"digest.{subscription.id}.{AGAIN}",
        ),
    )


def form(subscription: Subscription, meta: Meta, text: Text) -> dict[str, Any]:
    """Return the form."""
    fields, schedule = Fields(meta), subscription.schedule
    cadences = [Choice(text(words), one.value) for one, words in IN_FORM.items()]
    days = [Choice(text.weekday(day), str(day)) for day in WEEK]
    where = text("Empty: your direct message. Only a channel of your own company, in which Saleslog is.")
    return modal(
        Callback.DIGEST_SETTINGS,
        text("Digest"),
        [
            kit.line(kit.bold(subscription.team.name)),
            fields.select("cadence", text("How often"), cadences, schedule.cadence, optional=False),
            fields.select(
                "weekday", text("Day of the weekly digest"), days, str(schedule.weekday), optional=False
            ),
            fields.time("at", text("Time"), schedule.at.strftime("%H:%M"), optional=False),
            fields.channel("channel", text("Channel"), schedule.channel, hint=where),
        ],
        submit=text("Save"),
        close=text("Close"),
        meta=meta,
    )


def _said(subscription: Subscription, text: Text) -> str:
    team, moments = subscription.team.name, when(subscription.schedule, text)
    return text("Digest of {team}: {when}", team=team, when=moments)


def _cadences(subscription: Subscription, text: Text) -> list[ButtonElement]:
    now = subscription.schedule.cadence
    words = RESUMED if now is Cadence.PAUSED else CADENCES
    return [
        kit.button(text(label), f"{Action.DIGEST_CADENCE}.{place}", f"{subscription.id}{SEPARATOR}{one}")
        for place, (one, label) in enumerate(words.items())
        if one is not now
    ]


def _export(digest: Digest, text: Text) -> ButtonElement:
    return kit.button(text("Export"), Action.EXPORT_ENTRIES, written(Asked(digest.filter)))


def _change(subscription: Subscription, text: Text) -> ButtonElement:
    return kit.button(text("Change"), Action.DIGEST_SETTINGS, subscription.id)
