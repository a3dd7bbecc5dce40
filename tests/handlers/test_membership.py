"""Filling a segment through Slack: criteria counted first, lists pasted and mended, criteria saved and reused."""

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from seat import Seat
from sqlalchemy import text

from bot.domain.contacts import match_key, search_text
from bot.domain.ids import ContactId
from bot.playground.messages import Message
from bot.playground.places import Place
from bot.services.membership import Membership
from handlers import acks


@pytest.fixture
def mailing(eva: Seat) -> Message:
    """The message of a segment, in a workspace with contacts in two cities."""
    eva.knows("Anna Berg", city="Bergen")
    eva.knows("Ola Moe", city="Bergen")
    eva.knows("Kari Nes", city="Oslo", exclude_from_segment=True)
    eva.knows("Liv Dahl", city="Oslo")
    return made(eva, "Autumn mailing")


def made(eva: Seat, name: str) -> Message:
    eva.types(f"/segment new {name}")
    eva.submits()
    return eva.hears(f"{name}\n0 contacts")


def ticks(eva: Seat, field: str, *labels: str) -> None:
    """Choose some of what a search offers."""
    offered = eva.searches("", field)
    options = [{"text": {"type": "plain_text", "text": one}, "value": offered[one]} for one in labels]
    place = Place.view(eva.view.id)
    eva.acts.choose(eva.user, place, eva.block(field), "field", {"selected_options": options})


def adds(eva: Seat, message: Message, *cities: str) -> None:
    eva.presses_on(message, "add_contacts")
    ticks(eva, "by_cities", *cities)
    eva.submits()
    eva.submits()


def test_contacts_are_counted_before_they_join(eva: Seat, mailing: Message) -> None:
    eva.presses_on(mailing, "add_contacts")
    assert "Mailing group" not in eva.labels()
    ticks(eva, "by_cities", "Bergen", "Oslo")
    eva.submits()
    for words in (
        "city Bergen or Oslo",
        "Adds 3, already in: 0, skips 1",
        "Skipped, 1 excluded from segments: Kari Nes",
    ):
        assert words in eva.reads()
    assert eva.view.spec["submit"]["text"] == "Add 3"
    eva.submits()
    message = eva.hears("3 contacts")
    assert "Built by: + city Bergen or Oslo" in message.text
    eva.sees(lambda: eva.slack.workspace.top(eva.user) is None)


def test_reduce_refine_and_go_back(eva: Seat, mailing: Message) -> None:
    adds(eva, mailing, "Bergen", "Oslo")
    eva.presses_on(eva.hears("3 contacts"), "refine_contacts")
    ticks(eva, "by_cities", "Bergen")
    eva.submits()
    assert "Keeps 2, takes out 1." in eva.reads()
    eva.submits()
    message = eva.hears("2 contacts")
    assert "refined to city Bergen" in message.text
    eva.presses_on(message, "go_back")
    eva.hears("3 contacts")


def test_an_emptied_segment_starts_anew(eva: Seat, mailing: Message) -> None:
    adds(eva, mailing, "Bergen")
    eva.presses_on(eva.hears("2 contacts"), "reduce_contacts")
    ticks(eva, "by_cities", "Bergen")
    eva.submits()
    assert "Takes out 2, 0 stay." in eva.reads()
    eva.submits()
    eva.sees_form("Nobody is left")
    assert "SEG0001 · Autumn mailing has no contacts any more." in eva.reads()
    eva.submits()
    eva.hears("No contacts yet.")


def test_nothing_is_offered_where_nobody_would_join(eva: Seat, mailing: Message) -> None:
    eva.presses_on(mailing, "add_contacts")
    eva.writes("by_words", "nobody of this name")
    eva.submits()
    assert "Adds 0" in eva.reads()
    assert "submit" not in eva.view.spec


def test_a_beginning_of_a_post_code_can_be_chosen(eva: Seat, mailing: Message) -> None:
    eva.presses_on(mailing, "add_contacts")
    assert eva.searches("50", "by_post_codes") == {"50… (all that begin so)": "50*"}


def test_countries_are_found_and_told_by_their_names(eva: Seat, mailing: Message) -> None:
    known = ContactId(eva.knows("Liv Aas"))
    with eva.bot.store.begin(eva.workspace) as work:
        liv = work.contacts.get(known)
        assert liv is not None
        work.contacts.change(replace(liv, country="NO"), search_text(liv), match_key(liv))
    eva.presses_on(mailing, "add_contacts")
    assert eva.searches("norw", "by_countries") == {"Norway": "NO"}
    assert eva.searches("no", "by_countries") == {"Norway": "NO"}
    assert eva.searches("belg", "by_countries") == {}
    ticks(eva, "by_countries", "Norway")
    eva.submits()
    assert "country Norway" in eva.reads()


