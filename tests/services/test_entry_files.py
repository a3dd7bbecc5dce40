"""Files on entries: attached, replaced, taken off, undone, gone with the last that uses them (`domain.md` 1.15)."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from looking import look
from office import Office, Silence
from sqlalchemy import func, select

from bot.clock import FixedClock
from bot.domain.attachments import Attachment
from bot.domain.file_kinds import named
from bot.domain.ids import EntryId
from bot.domain.messages import Refusal
from bot.domain.operations import OperationKind
from bot.domain.people import Person
from bot.domain.purge import BEGINNING, Selection
from bot.services.attachments import Attachments
from bot.services.entry_files import EntryFiles
from bot.services.tidying import Tidying
from storage.attachments import Attachments as Rows
from storage.canceled import Mark
from storage.tables.deliveries import deliveries
from storage.tables.templates import attachments

OFFER, BETTER = b"Forty chairs", b"Forty-one chairs"


@pytest.fixture
def files(office: Office) -> EntryFiles:
    return EntryFiles(office.store, office.people, Silence(), look)


@pytest.fixture
def eva(office: Office) -> Person:
    return office.joins("Eva")


@pytest.fixture
def entry(office: Office, eva: Person) -> EntryId:
    return office.logs(eva, office.knows(eva, "Anna Berg"))


@pytest.fixture
def tidies(office: Office, clock: FixedClock, tmp_path: Path) -> Callable[[], int]:
    def tidy() -> int:
        """Tidy up twice with an hour and more in between; return how many files there are."""
        for _ in range(2):
            Tidying(office.store, tmp_path / "exports").run()
            clock.move(timedelta(hours=2))
        return kept(office)

    return tidy


def kept(office: Office) -> int:
    with office.store.reading() as connection:
        return int(connection.scalar(select(func.count()).select_from(attachments)) or 0)


def hanging(office: Office, entry: EntryId) -> Attachment | None:
    with office.store.read(office.workspace) as work:
        return Rows(work.access).of_entry(entry)


def attaches(
    files: EntryFiles, actor: Person, entry: EntryId, content: bytes, name: str = "offer.txt"
) -> str:
    """Attach a file; return what was said against it."""
    wrong = files.take(actor, entry, named(name), lambda: content)
    return wrong.text if wrong else ""


def story(office: Office, eva: Person, entry: EntryId) -> list[tuple[str | None, str | None]]:
    changes = office.histories.of_entry(eva, entry).changes
    return [(one.old, one.new) for one in changes if one.field == "attachment"]


def test_a_file_is_attached_replaced_and_taken_off_and_each_can_be_undone(
    office: Office, files: EntryFiles, eva: Person, entry: EntryId, clock: FixedClock
) -> None:
    assert attaches(files, eva, entry, OFFER) == ""
    first = hanging(office, entry)
    assert first is not None
    assert (first.name, first.media_type, first.size) == ("offer.txt", "text/plain", len(OFFER))
    clock.move(timedelta(minutes=1))
    assert attaches(files, eva, entry, BETTER, "better.txt") == ""
    clock.move(timedelta(minutes=1))
    files.remove(eva, entry)
    assert hanging(office, entry) is None
    assert story(office, eva, entry) == [
        ("better.txt", None),
        ("offer.txt", "better.txt"),
        (None, "offer.txt"),
    ]
    for name in ("better.txt", "offer.txt", ""):
        undone = office.undo.latest(eva)
        assert undone.operation.kind is OperationKind.ATTACH
        assert undone.message.text == "Undone: {what} has the file that it had before."
        hangs = hanging(office, entry)
        assert (hangs.name if hangs else "") == name
    assert office.undo.latest(eva).operation.kind is OperationKind.LOG
    assert kept(office) == 0


def test_the_same_file_once_more_changes_nothing(
    office: Office, files: EntryFiles, eva: Person, entry: EntryId
) -> None:
    for _ in range(2):
        assert attaches(files, eva, entry, OFFER) == ""
    assert len(story(office, eva, entry)) == 1
    with office.store.reading() as connection:
        said = connection.scalars(select(deliveries.c.key).where(deliveries.c.key.startswith("act:"))).all()
    assert len(said) == 2, "what was done, and without Undo when that is over"


def test_what_somebody_else_changed_meanwhile_is_left(
    office: Office, files: EntryFiles, eva: Person, entry: EntryId
) -> None:
    ada = office.joins("Ada", admin=True)
    attaches(files, eva, entry, OFFER)
    attaches(files, ada, entry, BETTER)
    assert office.undo.latest(eva).left
    hangs = hanging(office, entry)
    assert hangs is not None
    assert hangs.size == len(BETTER)


def test_a_file_that_is_refused_leaves_no_trace(
    office: Office, files: EntryFiles, eva: Person, entry: EntryId
) -> None:
    assert attaches(files, eva, entry, b"a;=1+1", "offer.csv").startswith("A cell")
    assert attaches(files, eva, entry, b"") == "The file is empty."
    assert kept(office) == 0
    assert story(office, eva, entry) == []


def test_who_may_change_an_entry_may_attach_and_who_may_read_it_gets_the_file(
    office: Office, files: EntryFiles, eva: Person, entry: EntryId, tmp_path: Path
) -> None:
    wim, templates = office.joins("Wim"), Attachments(office.store, Silence(), tmp_path / "exports")
    assert "can change" in attaches(files, wim, entry, OFFER)
    with pytest.raises(Refusal, match="can change"):
        files.remove(wim, entry)
    attaches(files, eva, entry, OFFER)
    templates.show_of(wim, entry)
    assert [one.suffix for one in (tmp_path / "exports").iterdir()] == [".txt"]
    office.sees("own")
    with pytest.raises(Refusal, match="not yours to see"):
        templates.show_of(wim, entry)


def test_of_a_canceled_entry_and_of_what_came_with_logging_nothing_can_be_changed(
    office: Office, files: EntryFiles, eva: Person, entry: EntryId
) -> None:
    attaches(files, eva, entry, OFFER)
    with office.store.begin(office.workspace) as work:
        Rows(work.access).hang(
            office.template(), Rows(work.access).put("letter.txt", "text/plain", b"Dear you")
        )
    came = office.logs(eva, office.knows(eva, "Bo Dahl"))
    hangs = hanging(office, came)
    assert hangs is not None
    assert hangs.read_only
    assert "read-only since it was logged" in attaches(files, eva, came, BETTER)
    office.entries.cancel(eva, entry, None)
    assert "Reinstate it first" in attaches(files, eva, entry, BETTER)


def test_line_63_what_two_entries_share_goes_with_the_last_of_them(
    office: Office, files: EntryFiles, eva: Person, entry: EntryId
) -> None:
    other = office.logs(eva, office.knows(eva, "Bo Dahl"))
    for one in (entry, other):
        attaches(files, eva, one, OFFER)
        office.entries.cancel(eva, one, None)
    assert kept(office) == 1
    everything = Selection(until=office.store.clock.now())
    with office.store.begin(office.workspace) as work:
        work.canceled.delete(everything, Mark(BEGINNING), 1)
    assert kept(office) == 1
    with office.store.begin(office.workspace) as work:
        work.canceled.delete(everything, Mark(BEGINNING), 1)
    assert kept(office) == 0


def test_what_nothing_uses_any_more_is_tidied_away_once_it_cannot_come_back(
    office: Office,
    files: EntryFiles,
    eva: Person,
    entry: EntryId,
    clock: FixedClock,
    tidies: Callable[[], int],
) -> None:
    attaches(files, eva, entry, OFFER)
    attaches(files, eva, entry, BETTER)
    assert kept(office) == 2
    Tidying(office.store, Path("nowhere")).run()
    office.undo.latest(eva)
    hangs = hanging(office, entry)
    assert hangs is not None
    assert hangs.size == len(OFFER)
    attaches(files, eva, entry, BETTER)
    assert tidies() == 1
    assert hanging(office, entry) is not None
