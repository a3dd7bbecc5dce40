"""Carrying out the orders of imports: fetched, looked through, imported, taken back, each once and to its end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Protocol

from bot.domain.deliveries import DeliveryKind
from bot.domain.ids import WorkspaceId
from bot.domain.import_orders import TRIES, ImportOrder, Limits, OrderState
from bot.domain.import_results import Report
from bot.domain.messages import Busy, Message, Refusal, Unwritable, n_
from bot.domain.people import Person, Role
from bot.services.bell import Bell
from bot.services.import_check import Checking
from bot.services.import_course import ImportCourse, Lost, RevertCourse, Telling, say
from bot.services.import_errors import write_errors
from bot.services.import_revert import Reverting
from bot.services.import_run import Importing
from bot.services.people import People
from bot.views import contact_imports as views
from bot.views.kit import Payload
from storage.store import Store
from storage.work import Work

_TRY_AGAIN = (Busy, Unwritable)
_FAILED = n_("It broke off several times. An admin finds the reason in the log.")


class Fetch(Protocol):
    """Fetches files that people gave to the app."""

    def __call__(
        self, workspace: WorkspaceId, file: str, path: Path, most: int, heard: Callable[[], None]
    ) -> None:
        """Write the content of a file to `path`."""


class ImportWork:
    """Carries out one claimed order at a time; files stand in `folder` meanwhile."""

    def __init__(
        self,
        store: Store,
        people: People,
        bell: Bell,
        folder: Path,
        fetch: Fetch,
        limits: Limits,
        stopped: Event,
    ) -> None:
        self._store = store
        self._people = people
        self._bell = bell
        self._folder = folder
        self._fetch = fetch
        self._limits = limits
        self._stopped = stopped

    def carry_out(self, order: ImportOrder) -> None:
        """Bring an order to its end, or to its question.

        Raises:
            Stopped: the process ends before.
            Lost: somebody stopped it, or another process goes on with it.
            Busy, Unwritable: not now.
        """
        reader = self._people.of(order.workspace, order.person)
        if reader is None or not reader.active or reader.role is not Role.ADMIN:
            self._drop(order)
            return
        telling = Telling(
            self._store, self._bell, order, self._people.text(reader), self._limits, self._stopped
        )
        try:
            self._step(telling)
        except _TRY_AGAIN:
            raise
        except Refusal as refusal:
            self._break_off(telling, refusal.message)
        self._ring(order, reader)

    def _step(self, telling: Telling) -> None:
        if telling.order.tries > TRIES:
            raise Refusal(_FAILED)
        steps = {
            OrderState.CHECKING: self._look_through,
            OrderState.IMPORTING: self._import,
            OrderState.REVERTING: self._revert,
        }
        steps[telling.order.state](telling)

    def _look_through(self, telling: Telling) -> None:
        order = telling.order
        errors = self._beside(order, "errors.csv")
        with self._fetched(telling) as source:
            report = Checking(self._store, order.workspace, source, telling.looked).report(errors)
        with self._store.begin(order.workspace) as work:
            telling.keep(work, 0, {})
            if report.new + report.changed and report.faulty <= self._limits.most_faults:
                errors.unlink(missing_ok=True)
                self._ask(work, telling, report)
            else:
                work.import_orders.end(order)
                self._say(work, telling, "nothing", views.nothing(order, report, telling.text))
                self._hand_over(work, order, errors)

    def _ask(self, work: Work, telling: Telling, report: Report) -> None:
        work.import_orders.turn(telling.order, OrderState.ASKING)
        work.import_orders.counted(telling.order, report.rows)
        self._say(work, telling, "found", views.found(telling.order, report, telling.text))

    def _import(self, telling: Telling) -> None:
        order, course = telling.order, ImportCourse(telling)
        errors = self._beside(order, "errors.csv")
        with self._fetched(telling) as source:
            Importing(self._store, order.workspace, source, telling.gone_on).go_on(course)
            course.settle()
            write_errors(source, self._faults(order), errors)
        with self._store.begin(order.workspace) as work:
            telling.keep(work, course.place, course.counts)
            work.imports.end(course.subject, course.counts)
            work.import_orders.end(order)
            self._say(work, telling, "done", views.done(order, course.counts, telling.text))
            self._hand_over(work, order, errors)

    def _revert(self, telling: Telling) -> None:
        order = telling.order
        if order.subject is not None:
            Reverting(self._store, order.workspace, order.subject, RevertCourse(telling)).reverted(None)

    def _break_off(self, telling: Telling, why: Message) -> None:
        """Say why it goes no further; what is imported stays, and can be taken back."""
        order, words = telling.order, telling.text.say(why)
        with self._store.begin(order.workspace) as work:
            _take_off(work, order)
            self._say(work, telling, "broken", views.broken_off(order, words, telling.text))

    def _drop(self, order: ImportOrder) -> None:
        with self._store.begin(order.workspace) as work:
            _take_off(work, order)

    def _faults(self, order: ImportOrder) -> Iterator[tuple[int, str]]:
        after = 0
        while True:
            with self._store.read(order.workspace) as work:
                page = work.import_orders.faults(order, after)
            if not page:
                return
            yield from page
            after = page[-1][0]

    @contextmanager
    def _fetched(self, telling: Telling) -> Iterator[Path]:
        """Fetch the file for as long as it is needed; it stays at Slack for those who go on."""
        order = telling.order
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._beside(order, "sheet")
        try:
            self._fetch(order.workspace, order.slack_file, path, self._limits.most_bytes, telling.keep_on)
            yield path
        finally:
            path.unlink(missing_ok=True)

    def _hand_over(self, work: Work, order: ImportOrder, errors: Path) -> None:
        if errors.exists():
            stem = order.file.rpartition(".")[0].removesuffix(".errors")
            file = {"path": str(errors), "name": f"{stem}.errors.csv"}
            work.deliveries.say(f"{order.answer}:file", DeliveryKind.FILE, order.person, file)

    def _say(self, work: Work, telling: Telling, what: str, words: Payload) -> None:
        say(work, telling.order, what, words)

    def _beside(self, order: ImportOrder, ending: str) -> Path:
        return self._folder / f"import-{order.id}-{self._store.ids()}.{ending}"

    def _ring(self, order: ImportOrder, reader: Person) -> None:
        self._bell.ring()
        self._bell.home_changed(order.workspace, reader.id)


def _take_off(work: Work, order: ImportOrder) -> None:
    """Take an order off the list before its end; what is imported is registered, so that it can be taken back.

    Raises:
        Lost: somebody else did, or goes on with it.
    """
    held = work.import_orders.hold(order.id)
    if held is None or held.claims != order.claims:
        raise Lost
    work.import_orders.end(held)
    if held.state is OrderState.IMPORTING and held.subject is not None:
        work.imports.end(held.subject, held.counts)
