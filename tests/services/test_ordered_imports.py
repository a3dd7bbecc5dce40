"""Imports ordered in Slack, on both databases: looked through, imported, stopped, killed, taken back."""

import csv
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path

import pytest
from office import Office, Silence
from sheets import ROWS, TITLES
from sqlalchemy import func, select

from bot.domain.contacts import match_key, search_text
from bot.domain.deliveries import DeliveryKind
from bot.domain.ids import ImportId, ImportOrderId, PersonId, WorkspaceId
from bot.domain.import_orders import ANSWER_WITHIN, LIMITS, TRIES, Limits
from bot.domain.import_results import Imported
from bot.domain.messages import Refusal
from bot.domain.people import Person
from bot.jobs.imports import import_contacts
from bot.services.contact_import import ContactImport
from bot.services.import_orders import ContactImports
from storage.import_orders import LEASE
from storage.tables.contacts import contacts
from storage.tables.deliveries import deliveries
from storage.tables.imports import import_faults, import_orders


class Killed(BaseException):
    """The process dies here."""


def sheet(*rows: tuple[str, ...], titles: tuple[str, ...] = TITLES) -> bytes:
    written = StringIO()
    csv.writer(written).writerows([titles, *rows])
    return written.getvalue().encode()


@dataclass
class Slack:
    """The files at Slack; `dies` is called while one is fetched."""

    files: dict[str, bytes]
    dies: Callable[[], None] = lambda: None

    def __call__(
        self, workspace: WorkspaceId, file: str, path: Path, most: int, heard: Callable[[], None]
    ) -> None:
        heard()
        self.dies()
        if file not in self.files:
            raise Refusal("Slack does not hand the file over ({reason}). Send it again.", reason="gone")
        path.write_bytes(self.files[file])


@dataclass
class Desk:
    """An admin with files at Slack, and the service that imports them."""

    office: Office
    ada: Person
    slack: Slack
    folder: Path
    imports: ContactImports

    def again(self, limits: Limits = LIMITS) -> "Desk":
        """Return the desk as another process has it."""
        imports = _imports(self.office, self.folder, self.slack, limits)
        return replace(self, imports=imports)

    def sends(self, content: bytes, name: str = "contacts.csv") -> ImportOrderId:
        file = f"F{len(self.slack.files)}"
        self.slack.files[file] = content
        self.imports.take(self.ada, file, file, name)
        with self.office.store.reading() as connection:
            return ImportOrderId(connection.scalars(select(func.max(import_orders.c.id))).one())

    def asked(self, content: bytes) -> ImportOrderId:
        order = self.sends(content)
        import_contacts(self.imports)
        return order

    def imported(self, content: bytes) -> Imported:
        self.imports.go_ahead(self.ada, self.asked(content))
        import_contacts(self.imports)
        return self.imports.latest(self.ada)[0].imported

    def said(self) -> list[str]:
        with self.office.store.reading() as connection:
            query = select(deliveries.c.payload).where(deliveries.c.kind != DeliveryKind.FILE)
            return [one["text"] for one in connection.scalars(query.order_by(deliveries.c.id))]

    def files(self) -> list[str]:
        with self.office.store.reading() as connection:
            query = select(deliveries.c.payload).where(deliveries.c.kind == DeliveryKind.FILE)
            return [Path(one["path"]).read_text("utf-8-sig") for one in connection.scalars(query)]

    def names(self) -> list[str]:
        with self.office.store.reading() as connection:
            return list(connection.scalars(select(contacts.c.name).order_by(contacts.c.name)))

    def open_orders(self) -> int:
        with self.office.store.reading() as connection:
            return connection.scalars(select(func.count()).select_from(import_orders)).one()


def _imports(office: Office, folder: Path, slack: Slack, limits: Limits = LIMITS) -> ContactImports:
    return ContactImports(office.store, office.people, Silence(), folder, slack, limits)


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> Desk:
    slack, folder = Slack({}), tmp_path / "waiting"
    return Desk(office, office.joins("Ada", admin=True), slack, folder, _imports(office, folder, slack))


def test_a_file_is_looked_through_first_and_imported_when_that_is_wanted(desk: Desk) -> None:
    order = desk.sends(sheet(*ROWS, ("", "", "", "", "", "no address"), titles=(*TITLES[:-1], "Shoe Size")))
    assert desk.said() == ["Looking through contacts.csv …"]
    import_contacts(desk.imports)
    found = desk.said()[-1]
    assert "4 new, 0 changed, 0 unchanged, 1 faulty" in found
    assert "Understood: No., Type, Name" in found
    assert "Ignored: Shoe Size" in found
    assert "Row 5: “no address” is not an e-mail address" in found
    assert desk.names() == []
    assert import_contacts(desk.imports) == ""
    desk.imports.go_ahead(desk.ada, order)
    import_contacts(desk.imports)
    assert "✓ Imported contacts.csv." in desk.said()[-1]
    assert "4 new, 0 changed, 0 unchanged, 1 faulty" in desk.said()[-1]
    assert "Anna Berg" in desk.names()
    assert desk.open_orders() == 0
    assert [one.imported.by for one in desk.imports.latest(desk.ada)] == ["Ada"]
    assert list(desk.folder.glob("*sheet*")) == []


