"""What the controls above the interaction log's list make of its filter, and what they offer when it is empty."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.entries import Filter, Standing
from bot.domain.ids import ContactId, PersonId, TeamId, TemplateId
from bot.domain.interactions import Evaluation

PERIODS = (1, 7, 30, 90, 365)
"""Days, today included."""


class Control(StrEnum):
    """What a choice says, before the colon; without a value it lifts the condition."""

    CONTACT = "contact"
    MINE = "person"
    SALESPERSON = "salesperson"
    TEAM = "team"
    EVERYONE = "everyone"
    SEVERAL = "several"
    TEMPLATE = "template"
    EVALUATION = "evaluation"
    PERIOD = "period"


class Relaxation(StrEnum):
    """What may be lifted at one press when nothing was found."""

    ANY_TIME = "any_time"
    ANYONE = "anyone"
    CANCELED_TOO = "canceled_too"


def choice(control: Control, value: object = "") -> str:
    """Return the value of one choice of a control."""
    return f"{control}:{value}"


def chosen(wanted: Filter, said: str, today: date) -> Filter:
    """Return the filter as a choice makes it.

    Raises:
        ValueError: that was never offered.
    """
    control, _, value = said.partition(":")
    return _CHANGES[Control(control)](wanted, value, today)


def days_back(wanted: Filter, today: date) -> int | None:
    """Return over how many days up to today the filter reaches, None where it is another period."""
    days = 0 if wanted.first is None else (today - wanted.first).days + 1
    return days if wanted.last is None and days in PERIODS else None


def relaxed(wanted: Filter) -> dict[Relaxation, Filter]:
    """Return the filters that are each wider in one thing."""
    wider = {
        Relaxation.ANY_TIME: replace(wanted, first=None, last=None, logged_after=None),
        Relaxation.ANYONE: everyones(wanted),
        Relaxation.CANCELED_TOO: replace(wanted, standing=Standing.ALL),
    }
    return {name: one for name, one in wider.items() if one != wanted}


def everyones(wanted: Filter) -> Filter:
    """Return the filter without its salespeople."""
    return replace(wanted, person=None, salespeople=frozenset(), team=None)


def _evaluations(value: str) -> frozenset[Evaluation]:
    return frozenset({Evaluation(value)}) if value else frozenset()


def _since(value: str, today: date) -> date | None:
    return today - timedelta(days=int(value) - 1) if value else None


_CHANGES: dict[Control, Callable[[Filter, str, date], Filter]] = {
    Control.CONTACT: lambda wanted, value, _: replace(
        wanted, contact=ContactId(int(value)) if value else None
    ),
    Control.MINE: lambda wanted, value, _: replace(everyones(wanted), person=PersonId(int(value))),
    Control.SALESPERSON: lambda wanted, value, _: replace(
        everyones(wanted), salespeople=frozenset({PersonId(int(value))})
    ),
    Control.TEAM: lambda wanted, value, _: replace(everyones(wanted), team=TeamId(int(value))),
    Control.EVERYONE: lambda wanted, _value, _: everyones(wanted),
    Control.SEVERAL: lambda wanted, _value, _: wanted,
    Control.TEMPLATE: lambda wanted, value, _: replace(
        wanted, template=TemplateId(int(value)) if value else None
    ),
    Control.EVALUATION: lambda wanted, value, _: replace(wanted, evaluations=_evaluations(value)),
    Control.PERIOD: lambda wanted, value, today: replace(
        wanted, first=_since(value, today), last=None, logged_after=None
    ),
}
