"""Block Kit as HTML, without a browser."""

import html
import re
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.ids import blocks_with_ids
from bot.playground.page_charts import description, plot, slices, table
from bot.playground.page_dates import formatted
from bot.playground.page_mrkdwn import mrkdwn
from bot.playground.page_reader import Reader
from bot.playground.page_rich import rich_text, rich_text_words
from bot.playground.page_screen import Screen
from bot.playground.page_templates import Templates, safe_url, source
from bot.playground.places import Place
from bot.playground.seeds import EVA, demo_workspace
from bot.playground.shapes import Json
from bot.playground.values import starting_values
from tests.playground import gallery
from tests.playground.forms import TEXT, field, option, plain

NOW = 1795263180.0  # Saturday 21 November 2026, 12:13 UTC
OSLO = Reader(EVA, ZoneInfo("Europe/Oslo"), NOW, {EVA: "Eva", "U2": "Wim", "C1": "sales", "S1": "team"})
AMERICAN = Reader(EVA, ZoneInfo("America/New_York"), NOW, {}, has_half_days=True)
TAG = re.compile(r"<[^>]+>")


def drawn(*blocks: Json) -> str:
    whole = blocks_with_ids(blocks)
    directory = demo_workspace().directory
    screen = Screen(OSLO, directory, Place.home(), starting_values(whole), {"Wrong": "This is wrong."})
    return Templates().blocks(whole, screen)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*bold* _it_ ~out~", "<b>bold</b> <i>it</i> <s>out</s>"),
        ("*a _b ~c~_*", "<b>a <i>b <s>c</s></i></b>"),
        ("2*3*4 snake_case_name", "2*3*4 snake_case_name"),
        ("* not * _ this _", "* not * _ this _"),
        ("`*code* <@U2>`", "<code>*code* &lt;@U2&gt;</code>"),
        ("```\na\n b```", "<pre>a\n b</pre>"),
        ("> one\n> two\nthree", "<blockquote>one<br>two</blockquote>three"),
        ("&gt; one", "<blockquote>one</blockquote>"),
        (">>> a\nb", "<blockquote>a<br>b</blockquote>"),
        ("a\nb", "a<br>b"),
        ("&lt;@U2&gt; &amp;amp; <b>", "&lt;@U2&gt; &amp;amp; &lt;b&gt;"),
        ("<@U2>", '<span class="mention" data-mention="U2">@Wim</span>'),
        (f"<@{EVA}>", f'<span class="mention mine" data-mention="{EVA}">@Eva</span>'),
        ("<#C1|renamed>", '<span class="mention" data-mention="C1">#renamed</span>'),
        ("<!subteam^S1>", '<span class="mention" data-mention="S1">@team</span>'),
        ("<!channel>", '<span class="mention broadcast" data-mention="channel">@channel</span>'),
        ("<!nobody>", "&lt;!nobody&gt;"),
        ("<javascript:alert(1)|x>", "&lt;javascript:alert(1)|x&gt;"),
        ("<https://x.example/a_b_c|*see*>", '<a href="https://x.example/a_b_c" {}>*see*</a>'),
        (
            "see https://x.example/a_b_c.",
            'see <a href="https://x.example/a_b_c" {}>https://x.example/a_b_c</a>.',
        ),
        ("<mailto:a@x.example|Anna>", '<a href="mailto:a@x.example" {}>Anna</a>'),
        (":tada: :no_such:", "🎉 :no_such:"),
        ("", ""),
    ],
)
def test_mrkdwn(text: str, expected: str) -> None:
    assert mrkdwn(text, OSLO) == expected.replace("{}", 'target="_blank" rel="noopener noreferrer"')


@given(st.text())
def test_escaped_text_is_shown_as_typed_and_mentions_nobody(text: str) -> None:
    typed = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    shown = mrkdwn(typed, OSLO)
    assert "data-mention" not in shown
    letters = [letter for letter in html.unescape(TAG.sub("", shown)) if letter.isalnum()]
    assert letters == [letter for letter in text if letter.isalnum()] or ":" in text


@given(st.text(alphabet="*_~`<>@!#|&;\n U1:http/x"))
def test_raw_markup_never_breaks_out(text: str) -> None:
    shown = mrkdwn(text, OSLO)
    names = set(re.findall(r"</?([a-z]+)", shown))
    assert names <= {"b", "i", "s", "br", "a", "code", "pre", "span", "blockquote", "time"}


def test_long_hostile_text_is_drawn_in_no_time() -> None:
    assert len(mrkdwn("*_~`<" * 8_000, OSLO)) >= 40_000


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("{date_num} {time}", "2026-11-21 13:13"),
        ("{date_short_pretty} at {time_secs}", "Today at 13:13:00"),
        ("{date_long}", "Saturday, 21 November 2026"),
        ("{date}", "21 November"),
        ("{date_short}", "21 Nov 2026"),
        ("{ago}", "0 seconds ago"),
        ("{unknown}", "{unknown}"),
    ],
)
def test_dates(pattern: str, expected: str) -> None:
    assert formatted(NOW, pattern, OSLO) == expected


