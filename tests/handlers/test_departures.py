"""Taking over the drafts of somebody who left: from /log drafts and from App Home (`product.md` 5)."""

from dataclasses import replace

from seat import Seat

from bot.domain.people import Role
from bot.playground.seeds import ADA, WIM
from tests.handlers.walks import fills


def leaves_something(eva: Seat, anna: int, comment: str) -> Seat:
    """Let Wim postpone something and leave; return Ada's seat, who is an admin."""
    wim, ada = eva.at(WIM), eva.at(ADA)
    fills(wim, anna, comment=comment)
    wim.leaves()
    wim.hears("Postponed:")
    admin, left = replace(ada.person, role=Role.ADMIN), replace(wim.person, active=False)
    with eva.bot.store.begin(eva.workspace) as work:
        work.people.change(admin)
        work.people.change(left)
    return ada


def test_from_the_list_that_shows_it_at_once(eva: Seat, anna: int) -> None:
    ada = leaves_something(eva, anna, "asked about delivery")
    ada.types("/log drafts")
    said = ada.hears("has left: 1 postponed interaction")
    assert "asked about delivery" not in said.text
    ada.presses_on(said, "take_over")
    taken = ada.hears("You took over from Wim Peeters: 1 postponed interaction.")
    assert "asked about delivery" in taken.text
    assert "has left" not in taken.text
    ada.presses_on(taken, "resume")
    assert ada.holds("comment") == "asked about delivery"
    assert ada.submits().acked
    ada.hears("Logged:")


def test_from_app_home(eva: Seat, anna: int) -> None:
    ada = leaves_something(eva, anna, "asked about delivery")
    ada.acts.open_home(ada.user)
    ada.sees(lambda: "has left: 1 postponed interaction" in ada.desk)
    ada.presses_at_home("take_over")
    ada.sees(lambda: "asked about delivery" in ada.desk)
    assert "has left" not in ada.desk


def test_nothing_is_offered_to_others(eva: Seat, anna: int) -> None:
    leaves_something(eva, anna, "asked about delivery")
    eva.types("/log drafts")
    said = eva.hears("Nothing is waiting")
    assert "has left" not in said.text


def test_pressed_twice_the_second_hears_that_it_is_done(eva: Seat, anna: int) -> None:
    ada = leaves_something(eva, anna, "asked about delivery")
    ada.types("/log drafts")
    said = ada.hears("has left: 1 postponed interaction")
    ada.bot.services["departures"].take_over(ada.person, eva.at(WIM).person.id)
    ada.presses_on(said, "take_over")
    ada.hears("somebody was first")
