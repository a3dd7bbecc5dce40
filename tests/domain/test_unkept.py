"""Texts as they come in."""

import pytest

from bot.domain.unkept import kept


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Zoë O'Connor-Ødegård", "Zoë O'Connor-Ødegård"),
        ("+\x00bV", "+bV"),
        ("a\ud800b\udfffc", "abc"),
        ("🧡\x00\n\t", "🧡\n\t"),
        ("", ""),
    ],
)
def test_what_no_database_keeps_is_left_out(text: str, left: str) -> None:
    assert kept(text) == left
