"""`/log find`: whatever is typed is taken apart and put together again; what it means, and what is in doubt."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.entries import Filter, Standing
from bot.domain.find import Key, Part, Readers, Sense, Understanding, format_parts, parse, understand
from bot.domain.find_words import readers
from bot.domain.folding import asked
from bot.domain.ids import ContactId
from bot.domain.interactions import Evaluation

TODAY = date(2026, 11, 20)
PEOPLE = {"anna berg": 1, "anna bergmans": 2, "bo dahl": 3}


def with_(number: int, wanted: Filter) -> Filter:
    return replace(wanted, contact=ContactId(number))


def contact(typed: str) -> tuple[Sense, ...]:
    said = asked(typed)
    found = [
        (name, number)
        for name, number in PEOPLE.items()
        if said and all(any(one.startswith(word) for one in name.split()) for word in said)
    ]
    return tuple(Sense(name, partial(with_, number)) for name, number in found)


READERS: Readers = {
    **dict.fromkeys(Key, lambda typed: ()),
    **readers(TODAY, lambda typed: TODAY if typed in ("today", "fri", "20 nov") else None),
    Key.WITH: contact,
}


def read(line: str) -> Understanding:
    return understand(parse(line), READERS, Filter())


PIECES = st.sampled_from(
    [
        '"',
        "“",
        "”",
        "«",
        "»",
        "with:",
        "by:",
        "<@U1|Eva B>",
        "&lt;",
        "anna",
        "berg",
        " ",
        "  ",
        ":",
        "Ø",
        "last:30d",
    ]
)


@given(st.text(max_size=60) | st.lists(PIECES, max_size=14).map("".join))
def test_whatever_is_typed_is_taken_apart_and_put_together_again(line: str) -> None:
    parts = parse(line)
    assert parse(format_parts(parts)) == parts
    understand(parts, READERS, Filter())


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ('"price list" with:anna', (Part("price list", quoted=True), Part("anna", key=Key.WITH))),
        ("„price list“ x", (Part("price list", quoted=True), Part("x"))),
        ('WITH:"Anna Berg"', (Part("Anna Berg", quoted=True, key=Key.WITH),)),
        ("by:<@U1|eva>", (Part("<@U1|eva>", key=Key.BY),)),
        ("12:30 http://x.example with:", (Part("12:30"), Part("http://x.example"), Part("with:"))),
        ('5" pipe', (Part('5"'), Part("pipe"))),
        ("R&amp;D", (Part("R&D"),)),
    ],
)
def test_words_quotes_and_conditions(line: str, parts: tuple[Part, ...]) -> None:
    assert parse(line) == parts


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("price list", Filter(text="price list")),
        (
            '"price list" with:bo last:30d',
            Filter(text="price list", contact=ContactId(3), first=TODAY - timedelta(29)),
        ),
        ("with:anna bergm price", Filter(text="price", contact=ContactId(2))),
        ("on:20 nov late", Filter(text="late", first=TODAY, last=TODAY)),
        ("from:fri is:canceled", Filter(first=TODAY, standing=Standing.CANCELED)),
        ("is:all is:failed", Filter(standing=Standing.ALL, failed=True)),
        ("last:2w", Filter(first=TODAY - timedelta(13))),
        ("last:month", Filter(first=date(2026, 10, 20))),
        ("last:1år", Filter(first=date(2025, 11, 20))),
        (
            "eval:very positive eval:-",
            Filter(evaluations=frozenset({Evaluation.VERY_POSITIVE, Evaluation.NEGATIVE})),
        ),
        ("12:30 – !", Filter(text="12:30")),
    ],
)
def test_what_a_line_asks_for(line: str, wanted: Filter) -> None:
    found = read(line)
    assert (found.filter, found.unread, found.doubt) == (wanted, (), None)


def test_who_may_be_several_is_asked_and_the_rest_is_kept() -> None:
    found = read("price with:anna last:7d")
    assert found.doubt == Part("anna", key=Key.WITH)
    assert [sense.name for sense in found.senses] == ["anna berg", "anna bergmans"]
    assert found.senses[1].narrow(found.filter) == Filter(
        text="price", contact=ContactId(2), first=TODAY - timedelta(6)
    )


@pytest.mark.parametrize(
    ("line", "typed", "meant"),
    [
        ("with:zoe price", "with:zoe", None),
        ('on:"next week"', 'on:"next week"', None),
        ("wiht:anna", "wiht:anna", Key.WITH),
        ("is:strange", "is:strange", None),
        ("last:9x", "last:9x", None),
    ],
)
def test_what_is_not_understood_is_named_and_narrows_nothing(
    line: str, typed: str, meant: Key | None
) -> None:
    found = read(line)
    assert [(one.part.typed, one.meant) for one in found.unread] == [(typed, meant)]
    assert found.filter in (Filter(), Filter(text="price"))
