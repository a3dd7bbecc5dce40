"""Number series as admins see them (`domain.md` 1.17)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.messages import Message, n_
from bot.domain.templates import CONTACT_SERIES, SEGMENT_SERIES

PREFIX_LIMIT = 10
DIGITS_LIMIT = 9
LARGEST = 10**9 - 1
_FACTS = 4
_PREFIX = re.compile(r"[A-Za-z0-9/.\-]*")


class SeriesCode(StrEnum):
    """What is numbered by a series."""

    SEGMENT = SEGMENT_SERIES
    CONTACT = CONTACT_SERIES
    CAMPAIGN = "CAMPAIGN"
    OPPORTUNITY = "OPPORT"


class SeriesField(StrEnum):
    """What can be said about a series."""

    PREFIX = "prefix"
    NEXT = "next_number"
    DIGITS = "digits"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A number series; `digits` is how wide a number is at least, behind the prefix."""

    code: SeriesCode
    prefix: str
    next: int
    digits: int
    manual: bool = False

    @property
    def number(self) -> str:
        """The number that it gives next, as in `CT000123`."""
        return f"{self.prefix}{self.next:0{self.digits}d}"

    @property
    def written(self) -> str:
        """The series in one word, as a form carries it."""
        return f"{self.code}:{self.prefix}:{self.next}:{self.digits}:{int(self.manual)}"

    def going_on(self, now: "Series") -> "Series":
        """Return it with the next number of the series as it stands now."""
        return replace(self, next=now.next)

    def gives_others_than(self, before: "Series | None") -> bool:
        """Whether it gives numbers that the series before it would not have given."""
        return before is None or (self.prefix, self.next, self.digits) != (
            before.prefix,
            before.next,
            before.digits,
        )

    def will_give(self, number: str) -> bool:
        """Whether it gives this number, now or some day."""
        rest = number.removeprefix(self.prefix)
        if not number.startswith(self.prefix) or not (rest.isascii() and rest.isdecimal()):
            return False
        return int(rest) >= self.next and f"{int(rest):0{self.digits}d}" == rest


def read_series(written: str) -> Series | None:
    """Return what `written` wrote, None where it is nothing of the kind."""
    code, *facts = written.split(":")
    if code not in set(SeriesCode) or len(facts) != _FACTS or not all(map(str.isdecimal, facts[1:])):
        return None
    prefix, *numbers = facts
    after, digits, manual = map(int, numbers)
    return Series(code=SeriesCode(code), prefix=prefix, next=after, digits=digits, manual=bool(manual))


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedSeries:
    """A series as typed into its form."""

    prefix: str
    next: str
    digits: str
    manual: bool = False

    def problems(self) -> Mapping[SeriesField, Message]:
        """Return what is wrong with it, by field."""
        found = {}
        if len(self.prefix.strip()) > PREFIX_LIMIT:
            found[SeriesField.PREFIX] = Message(n_("At most {limit} characters."), {"limit": PREFIX_LIMIT})
        elif not _PREFIX.fullmatch(self.prefix.strip()):
            found[SeriesField.PREFIX] = Message(n_("Letters, digits, “-”, “/” and “.” alone."))
        if _whole(self.next, 1, LARGEST) is None:
            found[SeriesField.NEXT] = Message(n_("Write a whole number from 1 on, as in 125."))
        if _whole(self.digits, 1, DIGITS_LIMIT) is None:
            found[SeriesField.DIGITS] = Message(
                n_("Write a whole number from 1 to {limit}."), {"limit": DIGITS_LIMIT}
            )
        return found

    def series(self, code: SeriesCode) -> Series:
        """Return the series that it describes, once nothing is wrong with it."""
        return Series(
            code=code,
            prefix=self.prefix.strip().upper(),
            next=int(self.next),
            digits=int(self.digits),
            manual=self.manual,
        )


def _whole(typed: str, least: int, most: int) -> int | None:
    words = typed.strip()
    if not (words.isascii() and words.isdecimal()) or len(words) > len(str(LARGEST)):
        return None
    return int(words) if least <= int(words) <= most else None
