"""Every view: how it reads, that Slack takes it, and that nobody's words do anything in it."""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.playground.rules import problems_in_message, problems_in_options, problems_in_view
from bot.views import contacts, kit
from tests.views.outline import literal, markup, outline
from tests.views.pages import HOMES, MESSAGES, PAGES
from tests.views.things import TEXT, found

OUTLINES = Path(__file__).parent / "outlines"
UPDATE = bool(os.environ.get("SALESLOG_UPDATE_OUTLINES"))
MENTIONS = "<!channel> <@U1> & *_~`x`"
NASTY = (
    MENTIONS,
    "<!everyone>" * 200,
    "&lt;!here&gt;",
    "```\n> quoted\n- list",
    "x" * 10_000,
    "👩‍👩‍👧‍👦🇳🇴" * 300,
    "\u200fשלום עולם \u202eolleh",
    "",
    "\n\n \n",
    "one\n\ntwo\r\nthree\u2028four",
)

each_page = pytest.mark.parametrize("name", PAGES)
hostile = st.one_of(st.sampled_from(NASTY), st.text(alphabet="<>!@#&*_~`\n :|U1é漢🙂", max_size=200))


def as_typed(words: str) -> str:
    return words


def refusals(name: str, page: dict[str, Any]) -> list[str]:
    if name in MESSAGES:
        return problems_in_message(page)
    return problems_in_view(page, "home" if name in HOMES else "modal")


@each_page
def test_each_view_reads_like_its_outline(name: str) -> None:
    page = PAGES[name](as_typed)
    file = OUTLINES / f"{name.replace(', ', '-').replace(' ', '_')}.txt"
    if UPDATE:
        file.write_text(outline(page), encoding="utf-8")
    assert outline(page) == file.read_text(encoding="utf-8")
    assert refusals(name, page) == []


def test_no_outline_is_left_of_a_view_that_is_gone() -> None:
    named = {f"{name.replace(', ', '-').replace(' ', '_')}.txt" for name in PAGES}
    assert {file.name for file in OUTLINES.iterdir()} == named


@each_page
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(words=hostile)
def test_nobodys_words_break_a_view_or_mention_anybody(name: str, words: str) -> None:
    page, ours = PAGES[name](lambda _: words), PAGES[name](as_typed)
    assert refusals(name, page) == []
    assert list(markup(page)) == list(markup(ours))
    assert "<!" not in page.get("text", "")
    assert "<@" not in page.get("text", "")


@each_page
def test_each_word_stands_there_as_it_was_typed(name: str) -> None:
    page = PAGES[name](lambda words: f"{words[:3]} {MENTIONS}")
    said = "".join(literal(page["blocks"]))
    plain = "".join(literal(PAGES[name](as_typed)["blocks"]))
    assert (MENTIONS in said) == (said != plain)


@pytest.mark.parametrize("name", MESSAGES)
def test_the_text_of_a_message_says_what_its_blocks_say(name: str) -> None:
    message = MESSAGES[name](lambda words: f"{words} {MENTIONS}")
    assert message["mrkdwn"] is False
    first = next(iter(literal(message["blocks"])), "")[:50]
    assert (
        not first or first.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in message["text"]
    )


@settings(max_examples=60, deadline=None)
@given(query=hostile, words=hostile)
def test_slack_takes_whatever_a_search_finds(query: str, words: str) -> None:
    hits = [found(lambda _: words, number) for number in range(25)]
    choices = contacts.search_choices(hits, query, TEXT)
    assert problems_in_options({"options": [option.to_dict() for option in kit.options(choices)]}) == []
