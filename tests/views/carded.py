"""The cards of contacts and salespeople in their variants."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.calls import Line, Number
from bot.domain.cards import PersonCard, Standing
from bot.domain.people import Role
from bot.domain.team_figures import Tally
from bot.views import contacts, people
from tests.views.previewing import segment
from tests.views.things import TEXT, TODAY, Say, anna, draft, eva, found, listed, task

Page = Callable[[Say], dict[str, Any]]


def _standing(say: Say, number: int = 2) -> Standing:
    return Standing(
        last=TODAY - timedelta(days=4),
        drafts=(*((draft(say, one), "") for one in range(number)), (draft(say), say("Wim Peeters"))),
        tasks=((task(say), ""), (task(say), say("Wim Peeters"))),
        segments=(segment(say),) * number,
    )


def _numbers(say: Say) -> tuple[Number, ...]:
    written = ("+47 900 12 345", "55 12 34 56", "+47 (0)22 00 00 00")
    return tuple(Number(line, say(number)) for line, number in zip(Line, written, strict=True))


def full_card(say: Say) -> dict[str, Any]:
    rows, people_there = [listed(say, number) for number in range(5)], [anna(say)] * 10
    return contacts.card(
        anna(say),
        say("Eva Lind"),
        rows,
        people_there,
        3,
        _standing(say),
        TEXT,
        blocked=False,
        numbers=_numbers(say),
    )


def crowded_card(say: Say) -> dict[str, Any]:
    return contacts.card(anna(say), "", [], [], 9, _standing(say, 9), TEXT, blocked=False)


def blocked_card(say: Say) -> dict[str, Any]:
    contact = replace(anna(say), privacy_blocked=True, exclude_from_segment=True)
    return contacts.card(contact, "", [], [], 0, Standing(), TEXT, blocked=True)


def _person(say: Say, **facts: Any) -> dict[str, Any]:
    card = PersonCard(
        person=eva(say),
        now=Tally(14, 9, 190),
        before=Tally(11, 8, 95),
        entries=tuple(listed(say, number) for number in range(5)),
        waiting=tuple((draft(say, number), anna(say)) for number in range(7)),
        own=False,
        may_log=True,
        team=say("North"),
        managers=(say("Max Aubert"),),
    )
    return people.card(replace(card, **facts), TEXT)


def empty_person(say: Say) -> dict[str, Any]:
    nothing: dict[str, Any] = {"now": Tally(), "before": Tally(), "entries": (), "waiting": (), "team": ""}
    left = replace(eva(say), role=Role.MANAGER, active=False)
    return _person(say, person=left, may_log=False, **nothing)


MESSAGES: dict[str, Page] = {
    "contact card": full_card,
    "contact card, crowded": crowded_card,
    "contact card, blocked": blocked_card,
    "salesperson card": _person,
    "salesperson card, own": lambda say: _person(say, own=True),
    "salesperson card, empty": empty_person,
    "salespeople found": lambda say: people.found_list(say("eva"), [eva(say)] * 12, [], TEXT),
    "namesakes found": lambda say: people.found_list(
        say("eva"), [eva(say)], [found(say, number) for number in range(9)], TEXT
    ),
}
