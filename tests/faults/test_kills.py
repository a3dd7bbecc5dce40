"""kill -9 between write and answer: what was acknowledged is there, and nothing is there twice."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from typing import Any

import pytest
from desks import EVERYBODY, Desks, a_moment, form_of
from hatchery import Hatchery

from bot.playground.server import Server

AT_MOST = 0.05


@pytest.mark.parametrize("kills", [5, pytest.param(200, marks=pytest.mark.soak)])
@pytest.mark.timeout(900)
def test_an_acknowledged_form_is_in_the_database_and_no_form_is_there_twice(
    slack: Server, hatchery: Hatchery, sqlite_url: str, kills: int
) -> None:
    desks = Desks(slack, sqlite_url)
    bot = hatchery.bot(slack, sqlite_url)
    pressed: dict[str, tuple[str, Any]] = {}
    forms = []

    def looks_at_it_again(user: str) -> None:
        """See what became of Log, and press it once more if Slack said that it failed."""
        form, outcome = pressed.pop(user, ("", None))
        if outcome is not None and outcome.result().acked:
            assert form in desks.forms_logged()
        elif outcome is not None:
            assert desks.submits(user).acked

    with ThreadPoolExecutor(len(EVERYBODY)) as people:
        for user in islice(cycle(EVERYBODY), kills):
            looks_at_it_again(user)
            forms.append(form_of(desks.opens(user)))
            pressed[user] = (forms[-1], people.submit(desks.submits, user))
            a_moment(AT_MOST)
            bot.kill()
            bot = hatchery.bot(slack, sqlite_url)
        for user in EVERYBODY:
            looks_at_it_again(user)
    assert Counter(desks.forms_logged()) == Counter(forms)
