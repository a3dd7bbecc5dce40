"""Follow-ups: ticked off, moved, put off, handed over, logged (`product.md` 5; `domain.md` 4, lines 69 and 76)."""

import json
from dataclasses import replace
from datetime import timedelta

from seat import Seat

from bot.domain.ids import TaskId
from bot.domain.tasks import Task, TaskKind
from bot.playground.seeds import WIM
from tests.handlers.walks import logs

ZOE = "Zoë O'Connor-Ødegård"


def follows_up(seat: Seat, contact: int, words: str = "Ring Zoë", kind: TaskKind = TaskKind.TASK) -> TaskId:
    """Make a follow-up for tomorrow of a new entry."""
    logs(seat, contact)
    due = seat.today + timedelta(days=1)
    task: Task = seat.bot.services["tasks"].follow_up(
        seat.person, seat.logged()[0].entry.id, due, words, None, kind
    )
    return task.id


def task_of(seat: Seat, task: TaskId) -> Task:
    with seat.bot.store.read(seat.workspace) as work:
        found = work.tasks.get(task)
    assert found is not None
    return found


def opens(seat: Seat, words: str = "Ring Zoë") -> None:
    seat.acts.open_home(seat.user)
    seat.sees(lambda: words in seat.desk)


def test_create_task_asks_for_day_time_and_kind(eva: Seat, anna: int) -> None:
    said = logs(eva, anna)
    eva.presses_on(said, "follow_up")
    eva.sees_form("Follow up")
    assert eva.labels() == ["Date", "Time", "Kind", "Description"]
    eva.chooses("kind", "Meeting")
    eva.picks("kind", "meeting")
    assert eva.submits().acked
    eva.hears("follow-up")
    ((task, name),) = eva.bot.services["tasks"].open_of(eva.person, 5)
    assert (task.kind, task.contact, name) == (TaskKind.MEETING, anna, "Anna Berg (Fjordbygg AS)")


def test_a_meeting_that_was_held_can_be_logged_at_once(eva: Seat) -> None:
    """Acceptance line 76."""
    zoe = eva.knows(ZOE)
    task = follows_up(eva, zoe, "Meet Zoë", TaskKind.MEETING)
    opens(eva, "Meet Zoë")
    eva.presses_at_home("task_done")
    eva.sees_form("Done")
    eva.sees(lambda: "Meet Zoë" not in eva.desk)
    eva.presses("task_log")
    eva.sees_form("Create interaction")
    assert (eva.holds("contact"), eva.holds("description")) == (str(zoe), "Meet Zoë")
    eva.chooses("template", "Incoming call")
    eva.sees(eva.waiting)
    assert eva.submits().acked
    eva.hears("Logged: Incoming call")
    assert eva.logged()[0].entry.task == task


def test_log_it_ticks_off_and_undo_opens_again(eva: Seat) -> None:
    zoe = eva.knows(ZOE)
    task = follows_up(eva, zoe)
    opens(eva)
    eva.presses_at_home("task_log")
    eva.sees_form("Create interaction")
    eva.chooses("template", "Incoming call")
    eva.sees(eva.waiting)
    now = replace(eva, since=eva.slack.workspace.clock.stamp())
    assert eva.submits().acked
    said = now.hears("Logged: Incoming call")
    assert not task_of(eva, task).open
    eva.sees(lambda: "Follow-up: " not in eva.desk)
    eva.presses_on(said, "undo")
    eva.sees(lambda: task_of(eva, task).open)
    eva.sees(lambda: "Follow-up: " in eva.desk)


def test_two_clicks_on_done_tick_off_once_and_undo_opens_again(eva: Seat, anna: int) -> None:
    task = follows_up(eva, anna)
    opens(eva)
    pressed = eva.presses_at_home("task_done").sent
    assert pressed is not None
    assert eva.acts.post.repeat_in_new_envelope(pressed).acked
    assert not task_of(eva, task).open
    eva.types("/log undo")
    eva.hears("Undone: the follow-up is open again.")
    assert task_of(eva, task).open


def test_a_follow_up_is_moved(eva: Seat, anna: int) -> None:
    task = follows_up(eva, anna)
    opens(eva)
    eva.presses_at_home("task_move")
    eva.sees_form("Move follow-up")
    eva.picks_day("due", (eva.today - timedelta(days=1)).isoformat())
    assert "This day is over" in str(eva.submits().response)
    eva.picks_day("due", (eva.today + timedelta(days=9)).isoformat())
    eva.picks_time("at", "14:00")
    eva.submits()
    eva.sees_form("Done")
    assert " 14:00: " in eva.reads()
    assert task_of(eva, task).due == eva.today + timedelta(days=9)


def test_a_follow_up_is_put_off(eva: Seat, anna: int) -> None:
    task = follows_up(eva, anna)
    opens(eva)
    eva.presses_at_home("snooze_to")
    eva.sees_form("Snooze")
    eva.chooses("choice", "Until the next working day")
    eva.submits()
    eva.sees_form("Done")
    assert "Snoozed until" in eva.reads()
    assert task_of(eva, task).snoozed_until is not None
    eva.sees(lambda: "snoozed until" in eva.desk)
    eva.presses_at_home("bring_back")
    eva.sees(lambda: "snoozed until" not in eva.desk)


def test_a_follow_up_is_handed_over_and_the_colleague_is_told(eva: Seat, anna: int) -> None:
    wim = eva.at(WIM)
    wim.types("/log help")
    wim.hears("Log an interaction")
    task = follows_up(eva, anna)
    opens(eva)
    eva.presses_at_home("task_hand_over")
    eva.sees_form("Hand over")
    found = eva.searches("", "colleague")
    assert not any(eva.person.name in label for label in found)
    eva.picks("colleague", str(wim.person.id))
    eva.submits()
    eva.sees_form("Done")
    told = wim.hears("handed a follow-up over to you")
    assert "Ring Zoë" in told.text
    assert task_of(eva, task).salesperson == wim.person.id
    wim.presses_on(told, "task_done")
    done = wim.hears("Done: Ring Zoë.")
    assert done.ts == told.ts
    wim.presses_on(done, "take_back")
    assert wim.hears("the follow-up is open again").ts == told.ts
    assert "task_done" in json.dumps(wim.hears("the follow-up is open again").blocks)


def test_all_follow_ups_stand_behind_one_button(eva: Seat, anna: int) -> None:
    for number in range(7):
        eva.types(f"/log call Anna 'number {number}' !fri as:INCOME")
        eva.slack.workspace.shift(16 * 60)
    eva.sees(lambda: len(eva.bot.services["tasks"].open_of(eva.person, 20)) == 7)
    opens(eva, "Show all follow-ups")
    eva.presses_at_home("tasks")
    eva.sees_form("Follow-ups")
    assert "You have 7 follow-ups" in eva.reads()
    eva.presses("task_done")
    eva.sees(lambda: "You have 6 follow-ups" in eva.reads())
    eva.presses("take_back")
    eva.sees(lambda: "You have 7 follow-ups" in eva.reads())


def test_what_is_overdue_says_so(eva: Seat, anna: int) -> None:
    follows_up(eva, anna)
    eva.slack.workspace.shift(3 * 24 * 3600)
    opens(eva)
    assert "overdue" in eva.desk
