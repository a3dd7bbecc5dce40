from datetime import UTC, date, datetime

import pytest

from bot.text import Text

NOW = datetime(2026, 11, 20, 13, 2, tzinfo=UTC)


@pytest.mark.parametrize("locale", ["en-GB", "fi-FI", "xx-YY", ""])
def test_a_date_stands_in_the_language_of_the_sentence_around_it(locale: str) -> None:
    """There is no Finnish catalogue, so the words are English."""
    text = Text(locale, "Europe/Oslo", NOW)
    assert text("follow-up {day}", day=text.day_within(date(2026, 11, 27))) == "follow-up Fri 27 Nov"
