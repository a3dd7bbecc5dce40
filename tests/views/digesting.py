"""The views of digests."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.domain.digests import Cadence, NamedTeam, Schedule, Subscription, period_of
from bot.domain.ids import ContactId, DigestId, PersonId, TeamId, TemplateId, WorkspaceId
from bot.domain.jobs import JobRun, Report
from bot.domain.team_figures import Digest, OldDrafts, PersonRow, QuietContact, Tally, TemplateRow
from bot.views import digest_lists, digest_settings, digests, jobs
from bot.wrapping import plainer, words
from tests.views.things import META, NOW, TEXT, Say, anna, draft, listed

Page = Callable[[Say], dict[str, Any]]
MONDAY = date(2026, 11, 23)
TALLY = Tally(12, 7, 340, 5, 1, 1)


def team(say: Say) -> NamedTeam:
    return NamedTeam(TeamId(9), say("North"))


def weekly(say: Say, schedule: Schedule = Schedule()) -> Subscription:  # noqa: B008 - frozen
    return Subscription(
        id=DigestId(8),
        workspace=WorkspaceId(1),
        team=team(say),
        person=PersonId(3),
        schedule=schedule,
        next_at=datetime(2026, 11, 30, 7, tzinfo=UTC) if schedule.cadence is not Cadence.PAUSED else None,
    )


def week(say: Say, people: int = 3, cadence: Cadence = Cadence.WEEKLY, **changes: Any) -> Digest:
    rows = tuple(
        PersonRow(PersonId(number), say(f"Eva {number}"), TALLY, Tally(9, 4, 200)) for number in range(people)
    )
    whole = Digest(
        team=team(say),
        period=period_of(cadence, date(2026, 11, 18)),
        today=MONDAY,
        total=replace(TALLY, interactions=12 * people),
        before=Tally(9 * people, 20, 600),
        people=rows,
        templates=(
            TemplateRow(TemplateId(11), say("Outgoing call"), 12 * people, 9 * people),
            TemplateRow(None, "", 0, 1),
        ),
        quiet=quiet(say, 4),
        drafts=(OldDrafts(say("Wim Peeters"), 2, 1),),
        very_negative=listed(say),
        late=7,
        told_at=NOW - timedelta(days=7),
    )
    return replace(whole, **changes)


def quiet(say: Say, many: int) -> tuple[QuietContact, ...]:
    days = (date(2026, 10, 20), None)
    return tuple(
        QuietContact(ContactId(number), say("Anna Berg (Fjordbygg AS)"), say("Eva Lind"), days[number % 2])
        for number in range(many)
    )


def busy(say: Say) -> dict[str, Any]:
    return words(digests.message(week(say), weekly(say), TEXT))


def in_words(say: Say) -> dict[str, Any]:
    return plainer(digests.message(week(say), weekly(say), TEXT)) or {}


def large(say: Say) -> dict[str, Any]:
    worst = replace(TALLY, interactions=2000, very_negative=3)
    digest = week(say, 105, Cadence.DAILY, total=worst, quiet=quiet(say, 101))
    return words(digests.message(digest, weekly(say, Schedule(cadence=Cadence.DAILY)), TEXT))


def asked_for(say: Say) -> dict[str, Any]:
    nothing = week(say, 1, today=date(2026, 11, 20), total=Tally(), before=Tally(), quiet=(), drafts=())
    digest = replace(nothing, very_negative=None, late=0, templates=(), people=())
    others = [NamedTeam(TeamId(10), say("South"))]
    return words(digests.preview(digest, weekly(say, Schedule(cadence=Cadence.PAUSED)), others, TEXT))


def old_drafts(say: Say) -> dict[str, Any]:
    rows = [(draft(say, number), anna(say), say("Wim Peeters")) for number in range(60)]
    return digest_lists.drafts_message(team(say), rows, TEXT)


def told(say: Say) -> dict[str, Any]:
    """The Jobs page."""
    runs = [JobRun(name="digest", next_at=NOW + timedelta(seconds=15), started_at=NOW, ended_at=NOW)]
    return jobs.page(Report(runs, [], [(weekly(say), say("Max Aubert"))]), TEXT)


MESSAGES: dict[str, Page] = {
    "digest": busy,
    "digest, in words": in_words,
    "digest, large": large,
    "digest, asked for": asked_for,
    "digest, changed": lambda say: digest_settings.changed(weekly(say), TEXT),
    "digest, quiet contacts": lambda say: digest_lists.quiet_message(team(say), quiet(say, 3), TEXT),
    "digest, no quiet contacts": lambda say: digest_lists.quiet_message(team(say), (), TEXT),
    "digest, old drafts": old_drafts,
}
MODALS: dict[str, Page] = {
    "digest, settings": lambda say: digest_settings.form(weekly(say, Schedule(at=time(7, 30))), META, TEXT),
    "digest, many quiet contacts": lambda say: digest_lists.quiet_page(team(say), quiet(say, 101), TEXT),
    "digest, drafts on a page": lambda say: digest_lists.drafts_page(team(say), (), TEXT),
    "digest, on the Jobs page": told,
}
