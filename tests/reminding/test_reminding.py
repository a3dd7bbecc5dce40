"""Reminders: what waits, once a day, in one's own hours (`product.md` 5)."""

from collections.abc import Callable
from datetime import time

from seat import Seat

from tests.handlers.walks import fills

MONDAY, TUESDAY = 0, 1
At = Callable[[int, time], None]


def looks_after_everybody(seat: Seat) -> None:
    """Do now what the clock does every twenty seconds."""
    seat.bot.services["reminders"].remind(lambda _: None)
    seat.bot.outbox.ring()


def reminders(seat: Seat) -> list[str]:
    return [text for text in seat.said() if "wait for you" in text or "waits for you" in text]


def test_what_waits_is_told_on_the_next_working_morning(eva: Seat, anna: int, at: At) -> None:
    fills(eva, anna, comment="asked about delivery")
    eva.leaves()
    eva.hears("Postponed:")
    at(MONDAY, time(8, 59))
    looks_after_everybody(eva)
    assert reminders(eva) == []
    at(MONDAY, time(9, 0))
    looks_after_everybody(eva)
    said = eva.hears("1 postponed interaction waits for you.")
    assert "asked about delivery" in said.text
    looks_after_everybody(eva)
    assert len(reminders(eva)) == 1
    eva.presses_on(said, "resume")
    assert eva.holds("comment") == "asked about delivery"
    assert eva.submits().acked
    eva.hears("Logged:")


def test_follow_ups_are_told_in_the_same_message(eva: Seat, anna: int, at: At) -> None:
    at(MONDAY, time(10))
    eva.types('/log call Anna "sent the list" !tue')
    eva.hears("follow-up tomorrow")
    fills(eva, anna, comment="asked about delivery")
    eva.leaves()
    eva.hears("Postponed:")
    at(TUESDAY, time(9, 30))
    looks_after_everybody(eva)
    eva.hears("1 postponed interaction and 1 follow-up wait for you.")


def test_a_reminder_changes_in_place_by_what_is_done_in_it(eva: Seat, anna: int, at: At) -> None:
    fills(eva, anna, comment="asked about delivery")
    eva.leaves()
    eva.hears("Postponed:")
    eva.types('/log call Anna "sent the list" !mon')
    eva.hears("follow-up")
    at(MONDAY, time(9, 0))
    looks_after_everybody(eva)
    said = eva.hears("1 postponed interaction and 1 follow-up wait for you.")
    eva.presses_on(said, "task_done")
    done = eva.hears("1 postponed interaction waits for you.")
    assert (done.ts, "Done: sent the list." in done.text) == (said.ts, True)
    eva.presses_on(done, "snooze")
    empty = eva.hears("Nothing waits for you any more.")
    assert (empty.ts, "Snoozed until" in empty.text) == (said.ts, True)
    at(MONDAY, time(10, 15))
    looks_after_everybody(eva)
    assert eva.hears("asked about delivery").ts != said.ts