def test_an_empty_list_is_asked_for(eva: Seat, mailing: Message) -> None:
    eva.presses_on(mailing, "paste_list")
    eva.writes("pasted", "  \n")
    assert eva.submits().errors == {"pasted": "Paste a line or more, or close."}


def test_what_a_list_does_not_tell_is_mended(eva: Seat, mailing: Message) -> None:
    eva.knows("Anna Bull", company_name="Fjordbygg AS")
    eva.knows("Ola  Moe", company_name="Havfisk", email="ola@havfisk.example")
    eva.presses_on(mailing, "paste_list")
    eva.writes("pasted", "Anna Bull, Fjordbygg\nOla Moe\nLiv Dal\nola@havfisk.example\nKari Nes")
    eva.submits()
    assert "2 contacts were added." in eva.reads()
    assert "Excluded from segments: Kari Nes." in eva.reads()
    assert eva.labels() == ["Who is “Ola Moe”?", "Mend these lines"]
    assert eva.holds("pasted") == "Liv Dal"
    eva.writes("pasted", "Liv Dahl")
    offered = eva.options("meant1_0")
    assert list(offered)[-1] == "None of these"
    eva.picks("meant1_0", next(value for label, value in offered.items() if "Havfisk" not in label))
    eva.submits()
    eva.hears("4 contacts")


def test_lines_that_were_not_read_come_first_in_what_is_to_be_mended(eva: Seat, mailing: Message) -> None:
    eva.presses_on(mailing, "paste_list")
    eva.writes("pasted", "\n".join([*(f"Q{number}" for number in range(500)), "Last"]))
    eva.submits()
    assert "1 line is still to be read." in eva.reads()
    assert eva.holds("pasted").startswith("Last\nQ0\n")


def test_criteria_are_saved_and_reused(eva: Seat, mailing: Message) -> None:
    eva.presses_on(mailing, "reuse_criteria")
    assert "No criteria are saved yet." in eva.reads()
    eva.leaves()
    eva.presses_on(mailing, "save_criteria")
    assert "has no criteria yet" in eva.hears("no criteria yet").text
    adds(eva, mailing, "Bergen")
    message = eva.hears("2 contacts")
    eva.presses_on(message, "save_criteria")
    eva.writes("criteria_code", "autumn")
    eva.submits()
    assert "Saved as AUTUMN." in eva.reads()
    eva.leaves()
    eva.presses_on(message, "save_criteria")
    eva.writes("criteria_code", "AUTUMN")
    assert eva.submits().errors == {"criteria_code": "There are criteria AUTUMN already."}
    eva.leaves()
    eva.presses_on(made(eva, "Winter mailing"), "reuse_criteria")
    eva.chooses("saved_criteria", "AUTUMN · Autumn mailing")
    eva.submits()
    eva.hears("Winter mailing\n2 contacts")


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make counting and joining take longer than the patience that is left."""
    monkeypatch.setattr(acks, "PATIENCE_SECONDS", 0.01)

    def late(done: Callable[..., object]) -> Callable[..., object]:
        def wait(*args: object, **facts: object) -> object:
            time.sleep(0.4)
            return done(*args, **facts)

        return wait

    for name in ("count", "apply"):
        monkeypatch.setattr(Membership, name, late(getattr(Membership, name)))


@pytest.mark.usefixtures("slowly")
def test_where_counting_takes_long_the_filters_stay_below_and_the_end_is_told(
    eva: Seat, mailing: Message
) -> None:
    eva.presses_on(mailing, "add_contacts")
    ticks(eva, "by_cities", "Bergen")
    eva.submits()
    assert "it takes some seconds" in eva.reads()
    eva.sees(lambda: "Adds 2" in eva.reads())
    eva.leaves()
    assert eva.block("by_cities")
    eva.submits()
    eva.sees(lambda: "Adds 2" in eva.reads())
    eva.submits()
    eva.sees(lambda: "2 contacts were added." in eva.reads())


@pytest.mark.usefixtures("slowly")
def test_what_is_refused_after_a_long_time_is_told(eva: Seat, mailing: Message) -> None:
    eva.presses_on(mailing, "add_contacts")
    ticks(eva, "by_cities", "Bergen")
    eva.submits()
    eva.sees(lambda: "Adds 2" in eva.reads())
    with eva.bot.store.begin(eva.workspace) as work:
        work.access.connection.execute(text("UPDATE segments SET state = 'logging'"))
    eva.submits()
    eva.sees_form("Not possible")
