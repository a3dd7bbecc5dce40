"""Four people who fill in forms at the same time, and what the database knows of them afterwards."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from office import Office
from sqlalchemy import select

from bot.clock import SystemClock
from bot.domain.contacts import Contact, ContactType, match_key, search_text
from bot.domain.ids import ContactId, SlackTeam, SlackUser
from bot.domain.people import Person
from bot.domain.templates import CONTACT_SERIES
from bot.playground.acts import Outcome, Place
from bot.playground.seeds import ADA, EVA, MAX, SALES, WIM
from bot.playground.server import Server
from bot.playground.views import OpenView
from bot.views.forms import read_meta
from storage.store import open_store
from storage.tables.interactions import drafts, entries

ROUNDS = 210
EVERYBODY = (EVA, WIM, MAX, ADA)


@dataclass
class Desks:
    """The people of one Slack team, with contacts enough that nobody logs the same twice."""

    slack: Server
    url: str
    contacts: Iterator[ContactId] = field(init=False)
    template: int = field(init=False)

    def __post_init__(self) -> None:
        with self._office() as office:
            eva = office.joins("Eva", slack_id=SlackUser(EVA))
            made = _people(office, eva, len(EVERYBODY) * ROUNDS)
            self.template = office.template()
        self.contacts = iter(made)

    def opens(self, user: str) -> OpenView:
        """Type /log and fill in what must be filled in; return the form."""
        self.opens_empty(user)
        self._picks(user, "contact", next(self.contacts))
        self._picks(user, "template", self.template)
        assert self.slack.workspace.wait_for(lambda: self._describes(user), 10)
        return self.top(user)

    def types_into(self, user: str, field: str, text: str) -> Outcome | None:
        """Type a text into the open form."""
        view = self.top(user)
        return self.slack.acts.type_into(user, Place.view(view.id), _block(view, field), "field", text)

    def searches(self, user: str, query: str) -> Outcome:
        """Type into the contact's search."""
        view = self.top(user)
        return self.slack.acts.suggest(user, Place.view(view.id), _block(view, "contact"), "field", query)

    def presses(self, user: str, action: str) -> Outcome:
        """Press a button of the open form."""
        view = self.top(user)
        block = next(
            one["block_id"]
            for one in view.blocks
            for element in one.get("elements", ())
            if element.get("action_id") == action
        )
        return self.slack.acts.press(user, Place.view(view.id), block, action)

    def opens_empty(self, user: str) -> None:
        """Type /log and wait for the form."""
        outcome = self.slack.acts.command(user, SALES, "/log")
        assert outcome.acked, outcome
        assert self.slack.workspace.wait_for(lambda: self.slack.workspace.top(user) is not None, 10)

    def submits(self, user: str) -> Outcome:
        """Press Log in the form that is open."""
        view = self.top(user)
        return self.slack.acts.submit(user, view.id)

    def forms_logged(self) -> list[str]:
        """The forms that became entries, once for each entry."""
        with self._office() as office, office.store.reading() as connection:
            return list(connection.scalars(select(entries.c.form_id)))

    def forms_open(self) -> list[str]:
        """The forms that still wait."""
        with self._office() as office, office.store.reading() as connection:
            return list(connection.scalars(select(drafts.c.form_id).where(drafts.c.state == "open")))

    def top(self, user: str) -> OpenView:
        view = self.slack.workspace.top(user)
        assert view is not None
        return view

    def _describes(self, user: str) -> bool:
        """Whether the chosen template has brought its description."""
        view = self.slack.workspace.top(user)
        held = [one for block, one in view.values.items() if block.startswith("description")] if view else []
        return any(field.get("value") for one in held for field in one.values())

    def _picks(self, user: str, field: str, value: int) -> None:
        view = self.top(user)
        block = _block(view, field)
        option = {"selected_option": {"text": {"type": "plain_text", "text": "x"}, "value": str(value)}}
        outcome = self.slack.acts.choose(user, Place.view(view.id), block, "field", option)
        assert outcome is None or outcome.acked, outcome

    @contextmanager
    def _office(self) -> Iterator[Office]:
        store = open_store(self.url, SystemClock())
        try:
            yield Office(store, SystemClock(), SlackTeam(self.slack.workspace.team.id))
        finally:
            store.close()


def _people(office: Office, salesperson: Person, count: int) -> list[ContactId]:
    with office.store.begin(office.workspace) as work:
        ids = [ContactId(one) for one in work.access.ids.many(count)]
        numbers = work.numbers.take_many(CONTACT_SERIES, count)
        for made, number in zip(ids, numbers, strict=True):
            one = Contact(id=made, number=number, type=ContactType.PERSON, name=f"Anna {number}")
            work.contacts.add(replace(one, salesperson=salesperson.id), search_text(one), match_key(one))
    return ids


def _block(view: OpenView, field: str) -> str:
    names = (str(one.get("block_id", "")) for one in view.blocks)
    return next(name for name in names if name.partition(".")[0] == field)


def form_of(view: OpenView) -> str:
    """The id that a form carries."""
    return read_meta(view.spec["private_metadata"]).form_id


def a_moment(most: float) -> None:
    """Wait up to `most` seconds."""
    time.sleep(random.uniform(0, most))
