"""The reminder: what waits for somebody, once a day (screens: Postponed)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import time

from bot.domain.people import Person
from bot.domain.tasks import Task
from bot.text import Text
from bot.views import kit, postponed, tasks
from bot.views.kit import Payload
from bot.views.postponed import Waiting
from bot.views.words import greeting

DRAFTS = 12
TASKS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What waits for somebody, with the contacts' names."""

    drafts: Waiting = field(default_factory=list)
    tasks: Sequence[tuple[Task, str]] = field(default_factory=list)

    @property
    def anything(self) -> bool:
        """Whether there is a reason to say something."""
        return bool(self.drafts or self.tasks)


def reminder(person: Person, needs: Needs, starts: time, text: Text) -> Payload:
    """Return the one message of a day, or what comes back from a snooze."""
    rest = max(0, len(needs.drafts) - DRAFTS) + max(0, len(needs.tasks) - TASKS)
    return kit.message(
        kit.line(kit.bold(f"{greeting(person, text)}."), " ", _what(needs, text)),
        *(tasks.rows(needs.tasks[:TASKS], text)),
        *(postponed.rows(needs.drafts[:DRAFTS], text)),
        kit.small(text("… and {n} more under /log drafts and in App Home.", n=rest)) if rest else None,
        kit.small(text("Reminders come at {time} on your working days.", time=text.time(starts))),
    )


def _what(needs: Needs, text: Text) -> str:
    """Return "2 postponed interactions and 1 follow-up wait for you."""
    drafts, follow_ups = len(needs.drafts), len(needs.tasks)
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
