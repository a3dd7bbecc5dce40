"""Which files an import reads, and which it refuses."""

import csv
import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from sheets import ROWS, TITLES, by_name, counts

from bot.clock import FixedClock
from bot.domain.ids import SlackTeam, WorkspaceId
from bot.domain.messages import Refusal
from bot.services.contact_import import ContactImport
from bot.services.people import People
from storage.store import Store, open_store


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters_are_detected(
    encoding: str, delimiter: str, sqlite_url: str, clock: FixedClock, tmp_path: Path
) -> None:
    store = open_store(sqlite_url, clock)
    workspace = People(store, frozenset(), guests_allowed=False).workspace(SlackTeam("T0EAST"))
    path = tmp_path / "contacts.csv"
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file, delimiter=delimiter).writerows([TITLES, *ROWS])
    assert counts(ContactImport(store).run(workspace, None, path)) == (4, 0, 0, 0)
    assert by_name(store, workspace, "Zoë O'Connor-Ødegård").city == "Ålesund"
    store.close()


def test_excels_own_first_line_is_passed_over(
    imports: ContactImport, furnished: WorkspaceId, tmp_path: Path
) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text("sep=;\r\nName;City\r\nAnna;Oslo\r\n\r\n;;\r\n", encoding="utf-8")
    assert counts(imports.run(furnished, None, path)) == (1, 0, 0, 0)


def a_workbook(folder: Path, rows: Sequence[Sequence[object]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    path = folder / "contacts.xlsx"
    book.save(path)
    return path


def test_a_workbook_is_imported(
    imports: ContactImport, store: Store, furnished: WorkspaceId, tmp_path: Path
) -> None:
    rows: list[Sequence[object]] = [
        ("Navn", "Telefon", "Mindreårig", "Postnr."),
        ("Kari Moen", 4712345678, True, 150.0),
    ]
    told: list[float] = []
    report = imports.run(
        furnished,
        None,
        a_workbook(tmp_path, [*rows, (None, "")]),
        progress=lambda _, share: told.append(share),
    )
    assert counts(report) == (1, 0, 0, 0)
    assert told[-1] == 1.0
    kari = by_name(store, furnished, "Kari Moen")
    assert (kari.phone, kari.minor, kari.privacy_blocked, kari.post_code) == ("4712345678", True, True, "150")


def repacked(path: Path, add: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in add.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"xl/vbaProject.bin": b"x"}, "macros"),
        ({"xl/externalLinks/externalLink1.xml": b"<x/>"}, "other files"),
        ({"xl/media/bomb.bin": b"\0" * 20_000_000}, "too large"),
        ({f"xl/media/{place}.bin": b"" for place in range(1001)}, "too large"),
    ],
)
def test_unsafe_workbooks_are_refused(
    parts: dict[str, bytes], sentence: str, imports: ContactImport, furnished: WorkspaceId, tmp_path: Path
) -> None:
    with pytest.raises(Refusal, match=sentence):
        imports.run(furnished, None, repacked(a_workbook(tmp_path, [("Name",), ("Anna",)]), parts))


def test_a_workbook_with_entities_is_refused(
    imports: ContactImport, furnished: WorkspaceId, tmp_path: Path
) -> None:
    whole, evil = a_workbook(tmp_path, [("Name",), ("Anna",)]), tmp_path / "evil.xlsx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(evil, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part.endswith("sheet1.xml"):
                content = b'<!DOCTYPE x [<!ENTITY e "boom">]>' + content.replace(b"Anna", b"&e;")
            new.writestr(part, content)
    with pytest.raises(Refusal, match="can't be read as XLSX"):
        imports.run(furnished, None, evil)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 broken", "can't be read as XLSX"),
        (b"City\nOslo\n", "first line"),
        (b"\xff\xfe", "empty"),
    ],
)
def test_useless_files_are_refused(
    content: bytes, sentence: str, imports: ContactImport, furnished: WorkspaceId, tmp_path: Path
) -> None:
    path = tmp_path / "contacts.csv"
    path.write_bytes(content)
    with pytest.raises(Refusal, match=sentence):
        imports.run(furnished, None, path)
    with pytest.raises(Refusal, match="no file"):
        imports.run(furnished, None, tmp_path / "nowhere.csv")
