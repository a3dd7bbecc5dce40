"""Forms as the bot shows them, made beforehand."""

import json
import sqlite3
from dataclasses import dataclass, replace
from typing import Any

import letters
from addressbook import SEATS, sellers

from bot.clock import SystemClock
from bot.domain.ids import FormId
from bot.domain.interactions import Field
from bot.domain.people import Person
from bot.services.forms import Forms, Opened, Start
from bot.services.interactions import Interactions
from bot.services.people import People
from storage.store import Store, open_store

TABLES = ("operations", "entries", "operation_items", "entry_comments", "history", "deliveries")
"""What logging writes to, in the order in which rows may refer to each other."""
OWN = {"id": False, "operation_id": False, "entry_id": False, "item_id": False, "number": False}
OWN_TEXTS = {"key": True, "form_id": True}


class Silent:
    """A bell that nobody hears."""

    def ring(self) -> None: ...

    def home_changed(self, workspace: object, person: object) -> None: ...


@dataclass(frozen=True, slots=True)
class Stack:
    """Open forms, remembered by the bot and not yet submitted."""

    opened: Opened
    contacts: list[int]
    template: int

    def form_id(self, place: int) -> FormId:
        return FormId(f"bench-{place}")

    def view(self, place: int) -> dict[str, Any]:
        """Return the form as it stands on a screen."""
        meta = json.loads(self.opened.view["private_metadata"]) | {"form_id": self.form_id(place)}
        return self.opened.view | {"private_metadata": json.dumps(meta)}

    def typed(self, place: int) -> dict[str, Any]:
        """Return what a person filled in; no two alike."""
        return {
            "contact": letters.option(self.contacts[place % len(self.contacts)]),
            "template": letters.option(self.template),
            "description": f"Call {place}",
            "comment": f"Agreed price list {place}; sends the signed offer on Friday",
        }


def a_form(url: str) -> dict[str, Any]:
    """Return an empty interaction form."""
    store, forms, actor = _opened(url)
    view = forms.open(actor, Start()).view
    store.close()
    return view


def stacked(url: str, count: int, response_url: str) -> Stack:
    """Open `count` forms, the fifty people's in turn of blocks; their answers go to `response_url`."""
    store, forms, actor = _opened(url)
    people, opened = list(sellers(store)), forms.open(actor, Start())
    with store.read(actor.workspace) as work:
        template = work.templates.active()[0].id
        contacts = [int(contact.id) for contact in work.contacts.first(1_000)]
    stack = Stack(opened, contacts, template)
    for place in range(count):
        owner = people[place * SEATS // count]
        form = replace(opened.form, salesperson=owner.id)
        forms.remember(owner, replace(opened, form_id=stack.form_id(place), form=form), response_url)
    store.close()
    return stack


def rows_of_one(url: str, stack: Stack) -> dict[str, Any]:
    """Log one form, and return the rows that this wrote, as statements for a driver; ids are left open."""
    store, _, actor = _opened(url)
    people = People(store, frozenset(), guests_allowed=False)
    typed: dict[Field, object] = {
        Field.CONTACT: stack.contacts[0],
        Field.TEMPLATE: stack.template,
        Field.DESCRIPTION: "Call",
        Field.COMMENT: "Agreed the price list; sends the signed offer on Friday",
    }
    outcome = Interactions(store, people, Silent()).log(actor, stack.form_id(0), typed, twin_accepted=True)
    assert outcome.entry is not None, outcome.problems
    store.close()
    return _rows(url)


def _rows(url: str) -> dict[str, Any]:
    database = sqlite3.connect(url.removeprefix("sqlite:///"))
    database.row_factory = sqlite3.Row
    own: dict[Any, int] = {}
    inserts = []
    blocks: Any = []
    for table in TABLES:
        for row in database.execute(f"SELECT * FROM {table}"):
            names = row.keys()
            values = [_opened_up(name, row[name], own) for name in names]
            marks = ", ".join("?" * len(values))
            inserts.append((f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", values))
            blocks = json.loads(row["payload"])["blocks"] if table == "deliveries" else blocks
    database.close()
    return {"inserts": inserts, "blocks": blocks}


def _opened_up(column: str, value: Any, own: dict[Any, int]) -> Any:
    """Return the value, or a place where a row of its own needs a value of its own."""
    if column == "draft_id":
        return None
    if column not in OWN | OWN_TEXTS or value is None:
        return value
    place = own.setdefault((column == "number", value), len(own))
    return {"new": place, "text": column in OWN_TEXTS}


def _opened(url: str) -> tuple[Store, Forms, Person]:
    store = open_store(url, SystemClock())
    return store, Forms(store, People(store, frozenset(), guests_allowed=False)), next(sellers(store))
