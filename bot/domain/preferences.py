"""What a person types into his settings (`product.md` 5, 6)."""

from dataclasses import dataclass, replace
from datetime import date, time

from bot.domain.messages import Message
from bot.domain.rhythm import Preferences

Absence = tuple[date, date]
SHOWN = 10
"""So many boxes stand in one group; later absences move up as earlier ones pass."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The fields of the form; None in zone, country and language follows Slack."""

    days: frozenset[int]
    starts: time | None
    ends: time | None
    zone: str | None
    country: str | None
    language: str | None
    shown: frozenset[Absence] = frozenset()
    """The absences that the form showed; those that were added meanwhile stay."""

    kept: frozenset[Absence]
    """Which of the shown absences stay."""

    first: date | None
    last: date | None
    reminders: bool

    def problems(self) -> dict[str, Message]:
        """Return what is wrong, by field; empty when it can be kept."""
        found = {}
        if self.starts is None:
            found["starts"] = Message("Choose when your working day starts.")
        if self.ends is None:
            found["ends"] = Message("Choose when your working day ends.")
        if self.last is not None and self.first is None:
            found["first"] = Message("Choose the first day off, too.")
        if not found:
            wrong = self._chosen(())
            found = {FIELDS.get(name, name): words for name, words in wrong.problems().items()}
        return found

    def chosen(self, before: Preferences, today: date) -> Preferences:
        """Return what is to be kept; absences that are over are forgotten."""
        gone = self.shown - self.kept
        return self._chosen(tuple(one for one in upcoming(before.days_off, today) if one not in gone))

    def _chosen(self, absences: tuple[Absence, ...]) -> Preferences:
        new = () if self.first is None else ((self.first, self.last or self.first),)
        return replace(
            Preferences(),
            days=self.days,
            starts=self.starts or time(),
            ends=self.ends or time(),
            days_off=tuple(sorted({*absences, *new})),
            zone=self.zone,
            country=self.country,
            language=self.language,
            reminders=self.reminders,
        )


FIELDS = {"days_off": "last"}


def upcoming(absences: tuple[Absence, ...], today: date) -> tuple[Absence, ...]:
    """Return the absences that are not over, the earliest first."""
    return tuple(sorted(one for one in absences if one[1] >= today))
