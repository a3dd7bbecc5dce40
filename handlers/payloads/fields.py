"""What stands in the fields of a view."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from bot.domain.interactions import Correspondence, Evaluation, Field, Flow, Initiator
from handlers.payloads.screens import Malformed, OpenView, cleaned


@dataclass(frozen=True, slots=True)
class File:
    """A file that somebody gave to the app; its content is still at Slack."""

    id: str
    name: str


def typed(shown: OpenView) -> dict[Field, Any]:
    """Return what stands in the fields of the interaction form; a field that is not shown is left out."""
    found: dict[Field, Any] = {}
    for field in Field:
        element = shown.value(field)
        if element is not None:
            found[field] = _read(field, element)
    if shown.meta is not None and shown.meta.locked is not None:
        found[Field.CONTACT] = shown.meta.locked
    return found


def text(shown: OpenView, name: str) -> str:
    """Return the text in a field, empty where there is none."""
    return cleaned((shown.value(name) or {}).get("value"))


def chosen(shown: OpenView, name: str) -> str | None:
    """Return the value chosen in a select, None where nothing is."""
    return _chosen(shown.value(name) or {})


def chosen_id(shown: OpenView, name: str) -> int | None:
    """Return the id of what is chosen in a select, None where nothing is.

    Raises:
        Malformed: that was never offered.
    """
    value = chosen(shown, name)
    if value is None:
        return None
    if not value.isdecimal():
        raise Malformed(f"{name} carries no id")
    return int(value)


def one_of(shown: OpenView, name: str, kind: Callable[[str], Any]) -> Any:
    """Return the value of a kind that is chosen in a select, None where nothing is.

    Raises:
        Malformed: it was never offered.
    """
    return _parsed(kind, chosen(shown, name))


def channel(shown: OpenView, name: str) -> str | None:
    """Return the channel chosen in a select, None where none is."""
    return (shown.value(name) or {}).get("selected_conversation") or None


def ticked(shown: OpenView, name: str) -> bool:
    """Whether the box of a field is ticked."""
    return bool((shown.value(name) or {}).get("selected_options"))


def boxes(shown: OpenView, name: str) -> list[str]:
    """Return the values of the boxes that are ticked."""
    return [str(option.get("value")) for option in (shown.value(name) or {}).get("selected_options") or ()]


def at(shown: OpenView, name: str) -> time | None:
    """Return the time picked in a field."""
    found: time | None = _parsed(time.fromisoformat, (shown.value(name) or {}).get("selected_time"))
    return found


def picked(shown: OpenView, name: str) -> tuple[int, ...]:
    """Return the ids of the boxes that are ticked in a field."""
    options = (shown.value(name) or {}).get("selected_options") or ()
    values = (str(option.get("value") or "") for option in options)
    return tuple(int(value) for value in values if value.isdecimal())


def day(shown: OpenView, name: str) -> date | None:
    """Return the day picked in a field."""
    picked = (shown.value(name) or {}).get("selected_date")
    found: date | None = _parsed(date.fromisoformat, picked)
    return found


def file(shown: OpenView, name: str) -> File:
    """Return the one file that was put into a field.

    Raises:
        Malformed: there is none.
    """
    files = (shown.value(name) or {}).get("files") or ()
    for one in files:
        return File(id=str(one.get("id") or ""), name=cleaned(one.get("name")))
    raise Malformed(f"no file in {name}")


def _read(field: Field, element: Mapping[str, Any]) -> Any:
    reader = _READERS.get(field)
    if reader is not None:
        return reader(element)
    return cleaned(element.get("value"))


def _chosen(element: Mapping[str, Any]) -> str | None:
    option = element.get("selected_option")
    return str(option.get("value")) if isinstance(option, dict) else None


def _identity(element: Mapping[str, Any]) -> int | None:
    value = _chosen(element)
    return int(value) if value is not None and value.isdecimal() else None


def _one_of(kind: Callable[[str], Any]) -> Callable[[Mapping[str, Any]], Any]:
    return lambda element: _parsed(kind, _chosen(element))


def _parsed(kind: Callable[[str], Any], value: object) -> Any:
    if not isinstance(value, str):
        return None
    try:
        return kind(value)
    except ValueError as error:
        raise Malformed("a value that was never offered") from error


_READERS: dict[Field, Callable[[Mapping[str, Any]], Any]] = {
    Field.CONTACT: _identity,
    Field.TEMPLATE: _identity,
    Field.SALESPERSON: _identity,
    Field.CAMPAIGN: _identity,
    Field.OPPORTUNITY: _identity,
    Field.DATE: lambda element: _parsed(date.fromisoformat, element.get("selected_date")),
    Field.TIME: lambda element: _parsed(time.fromisoformat, element.get("selected_time")),
    Field.ATTEMPT_FAILED: lambda element: bool(element.get("selected_options")),
    Field.EVALUATION: _one_of(Evaluation),
    Field.CORRESPONDENCE: _one_of(Correspondence),
    Field.FLOW: _one_of(Flow),
    Field.INITIATED_BY: _one_of(Initiator),
    Field.LANGUAGE: _chosen,
}
