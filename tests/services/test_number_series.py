"""Number series as admins set them up (`domain.md` 1.17): unique, and never the same number twice."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office import Office

from bot.domain.contacts import ContactType
from bot.domain.messages import Message, Refusal
from bot.domain.number_series import Series, SeriesCode, SeriesField, TypedSeries, read_series
from bot.domain.people import Person
from bot.services.contact_import import ContactImport
from bot.services.contacts import Typed
from bot.services.number_series import NumberSeries


@pytest.fixture
def ada(office: Office) -> Person:
    return office.joins("Ada", admin=True)


@pytest.fixture
def series(office: Office) -> NumberSeries:
    return NumberSeries(office.store)


def typed(**facts: Any) -> TypedSeries:
    return TypedSeries(**{"prefix": "K", "next": "700", "digits": "5", **facts})


def changes(series: NumberSeries, ada: Person, **facts: Any) -> dict[SeriesField, Message]:
    return series.change(ada, series.one(ada, SeriesCode.CONTACT), typed(**facts))


def contact(office: Office, ada: Person, name: str = "Anna Berg") -> str:
    made = office.contacts.create(ada, f"key:{name}", Typed(type=ContactType.PERSON, name=name))
    return made.number


def test_contacts_are_numbered_as_the_series_says(office: Office, series: NumberSeries, ada: Person) -> None:
    assert contact(office, ada) == "CT000001"
    assert changes(series, ada, prefix=" k-") == {}
    assert [contact(office, ada, name) for name in ("Bo", "Kari")] == ["K-00700", "K-00701"]


def test_a_number_left_alone_goes_on_where_the_series_stands(
    office: Office, series: NumberSeries, ada: Person
) -> None:
    shown = series.one(ada, SeriesCode.CONTACT)
    contact(office, ada)
    assert series.change(ada, shown, typed(prefix="CT", next=str(shown.next))) == {}
    assert series.one(ada, SeriesCode.CONTACT).number == "CT00002"


def test_a_series_that_would_give_a_number_again_is_refused(
    office: Office, series: NumberSeries, ada: Person
) -> None:
    for name in ("Anna", "Bo", "Kari"):
        contact(office, ada, name)
    wrong = changes(series, ada, prefix="CT", next="3", digits="6")
    assert wrong[SeriesField.NEXT].values == {"number": "CT000003"}
    assert changes(series, ada, prefix="CT", next="3", digits="5") == {}
    assert contact(office, ada, "Zoe") == "CT00003"


def test_an_import_goes_on_in_the_series_as_it_is_now(
    office: Office, series: NumberSeries, ada: Person, imports: ContactImport, tmp_path: Any
) -> None:
    changes(series, ada, next="7")
    file = tmp_path / "contacts.csv"
    file.write_text("No.,Name\nK00007,Anna Berg\nCT000500,Bo Dahl\n", encoding="utf-8")
    imports.run(office.workspace, None, file)
    assert contact(office, ada, "Kari Nes") == "K00008"


def test_numbers_stay_unique_while_the_series_changes(
    office: Office, series: NumberSeries, ada: Person
) -> None:
    def makes(who: str) -> list[str]:
        return [contact(office, ada, f"{who} {number}") for number in range(6)]

    with ThreadPoolExecutor(3) as pool:
        made = [pool.submit(makes, who) for who in ("Anna", "Bo", "Kari")]
        for prefix in ("K", "CT", "K"):
            shown = series.one(ada, SeriesCode.CONTACT)
            again = TypedSeries(prefix=prefix, next=str(shown.next), digits="6")
            assert series.change(ada, shown, again) == {}
        numbers = [number for one in made for number in one.result()]
    assert len(set(numbers)) == len(numbers) == 18
    assert series.one(ada, SeriesCode.CONTACT).next == 19


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"prefix": "ELEVENCHARS"}, SeriesField.PREFIX),
        ({"prefix": "a b"}, SeriesField.PREFIX),
        ({"next": "0"}, SeriesField.NEXT),
        ({"next": "-1"}, SeriesField.NEXT),
        ({"next": "1.5"}, SeriesField.NEXT),
        ({"next": "९"}, SeriesField.NEXT),
        ({"next": "9" * 400}, SeriesField.NEXT),
        ({"digits": "10"}, SeriesField.DIGITS),
        ({"digits": ""}, SeriesField.DIGITS),
    ],
)
def test_what_is_wrong_is_said_at_its_field(wrong: dict[str, str], field: SeriesField) -> None:
    assert [*typed(**wrong).problems()] == [field]


def test_segments_may_be_numbered_by_hand(office: Office, series: NumberSeries, ada: Person) -> None:
    shown = series.one(ada, SeriesCode.SEGMENT)
    series.change(ada, shown, typed(prefix="SEG", next="1", digits="4", manual=True))
    with office.store.read(office.workspace) as work:
        assert work.numbers.manual(SeriesCode.SEGMENT)


def test_nobody_but_admins_changes_a_series(office: Office, series: NumberSeries) -> None:
    eva, ada = office.joins("Eva"), office.joins("Ada", admin=True)
    with pytest.raises(Refusal, match="Only an admin"):
        series.change(eva, series.one(ada, SeriesCode.CONTACT), typed())


def test_the_second_of_two_admins_is_told(series: NumberSeries, ada: Person) -> None:
    shown = series.one(ada, SeriesCode.CONTACT)
    series.change(ada, shown, typed(digits="3"))
    with pytest.raises(Refusal) as refusal:
        series.change(ada, shown, typed(prefix="CT", next="1", digits="7"))
    assert refusal.value.message.values == {"number": "K700"}


@given(first=st.integers(1, 2000), digits=st.integers(1, 5), later=st.integers(0, 3000))
def test_a_series_knows_every_number_that_it_will_give(first: int, digits: int, later: int) -> None:
    one = Series(code=SeriesCode.CONTACT, prefix="CT", next=first, digits=digits)
    assert read_series(one.written) == one
    number = f"CT{first + later:0{digits}d}"
    assert one.will_give(number)
    assert not one.will_give(number + "A")
    assert not one.will_give(f"CT0{first + later:0{digits}d}")
    assert not Series(code=one.code, prefix="CT", next=first + later + 1, digits=digits).will_give(number)
