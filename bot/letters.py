"""Texts that people write with fields in them: Jinja2's parser reads them, nothing runs them.

What the parser found becomes a `bot.domain.letters.Field` or a mistake; Jinja2 itself renders only the letters that
`environment` is asked for, whose every node went through `unfit` before.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.domain import letters
from bot.domain.contacts import Contact
from bot.domain.letters import Field, Parts
from bot.domain.messages import Message, Refusal
from bot.domain.people import Person
from bot.domain.segments import TEXT_LIMIT, Segment

NEVER_WRITTEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that neither a database nor XML can hold; with a backslash they could be written between two braces."""
_OPENS = "{{"
_BRACES = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_UNREADABLE = (TemplateSyntaxError, RecursionError, ValueError)
"""What Jinja2's parser raises at a text that is no template, too deep, or has a number too long to be one."""


class _Unfit(Exception):  # noqa: N818 - a word of ours, not an error
    """Something stands between the braces that is no field."""

    def __init__(self, message: Message, offset: int = 0) -> None:
        super().__init__(message.text)
        self.message = message
        self.offset = offset


def has_fields(text: str) -> bool:
    """Whether something is to be filled in."""
    return _OPENS in text


def fields_in(text: str) -> frozenset[str]:
    """Return the names of the fields of a text; none where the text is mistaken."""
    parts = _read(text)
    if isinstance(parts, Message):
        return frozenset()
    return frozenset(part.name for part in parts if isinstance(part, Field))


def mistakes(text: str) -> Message | None:
    """Return what is wrong with a text, with its place and its cure; None when it can be filled in."""
    if len(text) > TEXT_LIMIT:
        return letters.is_too_long(len(text), TEXT_LIMIT)
    parts = _read(text)
    if isinstance(parts, Message):
        return parts
    return letters.grows_too_long() if letters.growth(parts) > letters.WRITTEN_LIMIT else None


def fault(text: str, fields: Mapping[str, str]) -> Message | None:
    """Return what is wrong with a text once it is filled in for somebody; None when nothing is."""
    wrong = mistakes(text)
    if wrong is not None or not has_fields(text):
        return wrong
    length = len(rendered(text, fields))
    return letters.is_too_long(length, letters.WRITTEN_LIMIT) if length > letters.WRITTEN_LIMIT else None


def rendered(text: str, fields: Mapping[str, str]) -> str:
    """Return a text with its fields filled in; `fields` has (at least) those of `fields_in`.

    Raises:
        Refusal: the text is mistaken.
    """
    if not has_fields(text):
        return text
    parts = _read(text)
    if isinstance(parts, Message):
        raise Refusal(parts.text, **parts.values)
    return letters.written(parts, fields)


def fields_of(
    contact: Contact | None, salesperson: Person | None, segment: Segment, day: date
) -> Mapping[str, str]:
    """Return what stands in each field on one line; `day` is the line's date: a run over midnight writes one."""
    locale = _locale(contact.language if contact else "", salesperson.locale if salesperson else "")
    return {
        **_of_contact(contact, locale),
        "salesperson.name": salesperson.name if salesperson else "",
        "salesperson.email": salesperson.email or "" if salesperson else "",
        "salesperson.code": salesperson.code if salesperson else "",
        "segment.number": segment.number,
        "segment.description": segment.description,
        "today": _said(day, locale),
    }


def environment(*, autoescape: bool) -> ImmutableSandboxedEnvironment:
    """Return a Jinja2 environment that knows our filters and nothing else; look at `unfit` before it renders."""
    made = ImmutableSandboxedEnvironment(autoescape=autoescape, undefined=StrictUndefined)
    made.globals.clear()
    made.tests.clear()
    made.filters.clear()
    made.filters.update(letters.FILTERS)
    made.filters[letters.DEFAULT] = letters.default
    return made


def unfit(tree: nodes.Template) -> Message | None:
    """Return what in a parsed template is no text and no field; None when it may be rendered."""
    try:
        for piece in _pieces(tree):
            if not isinstance(piece, nodes.TemplateData):
                _field(piece, "…")
    except _Unfit as found:
        return found.message
    return None


def _pieces(tree: nodes.Template) -> Iterator[nodes.Expr]:
    for node in tree.body:
        if not isinstance(node, nodes.Output):
            raise _Unfit(letters.is_too_much(type(node).__name__))
        yield from node.nodes