def test_the_error_file_can_be_corrected_and_sent_again(desk: Desk) -> None:
    desk.imported(sheet(ROWS[0], ("", "", "=1+1", "", "", "no address"), ("", "", "Bo", "", "", "+x")))
    (errors,) = desk.files()
    assert errors.splitlines()[0].endswith("Reason")
    assert "'=1+1" in errors
    corrected = errors.replace("no address", "bo@fjordbygg.no").replace("'+x", "")
    desk.imported(corrected.encode())
    assert {"=1+1", "Bo"} <= set(desk.names())


def test_a_file_that_changes_nothing_is_not_asked_about(desk: Desk) -> None:
    desk.imported(sheet(*ROWS))
    desk.asked(sheet(*ROWS))
    assert "Nothing in contacts.csv is new" in desk.said()[-1]
    desk.asked(sheet(("", "", "", "", "", "no address")))
    assert "Nothing in contacts.csv can be imported." in desk.said()[-1]
    assert len(desk.files()) == 1
    desk.asked(sheet())
    assert "has no rows" in desk.said()[-1]
    assert desk.open_orders() == 0


def test_an_event_that_comes_twice_is_one_order_and_only_admins_give_orders(desk: Desk) -> None:
    desk.sends(sheet(*ROWS))
    desk.imports.take(desk.ada, "F0", "F0", "contacts.csv")
    assert desk.open_orders() == 1
    desk.imports.take(desk.ada, "again", "F0", "contacts.csv")
    assert desk.open_orders() == 2
    eva = desk.office.joins("Eva")
    for refused in (
        lambda: desk.imports.take(eva, "F9", "F9", "contacts.csv"),
        lambda: desk.imports.latest(eva),
        lambda: desk.imports.go_ahead(eva, ImportOrderId(1)),
        lambda: desk.imports.forget(eva, ImportOrderId(1)),
        lambda: desk.imports.stop_import(eva, ImportOrderId(1)),
        lambda: desk.imports.revert(eva, ImportId(1)),
    ):
        with pytest.raises(Refusal, match="admin"):
            refused()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "The first line must name the columns"),
        (b"", "The file is empty"),
        (b"PK\x03\x04 nothing of the kind", "can't be read as XLSX"),
        (b"Name\n" + b"x" * 1_100_000, "more than a million characters"),
        ("Name;City\nZoë;Ålesund\n".encode("utf-16"), "1 new"),
        ("Naam;Plaats\nZoë;Ålesund\n".encode("cp1252"), "1 new"),
    ],
)
def test_what_is_no_sheet_is_refused_and_any_encoding_is_read(desk: Desk, content: bytes, words: str) -> None:
    desk.asked(content)
    assert words in desk.said()[-1]


def test_too_many_rows_an_old_workbook_and_a_file_that_is_gone_are_refused(desk: Desk) -> None:
    small = desk.again(Limits(most_rows=2))
    small.asked(sheet(*ROWS))
    assert "more than 2 rows" in desk.said()[-1]
    few = desk.again(Limits(most_faults=1))
    few.asked(sheet(ROWS[0], ("", "", "", "", "", "none"), ("", "", "", "", "", "none")))
    assert "too many faulty rows" in desk.said()[-1]
    assert len(desk.files()) == 1
    with pytest.raises(Refusal, match=r"save it as .xlsx"):
        desk.sends(b"", "contacts.xls")
    with pytest.raises(Refusal, match="is no list"):
        desk.sends(b"", "letter.docx")
    order = desk.asked(sheet(*ROWS))
    desk.slack.files.clear()
    desk.imports.go_ahead(desk.ada, order)
    import_contacts(desk.imports)
    assert "goes no further: Slack does not hand the file over" in desk.said()[-1]
    assert desk.open_orders() == 0


def test_what_was_forgotten_or_answered_for_is_not_imported(desk: Desk) -> None:
    order = desk.asked(sheet(*ROWS))
    desk.imports.forget(desk.ada, order)
    assert desk.said()[-1] == "contacts.csv is forgotten. Nothing was imported."
    with pytest.raises(Refusal, match="answered for already"):
        desk.imports.go_ahead(desk.ada, order)
    desk.asked(sheet(*ROWS))
    desk.office.clock.move(ANSWER_WITHIN * 2)  # type: ignore[union-attr]
    import_contacts(desk.imports)
    assert desk.open_orders() == 0
    assert desk.names() == []


