"""Teams as an admin sets them up in Slack."""

import pytest
from seat import Seat

from bot.domain.people import Role
from bot.playground.places import Place
from bot.playground.seeds import ADA, EVA, MAX, WIM

GROUP = "S0SALES001"


@pytest.fixture
def ada(eva: Seat) -> Seat:
    """An admin on the Teams page; Eva and Max have used Saleslog, Wim has not."""
    for seat in (eva, eva.at(MAX)):
        seat.types("/log help")
        seat.hears("Log an interaction")
    ada = eva.at(ADA)
    ada.types("/log setup")
    ada.sees_form("Setup")
    ada.presses("teams")
    ada.sees_form("Teams")
    return ada


def picks_all(seat: Seat, field: str, words: str) -> None:
    found = seat.searches(words, field).items()
    options = [{"text": {"type": "plain_text", "text": label}, "value": value} for label, value in found]
    place = Place.view(seat.view.id)
    seat.acts.choose(seat.user, place, seat.block(field), "field", {"selected_options": options})


def makes_a_team(ada: Seat, name: str, managers: str) -> None:
    ada.presses("new_team")
    ada.sees_form("New team")
    ada.writes("team_name", name)
    picks_all(ada, "team_managers", managers)
    ada.submits()
    ada.sees_form("Team")


def follows(ada: Seat) -> None:
    ada.presses("follow_group")
    ada.sees_form("Follow a user group")
    assert ada.searches("@SALES", "user_group") == {"@sales-team": GROUP}
    ada.picks("user_group", GROUP)
    ada.submits()
    ada.sees(lambda: "follows @sales-team now" in ada.reads())


def test_an_admin_makes_teams_and_moves_people(ada: Seat, eva: Seat) -> None:
    makes_a_team(ada, "North Sea", "max")
    assert eva.at(MAX).person.role is Role.MANAGER
    for team in ("North Sea", "South"):
        ada.presses("add_to_team")
        ada.sees_form("Add people")
        picks_all(ada, "team_members", "eva")
        ada.submits()
        ada.sees(lambda: "Added: Eva Lindqvist-Bakke" in ada.reads())
        if team == "North Sea":
            ada.presses("teams")
            ada.sees_form("Teams")
            assert "North Sea · Max Aubert · 1 person" in ada.reads()
            makes_a_team(ada, "South", "nobody at all")
    assert "Added: Eva Lindqvist-Bakke (from North Sea)." in ada.reads()
    ada.presses("take_out")
    ada.sees(lambda: "Nobody belongs to this team yet." in ada.reads())
    ada.presses("delete_team")
    ada.sees(lambda: "South is deleted; 0 people are without a team now." in ada.reads())


def test_a_team_follows_a_user_group_and_admits_who_was_never_here(ada: Seat, eva: Seat) -> None:
    makes_a_team(ada, "North Sea", "max")
    follows(ada)
    people = eva.bot.people
    members = [people.known(eva.workspace, user) for user in (EVA, WIM, MAX)]
    assert {one.team for one in members if one} == {eva.person.team}
    assert None not in members


def test_who_is_no_admin_sets_up_nothing(eva: Seat) -> None:
    eva.types("/log setup")
    eva.hears("Only an admin can do this.")
