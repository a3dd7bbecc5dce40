"""Phone calls from a contact's card: the numbers, and what came of the call (`domain.md` 2.9)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.contacts import Contact
from bot.domain.interactions import DESCRIPTION_LIMIT, Evaluation, Form

_FEWEST_DIGITS = 3
LONGEST = 60
"""Letters of a number, with what somebody wrote beside it."""
_DIALLED = frozenset("0123456789")


class Line(StrEnum):
    """Whose number it is, in the order in which numbers are offered: the mobile one first."""

    MOBILE = "mobile"
    PHONE = "phone"
    COMPANY = "company"


class CallOutcome(StrEnum):
    """What came of a call."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    LEFT_MESSAGE = "left_message"


@dataclass(frozen=True, slots=True)
class Effect:
    """What an outcome sets: *Attempt failed* is not *successful*; who was not spoken to gave no opinion."""

    attempt_failed: bool
    evaluation: Evaluation | None
    takes_time: bool
    """Whether the template's duration holds."""


EFFECTS: Mapping[CallOutcome, Effect] = {
    CallOutcome.REACHED: Effect(attempt_failed=False, evaluation=Evaluation.NEUTRAL, takes_time=True),
    CallOutcome.NO_ANSWER: Effect(attempt_failed=True, evaluation=None, takes_time=False),
    CallOutcome.LEFT_MESSAGE: Effect(attempt_failed=True, evaluation=Evaluation.NEUTRAL, takes_time=True),
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number that can be dialled."""

    line: Line
    written: str

    @property
    def dialled(self) -> str:
        """The number as a telephone takes it."""
        return dialled(self.written)


def dialled(written: str) -> str:
    """Return what of a number a telephone takes: its digits, after a plus where it begins with one."""
    digits = "".join(sign for sign in written.replace("(0)", "") if sign in _DIALLED)
    return f"+{digits}" if written.strip().startswith("+") else digits


def came_to(outcome: CallOutcome, form: Form, duration: str) -> Form:
    """Return the form with what an outcome sets; `duration` is the template's, what was typed instead stays."""
    effect = EFFECTS[outcome]
    taken = form.duration
    if taken in ("", duration):
        taken = duration if effect.takes_time else ""
    return replace(form, attempt_failed=effect.attempt_failed, evaluation=effect.evaluation, duration=taken)


def numbers(contact: Contact, company: Contact | None) -> tuple[Number, ...]:
    """Return the numbers of a contact and of his company, each once; what holds hardly a digit is none."""
    offered = [
        (Line.MOBILE, contact.mobile),
        (Line.PHONE, contact.phone),
        (Line.COMPANY, company.phone if company else ""),
    ]
    found: dict[str, Number] = {}
    for line, written in offered:
        number = Number(line, " ".join(written.split())[:LONGEST].rstrip())
        if len(number.dialled) >= _FEWEST_DIGITS:
            found.setdefault(number.dialled, number)
    return tuple(found.values())


def description(template: str, number: str) -> str:
    """Return what a call is called: by its template, with the number that was dialled."""
    return f"{template[: DESCRIPTION_LIMIT - len(number) - 1].rstrip()} {number}"[:DESCRIPTION_LIMIT].strip()
