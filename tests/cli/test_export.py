import csv
from pathlib import Path

import pytest
from office import Office
from openpyxl import load_workbook
from terminal import Terminal

from bot.clock import SystemClock
from bot.domain.ids import SlackTeam
from storage import schema
from storage.store import open_store


@pytest.fixture
def database(terminal: Terminal) -> Path:
    """A database in which Eva and Wim logged two entries each."""
    path = terminal.folder / "saleslog.db"
    url = f"sqlite:///{path}"
    schema.upgrade(url)
    store = open_store(url, SystemClock())
    office = Office(store, SystemClock(), team=SlackTeam("T1"))
    for name in ("Eva", "Wim"):
        person = office.joins(name)
        anna = office.knows(person, f"Anna {name}")
        for day in ("2026-11-19", "2026-11-20"):
            office.logs(person, anna, description=f"=Call of {name}", comment=f"On {day}")
    store.close()
    terminal.settings["DATABASE_URL"] = url
    return path


def test_the_log_becomes_a_workbook_or_a_csv(terminal: Terminal, database: Path) -> None:
    ended = terminal.runs("export", "all.xlsx")
    assert (ended.code, ended.said) == (0, "4 entries → all.xlsx\n"), ended
    sheet = load_workbook(terminal.folder / "all.xlsx").worksheets[0]
    assert [row[8] for row in sheet.iter_rows(min_row=2, values_only=True)].count("=Call of Eva") == 2
    ended = terminal.runs(
        "export", "eva.csv", "by:eva", "with:Anna Eva", "--zone", "Europe/Oslo", "--language", "nl"
    )
    assert ended.said == "2 entries → eva.csv\n", ended
    with (terminal.folder / "eva.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert {row["Description"] for row in rows} == {"'=Call of Eva"}
    assert any("Europe/Oslo" in heading for heading in rows[0])


REFUSED = (
    (("all.pdf",), 2, "Name the file with its ending: .xlsx or .csv."),
    (("all.csv", "by:nobody"), 2, "Not understood: “by:nobody”. No file was written."),
    (("all.csv", "with:anna"), 2, "“with:anna” may be: Anna Eva, Anna Wim. Say which. No file was written."),
    (("all.csv", "is:canceled"), 1, "There is no such entry. No file was written."),
    (("all.csv", "--zone", "Mars"), 2, "“Mars” is no time zone. Write it as in Europe/Oslo."),
)


def test_what_can_not_be_written_leaves_no_file(terminal: Terminal, database: Path) -> None:
    for words, code, why in REFUSED:
        ended = terminal.runs("export", *words)
        assert (ended.code, ended.complained.strip()) == (code, why)
    assert not [file for file in terminal.folder.iterdir() if file.name.startswith("all.")]
