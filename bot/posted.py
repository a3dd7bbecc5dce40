"""What is posted to `/documents`: its fields, what is wrong with them, and the arrivals that they become."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from bot.domain.inbox import Arrival, ArrivalKind, Whom, word_of
from bot.domain.unkept import kept

MOST = 100
OLDEST_YEARS = 20
AHEAD = timedelta(days=1)
"""Somewhere it is tomorrow already."""
_DAY = r"^20[0-9]{2}-[0-9]{2}-[0-9]{2}$"
_SAID = r"[^\s\x85\ufeff]"
"""Something that is no space, whoever reads the pattern: they disagree about these two."""
_EMAIL = r"^[^@\s\x85\ufeff]+@[^@\s\x85\ufeff]+$"


def _unsaid(schema: dict[str, Any]) -> None:
    schema.pop("default", None)


def _dated_day(schema: dict[str, Any]) -> None:
    _unsaid(schema)
    schema["format"] = "date"


def _whole(number: object) -> object:
    """Return 2.0 as 2: JSON does not tell them apart."""
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _counted(meaning: str) -> Any:
    return Field(default=1, ge=1, le=9999, description=meaning, json_schema_extra=_unsaid)


def _text(
    most: int,
    meaning: str,
    example: str,
    pattern: str = _SAID,
    told: Callable[[dict[str, Any]], None] = _unsaid,
) -> Any:
    return Field(
        default="",
        min_length=1,
        max_length=most,
        pattern=pattern,
        description=meaning,
        examples=[example],
        json_schema_extra=told,
    )


Whole = Annotated[int, BeforeValidator(_whole)]


class Posted(BaseModel):
    """Takes the fields it knows and no others, each of its own type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class PostedContact(Posted):
    """Whom a document went to or came from: by number, else by e-mail, else by the company's name."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    number: str = _text(20, "The contact's number.", "CT000012")
    email: str = _text(254, "An e-mail address of the contact.", "anna@fjordbygg.no", _EMAIL)
    company: str = _text(100, "The company's name, however its capitals and accents are.", "Fjordbygg AS")

    @model_validator(mode="after")
    def _named(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("name the contact by number, email or company")
        return self


class PostedDocument(Posted):
    """One document that was sent, printed or received."""

    type: Annotated[
        str,
        Field(
            min_length=1, max_length=60, pattern=_SAID, description="What it is.", examples=["sales_invoice"]
        ),
    ]
    contact: PostedContact
    number: str = _text(50, "The document's number.", "103021")
    version: Whole = _counted("Its version.")
    occurrence: Whole = _counted("Which document of this number.")
    date: str = _text(
        10, "Its date where it was made; today without one.", "2026-11-20", _DAY, told=_dated_day
    )
    time: str = _text(5, "Its time, if that is known.", "14:03", r"^([01][0-9]|2[0-3]):[0-5][0-9]$")
    description: str = _text(100, "In place of the template's words.", "Invoice for the hall")
    comment: str = _text(10_000, "What is told besides.", "Paid at once")
    salesperson: str = _text(254, "Whose it is: code or e-mail; else the contact's salesperson.", "EVA")
    campaign: str = _text(20, "The campaign's number.", "CP0001")
    opportunity: str = _text(20, "The opportunity's number.", "OP000001")
    key: str = _text(
        200,
        "Tells this document from all others; the same key again is not recorded again. Without one, type, "
        "number, version and occurrence tell it.",
        "erp-7-103021",
        r"^[!-~]([ -~]*[!-~])?$",
    )
    workspace: str = _text(32, "The Slack team's id, where there are several.", "T012AB3CD", r"^[A-Z0-9]+$")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a field."""

    field: str
    reason: str


class Unreadable(Exception):  # noqa: N818 - what was posted is at fault
    """Nothing of it was taken."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("not readable")
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Bundle:
    """Documents as they were posted: one by itself, or a list."""

    documents: tuple[PostedDocument, ...]
    listed: bool


ONE = TypeAdapter(PostedDocument)
SEVERAL = TypeAdapter(Annotated[list[PostedDocument], Field(min_length=1, max_length=MOST)])


def opened(raw: bytes, today: date) -> Bundle:
    """Return the documents in a body.

    Raises:
        Unreadable: it is no JSON, or not what is described in `/openapi.json`; each fault with its place.
    """
    listed = raw.lstrip()[:1] == b"["
    try:
        found = SEVERAL.validate_json(raw) if listed else [ONE.validate_json(raw)]
    except ValidationError as error:
        raise Unreadable(list(_problems(error))) from None
    bundle = Bundle(tuple(found), listed)
    if wrong := [problem for place, one in _placed(bundle) for problem in _dated(place, one, today)]:
        raise Unreadable(wrong)
    return bundle


def arrival_of(posted: PostedDocument, key: str, today: date) -> Arrival:
    """Return what a posted document is to the inbox; `key` stood in the request's header."""
    facts = {name: _clean(value) for name, value in posted.model_dump(exclude_unset=True).items()}
    told = facts.pop("contact")
    facts.pop("workspace", None)
    day, at = facts.pop("date", ""), facts.pop("time", "")
    own = facts.pop("key", "") or key
    return Arrival(
        kind=ArrivalKind.DOCUMENT,
        key=own or _key(posted),
        mark=_mark(posted),
        day=date.fromisoformat(day) if day else today,
        at=time.fromisoformat(at) if at else None,
        contact=Whom(**told),
        **facts,
    )


def _problems(error: ValidationError) -> Iterator[Problem]:
    for fault in error.errors(include_url=False, include_input=False):
        place = ".".join(str(part) for part in fault["loc"])
        yield Problem(place, fault["msg"].removeprefix("Value error, "))


def _placed(bundle: Bundle) -> Iterator[tuple[str, PostedDocument]]:
    for number, one in enumerate(bundle.documents):
        yield (f"{number}." if bundle.listed else ""), one


def _dated(place: str, one: PostedDocument, today: date) -> Iterator[Problem]:
    if not one.date:
        return
    try:
        day = date.fromisoformat(one.date)
    except ValueError:
        yield Problem(f"{place}date", "There is no such day")
        return
    if day > today + AHEAD:
        yield Problem(f"{place}date", "This date lies in the future")
    if day.year < today.year - OLDEST_YEARS:
        yield Problem(f"{place}date", f"This date lies more than {OLDEST_YEARS} years back")


def _key(posted: PostedDocument) -> str:
    """Return what tells a document from others without a key of its own."""
    if not posted.number:
        return f"content {_mark(posted)}"
    return f"{word_of(posted.type)}/{_clean(posted.number)}/{posted.version}/{posted.occurrence}"


def _mark(posted: PostedDocument) -> str:
    """Return what stays the same when the same document is posted again."""
    facts = posted.model_dump(exclude_unset=True, exclude={"key"})
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _clean(value: Any) -> Any:
    """Return a text without what no database keeps."""
    if isinstance(value, dict):
        return {name: _clean(one) for name, one in value.items()}
    return kept(value) if isinstance(value, str) else value
