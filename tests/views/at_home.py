"""App Home in its variants, the fullest ones with more than anybody has."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.checklist import Checklist, Look
from bot.domain.departures import LeftBehind
from bot.domain.digests import Cadence, period_of
from bot.domain.ids import PersonId, SegmentId, TeamId
from bot.domain.jobs import JobRun
from bot.domain.people import Role
from bot.domain.team_figures import Tally
from bot.domain.weeks import TeamWeek, Week
from bot.views import home
from bot.views.home import Desk
from bot.views.plainly import in_words
from tests.views.previewing import segment
from tests.views.things import NOW, OPERATION, TEXT, TODAY, Say, anna, draft, eva, listed, task

Page = Callable[[Say], dict[str, Any]]
PERIOD = period_of(Cadence.WEEKLY, TODAY)


def week() -> Week:
    days = {TODAY - timedelta(days=ago): ago % 4 for ago in range(14)}
    return Week(PersonId(3), PERIOD, Tally(14, 9, 190), 11, days)


def team(say: Say, number: int = 1) -> TeamWeek:
    return TeamWeek(
        team=TeamId(number),
        name=say("North"),
        period=PERIOD,
        now=Tally(64, 38, 1140),
        before=51,
        old_drafts=2,
        idle=tuple(say("Wim Peeters") for _ in range(number)),
        members=200,
    )


def full_desk(say: Say) -> Desk:
    return Desk(
        person=eva(say),
        drafts=[(draft(say, number), anna(say)) for number in range(200)],
        tasks=[(task(say, number), say("Anna Berg")) for number in range(200)],
        entries=[listed(say, number) for number in range(5)],
        operations={0: OPERATION},
        contacts=200,
        week=week(),
    )


def full(say: Say) -> dict[str, Any]:
    return home.home(full_desk(say), TEXT)


def undrawn(say: Say) -> dict[str, Any]:
    return in_words(full(say))


def empty(say: Say) -> dict[str, Any]:
    nothing = Week(PersonId(3), PERIOD, Tally(), 0, {})
    desk = Desk(person=eva(say), drafts=[], tasks=[], entries=[], operations={}, contacts=0, week=nothing)
    return home.home(desk, TEXT)


def admin_of_everything(say: Say) -> dict[str, Any]:
    """The fullest page there is: an admin who manages fifty teams, where all that can go wrong has."""
    run = JobRun(name="remind", next_at=NOW, failed_at=NOW, error="OperationalError")
    gone = [LeftBehind(replace(eva(say), id=PersonId(number)), 3, 2) for number in range(30, 50)]
    desk = replace(
        full_desk(say),
        person=replace(eva(say), role=Role.ADMIN),
        segments=[(replace(segment(say), id=SegmentId(number)), 214) for number in range(20)],
        left=gone,
        asks=3,
        teams=[team(say, number) for number in range(1, 51)],
        checklist=Checklist(
            no_contacts=True,
            no_teams=True,
            unseen=tuple(Look),
            leaderless=tuple(say("South") for _ in range(50)),
            failed=(run,) * 9,
            old_backup=NOW - timedelta(days=5),
            undelivered=10,
        ),
    )
    return home.home(desk, TEXT)


HOMES: dict[str, Page] = {
    "home, full": full,
    "home, undrawn": undrawn,
    "home, empty": empty,
    "home, admin": admin_of_everything,
}
