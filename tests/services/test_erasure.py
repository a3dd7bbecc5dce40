"""After Erase person nothing holds the person's name, addresses or texts; figures stay (`product.md` 11)."""

import csv
import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from office import TODAY, Office, Silence
from sqlalchemy import JSON, LargeBinary, String, Text, create_engine, select, text, update

from bot.clock import FixedClock
from bot.domain.campaigns import Opportunity, OpportunityStatus
from bot.domain.contacts import ContactType
from bot.domain.criteria import Criteria
from bot.domain.deliveries import DeliveryKind, DeliveryState
from bot.domain.entry_files import with_file
from bot.domain.ids import ContactId, EntryId, OpportunityId
from bot.domain.inbox import Arrival, ArrivalKind, Whom
from bot.domain.messages import Refusal
from bot.domain.people import Person
from bot.domain.segments import ActionKind
from bot.services.contact_import import ContactImport
from bot.services.contacts import Typed
from bot.services.erasure import Erasure
from bot.services.inbox import Inbox
from bot.services.person_files import PersonFiles
from bot.services.segment_gates import new_segment
from storage.attachments import Attachments
from storage.personal import FOUND_BY, KEPT, KEPT_TABLES, SCRUBBED, SILENCED, TRACES
from storage.store import open_store
from storage.tables import metadata
from storage.tables.contacts import contacts
from storage.tables.deliveries import deliveries
from storage.tables.templates import attachments

NAME, EMAIL, PHONE = "Zyxandra Qvistgaard", "zyx@qvist.example", "+47 90 81 72 63"
MARK = "geheimnis"
OWN = {"name": NAME, "email": EMAIL, "phone": PHONE}
UNMARKED = {"number", "type", "search", "match_key"}
MARKS = ("zyxandra", "qvist", "9081", "90 81 72", "wöllmark", "geheimnis")


