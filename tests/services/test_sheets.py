"""Files of rows as a spreadsheet reads them: exact, harmless, of any length (`reliability.md` 7)."""

import csv
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.sheets import comma, excel
from bot.sheets.cells import Cell, Layout, whole

DAY, HOUR, MOMENT = date(2026, 11, 20), time(14, 3), datetime.fromisoformat("2026-11-20T14:03:02")
FORMULAS = ("=1+1", "+47 123", "-1+1", "@SUM(A1)", "\t=1", "\r=1")


def layout(width: int = 1, title: str = "Log") -> Layout:
    return Layout(title, [f"Column {number}" for number in range(width)], [20] * width)


def sheets(path: Path) -> list[Worksheet]:
    book = load_workbook(path)
    return list(book.worksheets)


def read(path: Path) -> list[tuple[object, ...]]:
    (sheet,) = sheets(path)
    return list(sheet.iter_rows(min_row=2, values_only=True))


@given(st.lists(st.text(max_size=20), min_size=1, max_size=4))
@example(["=1+1", "#REF!", "_x0041_", " two  spaces ", "a\r\nb\rc", "<&>\"'", "😀\x00\x0b\ud800"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_text_is_read_back_as_a_text(tmp_path: Path, typed: list[str]) -> None:
    path = tmp_path / "any.xlsx"
    excel.write_rows(path, layout(1 + len(typed)), [[[1, *typed]]])
    ((_, *found),) = read(path)
    assert [said or "" for said in found] == [kept(one) for one in typed]


def kept(typed: str) -> str:
    """What a cell keeps of a text: no signs that XML can't hold, one kind of line break; escapes are doubled."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")
    printable = "".join(one for one in lines if excel._UNFIT.match(one) is None)
    return excel._ESCAPE_LIKE.sub("_x005F_", printable)


def test_days_times_and_amounts_are_numbers_with_a_look(tmp_path: Path) -> None:
    path = tmp_path / "any.xlsx"
    row: list[Cell] = [DAY, HOUR, MOMENT, 15, Decimal("12.50"), None, "", date(1850, 1, 1)]
    assert excel.write_rows(path, layout(len(row)), [[row]]) == (1, 1)
    (sheet,) = sheets(path)
    found = [cell.value for cell in sheet[2]]
    assert found == [datetime.combine(DAY, time()), HOUR, MOMENT, 15, 12.5, None, None, "1850-01-01"]
    assert [sheet.cell(2, column).is_date for column in (1, 2, 3, 4)] == [True, True, True, False]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:H2"
    assert sheet.cell(1, 1).font.b
    assert sheet.column_dimensions["A"].width == 20


def test_more_rows_than_a_sheet_takes_go_on_the_next(tmp_path: Path) -> None:
    path = tmp_path / "any.xlsx"
    pages = [[[number] for number in range(start, start + 3)] for start in range(0, 9, 3)]
    assert excel.write_rows(path, layout(title="Log: [all]"), pages, most=4) == (9, 3)
    found = [[row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] for sheet in sheets(path)]
    assert found == [[0, 1, 2, 3], [4, 5, 6, 7], [8]]
    assert [sheet.title for sheet in sheets(path)] == ["Log   all", "Log   all 2", "Log   all 3"]
    assert excel.write_rows(path, layout(), []) == (0, 1)
    assert read(path) == []


def test_a_text_longer_than_a_cell_ends_with_an_ellipsis(tmp_path: Path) -> None:
    path = tmp_path / "any.xlsx"
    excel.write_rows(path, layout(2), [[["x" * 40_000, "😀" * 20_000]]])
    ((plain, wide),) = read(path)
    assert plain == "x" * 32_766 + "…"
    assert wide == "😀" * 16_383 + "…"


@pytest.mark.parametrize("formula", FORMULAS)
def test_nothing_in_a_csv_is_a_formula(tmp_path: Path, formula: str) -> None:
    path = tmp_path / "any.csv"
    assert comma.write_rows(path, ["What"], [[[formula]]]) == 1
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["What"], [f"'{formula}"]]


def test_a_csv_is_written_as_it_is_read_where_the_reader_lives(tmp_path: Path) -> None:
    path = tmp_path / "any.csv"
    row: list[Cell] = [DAY, HOUR, MOMENT, 15, Decimal("12.50"), None, "Zoë; O'Connor"]
    comma.write_rows(path, ["Column"] * len(row), [[row]], comma.CONTINENTAL)
    content = path.read_bytes().decode("utf-8")
    assert content.startswith("\ufeffColumn;")
    assert content.splitlines()[1] == '2026-11-20;14:03;2026-11-20 14:03:02;15;12,50;;"Zoë; O\'Connor"'


def _half(path: Path) -> None:
    with whole(path, 7) as part:
        part.write_text("half")
        raise OSError("full")


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "new" / "any.csv"
    with pytest.raises(OSError, match="full"):
        _half(path)
    assert list(path.parent.iterdir()) == []
    with whole(path, 7) as part:
        part.write_text("whole")
    assert path.read_text() == "whole"
    assert list(path.parent.iterdir()) == [path]


def test_a_workbook_has_the_parts_that_excel_looks_for(tmp_path: Path) -> None:
    path = tmp_path / "any.xlsx"
    excel.write_rows(path, layout(28), [[list(range(28))]], most=1)
    with ZipFile(path) as archive:
        assert archive.testzip() is None
        types = archive.read("[Content_Types].xml").decode()
        assert all(
            f'PartName="/{name}"' in types
            for name in archive.namelist()
            if not name.endswith((".rels", "].xml"))
        )
    (sheet,) = sheets(path)
    assert sheet["AB2"].value == 27