def many(count: int) -> bytes:
    rows = [("", "", f"Person {place}", "Havtech AS", f"+47 {place}") for place in range(count)]
    rows[count // 2] = ("", "", "", "", "", "no address")
    return sheet(*rows, ("C-5", "Company", "Havtech AS", "", "", "post@havtech.no"))


def test_a_kill_at_any_chunk_leaves_an_import_that_another_process_completes(desk: Desk) -> None:
    order = desk.asked(many(800))
    desk.imports.go_ahead(desk.ada, order)
    told = 0

    class Dying(Silence):
        def ring(self) -> None:
            nonlocal told
            told += 1
            if told == 2:
                raise Killed

    dying = ContactImports(desk.office.store, desk.office.people, Dying(), desk.folder, desk.slack)
    with pytest.raises(Killed):
        dying.run()
    assert 0 < len(desk.names()) < 800
    assert import_contacts(desk.imports) == ""
    desk.office.clock.move(LEASE * 2)  # type: ignore[union-attr]
    import_contacts(desk.imports)
    made = desk.imports.latest(desk.ada)[0].imported
    assert made.counts == {"new": 800, "faulty": 1}
    assert len(desk.names()) == len(set(desk.names())) == 800
    assert "no address" in desk.files()[0]
    with desk.office.store.reading() as connection:
        assert connection.scalars(select(func.count()).select_from(import_faults)).one() == 0
    desk.imports.revert(desk.ada, made.id)
    import_contacts(desk.imports)
    assert desk.names() == []


def test_an_import_is_stopped_keeps_what_it_has_and_can_be_taken_back(desk: Desk) -> None:
    order = desk.asked(many(700))
    desk.imports.go_ahead(desk.ada, order)
    imports = desk.imports

    class Stopping(Silence):
        def ring(self) -> None:
            if desk.open_orders():
                imports.stop_import(desk.ada, order)

    ContactImports(desk.office.store, desk.office.people, Stopping(), desk.folder, desk.slack).run()
    there = len(desk.names())
    assert 0 < there < 700
    assert "Stopped contacts.csv after" in desk.said()[-1]
    made = desk.imports.latest(desk.ada)[0].imported
    desk.imports.revert_listed(desk.ada, made.id)
    import_contacts(desk.imports)
    assert f"{there} contacts were deleted" in desk.said()[-1]
    assert desk.names() == []


def test_who_lost_an_import_to_another_process_writes_no_row_twice(desk: Desk) -> None:
    order = desk.asked(many(800))
    desk.imports.go_ahead(desk.ada, order)
    imports, clock = desk.imports, desk.office.clock

    class Slow(Silence):
        def ring(self) -> None:
            clock.move(LEASE * 2)  # type: ignore[union-attr]
            imports.run()

    slow = ContactImports(desk.office.store, desk.office.people, Slow(), desk.folder, desk.slack)
    assert slow.run() == ""
    assert desk.imports.latest(desk.ada)[0].imported.counts == {"new": 800, "faulty": 1}
    assert len(desk.names()) == len(set(desk.names())) == 800
    assert len(desk.files()) == 1


def test_an_admin_who_left_is_told_nothing_and_leaves_an_import_that_can_be_taken_back(desk: Desk) -> None:
    desk.imports.go_ahead(desk.ada, desk.asked(sheet(*ROWS)))
    bob = desk.office.joins("Bob", admin=True)
    said = len(desk.said())
    desk.office.people.leaves(desk.ada)
    import_contacts(desk.imports)
    assert len(desk.said()) == said
    assert desk.open_orders() == 0
    desk.imports.revert_listed(bob, desk.imports.latest(bob)[0].imported.id)
    import_contacts(desk.imports)
    assert "is taken back" in desk.said()[-1]


def test_taking_back_names_who_stays_and_is_done_once_by_two_admins(desk: Desk) -> None:
    made = desk.imported(sheet(*ROWS))
    with desk.office.store.begin(desk.office.workspace) as work:
        (found,) = work.search.find("Ola", PersonId(0))
        ola = work.contacts.get(found.id)
        assert ola
        changed = replace(ola, city="Moss")
        work.contacts.change(changed, search_text(changed), match_key(changed))
    bob = desk.office.joins("Bob", admin=True)
    desk.imports.revert(bob, made.id)
    with pytest.raises(Refusal, match="Something is being done"):
        desk.imports.revert(desk.ada, made.id)
    with pytest.raises(Refusal, match="Something is being done"):
        ContactImport(desk.office.store).revert(desk.office.workspace, None, made.id)
    assert desk.imports.latest(desk.ada)[0].at_work
    import_contacts(desk.imports)
    assert "1 stayed, since it was changed or used meanwhile: Ola Nordmann." in desk.said()[-1]
    with pytest.raises(Refusal, match="taken back before"):
        desk.imports.revert(desk.ada, made.id)
    assert desk.names() == ["Ola Nordmann"]


def test_a_process_that_ends_leaves_the_order_to_the_next_one(desk: Desk) -> None:
    desk.sends(sheet(*ROWS))
    desk.slack.dies = desk.imports.stop
    assert import_contacts(desk.imports) == ""
    desk.slack.dies = lambda: None
    assert import_contacts(desk.again().imports) == "Carried out 1 orders of imports."


def test_what_breaks_off_again_and_again_is_given_up(desk: Desk) -> None:
    def dies() -> None:
        raise Killed

    desk.sends(sheet(*ROWS))
    desk.slack.dies = dies
    for _ in range(TRIES):
        with pytest.raises(Killed):
            desk.imports.run()
        desk.office.clock.move(LEASE * 2)  # type: ignore[union-attr]
    import_contacts(desk.imports)
    assert "broke off several times" in desk.said()[-1]
    assert desk.open_orders() == 0
