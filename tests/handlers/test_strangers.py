"""Who may come in, and that nobody waits for Slack to tell who he is (`product.md` 1)."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from seat import Seat
from sqlalchemy import func, select

from bot.domain.ids import PersonId
from bot.domain.people import Person
from bot.playground.people import Member
from bot.playground.seeds import EVA, GUEST, LEFT, OTHER_BOT, SALES, WIM
from storage.tables.people import salespeople

VISITOR = "U0VISITOR1"


@pytest.fixture
def visitor(eva: Seat) -> Seat:
    """Somebody of another workspace, in a channel that both share."""
    directory = eva.slack.workspace.directory
    directory.put_member(Member(VISITOR, "vic", "Vic Visitor", team_id="T0ELSEWHERE"))
    return eva.at(VISITOR)


@pytest.fixture
def wim(eva: Seat) -> Iterator[Seat]:
    yield eva.at(WIM)
    directory = eva.slack.workspace.directory
    directory.put_member(replace(directory.member(WIM), deleted=False))


def known(seat: Seat) -> int:
    """Return how many salespeople the workspace has."""
    with seat.bot.store.reading() as connection:
        query = select(func.count()).where(salespeople.c.workspace_id == seat.workspace)
        return int(connection.scalar(query) or 0)


@pytest.mark.parametrize("user", [GUEST, LEFT, OTHER_BOT])
@pytest.mark.parametrize("line", ["/log", "/log call Anna hello", "/contact anna"])
def test_guests_bots_and_people_who_left_are_refused(eva: Seat, user: str, line: str) -> None:
    stranger = eva.at(user)
    stranger.types(line)
    stranger.hears("Saleslog is for full members of this workspace.")
    assert eva.slack.workspace.top(user) is None
    assert known(eva) == 0


def test_people_of_another_workspace_are_refused(visitor: Seat) -> None:
    visitor.types("/log")
    visitor.hears("Saleslog is for")
    assert known(visitor) == 0


def test_a_shortcut_of_a_guest_is_refused_too(eva: Seat) -> None:
    guest = eva.at(GUEST)
    message = eva.slack.workspace.messages.history(SALES)[0]
    guest.acts.message_shortcut(GUEST, "log_message", SALES, message.ts)
    guest.hears("Saleslog is for full members of this workspace.")
    assert known(eva) == 0


def test_somebody_who_is_deactivated_later_is_refused(wim: Seat) -> None:
    wim.types("/log help")
    wim.hears("Log an interaction")
    member = wim.slack.workspace.directory.member(WIM)
    wim.acts.change_member(replace(member, deleted=True))
    wim.sees(lambda: not wim.person.active)
    wim.types("/log")
    wim.hears("Saleslog is for full members of this workspace.")
    assert wim.slack.workspace.top(WIM) is None
    wim.slack.faults.broken("users.info")
    wim.types("/log")
    wim.hears("Your account is deactivated here.")


def test_somebody_who_comes_back_is_let_in(wim: Seat) -> None:
    wim.types("/log help")
    wim.hears("Log an interaction")
    member = wim.slack.workspace.directory.member(WIM)
    wim.acts.change_member(replace(member, deleted=True))
    wim.sees(lambda: not wim.person.active)
    wim.slack.workspace.directory.put_member(member)
    wim.types("/log")
    wim.sees_form("Create interaction")
    assert wim.person.active


def test_a_new_name_and_zone_are_taken_over(eva: Seat) -> None:
    eva.types("/log help")
    eva.hears("Log an interaction")
    member = eva.slack.workspace.directory.member(EVA)
    eva.acts.change_member(replace(member, real_name="Eva Nordmann", tz="Asia/Tokyo"))
    eva.sees(lambda: eva.person.zone == "Asia/Tokyo")
    assert eva.person.name == "Eva Nordmann"
    eva.acts.change_member(member)


def test_a_slow_users_info_does_not_delay_the_first_form(eva: Seat) -> None:
    eva.slack.faults.slow(2.5, "users.info", times=1)
    eva.types("/log")
    eva.sees_form("Create interaction")
    assert eva.person.name == "eva"
    eva.types("/log help")
    eva.sees(lambda: eva.person.name == "Eva Lindqvist-Bakke")


def test_the_row_of_an_import_is_found_once_slack_tells_the_email(eva: Seat) -> None:
    email = eva.slack.workspace.directory.member(EVA).email
    with eva.bot.store.begin(eva.workspace) as work:
        row = PersonId(work.access.ids())
        work.people.add(
            Person(id=row, workspace=eva.workspace, slack_id=None, code="IMP", name="E.", email=email)
        )
    eva.slack.faults.slow(2.5, "users.info", times=1)
    eva.types("/log")
    eva.sees_form("Create interaction")
    assert known(eva) == 2
    eva.types("/log help")
    eva.sees(lambda: eva.person.code == "IMP")
    assert known(eva) == 1


def test_a_guest_let_in_by_a_slow_users_info_is_found_out(eva: Seat) -> None:
    eva.slack.faults.slow(2.5, "users.info", times=1)
    guest = eva.at(GUEST)
    guest.types("/log")
    guest.sees_form("Create interaction")
    guest.sees(lambda: not guest.person.active)
    guest.types("/log")
    guest.hears("Saleslog is for full members of this workspace.")
