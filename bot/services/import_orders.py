"""Imports of contacts in Slack: ordered by admins, carried out one after the other (`product.md` 11)."""

import threading
from collections.abc import Callable
from pathlib import Path

from bot.domain.ids import ImportId, ImportOrderId
from bot.domain.import_orders import ANSWER_WITHIN, LIMITS, ImportOrder, Limits, OrderState, readable
from bot.domain.import_results import Past
from bot.domain.messages import Refusal
from bot.domain.people import Person, Role
from bot.services.bell import Bell
from bot.services.import_course import Lost, Stopped, say
from bot.services.import_work import Fetch, ImportWork
from bot.services.people import People
from bot.views import contact_imports as views
from storage.import_claims import ImportClaims
from storage.store import Store
from storage.work import Work

LATEST = 10
_GONE = "This file was answered for already, or forgotten. Send it again to import it."


class ContactImports:
    """Takes orders, and sees to it that they are carried out once, whatever happens to a process."""

    def __init__(
        self,
        store: Store,
        people: People,
        bell: Bell,
        folder: Path,
        fetch: Fetch,
        limits: Limits = LIMITS,
    ) -> None:
        self._store = store
        self._people = people
        self._bell = bell
        self._claims = ImportClaims(store)
        self._stopped = threading.Event()
        self._work = ImportWork(store, people, bell, folder.absolute(), fetch, limits, self._stopped)
        self.awake = threading.Event()

    def latest(self, actor: Person) -> list[Past]:
        """Return the latest imports, newest first."""
        _admin_only(actor)
        with self._store.read(actor.workspace) as work:
            return [
                Past(one, work.import_orders.of_import(one.id) is not None)
                for one in work.imports.latest(LATEST)
            ]

    def take(self, actor: Person, key: str, slack_file: str, name: str) -> None:
        """Have a file looked through; the same request (`key`) once more is the same order.

        Raises:
            Refusal: the actor is no admin, or the name says that it is no sheet.
        """
        _admin_only(actor)
        readable(name)
        order = ImportOrder(
            id=ImportOrderId(self._store.ids()),
            workspace=actor.workspace,
            person=actor.id,
            state=OrderState.CHECKING,
            file=name,
            slack_file=slack_file,
        )
        with self._store.begin(actor.workspace) as work:
            if work.requests.remember(f"import:{key}", {"order": int(order.id)}):
                work.import_orders.add(order)
                work.deliveries.open_answer(order.answer, actor.id, None)
                say(work, order, "taken", views.looking(order, 0, self._people.text(actor)))
        self._wake()

    def go_ahead(self, actor: Person, wanted: ImportOrderId) -> None:
        """Import a file that was looked through.

        Raises:
            Refusal: the actor is no admin, or somebody was first.
        """
        _admin_only(actor)
        with self._store.begin(actor.workspace) as work:
            order = self._held(work, wanted, OrderState.ASKING)
            subject = work.imports.begin(ImportId(order.id), order.file, actor.id)
            work.import_orders.turn(order, OrderState.IMPORTING, subject)
            say(work, order, "begun", views.importing(order, 0, self._people.text(actor)))
        self._wake()

    def forget(self, actor: Person, wanted: ImportOrderId) -> None:
        """Leave a file alone.

        Raises:
            Refusal: the actor is no admin, or it is being imported.
        """
        _admin_only(actor)
        with self._store.begin(actor.workspace) as work:
            order = self._held(work, wanted, OrderState.CHECKING, OrderState.ASKING)
            work.import_orders.end(order)
            say(work, order, "forgotten", views.forgotten(order, self._people.text(actor)))
        self._wake()

    def stop_import(self, actor: Person, wanted: ImportOrderId) -> None:
        """Stop an import; what is imported stays, and can be taken back.

        Raises:
            Refusal: the actor is no admin, or it has come to its end.
        """
        _admin_only(actor)
        with self._store.begin(actor.workspace) as work:
            order = self._held(work, wanted, OrderState.IMPORTING)
            work.imports.end(ImportId(order.id), order.counts)
            work.import_orders.end(order)
            say(work, order, "stopped", views.stopped(order, self._people.text(actor)))
        self._wake()

    def revert(self, actor: Person, wanted: ImportId) -> None:
        """Take an import back, told where it was told of the import.

        Raises:
            Refusal: the actor is no admin, or it was taken back before.
        """
        self._take_back(actor, wanted, _in_place)

    def revert_listed(self, actor: Person, wanted: ImportId) -> None:
        """Take an import back that was found in the list: told by a new message.

        Raises:
            Refusal: the actor is no admin, or it was taken back before.
        """
        self._take_back(actor, wanted, _anew)

    def waits(self) -> bool:
        """Whether there is an order on which nobody works."""
        return bool(self._claims.free())

    def stop(self) -> None:
        """Leave what is not done yet to the next start."""
        self._stopped.set()
        self.awake.set()

    def run(self) -> str:
        """Carry out all that nobody works on; return what was done in a sentence."""
        self._forget_unanswered()
        done = 0
        for one in self._claims.free():
            order = None if self._stopped.is_set() else self._claims.claim(one)
            done += order is not None and self._carried_out(order)
        return f"Carried out {done} orders of imports." if done else ""

    def _carried_out(self, order: ImportOrder) -> bool:
        try:
            self._work.carry_out(order)
        except Stopped:
            self._claims.release(order)
            return False
        except Lost:
            return False
        return True

    def _forget_unanswered(self) -> None:
        for order in self._claims.unanswered(self._store.clock.now() - ANSWER_WITHIN):
            reader = self._people.of(order.workspace, order.person)
            with self._store.begin(order.workspace) as work:
                if work.import_orders.end(order) and reader is not None:
                    say(work, order, "unanswered", views.forgotten(order, self._people.text(reader)))

    def _take_back(self, actor: Person, wanted: ImportId, place: Callable[[Work, ImportOrder], None]) -> None:
        _admin_only(actor)
        with self._store.begin(actor.workspace) as work:
            order = self._reverting(work, actor, wanted)
            work.import_orders.add(order)
            place(work, order)
            say(work, order, "reverting", views.reverting(order, 0, self._people.text(actor)))
        self._wake()

    def _reverting(self, work: Work, actor: Person, wanted: ImportId) -> ImportOrder:
        found = work.imports.get(wanted)
        if found is None:
            raise Refusal("There is no import {number}.", number=wanted)
        if found.reverted_at is not None:
            raise Refusal("The import of {file} was taken back before.", file=found.file)
        if work.import_orders.of_import(wanted) is not None:
            raise Refusal("Something is being done to the import of {file}. Wait a moment.", file=found.file)
        return ImportOrder(
            id=ImportOrderId(work.access.ids()),
            workspace=actor.workspace,
            person=actor.id,
            state=OrderState.REVERTING,
            file=found.file,
            subject=wanted,
            total=found.counts.get("new", 0) + found.counts.get("changed", 0),
        )

    def _held(self, work: Work, wanted: ImportOrderId, *states: OrderState) -> ImportOrder:
        order = work.import_orders.hold(wanted)
        if order is None or order.state not in states:
            raise Refusal(_GONE)
        return order

    def _wake(self) -> None:
        self._bell.ring()
        self.awake.set()


def _admin_only(actor: Person) -> None:
    if actor.role is not Role.ADMIN:
        raise Refusal("Only an admin can import contacts and take imports back.")


def _in_place(work: Work, order: ImportOrder) -> None:
    answer = work.deliveries.answer(order.answer)
    if answer is None or answer.person != order.person:
        _anew(work, order)


def _anew(work: Work, order: ImportOrder) -> None:
    work.deliveries.stand_anew(order.answer, order.person)
