"""The views of what waits: lists, reminders, follow-ups, and the forms about them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from bot.domain.ids import FormId, OperationId, TaskId
from bot.domain.interactions import Form
from bot.domain.postponed import Fate
from bot.domain.tasks import Task, TaskKind
from bot.views import elsewhere, handovers, kit, lists, postponed, reminders, snoozes, tasks
from bot.views.listing import Listing, Said, Where
from bot.views.lists import Pile
from bot.views.reminders import Needs
from tests.views.things import META, NOW, OPERATION, TEXT, Say, anna, draft, eva, listed, task

Page = Callable[[Say], dict[str, Any]]
DRAFTS, TASKS = Listing(Where.DRAFTS), Listing(Where.TASKS)
LATER = NOW + timedelta(days=3)


def three_waiting(say: Say) -> list[Any]:
    snoozed = replace(draft(say, 2), snoozed_until=LATER)
    bare = replace(draft(say, 3, timedelta(days=9)), form=Form(comment=say("Zoë rang")))
    return [(draft(say, 1), anna(say)), (snoozed, anna(say)), (bare, None)]


def sixty_waiting(say: Say) -> list[Any]:
    return [(draft(say, number, timedelta(days=9)), anna(say)) for number in range(60)]


def overdue(say: Say) -> Task:
    return replace(task(say, 8), due=date(2026, 11, 19), kind=TaskKind.PHONE_CALL, due_time=time(9, 30))


def put_off(say: Say) -> Task:
    return replace(task(say), snoozed_until=LATER)


def page_two(say: Say) -> dict[str, Any]:
    said = Said("Discarded 2 interactions.", OperationId(77))
    return lists.message(Pile(listing=DRAFTS.turned(1), drafts=sixty_waiting(say), said=said), TEXT)


def with_one_contact(say: Say) -> dict[str, Any]:
    pile = Pile(listing=Listing(Where.DRAFTS, 5), drafts=three_waiting(say)[:2], about=say("Anna Berg"))
    return lists.message(pile, TEXT)


def follow_ups(say: Say) -> Pile:
    said = Said("Done.", OPERATION, TaskId(9))
    waiting = [(overdue(say), say("Anna Berg")), (put_off(say), say("Anna Berg"))]
    return Pile(listing=TASKS, tasks=waiting, said=said)


def reminded(say: Say, number: int) -> dict[str, Any]:
    due = [(replace(overdue(say), id=TaskId(task)), say("Anna Berg")) for task in range(number)]
    needs = Needs(drafts=sixty_waiting(say)[:number], tasks=due)
    return reminders.reminder(eva(say), needs, time(9), TEXT)


MESSAGES: dict[str, Page] = {
    "drafts, none": lambda _: lists.message(Pile(listing=DRAFTS), TEXT),
    "drafts, three": lambda say: lists.message(Pile(listing=DRAFTS, drafts=three_waiting(say)), TEXT),
    "drafts, sixty": page_two,
    "drafts, with one contact": with_one_contact,
    "drafts, none with one contact": lambda say: lists.message(
        Pile(listing=Listing(Where.DRAFTS, 5), about=say("Anna Berg")), TEXT
    ),
    "drafts, on a card": lambda say: kit.message(*postponed.on_card(sixty_waiting(say), TEXT)),
    "drafts, on the own card": lambda say: kit.message(
        kit.line(say("Eva Lind")), *postponed.on_own_card(three_waiting(say), TEXT)
    ),
    "follow-ups": lambda say: lists.message(follow_ups(say), TEXT),
    "follow-ups, none": lambda _: lists.message(Pile(listing=TASKS), TEXT),
    "follow-up, handed over": lambda say: handovers.handed_over(eva(say), task(say), say("Anna Berg"), TEXT),
    "reminder, few": lambda say: reminded(say, 2),
    "reminder, many": lambda say: reminded(say, 30),
    "ended, logged": lambda say: elsewhere.message(Fate(FormId("f"), listed(say), None), TEXT),
    "ended, discarded": lambda _: elsewhere.message(Fate(FormId("f"), None, None), TEXT),
    "ended, back": lambda say: elsewhere.message(Fate(FormId("f"), listed(say), FormId("g")), TEXT),
}

MODALS: dict[str, Page] = {
    "drafts, over a page": lambda say: lists.page(Pile(listing=DRAFTS, drafts=three_waiting(say)), TEXT),
    "drafts, filter": lambda _: postponed.filter_form(META, TEXT),
    "drafts, several": lambda say: postponed.several_form(sixty_waiting(say) * 2, META, TEXT),
    "drafts, sure": lambda say: postponed.sure(three_waiting(say), META, TEXT),
    "drafts, sure of one": lambda say: postponed.sure(three_waiting(say)[:1], META, TEXT),
    "snooze, pick": lambda say: snoozes.pick_form([say("Anna Berg")], LATER, META, TEXT),
    "snooze, choose": lambda say: snoozes.choice_form([say("Anna Berg")], LATER, META, TEXT),
    "follow-up, move": lambda say: tasks.move_form(overdue(say), say("Anna Berg"), META, TEXT),
    "follow-up, hand over": lambda say: tasks.hand_over_form(task(say), say("Anna Berg"), META, TEXT),
    "done": lambda say: lists.notice(Said(say("Done."), OPERATION, TaskId(9)), TEXT),
    "ended, in the form": lambda say: elsewhere.page(
        Fate(FormId("f"), listed(say), None), say("Other words"), TEXT
    ),
}
