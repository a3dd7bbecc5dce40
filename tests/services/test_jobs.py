"""Jobs: each turn once for all processes, whatever becomes of it (`architecture.md`, how a job flows)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.clock import FixedClock
from bot.jobs.board import Board, Job
from storage.jobs import JobRows
from storage.store import Store

HOUR = timedelta(hours=1)


@pytest.fixture
def rows(store: Store) -> JobRows:
    return JobRows(store)


def test_a_job_runs_at_once_and_then_once_a_period(rows: JobRows, clock: FixedClock) -> None:
    turns: list[int] = []
    job = Job("tidy", HOUR, lambda: turns.append(1) or "Tidied 3.")
    board = Board(rows)
    for _ in range(3):
        board.look(job)
    assert len(turns) == 1
    clock.move(HOUR - timedelta(seconds=1))
    board.look(job)
    assert len(turns) == 1
    clock.move(timedelta(seconds=1))
    board.look(job)
    assert len(turns) == 2
    run = rows.all()["tidy"]
    assert (run.result, run.error, run.ended_at, run.next_at) == (
        "Tidied 3.",
        "",
        clock.now(),
        clock.now() + HOUR,
    )


def test_of_many_processes_one_takes_the_turn(rows: JobRows) -> None:
    with ThreadPoolExecutor(8) as racers:
        taken = list(racers.map(lambda _: rows.claim("purge", HOUR), range(8)))
    assert taken.count(True) == 1


def test_a_missed_day_is_one_turn(rows: JobRows, clock: FixedClock) -> None:
    rows.claim("purge", HOUR)
    clock.move(24 * HOUR)
    assert [rows.claim("purge", HOUR) for _ in range(3)] == [True, False, False]


def test_a_turn_that_a_wrong_clock_put_far_ahead_is_taken_now(rows: JobRows, clock: FixedClock) -> None:
    clock.move(timedelta(days=400))
    rows.claim("purge", HOUR)
    clock.move(-timedelta(days=400))
    assert [rows.claim("purge", HOUR) for _ in range(2)] == [True, False]


def test_what_broke_is_noted_and_tried_again_next_time(rows: JobRows, clock: FixedClock) -> None:
    weather = iter((ZeroDivisionError("Anna Berg"), None))

    def work() -> str:
        if (trouble := next(weather)) is not None:
            raise trouble
        return "Done."

    board, job = Board(rows), Job("purge", HOUR, work)
    board.look(job)
    broken = rows.all()["purge"]
    assert (broken.error, broken.failed_at, broken.ended_at) == ("ZeroDivisionError", clock.now(), None)
    clock.move(HOUR)
    board.look(job)
    mended = rows.all()["purge"]
    assert (mended.error, mended.result, mended.ended_at) == ("", "Done.", clock.now())
