"""Views of what became of e-mails that somebody handed in."""

from collections.abc import Callable
from typing import Any

from bot.domain.mails import Skip
from bot.views import mails
from bot.views.mails import Told
from tests.views.things import OPERATION, TEXT, Say, listed

Page = Callable[[Say], dict[str, Any]]


def several(say: Say) -> dict[str, Any]:
    unknown = [say(f"n{number}@x.example") for number in range(7)]
    logged = [listed(say, number) for number in range(8)]
    return mails.told(Told(logged=logged, unknown=unknown, operation=OPERATION), TEXT)


MESSAGES: dict[str, Page] = {
    "e-mail, logged": lambda say: mails.told(Told(logged=[listed(say)], operation=OPERATION), TEXT),
    "e-mail, over": lambda say: mails.no_longer_undoable(
        Told(logged=[listed(say)], operation=OPERATION), TEXT
    ),
    "e-mail, several": several,
    "e-mail, before": lambda say: mails.told(Told(before=[listed(say)]), TEXT),
    "e-mail, asked": lambda say: mails.told(
        Told(subject=say("Price list"), asked=[say("Wim Maes")], answerable=True), TEXT
    ),
    "e-mail, answered before": lambda say: mails.told(Told(subject=say("Price list")), TEXT),
    "e-mail, draft": lambda say: mails.skipped(say("Price list"), Skip.DRAFT, TEXT),
    "e-mail, without a subject": lambda _: mails.skipped("", Skip.STRANGERS, TEXT),
}
