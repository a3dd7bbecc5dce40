"""Exports as people ask for them: by a command, under a list (`product.md` 7; screens)."""

from io import BytesIO

from openpyxl import load_workbook
from seat import Seat

from tests.handlers.test_entry_lists import lists, writes_down


def received(seat: Seat, words: str) -> list[tuple[object, ...]]:
    """The rows of the file that came after these words."""
    said = seat.hears(words)
    files = seat.slack.workspace.files
    seat.sees(lambda: [file for one in seat.messages() if one.ts > said.ts for file in one.files])
    name = next(file for one in seat.messages() if one.ts > said.ts for file in one.files)
    sheet = load_workbook(BytesIO(files.file(name).content)).worksheets[0]
    return list(sheet.iter_rows(min_row=2, values_only=True))


def test_the_list_is_exported_as_it_is_filtered(eva: Seat, anna: int) -> None:
    writes_down(eva, anna, 3)
    said = lists(eva)
    eva.presses_on(said, "export_entries")
    eva.sees_form("Export entries")
    assert "3 entries" in eva.reads()
    assert eva.submits().acked
    rows = received(eva, "Here are 3 entries · Yours")
    assert [row[8] for row in rows] == ["Call no. 2", "Call no. 1", "Call no. 0"]


def test_a_command_exports_what_its_filters_say_or_shows_what_was_not_understood(
    eva: Seat, anna: int
) -> None:
    writes_down(eva, anna, 2)
    eva.types("/log export wiht:anna last:7d")
    assert "export_entries" in str(eva.hears("wiht").blocks)
    eva.types("/log export is:canceled")
    eva.sees_form("Export entries")
    assert "There is nothing to export." in eva.reads()
    eva.leaves()
    eva.types("/log export")
    eva.sees_form("Export entries")
    assert "2 entries" in eva.reads()
    assert "last 30 days" in eva.reads()
