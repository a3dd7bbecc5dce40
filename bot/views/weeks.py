"""Weeks in App Home: a person's own with its chart, and those of the teams that he manages."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.domain.entries import Asked, Filter
from bot.domain.team_figures import Tally
from bot.domain.weeks import TeamWeek, Week
from bot.text import Text
from bot.views import digests, kit
from bot.views.asked import written
from bot.views.ids import Action
from bot.views.kit import Part

TEAMS = 5
NAMED = 5


def mine(week: Week, text: Text) -> list[Block]:
    """Return "My week": figures and a chart; without an interaction in either week one line."""
    heading = kit.bold(text("My week"))
    if not week.now.interactions and not week.before:
        quiet = Part(text("No interactions this week or last."), italic=True)
        return [kit.line(heading), kit.line(quiet)]
    show = kit.named(
        text("Show"), text("Show my interactions of this week"), Action.ENTRIES, _word(week.filter)
    )
    return [
        kit.line(heading),
        kit.item([figures(week.now, week.before, text)], show, "week"),
        _chart(week, text),
    ]


def figures(now: Tally, before: int, text: Text) -> str:
    """Return "14 interactions with 9 contacts, 3 h 10 min · last week 11"."""
    said = text.count("{n} interaction", "{n} interactions", now.interactions)
    if now.interactions:
        met = text.count("with {n} contact", "with {n} contacts", now.contacts)
        said = f"{said} {met}"
    if now.minutes:
        said = f"{said}, {text.minutes(now.minutes)}"
    return f"{said} · {text('last week {n}', n=before)}"


def _chart(week: Week, text: Text) -> Block:
    days = week.shown
    now, before = zip(*(week.on(day) for day in days), strict=True)
    names = [text.weekday_short(day.weekday()) for day in days]
    series = {text("This week"): now, text("Last week"): before}
    return kit.chart(text("Interactions per day"), names, series)


def teams(weeks: Sequence[TeamWeek], text: Text) -> list[Block]:
    """Return a few lines for each team, with the ways to what stands behind them."""
    if not weeks:
        return []
    rest = len(weeks) - TEAMS
    return [
        kit.line(kit.bold(text("My teams"))),
        *(block for week in weeks[:TEAMS] for block in _team(week, text)),
        *([kit.small(text("… and {n} more.", n=rest))] if rest > 0 else []),
    ]


def _team(week: TeamWeek, text: Text) -> tuple[Block, ...]:
    return (
        kit.lines(
            [kit.bold(week.name), f" · {figures(week.now, week.before, text)}"],
            *([f"• {said}"] for said in _looks(week, text)),
        ),
        kit.actions(
            kit.named(
                text("Digest"),
                text("Digest of the team {name}", name=week.name),
                Action.DIGEST,
                digests.asked(week.team, digests.NOW),
            ),
            kit.named(
                text("Entries of the team"),
                text("Entries of the team {name}", name=week.name),
                Action.ENTRIES,
                _word(Filter(team=week.team)),
            ),
            kit.named(
                text("Old drafts"),
                text("Old drafts of the team {name}", name=week.name),
                Action.OLD_DRAFTS,
                week.team,
            )
            if week.old_drafts
            else None,
            block_id=f"team.{week.team}",
        ),
    )


def _looks(week: TeamWeek, text: Text) -> list[str]:
    """Return what a manager should look at."""
    if not week.members:
        return [text("Nobody is in this team yet.")]
    said = []
    if week.old_drafts:
        said.append(
            text.count("{n} draft older than a week", "{n} drafts older than a week", week.old_drafts)
        )
    if week.idle:
        said.append(text("Nothing logged this week: {names}", names=_some(week.idle, text)))
    return said


def _some(names: Sequence[str], text: Text) -> str:
    said = ", ".join(names[:NAMED])
    rest = len(names) - NAMED
    return text("{names} and {n} more", names=said, n=rest) if rest > 0 else said


def _word(wanted: Filter) -> str:
    return written(Asked(wanted))
