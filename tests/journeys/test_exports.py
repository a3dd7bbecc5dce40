"""What the list shows becomes a file in the direct message."""

import io

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from bot.playground.seeds import EVA
from tests.journeys.desk import Desk

pytestmark = pytest.mark.browser


def test_what_was_found_is_exported_and_opened(desk: Desk) -> None:
    for line in ("Kari wants a visit", "Zoë asked for the contract", "Anna Bergmans wants a quote"):
        desk.eva.types(f"/log call {line} as:OUTGOING")
        desk.eva.hears(line[-12:])
    eva = desk.sits(size=(1280, 1000))
    eva.writes("/log find wants last:7d")
    found = eva.said("“wants”, last 7 days · 2 found")
    found.get_by_role("button", name="Export").click()
    form = eva.titled("Export entries")
    expect(form).to_contain_text("2 entries · Everyone's, as far as you may see · “wants” · last 7 days")
    eva.presses("Export")
    eva.closed()
    (file,) = desk.received(EVA)
    rows = list(load_workbook(io.BytesIO(file), read_only=True).active.iter_rows(values_only=True))
    assert [row[rows[0].index("Comment")] for row in rows[1:]] == ["wants a quote", "wants a visit"]
