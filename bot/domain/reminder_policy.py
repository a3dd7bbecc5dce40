"""How people are reminded who chose nothing themselves, and when they work (`product.md` 5, 11)."""

import re
from dataclasses import dataclass
from datetime import time

from bot.domain.messages import Message
from bot.domain.rhythm import ENDS, MONDAY_TO_FRIDAY, STARTS, Preferences

POLICY = "reminder_policy"
"""The setting's name."""

NO_REMINDERS = "no reminders"
_WRITTEN = re.compile(r"([0-6]{1,7}) (\d\d:\d\d)-(\d\d:\d\d)( no reminders)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The working days (Monday = 0) and hours of the workspace, and whether people are reminded."""

    days: frozenset[int] = MONDAY_TO_FRIDAY
    starts: time = STARTS
    ends: time = ENDS
    reminders: bool = True

    @property
    def preferences(self) -> Preferences:
        """What a person has who chose nothing."""
        return Preferences(days=self.days, starts=self.starts, ends=self.ends, reminders=self.reminders)

    @property
    def written(self) -> str:
        """It as it is kept, as in `01234 09:00-17:00`."""
        days = "".join(str(day) for day in sorted(self.days))
        hours = f"{self.starts:%H:%M}-{self.ends:%H:%M}"
        return f"{days} {hours}" if self.reminders else f"{days} {hours} {NO_REMINDERS}"

    @classmethod
    def parsed(cls, written: str) -> "Policy | None":
        """Return what `written` wrote, None where it is none or breaks a rule."""
        found = _WRITTEN.fullmatch(" ".join(written.split()).casefold())
        if found is None:
            return None
        try:
            starts, ends = time.fromisoformat(found[2]), time.fromisoformat(found[3])
        except ValueError:
            return None
        days = frozenset(int(day) for day in found[1])
        policy = cls(days=days, starts=starts, ends=ends, reminders=not found[4])
        return None if policy.problems() else policy

    def problems(self) -> dict[str, Message]:
        """Return what is wrong, by field."""
        return self.preferences.problems()