def test_dates_near_and_far() -> None:
    assert formatted(NOW - 86_400, "{date_pretty}", OSLO) == "Yesterday"
    assert formatted(NOW + 86_400, "{date_long_pretty}", OSLO) == "Tomorrow"
    assert formatted(NOW - 400 * 86_400, "{date_pretty}", OSLO) == "17 October 2025"
    assert formatted(NOW + 7_200, "{ago}", OSLO) == "in 2 hours"
    assert formatted(NOW, "{time}", AMERICAN) == "7:13 AM"


def test_rich_text() -> None:
    shown = rich_text(gallery.RICH, OSLO)
    assert "<b>Bold</b>" in shown
    assert 'data-mention="here"' in shown
    assert "<ol" in shown
    assert "<blockquote>Quoted</blockquote><pre>a  b</pre>" in shown
    assert rich_text_words(gallery.RICH).splitlines()[1:3] == ["Item 1", "Item 2"]


def test_charts_say_and_show_their_figures() -> None:
    bars = gallery.chart("bar")["chart"]
    assert table(bars)[0:2] == [["", "This week", "Last week"], ["Mon", "3", "4"]]
    assert description("Days", bars).startswith("Bar chart, Days. Mon: This week 3, Last week 4; Tue:")
    assert len(plot(bars).bars) == 10
    assert [level.text for level in plot(bars).levels] == ["0", "2", "4", "6", "8"]
    one = bars | {"series": [gallery.series("This week", 1, 0, 0, 0, 0)]}
    assert [level.text for level in plot(one).levels] == ["0", "1"]
    assert [part.percent for part in slices(gallery.PIE["chart"])] == [48, 19, 33]
    assert [curve.series for curve in plot(gallery.chart("line")["chart"]).curves] == [0, 1]


def test_long_names_under_a_chart_leave_room_for_each_other() -> None:
    names = ["Eva Lindqvist-Bakke", "Wim Peeters", "Kari", "Max", "Ola"]
    people = {
        "type": "bar",
        "series": [{"name": "Week 47", "data": [{"label": name, "value": 3} for name in names]}],
        "axis_config": {"categories": names},
    }
    page = drawn({"type": "data_visualization", "title": "Interactions", "chart": people})
    assert ">Eva Lindqvist…<title>Eva Lindqvist-Bakke</title>" in page
    assert ">Wim Peeters<title>" in page


def test_charts_of_nothing_and_of_one() -> None:
    whole = {"type": "pie", "segments": [{"label": "All", "value": 3}]}
    assert slices(whole)[0].percent == 100
    empty = {
        "type": "bar",
        "series": [gallery.series("None", 0, 0, 0, 0, -2)],
        "axis_config": {"categories": gallery.DAYS},
    }
    assert plot(empty).levels[0].text == "-2"
    assert plot(empty).bars[4].height > 0


def test_hostile_text_is_only_text_everywhere() -> None:
    bad = "</textarea><script>alert(1)</script>"
    blocks = [
        {"type": "header", "text": plain(bad)},
        {"type": "section", "text": plain(bad), "fields": [plain(bad)]},
        field(bad, {**TEXT, "multiline": True, "initial_value": bad}),
        field("b", {"type": "static_select", "options": [option(bad)], "initial_option": option(bad)}),
        {"type": "data_table", "caption": bad, "rows": [[gallery.cell(bad)], [gallery.cell(bad)]]},
        {"type": "image", "image_url": bad, "alt_text": bad},
        {"type": "markdown", "text": bad},
        {
            "type": "actions",
            "elements": [gallery.button(bad, url="javascript:alert(1)", confirm=gallery.ASKING)],
        },
    ]
    shown = drawn(*blocks)
    assert "<script" not in shown
    assert "javascript:" not in shown
    assert shown.count("&lt;script&gt;") >= 8


def test_a_field_shows_its_value_hint_and_error() -> None:
    wrong = field(
        "Wrong", {**TEXT, "initial_value": "Anna", "placeholder": plain("Who?")}, hint=plain("A name")
    )
    shown = drawn(wrong)
    assert 'value="Anna" placeholder="Who?"' in shown
    assert re.search(r'<label for="(\w+)">Wrong</label>.*id="\1"', shown, re.DOTALL)
    assert re.search(r'aria-describedby="\w+-error \w+-hint" aria-invalid="true"', shown)
    assert "This is wrong." in shown


def test_what_is_not_known_is_said() -> None:
    assert "does not draw video blocks" in drawn({"type": "video", "alt_text": "x"})
    assert "does not draw feedback_buttons elements" in drawn(
        {"type": "context_actions", "elements": [{"type": "feedback_buttons"}]}
    )


def test_pictures_come_only_from_here() -> None:
    assert source({"slack_file": {"id": "F1"}}) == "/page/files/F1"
    assert source({"image_url": "http://127.0.0.1:1/files-pri/T1-F2/x.png"}) == "/page/files/F2"
    assert 'class="picture elsewhere"' in drawn(
        {"type": "image", "image_url": "https://example.com/x.png", "alt_text": "A map"}
    )
    assert safe_url("data:text/html,x") == "#"
