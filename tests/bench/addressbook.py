"""A database full of believable contacts, made once and kept under var/bench."""

import hashlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from bot.clock import SystemClock
from bot.demo.people import contacts as believable
from bot.domain.contacts import Contact, ContactType, match_key, search_text
from bot.domain.ids import ContactId, PersonId, SlackTeam, SlackUser
from bot.domain.people import Person
from bot.services.people import People
from storage import schema
from storage.search_index import SearchIndex
from storage.store import Store, open_store
from storage.tables.contacts import contacts
from storage.work import Work

TEAM = SlackTeam("T0BENCH")
SEATS = 50
CHUNK = 5_000
FOLDER = Path("var/bench")
ROOT = Path(__file__).parents[2]
_SHAPING = (
    "bot/demo/*.py",
    "bot/domain/contacts.py",
    "bot/domain/folding.py",
    "storage/migrations/versions/*.py",
    "storage/search_index.py",
    "storage/words.py",
)


def user(seat: int) -> SlackUser:
    return SlackUser(f"U{seat:04d}")


def full(count: int) -> str:
    """Return the address of a database with so many contacts and fifty people."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"contacts-{count}-{_edition()}.db"
    if not path.exists():
        unfinished = path.with_suffix(".part")
        for leftover in FOLDER.glob(f"{unfinished.name}*"):
            leftover.unlink()
        _fill(f"sqlite:///{unfinished}", count)
        unfinished.rename(path)
    return f"sqlite:///{path}"


def _edition() -> str:
    """Return a mark of all that shapes the database: one made otherwise would answer otherwise."""
    shaping = sorted(path for pattern in _SHAPING for path in ROOT.glob(pattern))
    return hashlib.sha256(b"".join(path.read_bytes() for path in shaping)).hexdigest()[:8]


def fresh(folder: Path, count: int) -> str:
    """Return the address of a database of its own, to be written to."""
    url = f"sqlite:///{folder}/bench.db"
    _fill(url, count)
    return url


def _fill(url: str, count: int) -> None:
    schema.upgrade(url)
    store = open_store(url, SystemClock())
    workspace = People(store, frozenset(), guests_allowed=False).workspace(TEAM)
    with store.begin(workspace) as work:
        for seat in range(SEATS):
            work.people.add(_seller(work, seat))
    rows = believable(count)
    companies: dict[str, int] = {}
    while chunk := list(islice(rows, CHUNK)):
        with store.begin(workspace) as work:
            _add(work, [_contact(store, row, companies) for row in chunk])
    _settle(store)
    store.close()


def _add(work: Work, made: list[Contact]) -> None:
    """Write contacts as an import does: rows, index, words."""
    index = SearchIndex(work.access)
    texts = [search_text(contact) for contact in made]
    rows = [_row(work, contact, index.marked(text)) for contact, text in zip(made, texts, strict=True)]
    work.access.connection.execute(insert(contacts), rows)
    index.write([(row["id"], row["search"]) for row in rows])
    index.words.learn({word for text in texts for word in text.split()})


def _settle(store: Store) -> None:
    with store.writing() as connection:
        connection.exec_driver_sql("ANALYZE")
    with store.writer.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _seller(work: Work, seat: int) -> Person:
    return Person(
        id=PersonId(work.access.ids()),
        workspace=work.access.workspace,
        slack_id=user(seat),
        code=f"S{seat}",
        name=f"Seller {seat}",
        zone="Europe/Oslo",
        locale="en-GB",
    )


def _contact(store: Store, row: dict[str, str], companies: dict[str, int]) -> Contact:
    contact = ContactId(store.ids())
    if row["Type"] == "Company":
        companies[row["Name"]] = contact
    company = companies.get(row["Company Name"])
    return Contact(
        id=contact,
        number=row["No."],
        type=ContactType(row["Type"].lower()),
        name=row["Name"],
        company=ContactId(company) if company else None,
        company_name=row["Company Name"],
        email=row["E-Mail"],
        city=row["City"],
        phone=row["Phone No."],
    )


def _row(work: Work, contact: Contact, marked: str) -> dict[str, Any]:
    return {
        "id": contact.id,
        "workspace_id": work.access.workspace,
        "number": contact.number,
        "type": contact.type,
        "name": contact.name,
        "company_id": contact.company,
        "email": contact.email,
        "city": contact.city,
        "phone": contact.phone,
        "search": marked,
        "match_key": match_key(contact),
        "created_at": work.access.clock.now(),
    }


def sellers(store: Store) -> Iterator[Person]:
    """Yield the fifty people."""
    people = People(store, frozenset(), guests_allowed=False)
    workspace = people.workspace(TEAM)
    for seat in range(SEATS):
        found = people.known(workspace, user(seat))
        if found is not None:
            yield found