@pytest.fixture
def ada(office: Office) -> Person:
    return office.joins("Ada", admin=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "exports"
    path.mkdir()
    return path


@pytest.fixture
def erasure(office: Office, folder: Path) -> Erasure:
    return Erasure(office.store, office.people, Silence(), folder)


def textual(column: Any) -> bool:
    return isinstance(column.type, String | Text | JSON | LargeBinary)


def test_every_text_of_every_table_is_erased_or_kept_for_a_reason() -> None:
    decided = {f"{trace.table.name}.{column}" for trace in TRACES for column in trace.erased}
    decided |= {
        f"{trace.table.name}.{column.name}" for trace in TRACES if trace.goes for column in trace.table.c
    }
    for table, columns in (*SCRUBBED.items(), *SILENCED.items(), *FOUND_BY.items()):
        decided |= {f"{table.name}.{column}" for column in columns}
    texts = {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        if table.name not in KEPT_TABLES
        for column in table.c
        if textual(column)
    }
    assert texts - decided - set(KEPT) == set()
    assert set(KEPT) & decided == set()
    assert set(KEPT) - texts == set()


def zyx(office: Office, ada: Person) -> ContactId:
    typed = Typed(
        type=ContactType.PERSON,
        name=NAME,
        company_name="Nordlys AS",
        job_title="Geheimnis keeper",
        email=EMAIL,
        phone=PHONE,
        city="Wöllmark",
    )
    return office.contacts.create(ada, "zyx", typed).id


def arrived(office: Office, whom: Whom, **facts: Any) -> None:
    """Let a document arrive: with somebody known it is recorded, else it asks."""
    came = Arrival(
        kind=ArrivalKind.DOCUMENT,
        key=str(office.store.ids()),
        type="cover_sheet",
        day=TODAY,
        contact=whom,
        **facts,
    )
    with office.store.begin(office.workspace) as work:
        Inbox(office.people).record(work, came)


def lives(office: Office, ada: Person, tmp_path: Path) -> tuple[ContactId, EntryId, EntryId]:
    """Everything that can happen to a contact, told in words that tell of nobody else."""
    bob, twin = office.knows(ada, "Bob Dahl", "Fjordbygg AS"), office.knows(ada, "Zyxandra Q", "Nordlys AS")
    person = zyx(office, ada)
    number = office.contacts.get(ada, person).number
    file = tmp_path / "contacts.csv"
    with file.open("w", newline="") as written:
        csv.writer(written).writerows([("No.", "Name", "Job title"), (number, NAME, "Geheimnis monger")])
    ContactImport(office.store).run(office.workspace, None, file)
    typed = office.typed(person, comment=f"Geheimnis of {NAME}\nsecond line", description="Geheimnis told")
    office.types(ada, "form", typed, "1")
    entry = office.submits(ada, "form", typed).entry
    assert entry is not None
    office.logs(ada, bob, comment="Bob knows Zyxandra Q")
    about = office.logs(ada, bob, comment=f"Bob knows {NAME.upper()}, {PHONE}", description=f"On {NAME}")
    for one, content in ((entry, b"Geheimnis of Wollmark"), (about, b"Forty chairs")):
        hangs(office, one, f"Offer to {NAME}.txt", content)
    task = office.tasks.follow_up(ada, entry, date(2026, 11, 27), "Geheimnis again")
    assert task
    office.types(ada, "draft", office.typed(person, comment="Geheimnis half"), "1")
    office.types(ada, "other", office.typed(bob, comment=f"ask {EMAIL}"), "1")
    stands = office.contacts.get(ada, person)
    office.contacts.edit(
        ada,
        person,
        stands.revision,
        Typed(type=ContactType.PERSON, name=NAME, email=EMAIL, phone=PHONE, city="Wöllmark"),
    )
    office.removals.go_on(office.workspace, office.contact_removal.merge(ada, "merge", (person, twin), ()))
    arrived(office, Whom(email=EMAIL), description="Geheimnis arrived")
    arrived(office, Whom(company="Unknown AS"), description=f"About {NAME} and Bob", comment=f"call {PHONE}")
    with office.store.begin(office.workspace) as work:
        segment = new_segment(work, ada.id, "SEG0001", TODAY)
        work.segments.add(segment)
        criteria = Criteria(words=f"{NAME}").written()
        action = work.segments.act(segment.id, ActionKind.ADD, f"Added {NAME}", ada.id, criteria)
        work.segment_lines.add_in_order(segment.id, action, [person])
        line = work.segment_lines.page(segment.id, 0, 1)[0]
        for name, value in (("description", "Geheimnis line"), ("text", "Geheimnis text")):
            object.__setattr__(line, name, value)
        work.segment_lines.change(segment.id, line)
        work.opportunities.add(
            Opportunity(
                id=OpportunityId(office.store.ids()),
                number="O1",
                description="Geheimnis deal",
                contact=person,
                company=None,
                salesperson=ada.id,
                status=OpportunityStatus.IN_PROGRESS,
            )
        )
        work.deliveries.say("waits", DeliveryKind.ANSWER, ada.id, {"text": f"Hello {NAME}"})
        work.deliveries.say("bob", DeliveryKind.ANSWER, ada.id, {"text": "Hello Bob"})
    with office.store.writing() as connection:
        connection.execute(
            update(deliveries)
            .where(deliveries.c.key.not_in(("waits", "bob")))
            .values(state=DeliveryState.SENT)
        )
    return person, entry, about


def hangs(office: Office, entry: EntryId, name: str, content: bytes) -> None:
    with office.store.begin(office.workspace) as work:
        before = work.entries.get(entry)
        assert before is not None
        file = Attachments(work.access).put(name, "text/plain", content)
        work.entries.change(before, with_file(before, file, before.logged_at))


def file_names(office: Office) -> list[str]:
    with office.store.reading() as connection:
        return list(connection.scalars(select(attachments.c.name)))


def marks_every_column(office: Office, person: ContactId) -> None:
    """Write a mark into each column that is erased or scrubbed, as far as there are rows; history can't be changed."""
    asked = {"person": person, "workspace": office.workspace}
    with office.store.writing() as connection:
        for trace in TRACES[:-1]:
            names = [name for name in trace.erased if plain(trace.table.c[name]) and trace.name != "history"]
            if names:
                connection.execute(
                    update(trace.table).where(trace.which).values(dict.fromkeys(names, MARK)), asked
                )
        for table, columns in SCRUBBED.items():
            names = [name for name in columns if plain(table.c[name])]
            if names:
                connection.execute(update(table).values(dict.fromkeys(names, f"to {NAME}")))
        texts = [column.name for column in contacts.c if plain(column) and column.name not in UNMARKED]
        connection.execute(
            update(contacts).where(contacts.c.id == person).values(dict.fromkeys(texts, MARK) | OWN), asked
        )


def plain(column: Any) -> bool:
    return isinstance(column.type, String | Text) and (column.type.length or 99) >= len(MARK) + len(NAME)


def marked(values: Iterator[Any]) -> list[str]:
    said = " ".join(map(str, values)).casefold()
    return [mark for mark in MARKS if mark in said]


def held(office: Office) -> dict[str, list[str]]:
    """Which tables hold a mark, search indexes too."""
    with office.store.reading() as connection:
        return {
            table.name: found
            for table in metadata.sorted_tables
            if (found := marked(value for row in connection.execute(select(table)) for value in row))
        }


def test_nothing_holds_what_told_of_an_erased_person(
    office: Office, ada: Person, erasure: Erasure, folder: Path, tmp_path: Path
) -> None:
    person, entry, about = lives(office, ada, tmp_path)
    marks_every_column(office, person)
    with zipfile.ZipFile(folder / "letters.zip", "w") as parts:
        parts.writestr("1.txt", f"Dear {NAME}")
    (folder / "others.csv").write_text("Bob Dahl")
    before = held(office)
    assert set(before) >= {
        "contacts",
        "entries",
        "entry_comments",
        "entry_words",
        "drafts",
        "tasks",
        "history",
        "deliveries",
        "segment_lines",
        "segment_actions",
        "opportunities",
        "import_changes",
        "removed_contacts",
    }
    name = erasure.erase(ada, person)
    assert held(office) == {}
    card = office.contacts.get(ada, person)
    assert (card.name, card.email, card.company, card.privacy_blocked) == (name, "", None, True)
    kept = office.entries.get(ada, entry).entry
    assert (kept.contact, kept.day, kept.description, kept.comments) == (person, TODAY, "Outgoing call", ())
    assert kept.attachment is None
    [file] = file_names(office)
    assert file.endswith(f"to {name}")
    other = office.entries.get(ada, about).entry
    assert other.comment == f"Bob knows {name}, {name}"
    assert [path.name for path in folder.iterdir()] == ["others.csv"]
    assert office.contacts.find(ada, "zyxandra") == []
    with office.store.read(office.workspace) as work:
        said = {row.key: row.state for row in work.access.connection.execute(select(deliveries))}
    assert (said["waits"], said["bob"]) == (DeliveryState.SUPERSEDED, DeliveryState.DUE)
    assert erasure.erase(ada, person) == name


def test_the_file_of_the_database_holds_nothing_once_it_was_made_compact(
    sqlite_url: str, clock: FixedClock, tmp_path: Path
) -> None:
    office = Office(open_store(sqlite_url, clock), clock)
    ada = office.joins("Ada", admin=True)
    person, _, _ = lives(office, ada, tmp_path)
    Erasure(office.store, office.people, Silence(), tmp_path / "exports").erase(ada, person)
    office.store.close()
    engine = create_engine(sqlite_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        connection.execute(text("VACUUM"))
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    engine.dispose()
    raw = Path(sqlite_url.removeprefix("sqlite:///")).read_bytes().lower()
    assert [mark for mark in MARKS if mark.encode() in raw] == []


def test_of_two_of_one_name_the_other_keeps_it(office: Office, ada: Person, erasure: Erasure) -> None:
    person, namesake = zyx(office, ada), office.knows(ada, NAME)
    entry = office.logs(ada, namesake, comment=f"{NAME} called from {PHONE}")
    name = erasure.erase(ada, person)
    assert office.entries.get(ada, entry).entry.comment == f"{NAME} called from {name}"
    assert office.contacts.get(ada, namesake).name == NAME


def test_only_admins_and_only_persons(office: Office, ada: Person, erasure: Erasure, folder: Path) -> None:
    eva, person = office.joins("Eva"), zyx(office, ada)
    company = office.contacts.get(ada, person).company
    assert company
    files = PersonFiles(office.store, Silence(), folder)
    for act in (erasure.sample, erasure.erase, files.send):
        with pytest.raises(Refusal, match="Only an admin"):
            act(eva, person)
        with pytest.raises(Refusal, match="is a company"):
            act(ada, company)


def test_an_export_holds_everything_and_runs_nothing(
    office: Office, ada: Person, folder: Path, tmp_path: Path
) -> None:
    person, _, _ = lives(office, ada, tmp_path)
    office.logs(ada, person, comment="<script>alert(1)</script>")
    sent = PersonFiles(office.store, Silence(), folder).send(ada, person)
    with zipfile.ZipFile(BytesIO(next(folder.glob("person-*.zip")).read_bytes())) as parts:
        readable, machine = (parts.read(f"person.{kind}").decode() for kind in ("html", "json"))
    for words in (
        NAME,
        EMAIL,
        "Geheimnis told",
        "Geheimnis half",
        "Geheimnis text",
        "Geheimnis deal",
        "Hello",
    ):
        assert words in readable
        assert words in machine
    assert "<script>" not in readable
    assert sent.number in readable


def test_an_import_brings_neither_the_erased_nor_the_merged_back(
    office: Office, ada: Person, erasure: Erasure, tmp_path: Path
) -> None:
    person, twin, kept = zyx(office, ada), office.knows(ada, "Anne Berg"), office.knows(ada, "Anna Berg")
    rows = [(office.contacts.get(ada, one).number, NAME) for one in (person, twin)]
    office.removals.go_on(office.workspace, office.contact_removal.merge(ada, "merge", (kept, twin), ()))
    erasure.erase(ada, person)
    file = tmp_path / "again.csv"
    with file.open("w", newline="") as written:
        csv.writer(written).writerows([("No.", "Name"), *rows])
    report = ContactImport(office.store).run(office.workspace, None, file)
    assert (report.faulty, report.new, report.changed) == (2, 0, 0)
    assert {fault.text.split(":")[0] for _, fault in report.faults} == {
        "{number} was erased",
        "{number} was merged into {heir}",
    }
