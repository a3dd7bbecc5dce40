"""Views of what admins do with contacts: merge, delete, export, erase."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.domain.contacts import Contact
from bot.domain.ids import ContactId, RemovalId
from bot.domain.removals import Counts, Removal, RemovalKind, RemovalState, fillable
from bot.views import contact_care, kit, person_care
from tests.views.things import META, OPERATION, TEXT, Say, anna

Page = Callable[[Say], dict[str, Any]]
NUMBERS = {"interactions": 14, "comments": 30, "drafts": 2}


def other(say: Say) -> Contact:
    return replace(
        anna(say), id=ContactId(9), number="CT000009", name=say("Anne Berg"), phone="", mobile=say("900")
    )


def merge_form(say: Say) -> dict[str, Any]:
    pair = (anna(say), other(say))
    counts = (Counts(entries=3, people=1), Counts(entries=12, tasks=2, lines=1))
    return contact_care.merge_form(META, pair, counts, fillable(*pair), TEXT)


def gone(say: Say, kind: RemovalKind) -> Removal:
    return Removal(
        id=RemovalId(7),
        contact=ContactId(9),
        number="CT000009",
        kind=kind,
        heir=ContactId(5),
        state=RemovalState.GONE,
        operation=OPERATION,
        before={"name": say("Anne Berg")},
        filled={},
    )


def menu(say: Say) -> dict[str, Any]:
    return kit.message(kit.line(say("Anna Berg")), kit.actions(contact_care.menu(anna(say), TEXT)))


MESSAGES: dict[str, Page] = {
    "contact, menu": menu,
    "contact, merged": lambda say: contact_care.removed(gone(say, RemovalKind.MERGE), anna(say), TEXT),
    "contact, deleted": lambda say: contact_care.removed(gone(say, RemovalKind.DELETE), None, TEXT),
    "contact, under way": lambda say: contact_care.under_way(gone(say, RemovalKind.MERGE), TEXT),
    "contact, draft without": lambda say: contact_care.draft_without_contact(anna(say), 2, TEXT),
    "person, exported": lambda say: person_care.exported(anna(say), TEXT),
    "person, erased": lambda _: person_care.erased("Erased person 5", NUMBERS, TEXT),
}
MODALS: dict[str, Page] = {
    "contact, merge": lambda say: contact_care.choose_form(META, anna(say), TEXT),
    "contact, side by side": merge_form,
    "contact, delete": lambda say: contact_care.delete_form(
        META, anna(say), Counts(entries=14, drafts=1), TEXT
    ),
    "person, erase": lambda say: person_care.erase_form(META, anna(say), NUMBERS, TEXT),
    "person, erasing": lambda _: person_care.erasing(TEXT),
    "person, gone": lambda _: person_care.gone("Erased person 5", TEXT),
}
