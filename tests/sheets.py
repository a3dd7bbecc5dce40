"""Sheets of contacts to import, and what became of them."""

import csv
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import text

from bot.domain.contacts import Contact
from bot.domain.ids import PersonId, WorkspaceId
from bot.services.contact_import import Report
from storage.store import Store

TITLES = (
    "No.",
    "Type",
    "Name",
    "Company Name",
    "Phone No.",
    "E-Mail",
    "City",
    "Salesperson",
    "Mailing Groups",
)


ROWS = (
    (
        "",
        "Person",
        "Anna Berg",
        "Fjordbygg AS",
        "+47 1234",
        "anna@fjordbygg.no",
        "Oslo",
        "eva@post.no",
        "VIP; News",
    ),
    ("", "Person", "Zoë O'Connor-Ødegård", "Fjordbygg AS", "+47 99", "", "Ålesund", "MAX", ""),
    ("C-5", "Company", "Havtech AS", "", "", "post@havtech.no", "Bergen", "eva@post.no", ""),
    ("", "", "Ola Nordmann", "", "", "", "", "", "news"),
)


def a_csv(folder: Path, rows: Sequence[Sequence[str]], titles: Sequence[str] = TITLES) -> Path:
    path = folder / "contacts.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([titles, *rows])
    return path


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.new, report.changed, report.unchanged, report.faulty


def by_name(store: Store, workspace: WorkspaceId, name: str) -> Contact:
    with store.read(workspace) as work:
        (found,) = [found for found in work.search.find(name, PersonId(0)) if found.name == name]
        contact = work.contacts.get(found.id)
    assert contact
    return contact


def everything(store: Store) -> list[str]:
    tables = (
        "contacts",
        "contact_words",
        "contact_mailing_groups",
        "mailing_groups",
        "salespeople",
        "import_changes",
    )
    with store.reading() as connection:
        return sorted(
            f"{table} {tuple(row)}"
            for table in (*tables, "number_series")
            for row in connection.execute(text(f"SELECT * FROM {table}"))
        )
