"""Whom a text names: what may be a name in it, and who of those found is meant."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.contacts import Contact, ContactType
from bot.domain.folding import fold
from bot.domain.ids import ContactId
from bot.domain.named import MOST_ADDRESSES, MOST_NAMES, addresses_in, meant, names_in

FJORDBYGG, BRUG, BRUG_HOLDING, NORDLYS = 1, 2, 3, 4
ANNA, ANNA_OF_BRUG, ANNA_HANSEN, KARI, OLA = 11, 12, 13, 14, 15


def company(number: int, name: str) -> Contact:
    return Contact(id=ContactId(number), number=f"C{number}", type=ContactType.COMPANY, name=name)


def person(number: int, name: str, employer: int | None = None) -> Contact:
    works_for = None if employer is None else ContactId(employer)
    return Contact(
        id=ContactId(number), number=f"C{number}", type=ContactType.PERSON, name=name, company=works_for
    )


BOOK = {
    one.id: one
    for one in (
        company(FJORDBYGG, "Fjordbygg AS"),
        company(BRUG, "De Brug NV"),
        company(BRUG_HOLDING, "Grote De Brug NV Holding"),
        company(NORDLYS, "Nordlys"),
        person(ANNA, "Anna Berg", FJORDBYGG),
        person(ANNA_OF_BRUG, "Anna Berg", BRUG),
        person(ANNA_HANSEN, "Anna Berg Hansen"),
        person(KARI, "Kari Nes", FJORDBYGG),
        person(OLA, "Ola"),
    )
}


def found(text: str, *known: int) -> list[Contact]:
    names = names_in(text)
    return [BOOK[ContactId(one)] for one in known or BOOK if fold(BOOK[ContactId(one)].name) in names]


def about(text: str, *known: int) -> int | None:
    guess = meant(found(text, *known))
    return None if guess is None else guess.id


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("De Brug NV wants a quote", "de brug nv"),
        ("Met with Bakker en Zonen Holding BV.", "bakker en zonen holding bv"),
        ("the offer for Jansen B.V. is late", "jansen b.v."),
        ("O'Connor-Ødegård, Zoë", "o'connor-odegard,|zoe"),
        ("Anna Berg's new address", "anna berg"),
        ("*Anna Berg*, (Fjordbygg AS): yes!", "anna berg|fjordbygg as"),
        ("Brus & Vin AS", "brus & vin as"),
        ("anna berg called", "anna berg"),
        ("Anna\nBerg", "anna berg"),
        ("2-Takt BV", "2-takt bv"),
    ],
)
def test_names_as_people_write_them(text: str, names: str) -> None:
    assert {name.strip(",") for name in names.split("|")} <= set(names_in(text))


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Spoke with De Brug NV about forty more", BRUG),
        ("fjordbygg AS is interested; Fjordbygg AS pays late", FJORDBYGG),
        ("Nordlys rang", NORDLYS),
        ("Kari Nes rang", KARI),
        ("Kari Nes of Fjordbygg AS rang", KARI),
        ("Kari Nes rang about Nordlys", None),
        ("Anna Berg rang", None),
        ("Anna Berg of De Brug NV rang", ANNA_OF_BRUG),
        ("Anna Berg Hansen rang", ANNA_HANSEN),
        ("Grote De Brug NV Holding rang", BRUG_HOLDING),
        ("Anna Berg of De Brug NV and Kari Nes", None),
        ("De Brug NV and Fjordbygg AS", None),
        ("Ola rang", None),
        ("Somebody rang", None),
        ("", None),
    ],
)
def test_the_one_who_is_meant(text: str, who: int | None) -> None:
    assert about(text) == who


def test_an_address_tells_people_of_one_name_apart() -> None:
    both = [BOOK[ContactId(one)] for one in (ANNA, ANNA_OF_BRUG)]
    assert meant(both) is None
    reached = meant(both, frozenset({ContactId(ANNA)}))
    assert reached is not None
    assert reached.id == ANNA
    assert meant([BOOK[ContactId(OLA)]], frozenset({ContactId(OLA)})) is not None


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("mail from Zoe@DeBrug.example: a quote", ("zoe@debrug.example",)),
        ("<mailto:zoe@debrug.example|zoe@debrug.example>, kari@x.no.", ("zoe@debrug.example", "kari@x.no")),
        ("no@@address here", ()),
    ],
)
def test_addresses_as_they_stand_in_texts(text: str, addresses: tuple[str, ...]) -> None:
    assert addresses_in(text) == addresses


@pytest.mark.parametrize("words", ["A B C ", "x", "a@b ", "@", "Ød é ", "De Brug NV ", "'s", "...", "\u200f"])
def test_hostile_texts_are_read_at_once_and_ask_for_little(words: str) -> None:
    text = (words * 10_000)[:10_000]
    began = time.thread_time()
    assert len(names_in(text)) <= MOST_NAMES
    assert len(addresses_in(text)) <= MOST_ADDRESSES
    assert time.thread_time() - began < 0.5


@given(before=st.text(max_size=40), after=st.text(max_size=40))
def test_a_name_is_found_whatever_stands_around_it(before: str, after: str) -> None:
    assert "de brug nv" in names_in(f"{before} De Brug NV {after}")


@given(st.permutations(list(BOOK.values())))
def test_the_order_of_what_is_found_decides_nothing(known: list[Contact]) -> None:
    for size in range(len(known)):
        first, second = meant(known[:size]), meant(known[:size][::-1])
        assert first == second
