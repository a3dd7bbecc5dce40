"""Texts with fields: what may stand between `{{` and `}}`, and what is written there (`reliability.md` 7).

A field is a name of ours with filters of ours; nothing that a person types is ever evaluated.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType

from bot.domain.contacts import Contact
from bot.domain.messages import Message

FIELDS = (
    "contact.name",
    "contact.first_name",
    "contact.salutation",
    "contact.company",
    "contact.job_title",
    "contact.address",
    "contact.post_code",
    "contact.city",
    "contact.country",
    "contact.phone",
    "contact.email",
    "salesperson.name",
    "salesperson.email",
    "salesperson.code",
    "segment.number",
    "segment.description",
    "today",
)
WRITTEN_LIMIT = 20_000
"""Characters of a text once its fields are filled in."""
LONGEST_VALUE = 250
"""Characters that a field may come to, for all we know before it is filled in."""
FIELD_LIMIT = 200
"""Characters between two braces."""
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a text: its name, and the filters through which its value goes."""

    name: str
    filters: tuple[Callable[[str], str], ...] = ()

    def written(self, fields: Mapping[str, str]) -> str:
        """Return what stands in its place."""
        value = fields[self.name]
        for change in self.filters:
            value = change(value)
        return value


Parts = tuple[str | Field, ...]


def written(parts: Parts, fields: Mapping[str, str]) -> str:
    """Return a text with its fields filled in."""
    return "".join([part if isinstance(part, str) else part.written(fields) for part in parts])


def default(value: str, instead: str = "") -> str:
    """Return `instead` where nothing is known."""
    return value if value.strip() else instead


def first_name(contact: Contact) -> str:
    """Return the name by which a person is addressed: the first word of the name where no first name is known."""
    if contact.first_name or not contact.is_person or "," in contact.name:
        return contact.first_name
    return contact.name.partition(" ")[0]


FILTERS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "upper": str.upper,
        "lower": str.lower,
        "title": str.title,
        "capitalize": str.capitalize,
        "trim": str.strip,
    }
)
"""Those that take nothing; `default` takes what is written instead."""
DEFAULT = "default"


def is_no_field(name: str) -> Message:
    """Return what is said of a name that is no field, with the one that was probably meant."""
    near = nearest(name)
    if near:
        return Message("{field} is not a field. Did you mean {near}?", {"field": _shown(name), "near": near})
    return Message(
        "{field} is not a field. There are: {fields}.", {"field": _shown(name), "fields": ", ".join(FIELDS)}
    )


def nearest(name: str) -> str:
    """Return the field that was probably meant, empty where none is near."""
    asked = name.strip().lower()
    by_end = {field.rpartition(".")[2]: field for field in reversed(FIELDS)} | {"contact": FIELDS[0]}
    near = get_close_matches(asked, FIELDS, n=1, cutoff=0.75)
    ends = get_close_matches(asked.rpartition(".")[2], list(by_end), n=1, cutoff=0.75)
    return near[0] if near else by_end[ends[0]] if ends else ""


def is_no_filter(name: str) -> Message:
    """Return what is said of a filter that is none of ours."""
    known: Sequence[str] = [*FILTERS, DEFAULT]
    return Message("“{name}” is not a filter. There are: {filters}.", {"name": name, "filters": tuple(known)})


def is_too_much(source: str) -> Message:
    """Return what is said of anything but a field with filters."""
    return Message(
        "{field} can't be filled in: between the braces stands one field, as in {example}.",
        {
            "field": _shown(source),
            "example": '{{ contact.name }} or {{ contact.first_name | default("all") }}',
        },
    )


def has_no_end(source: str) -> Message:
    """Return what is said of braces that nothing closes."""
    return Message(
        "“{typed}” has no closing braces: write {example}, or put a space between the two braces.",
        {"typed": _clipped(source), "example": "{{ contact.name }}"},
    )


def growth(parts: Parts) -> int:
    """Return how many characters a text may have once it is filled in."""
    return sum(len(part) if isinstance(part, str) else LONGEST_VALUE for part in parts)


def grows_too_long() -> Message:
    """Return what is said of a text that may become longer than it may be."""
    return Message(
        "With so many fields this text can become longer than {limit} characters. Use fewer fields.",
        {"limit": f"{WRITTEN_LIMIT:,}"},
    )


def is_too_long(length: int, limit: int) -> Message:
    """Return what is said of a text that is longer than it may be."""
    return Message("This text has {length} characters; {limit} fit.", {"length": length, "limit": limit})


def _shown(source: str) -> str:
    return "{{ " + _clipped(source.strip()) + " }}"


def _clipped(source: str) -> str:
    words = " ".join(source.split())
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
