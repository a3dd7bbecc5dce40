from pathlib import Path

import pytest
from terminal import Ended, Terminal

FILE = """Name,E-Mail,City,Shoe Size
Anna Berg,anna@fjord.no,Bergen,38
Wim Peeters,not an address,Antwerp,44
Zoë O'Connor-Ødegård,zoe@brug.nl,Gent,40
"""


@pytest.fixture
def contacts(terminal: Terminal) -> Path:
    file = terminal.folder / "contacts.csv"
    file.write_text(FILE, encoding="utf-8")
    return file


def imported(terminal: Terminal, *more: str) -> Ended:
    return terminal.runs("import", "contacts", "contacts.csv", *more)


def test_an_import_says_what_became_of_the_rows_and_how_to_take_it_back(
    terminal: Terminal, contacts: Path
) -> None:
    ended = imported(terminal, "--workspace", "T1")
    said = ended.said.splitlines()
    assert ended.code == 0
    assert said[0] == "3 rows: 2 new, 0 changed, 0 unchanged, 1 faulty → contacts.errors.csv"
    assert said[1] == "Unknown columns were ignored: Shoe Size"
    assert said[2].startswith("  row 2 below the titles: “not an address”")
    assert "Wim Peeters" in (terminal.folder / "contacts.errors.csv").read_text(encoding="utf-8-sig")
    number = said[3].removeprefix("To take it back: saleslog import revert ")
    assert (
        terminal.runs("import", "revert", number).said == "2 contacts deleted, 0 given back what they had.\n"
    )
    assert "taken back before" in terminal.runs("import", "revert", number).complained


def test_twice_changes_nothing_and_the_mended_rows_come_after(terminal: Terminal, contacts: Path) -> None:
    imported(terminal, "--workspace", "T1")
    assert imported(terminal).said.startswith("3 rows: 0 new, 0 changed, 2 unchanged, 1 faulty")
    faulty = terminal.folder / "contacts.errors.csv"
    mended = faulty.read_text(encoding="utf-8-sig").replace("not an address,", "wim@brug.be,")
    faulty.write_text(mended, encoding="utf-8")
    ended = terminal.runs("import", "contacts", "contacts.errors.csv")
    assert ended.said.startswith("1 rows: 1 new, 0 changed, 0 unchanged, 0 faulty\n")


def test_a_check_writes_no_contact(terminal: Terminal, contacts: Path) -> None:
    ended = imported(terminal, "--workspace", "T1", "--check")
    assert ended.said.startswith(
        "3 rows: 2 new, 0 changed, 0 unchanged, 1 faulty → contacts.errors.csv. Only checked"
    )
    assert imported(terminal).said.startswith("3 rows: 2 new")


def test_with_no_or_several_workspaces_it_asks_which(terminal: Terminal, contacts: Path) -> None:
    assert "Which workspace?" in imported(terminal).complained
    imported(terminal, "--workspace", "T1")
    imported(terminal, "--workspace", "T2")
    ended = imported(terminal)
    assert ended.code == 1
    assert "Which workspace (T1, T2)?" in ended.complained


def test_a_file_that_is_not_there_and_one_without_sense(terminal: Terminal) -> None:
    (terminal.folder / "photo.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    for name in ("none.csv", "photo.csv"):
        ended = terminal.runs("import", "contacts", name, "--workspace", "T1")
        assert ended.code == 1
        assert len(ended.complained.splitlines()) == 1
