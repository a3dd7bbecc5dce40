"""The views of what a person chose, and of what falls to him of people who have left."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from typing import Any

from bot.domain.departures import LeftBehind
from bot.domain.rhythm import Preferences
from bot.views import lists, preferences, reminders
from bot.views.listing import Listing, Where
from bot.views.lists import Pile
from bot.views.reminders import Needs
from tests.views.things import META, TEXT, Say, eva

Page = Callable[[Say], dict[str, Any]]


def left(say: Say) -> list[LeftBehind]:
    wim = replace(eva(say), name=say("Wim Peeters"), active=False)
    return [LeftBehind(replace(wim, id=number), number) for number in range(1, 6)]  # type: ignore[arg-type]


def chosen(say: Say) -> dict[str, Any]:
    person = replace(eva(say), zone="Asia/Kolkata", country="IN", told_zone="Europe/Oslo")
    wishes = Preferences(
        days=frozenset({0, 1, 2, 4}),
        starts=time(8, 30),
        ends=time(15),
        zone="Asia/Kolkata",
        country="IN",
        language="en",
        reminders=False,
        days_off=tuple((date(2026, 12, day), date(2026, 12, day + day % 2)) for day in range(1, 15)),
    )
    return preferences.form(person, wishes, META, TEXT)


MESSAGES: dict[str, Page] = {
    "drafts, somebody left": lambda say: lists.message(
        Pile(listing=Listing(Where.DRAFTS), left=left(say)), TEXT
    ),
    "reminder, somebody left": lambda say: reminders.reminder(
        eva(say), Needs(left=left(say)[:1]), time(9), TEXT
    ),
}
MODALS: dict[str, Page] = {
    "settings": lambda say: preferences.form(
        replace(eva(say), zone="Europe/Oslo", country=None), Preferences(), META, TEXT
    ),
    "settings, chosen": chosen,
}
