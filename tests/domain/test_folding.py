import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.folding import asked, compact, fold, words


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Bjørn Ødegård", "bjorn odegard"),
        ("Zoë Ångström", "zoe angstrom"),
        ("Æsop Ærlig", "aesop aerlig"),
        ("Straße GROẞ", "strasse gross"),
        ("Łukasz Wałęsa", "lukasz walesa"),
        ("Đorđe Þór Eiður", "dorde thor eidur"),
        ("Œuvre Cœur", "oeuvre coeur"),
        ("ISTANBUL İzmir ısı", "istanbul izmir isi"),
        ("Ghaƒŧaħ", "ghaƒtah"),
        ("O’Connor O`Connor OʼConnor", "o'connor o'connor o'connor"),
        ("Jean‑Luc – Paul", "jean-luc - paul"),
        ("  De\u00a0\t Brug\nNV ", "de brug nv"),
        ("Full wi\u00addth\u200b", "full width"),
        ("", ""),
        ("🚀 Ας", "🚀 ας".replace("ς", "σ")),
    ],
)
def test_letters_fold_to_what_people_type(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_case_and_composition_make_no_difference(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    assert not any(unicodedata.combining(c) for c in fold(text))


@given(st.text())
def test_folded_text_has_single_spaces_within_alone(text: str) -> None:
    assert fold(text) == " ".join(fold(text).split())


@pytest.mark.parametrize(
    "sought",
    [
        "oconnor",
        "connor",
        "odegard",
        "o'connor",
        "O’Connor-Ø",
        "Ødegård",
        "zoe",
        "o connor",
        "oconnorodegard",
    ],
)
def test_a_double_name_is_found_in_every_way_people_type_it(sought: str) -> None:
    index = words("Zoë O'Connor-Ødegård")
    assert asked(sought)
    assert all(any(word.startswith(part) for word in index) for part in asked(sought))


def test_apostrophes_close_up_within_a_double_name() -> None:
    assert {"oconnor", "connor", "odegard"} <= set(words("Ødegård-O'Connor"))


@pytest.mark.parametrize(
    ("text", "found_under"),
    [
        ("Anna Berg", ("anna", "berg")),
        ("anna Anna", ("anna",)),
        ("Coca-Cola A/S", ("coca", "cola", "cocacola", "a", "s", "as")),
        ("anna.berg@brug.be", ("anna", "berg", "annaberg", "brug", "be", "brugbe")),
        ("'t Hooft", ("t", "hooft")),
        ("🚀 --- _", ()),
    ],
)
def test_words(text: str, found_under: tuple[str, ...]) -> None:
    assert words(text) == found_under


@given(st.text())
def test_whoever_types_the_whole_name_finds_it(name: str) -> None:
    index = words(name)
    assert all(any(word.startswith(part) for word in index) for part in asked(name))
    assert len(set(index)) == len(index)


def test_compact_joins_what_a_hyphen_parts() -> None:
    assert compact("E-mail") == compact("email") == compact("e mail") == "email"