@lru_cache(maxsize=512)
def _read(text: str) -> Parts | Message:
    parts: list[str | Field] = []
    at = 0
    try:
        for number, piece in enumerate(_BRACES.split(text)):
            parts.append(_part(piece) if number % 2 else _plain(piece))
            at += len(piece) + len("{{}}") * (number % 2)
    except _Unfit as found:
        return _placed(found.message, text, at + found.offset)
    return tuple(parts)


def _placed(message: Message, text: str, offset: int) -> Message:
    """Return what is wrong, with its line where the text has several."""
    if "\n" not in text:
        return message
    return Message("Line {line}: {what}", {"line": text.count("\n", 0, offset) + 1, "what": message})


def _plain(piece: str) -> str:
    opened = piece.find(_OPENS)
    if opened >= 0:
        raise _Unfit(letters.has_no_end(piece[opened:]), opened)
    return piece


@lru_cache(maxsize=2048)
def _part(source: str) -> Field:
    if len(source) > letters.FIELD_LIMIT:
        raise _Unfit(letters.is_too_much(source))
    try:
        tree = _parser().parse(_OPENS + source + "}}")
    except _UNREADABLE as error:
        raise _Unfit(letters.is_too_much(source)) from error
    pieces = list(_pieces(tree))
    if len(pieces) != 1:
        raise _Unfit(letters.is_too_much(source))
    return _field(pieces[0], source)


@lru_cache(maxsize=1)
def _parser() -> ImmutableSandboxedEnvironment:
    return environment(autoescape=False)


def _field(node: nodes.Expr, source: str) -> Field:
    if isinstance(node, nodes.Filter) and node.node is not None:
        inner = _field(node.node, source)
        return Field(inner.name, (*inner.filters, _filter(node, source)))
    name = _dotted(node)
    if name is None:
        raise _Unfit(letters.is_too_much(source))
    if name not in letters.FIELDS:
        raise _Unfit(letters.is_no_field(name))
    return Field(name)


def _dotted(node: nodes.Node) -> str | None:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr) and (before := _dotted(node.node)):
        return f"{before}.{node.attr}"
    return None


def _filter(node: nodes.Filter, source: str) -> Callable[[str], str]:
    if node.kwargs or node.dyn_args or node.dyn_kwargs:
        raise _Unfit(letters.is_too_much(source))
    if node.name == letters.DEFAULT:
        return partial(letters.default, instead=_instead(node.args, source))
    if node.name not in letters.FILTERS:
        raise _Unfit(letters.is_no_filter(node.name))
    if node.args:
        raise _Unfit(letters.is_too_much(source))
    return letters.FILTERS[node.name]


def _instead(given: Sequence[nodes.Expr], source: str) -> str:
    if len(given) != 1 or not isinstance(given[0], nodes.Const):
        raise _Unfit(letters.is_too_much(source))
    instead = str(given[0].value)
    if NEVER_WRITTEN.search(instead):
        raise _Unfit(letters.is_too_much(source))
    return instead


def _of_contact(contact: Contact | None, locale: Locale) -> dict[str, str]:
    if contact is None:
        return dict.fromkeys((name for name in letters.FIELDS if name.startswith("contact.")), "")
    return {
        "contact.name": contact.name,
        "contact.first_name": letters.first_name(contact),
        "contact.salutation": contact.salutation,
        "contact.company": contact.company_name if contact.is_person else contact.name,
        "contact.job_title": contact.job_title,
        "contact.address": contact.address,
        "contact.post_code": contact.post_code,
        "contact.city": contact.city,
        "contact.country": str(locale.territories.get(contact.country, contact.country)),
        "contact.phone": contact.phone or contact.mobile,
        "contact.email": contact.email,
    }


@lru_cache(maxsize=64)
def _locale(*wishes: str) -> Locale:
    """Return the first language that there is; English where there is none."""
    for wish in wishes:
        try:
            return Locale.parse(wish.replace("-", "_"))
        except (ValueError, UnknownLocaleError, TypeError):
            continue
    return Locale("en", "GB")


@lru_cache(maxsize=256)
def _said(day: date, locale: Locale) -> str:
    return format_date(day, "long", locale=locale)
