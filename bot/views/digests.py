"""A digest as a message (screens: Digest): what needs a look first, then figures, a chart, a table."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, StaticSelectElement

from bot.domain.digests import OBSTACLES, Cadence, NamedTeam, Period, Subscription
from bot.domain.entries import Asked, Filter
from bot.domain.ids import TeamId
from bot.domain.team_figures import SHOWN, Digest, PersonRow, Tally, together
from bot.text import Text, escaped
from bot.views import kit
from bot.views.asked import written
from bot.views.digest_settings import footer
from bot.views.ids import SEPARATOR, Action
from bot.views.kit import Choice, Payload

CHUNK = 25
"""So many rows of text stand in one block."""

NOW, LAST = "now", "last"
TEXT_LIMIT = 12_000
OFFERED, TEAMS = 49, 20


def message(digest: Digest, subscription: Subscription | None, text: Text) -> Payload:
    """Return the digest as it is sent, with the same in plain words for a Slack without charts and tables."""
    above, below = _above(digest, text), [*_below(digest, text), *footer(digest, subscription, text)]
    whole = kit.message(*above, *_figures(digest, text), *below)
    plainly = kit.message(*above, *_in_words(digest, text), *below)
    return {**whole, "text": escaped(kit.spoken(plainly["blocks"], TEXT_LIMIT)), "instead": plainly["blocks"]}


def to_channel(words: Payload, channel: str, text: Text) -> Payload:
    """Return the message for a channel, with what is said to its reader where the channel can't have it."""
    excuses = {one.value: text(why) for one, why in OBSTACLES.items()}
    return {**words, "channel": channel, "excuses": excuses}


def preview(
    digest: Digest, subscription: Subscription | None, others: Sequence[NamedTeam], text: Text
) -> Payload:
    """Return the digest as it is asked for, with the ways to the other period and to other teams."""
    words = message(digest, subscription, text)
    ways = _ways(digest, others, text).to_dict()
    return {**words, "blocks": [*words["blocks"], ways], "instead": [*words["instead"], ways]}


def period_name(period: Period, text: Text) -> str:
    """Return "week 47" or "Thu 19 Nov"."""
    if period.cadence is not Cadence.DAILY:
        return text("Week {number}", number=period.first.isocalendar().week)
    return text.short_day(period.first) if period.first == period.last else _days(period, text)


def _above(digest: Digest, text: Text) -> list[Block | None]:
    return [kit.header(_headline(digest, text)), *_looks(digest, text), _total(digest, text)]


def _headline(digest: Digest, text: Text) -> str:
    team, period = digest.team.name, digest.period
    named = f"{team}, {period_name(period, text)}"
    if period.cadence is not Cadence.DAILY:
        number = period.first.isocalendar().week
        named = text("{team}, week {number} ({days})", team=team, number=number, days=_days(period, text))
    return text("{headline}, so far", headline=named) if digest.running else named


def _looks(digest: Digest, text: Text) -> list[Block]:
    """Return what needs a look, before any figure."""
    found = [*_quiet(digest, text), *_drafts(digest, text), *_worst(digest, text)]
    return [kit.line(kit.bold(text("Look at these first"))), *found] if found else []


def _quiet(digest: Digest, text: Text) -> Iterator[Block]:
    count = len(digest.quiet)
    if count > SHOWN:
        words = text("More than {n} contacts without an interaction for 30 days", n=SHOWN)
    else:
        words = text.count(
            "{n} contact without an interaction for 30 days",
            "{n} contacts without an interaction for 30 days",
            count,
        )
    if count:
        yield _look(words, _pressed(text("Show"), words, Action.QUIET_CONTACTS, digest.team.id), digest)


def _drafts(digest: Digest, text: Text) -> Iterator[Block]:
    if digest.old_drafts:
        owners = ", ".join(one.owner for one in digest.drafts)
        words = text.count(
            "{n} draft older than a week ({owners})",
            "{n} drafts older than a week ({owners})",
            digest.old_drafts,
            owners=owners,
        )
        yield _look(words, _pressed(text("Show"), words, Action.OLD_DRAFTS, digest.team.id), digest)


def _worst(digest: Digest, text: Text) -> Iterator[Block]:
    count, latest = digest.total.very_negative, digest.very_negative
    if latest is None:
        return
    if count == 1:
        words = text("1 very negative: {contact}", contact=latest.contact_label)
        yield _look(words, _pressed(text("Open"), words, Action.OPEN_ENTRY, latest.entry.id), digest)
    else:
        words = text("{n} very negative, the latest: {contact}", n=count, contact=latest.contact_label)
        yield _look(words, _show(words, digest.filter_of_very_negative, text), digest)


def _look(words: str, button: ButtonElement, digest: Digest) -> Block:
    return kit.item([f"• {words}"], button, f"digest.{digest.team.id}.{button.action_id}")


def _show(words: str, wanted: Filter, text: Text) -> ButtonElement:
    return _pressed(text("Show"), words, Action.ENTRIES, _word(wanted))


