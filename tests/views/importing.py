"""Views of contact imports, from the form to what was taken back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.ids import ImportId, ImportOrderId, PersonId, WorkspaceId
from bot.domain.import_orders import ImportOrder, OrderState
from bot.domain.import_results import Imported, Past, Report, Reverted
from bot.domain.messages import Message
from bot.views import contact_imports as views
from tests.views.things import META, TEXT, Say

Page = Callable[[Say], dict[str, Any]]
COUNTS = {"new": 12_100, "changed": 300, "unchanged": 60, "faulty": 20}


def order(say: Say) -> ImportOrder:
    return ImportOrder(
        id=ImportOrderId(7),
        workspace=WorkspaceId(1),
        person=PersonId(3),
        state=OrderState.IMPORTING,
        file=say("contacts.csv"),
        subject=ImportId(7),
        place=4_200,
        total=12_480,
        counts=COUNTS,
    )


def report(say: Say) -> Report:
    fault = Message(
        "“{cell}” is no country code: write two letters, as in NO, NL or BE.", {"cell": say("Oz")}
    )
    return Report(
        **COUNTS,
        known_columns=("No.", "Name", "E-Mail"),
        unknown_columns=(say("Shoe Size"),),
        import_id=None,
        seconds=1.0,
        faults=((3, fault), (12, fault)),
    )


def past(say: Say) -> list[Past]:
    at = TEXT.now - timedelta(hours=3)
    one = Imported(
        id=ImportId(7),
        file=say("contacts.csv"),
        ended_at=at,
        reverted_at=None,
        counts=COUNTS,
        by=say("Eva Lind"),
    )
    bare = replace(one, id=ImportId(6), counts={"new": 3}, by="")
    return [
        Past(one, at_work=False),
        Past(replace(one, id=ImportId(5)), at_work=True),
        Past(replace(bare, reverted_at=at), at_work=False),
    ]


def came_back(say: Say, stayed: int) -> dict[str, Any]:
    names = tuple(say("Anna Berg") for _ in range(min(stayed, 12)))
    result = Reverted(deleted=12_090, restored=1, stayed=stayed, names=names)
    return views.reverted(order(say), result, TEXT)


def unread(say: Say, **facts: Any) -> dict[str, Any]:
    nothing = {"new": 0, "changed": 0, "faults": (), "unknown_columns": ()}
    return views.nothing(order(say), replace(report(say), **(nothing | facts)), TEXT)


MODALS: dict[str, Page] = {
    "import": lambda say: views.form(META, past(say), TEXT),
    "import, first": lambda _: views.form(META, [], TEXT),
    "import, taken": lambda say: views.taken(say("contacts.csv"), TEXT),
}
MESSAGES: dict[str, Page] = {
    "import, begun": lambda say: views.looking(order(say), 0, TEXT),
    "import, looking": lambda say: views.looking(order(say), 42_000, TEXT),
    "import, found": lambda say: views.found(order(say), report(say), TEXT),
    "import, nothing new": lambda say: unread(say, faulty=0),
    "import, nothing but faults": lambda say: unread(say, unchanged=0, faults=report(say).faults),
    "import, too many faults": lambda say: unread(say, new=900, faulty=10_001, faults=report(say).faults),
    "import, no rows": lambda say: unread(say, unchanged=0, faulty=0),
    "import, running": lambda say: views.importing(order(say), 4_200, TEXT),
    "import, done": lambda say: views.done(order(say), COUNTS, TEXT),
    "import, stopped": lambda say: views.stopped(order(say), TEXT),
    "import, forgotten": lambda say: views.forgotten(order(say), TEXT),
    "import, broken off": lambda say: views.broken_off(order(say), say("The file is empty."), TEXT),
    "import, going back": lambda say: views.reverting(order(say), 900, TEXT),
    "import, back": lambda say: came_back(say, 0),
    "import, back but some": lambda say: came_back(say, 40),
}
