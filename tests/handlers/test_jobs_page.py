"""The Jobs page: admins see what ran and what failed, and send it again."""

from datetime import timedelta

import pytest
from seat import Seat
from sqlalchemy import update

from bot.domain.deliveries import DeliveryKind, DeliveryState
from bot.jobs.board import Board, Job
from bot.playground.seeds import ADA, WIM
from bot.views.jobs import NAMES
from storage.jobs import JobRows
from storage.tables.deliveries import deliveries


@pytest.fixture
def ada(eva: Seat) -> Seat:
    """An admin at her App Home."""
    ada = eva.at(ADA)
    ada.acts.open_home(ADA)
    ada.sees(lambda: "Jobs" in ada.desk)
    return ada


def given_up(seat: Seat, words: str) -> None:
    """Let a message to this person be one that was given up."""
    now, person = seat.bot.store.clock.now(), seat.person.id
    with seat.bot.store.begin(seat.workspace) as work:
        work.deliveries.say(words, DeliveryKind.ANSWER, person, {"text": words}, at=now + timedelta(days=1))
        failed = {"state": DeliveryState.FAILED, "reason": "given up: TimeoutError", "settled_at": now}
        work.access.connection.execute(update(deliveries).where(deliveries.c.key == words).values(**failed))


def test_the_page_tells_what_ran_and_what_broke(ada: Seat) -> None:
    def breaks() -> str:
        raise ZeroDivisionError

    board, hour = Board(JobRows(ada.bot.store)), timedelta(hours=1)
    board.look(Job("count sheep", hour, lambda: "Counted 3 sheep."))
    board.look(Job("shear sheep", hour, breaks))
    ada.presses_at_home("jobs")
    ada.sees_form("Jobs")
    for words in ("count sheep", "Counted 3 sheep.", "shear sheep", "ZeroDivisionError"):
        assert words in ada.reads()
    assert "Within 30 days every message has arrived." in ada.reads()


def test_a_job_that_runs_all_the_time_tells_no_minute(ada: Seat) -> None:
    Board(JobRows(ada.bot.store)).look(Job("blink", timedelta(seconds=15), lambda: "Blinked."))
    ada.presses_at_home("jobs")
    ada.sees_form("Jobs")
    _, _, told = ada.reads().partition("Blinked.")
    assert "It runs every few seconds." in told


def test_every_job_has_a_name_on_the_page(ada: Seat) -> None:
    assert {job.name for job in ada.bot.jobs} == set(NAMES) - {"mailbox"}, "without a mailbox none is read"


def test_a_message_that_was_given_up_can_be_sent_again(ada: Seat, eva: Seat) -> None:
    given_up(eva, "Your list is ready.")
    ada.presses_at_home("jobs")
    ada.sees_form("Jobs")
    assert "Answer · Eva Lindqvist-Bakke · Today" in ada.reads()
    assert "Slack did not answer for more than an hour" in ada.reads()
    ada.presses("try_again")
    eva.hears("Your list is ready.")
    ada.sees(lambda: "every message has arrived" in ada.reads())


def test_nobody_else_sees_the_jobs(eva: Seat) -> None:
    wim = eva.at(WIM)
    wim.acts.open_home(WIM)
    wim.sees(lambda: "Log interaction" in wim.desk)
    assert "Jobs" not in wim.desk