def _total(digest: Digest, text: Text) -> Block:
    then = period_name(digest.period.before, text)
    words = text.sheet("digest_total", now=digest.total, before=digest.before, then=then)
    if not digest.total.interactions:
        return kit.line(words)
    return kit.item([words], _show(words, digest.filter, text), f"digest.{digest.team.id}.total")


def _figures(digest: Digest, text: Text) -> list[Block]:
    """Return the chart and the table."""
    if not digest.total.interactions and not digest.before.interactions:
        return []
    bars = _first(digest.people, kit.CHART_CATEGORIES, text)
    then = digest.period.before
    chart = kit.chart(
        text("Interactions per salesperson"),
        [row.name for row in bars],
        {
            period_name(then, text): [row.before.interactions for row in bars],
            period_name(digest.period, text): [row.now.interactions for row in bars],
        },
    )
    return [chart, _table(digest, text)]


def _table(digest: Digest, text: Text) -> Block:
    head = (
        text("Salesperson"),
        text("Interactions"),
        text("Contacts"),
        text("Minutes"),
        text("Positive"),
        text("Failed attempts"),
    )
    rows = [(row.name, *_cells(row.now)) for row in _first(digest.people, kit.TABLE_ROWS, text)]
    return kit.table(period_name(digest.period, text), head, rows)


def _cells(tally: Tally) -> tuple[int, int, int, int, int]:
    return tally.interactions, tally.contacts, tally.minutes, tally.positive, tally.failed


def _in_words(digest: Digest, text: Text) -> list[Block]:
    """Return the same figures as text."""
    rows = _first(digest.people, kit.TABLE_ROWS, text)
    return [
        kit.line(text.sheet("digest_people", rows=rows[first : first + CHUNK]))
        for first in range(0, len(rows), CHUNK)
    ]


def _first(rows: Sequence[PersonRow], most: int, text: Text) -> list[PersonRow]:
    """Return the busiest, and all others in one row."""
    if len(rows) <= most:
        return list(rows)
    rest = rows[most - 1 :]
    return [*rows[: most - 1], together(rest, text("{n} others", n=len(rest)))]


def _below(digest: Digest, text: Text) -> list[Block | None]:
    used = digest.templates[:CHUNK]
    return [
        kit.line(kit.bold(text("By interaction template")), "\n", text.sheet("digest_templates", rows=used))
        if used
        else None,
        _behind(digest, text),
        *_late(digest, text),
    ]


def _behind(digest: Digest, text: Text) -> ActionsBlock | None:
    """Return the way to the entries behind each row."""
    if not digest.total.interactions:
        return None
    first, last = digest.period.first, digest.period.last
    people = [
        Choice(row.name, _word(Filter(salespeople=frozenset({row.id}), first=first, last=last)))
        for row in digest.people[:OFFERED]
        if row.now.interactions
    ]
    templates = [
        Choice(row.name, _word(Filter(team=digest.team.id, template=row.id, first=first, last=last)))
        for row in digest.templates[:OFFERED]
        if row.now and row.id is not None
    ]
    select = StaticSelectElement(
        action_id=f"{Action.ENTRIES}.9",
        placeholder=kit.plain(text("Entries of…"), 150),
        options=kit.options([*people, *templates]),
    )
    return kit.actions(select, block_id=f"digest.{digest.team.id}.behind")


def _pressed(label: str, about: str, action: Action, value: object) -> ButtonElement:
    """Return a button of which a screen reader tells what it is about."""
    return kit.named(label, f"{label}: {about}", action, value)


def _word(wanted: Filter) -> str:
    return written(Asked(wanted))


def _late(digest: Digest, text: Text) -> Iterator[Block]:
    if not digest.late:
        return
    weekly = digest.period.cadence is not Cadence.DAILY
    words = (
        text.count("{n} logged late for earlier weeks.", "{n} logged late for earlier weeks.", digest.late)
        if weekly
        else text.count("{n} logged late for earlier days.", "{n} logged late for earlier days.", digest.late)
    )
    yield kit.item([words], _show(words, digest.filter_of_late, text), f"digest.{digest.team.id}.late")


def _ways(digest: Digest, others: Sequence[NamedTeam], text: Text) -> ActionsBlock:
    """Return the ways from a digest that was asked for: the other period, the other teams."""
    team, weekly = digest.team.id, digest.period.cadence is not Cadence.DAILY
    then = text("Last week") if weekly else text("The day before")
    now = text("This week so far") if weekly else text("Today so far")
    other = kit.button(then, f"{Action.DIGEST}.0", asked(team, LAST))
    if not digest.running:
        other = kit.button(now, f"{Action.DIGEST}.0", asked(team, NOW))
    teams = [
        kit.button(one.name, f"{Action.DIGEST}.{place}", asked(one.id, LAST))
        for place, one in enumerate(others[:TEAMS], 1)
    ]
    return kit.actions(other, *teams, block_id=f"digest.{team}.ways")


def asked(team: TeamId, which: str) -> str:
    """Return what a button carries that shows a team's digest."""
    return f"{team}{SEPARATOR}{which}"


def _days(period: Period, text: Text) -> str:
    return text.span(period.first, period.last)
