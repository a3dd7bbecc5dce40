"""Rows of number series and settings of the workspace."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.import_cells import Fault
from bot.domain.number_series import TypedSeries
from bot.domain.people import Visibility
from bot.domain.purge import LONGEST_RETENTION_DAYS
from bot.domain.reminder_policy import POLICY, Policy
from bot.domain.setup_lists import Row
from bot.services.people import VISIBILITY
from bot.services.purge import RETENTION_DAYS
from bot.services.reminder_policy import apply
from bot.services.setup_rows import Outcome, refuse
from storage.work import Work


class SeriesRows:
    """Takes number series, each known by its code."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def take(self, row: Row) -> Outcome:
        """Set a series; its next number only ever goes up.

        Raises:
            Fault: it would give a number once more, or says what no series can be.
        """
        code = row["code"]
        before = self._work.numbers.series(code)
        typed = TypedSeries(
            prefix=row.get("prefix") or "",
            next=row["next"],
            digits=row["digits"],
            manual=row.get("manual", before.manual if before else False),
        )
        refuse(typed.problems())
        wanted = typed.series(code)
        if before is not None and before.prefix == wanted.prefix and before.next > wanted.next:
            wanted = wanted.going_on(before)
        given = self._work.numbers.collision(wanted) if wanted.gives_others_than(before) else None
        if given is not None:
            raise Fault("The series would give {number} once more: begin after it.", number=given)
        if wanted == before:
            return Outcome.UNCHANGED
        self._work.numbers.put(wanted)
        return Outcome.NEW if before is None else Outcome.CHANGED


class SettingRows:
    """Takes the settings that are made under /log setup, each known by its name."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def take(self, row: Row) -> Outcome:
        """Set a setting.

        Raises:
            Fault: there is no such setting, or it can't be this.
        """
        setting = SETTINGS.get(row["setting"].strip().casefold())
        if setting is None:
            raise Fault(
                "There is no setting “{name}”: write one of these: {names}.",
                name=row["setting"][:40],
                names=", ".join(SETTINGS),
            )
        before, after = setting.written(self._work), setting.read(row["value"])
        if before == after:
            return Outcome.UNCHANGED
        setting.keep(self._work, after)
        return Outcome.CHANGED


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting of the workspace: how it stands in a file, and how it is kept."""

    written: Callable[[Work], str]
    read: Callable[[str], str]
    """Return a cell as `written` writes it; a Fault where it can't be."""

    keep: Callable[[Work, str], None]


def _visibility(cell: str) -> str:
    found = cell.strip().casefold()
    if found not in set(Visibility):
        raise Fault("“{cell}” is not: write everyone, team or own.", cell=cell[:40])
    return found


def _retention(cell: str) -> str:
    found = cell.strip()
    if not found.isdecimal() or int(found) > LONGEST_RETENTION_DAYS:
        raise Fault("“{cell}” is not: write whole days, as in 90; 0 keeps them for ever.", cell=cell[:40])
    return str(int(found))


def _policy(cell: str) -> str:
    found = Policy.parsed(cell)
    if found is None:
        raise Fault(
            "“{cell}” is not: write days and hours, as in 01234 09:00-17:00, and “no reminders” after them.",
            cell=cell[:40],
        )
    return found.written


def _plain(key: str, default: Any) -> Callable[[Work], str]:
    def written(work: Work) -> str:
        found = work.settings.get(key)
        return str(default if found is None else found)

    return written


SETTINGS: Mapping[str, Setting] = {
    VISIBILITY: Setting(
        _plain(VISIBILITY, Visibility.EVERYONE.value),
        _visibility,
        lambda work, value: work.settings.put(VISIBILITY, value),
    ),
    RETENTION_DAYS: Setting(
        _plain(RETENTION_DAYS, 90),
        _retention,
        lambda work, value: work.settings.put(RETENTION_DAYS, int(value)),
    ),
    POLICY: Setting(
        lambda work: work.reminders.policy().written,
        _policy,
        lambda work, value: apply(work, Policy.parsed(value) or Policy()),
    ),
}
