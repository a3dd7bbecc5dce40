"""The reminder: what waits for somebody, once a day (screens: Postponed)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import time

from slack_sdk.models.blocks import Block

from bot.domain.departures import LeftBehind
from bot.domain.people import Person
from bot.domain.tasks import Task
from bot.text import Text
from bot.views import departures, kit, postponed, preferences, tasks
from bot.views.kit import Payload
from bot.views.listing import Listing, Where
from bot.views.postponed import Waiting
from bot.views.words import greeting

DRAFTS = 10
TASKS = 10
LISTING = Listing(Where.REMINDER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What waits for somebody, with the contacts' names."""

    drafts: Waiting = field(default_factory=list)
    tasks: Sequence[tuple[Task, str]] = field(default_factory=list)
    left: Sequence[LeftBehind] = ()
    """What falls to him of people who have left."""

    @property
    def anything(self) -> bool:
        """Whether there is a reason to say something."""
        return bool(self.drafts or self.tasks or self.left)


def reminder(person: Person, needs: Needs, starts: time, text: Text, told: Sequence[Block] = ()) -> Payload:
    """Return the one message of a day, or what comes back from a snooze; `told` is what was just done in it."""
    rest = max(0, len(needs.drafts) - DRAFTS) + max(0, len(needs.tasks) - TASKS)
    return kit.message(
        *told,
        kit.line(kit.bold(f"{greeting(person, text)}."), " ", _what(needs, text)),
        *departures.rows(needs.left, text, LISTING),
        *(tasks.rows(needs.tasks[:TASKS], text, LISTING)),
        *(postponed.rows(needs.drafts[:DRAFTS], text, LISTING)),
        kit.small(text("… and {n} more under /log drafts and in App Home.", n=rest)) if rest else None,
        preferences.reminded_at(starts, text),
    )


def _what(needs: Needs, text: Text) -> str:
    """Return "2 postponed interactions and 1 follow-up wait for you."""
    drafts, follow_ups = len(needs.drafts), len(needs.tasks)
    if not drafts and not follow_ups and needs.left:
        return text("Work of people who have left waits for you.")
    if not drafts and not follow_ups:
        return text("Nothing waits for you any more.")
    if not follow_ups:
        return text.count(
            "{n} postponed interaction waits for you.", "{n} postponed interactions wait for you.", drafts
        )
    if not drafts:
        return text.count("{n} follow-up waits for you.", "{n} follow-ups wait for you.", follow_ups)
    return text(
        "{drafts} and {follow_ups} wait for you.",
        drafts=text.count("{n} postponed interaction", "{n} postponed interactions", drafts),
        follow_ups=text.count("{n} follow-up", "{n} follow-ups", follow_ups),
    )
