import time as stopwatch
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dates import Direction, read_day, read_time
from bot.domain.folding import words
from bot.domain.interactions import Evaluation
from bot.domain.mentions import Mention, Mentioned
from bot.domain.quicklog import (
    Part,
    Resolution,
    Tokens,
    Unread,
    Vocabulary,
    day_of,
    format_line,
    parse,
    resolve,
)
from bot.domain.templates import TEMPLATES

TODAY = date(2026, 11, 20)  # a Friday
NOV_27 = date(2026, 11, 27)
AT_ONE = datetime(2026, 11, 20, 13, tzinfo=UTC)


@dataclass(frozen=True)
class Somebody:
    name: str
    company: str = ""


ANNA = Somebody("Anna Berg", "Fjordbygg AS")
BERGMANS = Somebody("Anna Bergmans", "De Brug NV")
ZOE = Somebody("Zoë O'Connor-Ødegård")
FINN = Somebody("Finn List", "15 Minutter AS")
EVERYBODY = (ANNA, BERGMANS, ZOE, FINN, *(Somebody(f"Kari Nes {n}") for n in range(9)))


def lookup(said: tuple[str, ...]) -> Sequence[Somebody]:
    def fits(one: Somebody) -> bool:
        known = words(f"{one.name} {one.company}")
        return all(any(word.startswith(part) for word in known) for part in said)

    return [one for one in EVERYBODY if fits(one)]


def vocabulary(locale: str = "en-GB") -> Vocabulary:
    return Vocabulary(
        templates={one.code: one.description for one in TEMPLATES}
        | {"LISTING": "List", "CALLBACK": "On: call"},
        past_day=partial(_day, locale, Direction.PAST),
        coming_day=partial(_day, locale, Direction.FUTURE),
        time=read_time,
    )


def _day(locale: str, direction: Direction, text: str) -> date | None:
    return read_day(text, TODAY, locale, direction)


def read(line: str, locale: str = "en-GB") -> Resolution[Somebody]:
    return resolve(parse(line, vocabulary(locale)), lookup)


def test_the_line_of_the_product() -> None:
    log = read("call Anna 15m positive agreed the price list !fri")
    assert log.tokens.template == "OUTGOING"
    assert log.candidates == (ANNA, BERGMANS)
    assert (log.duration, log.evaluation) == (15, Evaluation.POSITIVE)
    assert log.text == "agreed the price list"
    assert log.tokens.follow_up == NOV_27
    assert log.unread == ()
    assert log.tokens.line == "call Anna 15m positive agreed the price list !fri"


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("call", ["OUTGOING"]),
        ("CALL", ["OUTGOING"]),
        ("\u200fcall", ["OUTGOING"]),
        ("out", ["OUTGOING"]),
        ("in", ["INCOME"]),
        ("incoming", ["INCOME"]),
        ("inc", ["INCOME", "EMAIL_IN"]),
        ("meet", ["INHOUSE"]),
        ("meeting", ["INHOUSE"]),
        ("møte", ["INHOUSE"]),
        ("visit", ["ONSITE"]),
        ("besøk", ["ONSITE"]),
        ("mail", ["EMAIL"]),
        ("e-mail", ["EMAIL"]),
        ("email", ["EMAIL"]),
        ("email_in", ["EMAIL_IN"]),
        ("letter", ["ABSTRACT"]),
        ("brief", ["ABSTRACT"]),
        ("customer", ["ONSITE"]),
        ('"business l"', ["BUS"]),
        ("“Outgoing call”", ["OUTGOING"]),
        ("outgoing call", ["OUTGOING"]),
        ("meeting at the customer", ["ONSITE"]),
        ("mee", ["INHOUSE", "ONSITE", "MEETINV"]),
    ],
)
def test_types_by_name_synonym_and_beginning(typed: str, codes: list[str]) -> None:
    tokens = parse(f"{typed} Anna Berg", vocabulary())
    assert sorted(tokens.templates) == sorted(codes)
    assert tokens.rest == "Anna Berg"
    assert tokens.template == (codes[0] if len(codes) == 1 else None)


@pytest.mark.parametrize(
    ("line", "who", "found"),
    [
        ("call Anna Berg agreed", "Anna Berg", (ANNA,)),
        ("call anna bergm agreed", "anna bergm", (BERGMANS,)),
        ("call anna fjord agreed", "anna fjord", (ANNA,)),
        ('call "Anna Berg" agreed', "Anna Berg", (ANNA,)),
        ("call “Anna Berg” agreed", "Anna Berg", (ANNA,)),
        ("call «Anna Berg» agreed", "Anna Berg", (ANNA,)),
        ("call anna, agreed", "anna,", (ANNA, BERGMANS)),
        ('call "Anna agreed', '"Anna', (ANNA, BERGMANS)),
        ("call zoe o'connor agreed", "zoe o'connor", (ZOE,)),
        ("call ODEGARD agreed", "ODEGARD", (ZOE,)),
        ("call zoë oconnor agreed", "zoë oconnor", (ZOE,)),
        ("call <@U1|Anna Berg> agreed", "@Anna Berg", (ANNA,)),
        ('call "Finn List" agreed', "Finn List", (FINN,)),
        ('"finn" list', "finn list", (FINN,)),
        ("call - Finn agreed", "- Finn", (FINN,)),
        ("call Kari agreed", "Kari", EVERYBODY[4:9]),
        ("call Anan agreed", "Anan", ()),
        ("call Anan Brg 15m agreed", "Anan Brg", ()),
        ("call", "", ()),
        ("call !blah", "", ()),
    ],
)
def test_who_is_the_longest_run_that_fits_somebody(line: str, who: str, found: tuple[Somebody, ...]) -> None:
    log = read(line)
    assert (log.who, log.candidates) == (who, found)
    assert log.contact == (found[0] if len(found) == 1 else None)
    assert log.text == ("agreed" if "agreed" in line else "!blah" if "!" in line else "")


def test_one_letter_is_no_type() -> None:
    assert parse("o zoe", vocabulary()).templates == ()


def test_nothing_is_lost_when_nobody_fits() -> None:
    log = read("call Anan 15m positive agreed !fri")
    assert (log.who, log.duration, log.evaluation, log.text) == ("Anan", 15, Evaluation.POSITIVE, "agreed")
    assert log.tokens.follow_up == NOV_27


@pytest.mark.parametrize(
    ("line", "who", "text"),
    [
        ("call Kari Ness 15m positive agreed", "Kari Ness", "agreed"),
        ("call kari ness positive 15m agreed", "kari ness", "agreed"),
        ("call Anna Van Dyck 15m positive", "Anna Van Dyck", ""),
        ("call anna begr 15m positive", "anna begr", ""),
        ("faxed Anna Begr 15m positive the list", "Anna Begr", "the list"),
    ],
)
def test_a_name_that_fits_nobody_to_its_end_is_not_somebody_elses(line: str, who: str, text: str) -> None:
    log = read(line)
    assert (log.who, log.candidates, log.text) == (who, (), text)
    assert (log.duration, log.evaluation) == (15, Evaluation.POSITIVE)
    assert log.near == read(f"call {who.split(maxsplit=1)[0]}").candidates


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("call zoe Monday is fine", "Monday is fine"),
        ("call zoe asked 15m for more", "asked 15m for more"),
        ("call zoe van Dyck 15m positive", "van Dyck 15m positive"),
        ("call zoe Positive 15m Monday 20m", "Monday 20m"),
        ("call zoe O'Connor 15m Monday", "Monday"),
        ("call zoe «Monday» 15m", "«Monday» 15m"),
    ],
)
def test_words_after_a_name_are_text(line: str, text: str) -> None:
    log = read(line)
    assert (log.contact, log.text) == (ZOE, text)


@given(
    surname=st.from_regex(r"X[a-z]{3,9}", fullmatch=True),
    minutes=st.integers(1, 99),
    text=st.sampled_from(["", "agreed", "Xanten 20m later"]),
)
def test_no_unknown_surname_hides_the_duration(surname: str, minutes: int, text: str) -> None:
    log = read(f"call Anna {surname} {minutes}m positive {text}")
    assert (log.who, log.candidates, log.near) == (f"Anna {surname}", (), (ANNA, BERGMANS))
    assert (log.duration, log.evaluation, log.text) == (minutes, Evaluation.POSITIVE, text)


def test_an_unknown_type_is_named_and_left_out() -> None:
    log = read("faxed Anna Berg 15m the list")
    assert log.unread == (Unread(Part.TYPE, "faxed"),)
    assert (log.contact, log.duration, log.text, log.tokens.templates) == (ANNA, 15, "the list", ())


def test_without_a_type_the_line_begins_with_the_name() -> None:
    log = read("zoe 15m the list")
    assert (log.contact, log.duration, log.text, log.unread) == (ZOE, 15, "the list", ())


@pytest.mark.parametrize(
    ("typed", "minutes", "text"),
    [
        ("15m", 15, ""),
        ("15min", 15, ""),
        ("15 min", 15, ""),
        ("15m, agreed", 15, "agreed"),
        ("1h", 60, ""),
        ("1h30", 90, ""),
        ("1h30m", 90, ""),
        ("1h 30m", 90, ""),
        ("1h 30 boxes", 60, "30 boxes"),
        ("1.5h", 90, ""),
        ("1,5t", 90, ""),
        ("2 timer", 120, ""),
        ("2u", 120, ""),
        ("1 uur", 60, ""),
        ("1:30", 90, ""),
        ("90", 90, ""),
        ("90 agreed", 90, "agreed"),
        ("1.33h", 80, ""),
        ("3 boxes", None, "3 boxes"),
        ("500 boxes", None, "500 boxes"),
        ("15 m wide", 15, "m wide"),
        ("2026 plan", None, "2026 plan"),
        ("14:30", None, "14:30"),
        ("0m", None, "0m"),
        ("25h", None, "25h"),
        ("9999m", None, "9999m"),
        ('"15m"', None, "15m"),
        ("agreed 15m", None, "agreed 15m"),
    ],
)
def test_durations(typed: str, minutes: int | None, text: str) -> None:
    log = read(f"call zoe {typed}")
    assert (log.duration, log.text) == (minutes, text)


@pytest.mark.parametrize(
    ("typed", "evaluation", "text"),
    [
        ("positive", Evaluation.POSITIVE, ""),
        ("POS agreed", Evaluation.POSITIVE, "agreed"),
        ("very positive agreed", Evaluation.VERY_POSITIVE, "agreed"),
        ("very pos, agreed", Evaluation.VERY_POSITIVE, "agreed"),
        ("very-positive", Evaluation.VERY_POSITIVE, ""),
        ("verypos", Evaluation.VERY_POSITIVE, ""),
        ("ver neg", Evaluation.VERY_NEGATIVE, ""),
        ("zeer positief", Evaluation.VERY_POSITIVE, ""),
        ("svært negativ", Evaluation.VERY_NEGATIVE, ""),
        ("nøytral", Evaluation.NEUTRAL, ""),
        ("neutraal", Evaluation.NEUTRAL, ""),
        ("neg", Evaluation.NEGATIVE, ""),
        ("++ agreed", Evaluation.VERY_POSITIVE, "agreed"),
        ("+", Evaluation.POSITIVE, ""),
        ("= agreed", Evaluation.NEUTRAL, "agreed"),
        ("-", Evaluation.NEGATIVE, ""),
        ("--", Evaluation.VERY_NEGATIVE, ""),
        ("- agreed", None, "- agreed"),
        ('-- "agreed" then', None, '-- "agreed" then'),
        ("positive about the new price", Evaluation.POSITIVE, "about the new price"),
        ("very good meeting", None, "very good meeting"),
        ("very neutral", None, "very neutral"),
        ("po box", None, "po box"),
        ("positively", None, "positively"),
        ("negotiated", None, "negotiated"),
        ("was positive", None, "was positive"),
        ('"positive" signs', None, '"positive" signs'),
    ],
)
def test_evaluations(typed: str, evaluation: Evaluation | None, text: str) -> None:
    log = read(f"call zoe 15m {typed}")
    assert (log.evaluation, log.text, log.duration) == (evaluation, text, 15)
    assert read(f"call zoe {typed}").evaluation == evaluation


def test_evaluation_and_duration_come_in_either_order() -> None:
    assert (log := read("call zoe - 15m 90 boxes")).evaluation is Evaluation.NEGATIVE
    assert (log.duration, log.text) == (15, "90 boxes")


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("call zoe on:wed", {"on": date(2026, 11, 18)}),
        ("call zoe ON:fri", {"on": TODAY}),
        ("on:yesterday call zoe", {"on": date(2026, 11, 19)}),
        ("call zoe on:“2 weeks ago”", {"on": date(2026, 11, 6)}),
        ("call zoe on:1 november 2025 boxes", {"on": date(2025, 11, 1), "rest": "zoe boxes"}),
        ("call zoe at:14:00", {"at": time(14)}),
        ("call zoe at:2 pm boxes", {"at": time(14), "rest": "zoe boxes"}),
        ("call zoe at:00:00", {"at": time(0)}),
        ("call zoe !2w", {"follow_up": date(2026, 12, 4)}),
        ("call zoe !27 nov", {"follow_up": NOV_27}),
        ("call zoe !fri, then", {"follow_up": NOV_27, "rest": "zoe then"}),
        ("call zoe !fri may be late", {"follow_up": NOV_27, "rest": "zoe may be late"}),
        ("call zoe !next week", {"follow_up": NOV_27}),
        (
            "call zoe !fri !mon",
            {"follow_up": NOV_27, "rest": "zoe !mon", "unread": (Unread(Part.FOLLOW_UP, "mon"),)},
        ),
        ("call zoe wow! ! !! a!b", {"rest": "zoe wow! ! !! a!b"}),
        ("call zoe !blah", {"rest": "zoe !blah", "unread": (Unread(Part.FOLLOW_UP, "blah"),)}),
        ("call zoe on:blah at:25", {"unread": (Unread(Part.ON, "blah"), Unread(Part.AT, "25"))}),
        ("call zoe on:mon on:tue", {"on": date(2026, 11, 16), "unread": (Unread(Part.ON, "tue"),)}),
        ("call zoe on:tomorrow", {"unread": (Unread(Part.ON, "tomorrow"),)}),
        ("call zoe on: fri as:", {"rest": "zoe on: fri as:"}),
        ('call zoe "see !fri on:fri" x', {"rest": 'zoe "see !fri on:fri" x'}),
        ("call zoe as:visit", {"as_template": "visit", "templates": ("ONSITE",)}),
        ('call zoe as:"incoming e-mail"', {"as_template": "incoming e-mail", "templates": ("EMAIL_IN",)}),
        ("call zoe !27, nov", {"rest": "zoe !27, nov", "unread": (Unread(Part.FOLLOW_UP, "27,"),)}),
        ('call zoe !27 "nov"', {"rest": 'zoe !27 "nov"', "unread": (Unread(Part.FOLLOW_UP, "27"),)}),
        ('call zoe on:"27" nov', {"rest": "zoe nov", "unread": (Unread(Part.ON, "27"),)}),
        ("call zoe at:02:00 pm", {"at": time(2), "rest": "zoe pm"}),
        (
            "as:visit call zoe",
            {"as_template": "visit", "templates": ("ONSITE",), "type": "", "rest": "call zoe"},
        ),
        ("call zoe as:blah", {"unread": (Unread(Part.TEMPLATE, "blah"),)}),
    ],
)
def test_options(line: str, fields: dict[str, object]) -> None:
    expected = {"type": "call", "templates": ("OUTGOING",), "rest": "zoe"} | fields
    assert parse(line, vocabulary()) == Tokens(**expected)  # type: ignore[arg-type]


def test_days_are_read_in_the_readers_language() -> None:
    assert parse("ring zoe !fre", vocabulary("nb-NO")).follow_up == NOV_27
    assert parse("bel zoe !vrijdag on:1/11", vocabulary("nl-NL")).on == date(2026, 11, 1)
    assert parse("call zoe on:11/1", vocabulary("en-US")).on == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("line", "subcommand", "rest"),
    [
        ("drafts", "drafts", ""),
        ('find "price list" with:anna !fri', "find", '"price list" with:anna !fri'),
        ("  HELP ", "help", ""),
        ("about <@U1|eva>", "about", "<@U1|eva>"),
        ('"find" Berg', None, '"find" Berg'),
        ("findus AS", None, "findus AS"),
        ("as:call find Berg", None, "find Berg"),
        ("zoe list", None, "zoe list"),
    ],
)
def test_subcommands_win_as_first_word(line: str, subcommand: str | None, rest: str) -> None:
    tokens = parse(line, vocabulary())
    assert (tokens.subcommand, tokens.rest) == (subcommand, rest)


def test_as_in_front_stands_in_place_of_the_type() -> None:
    log = read("as:visit Finn 15m")
    assert (log.tokens.template, log.contact, log.duration) == ("ONSITE", FINN, 15)


def test_mentions_and_links_are_read_as_shown() -> None:
    log = read(
        "call zoe with <@U1|eva>, <@U2> in <#C1|north> <#C2|> &lt;!channel&gt; <!here> "
        "<https://x.io/?a=1&amp;b=2|x.io> <https://y.io> <mailto:a@b.no|a@b.no> R&amp;D &amp;lt;"
    )
    assert log.text == (
        "with @eva, @U2 in #north #C2 <!channel> @here x.io https://y.io a@b.no R&D &lt;"
    )  # fmt: skip
    assert log.tokens.mentions == (
        Mention(Mentioned.PERSON, "U1", "eva"),
        Mention(Mentioned.PERSON, "U2", ""),
        Mention(Mentioned.CHANNEL, "C1", "north"),
        Mention(Mentioned.CHANNEL, "C2", ""),
    )


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("two  spaces\nand a line", "two  spaces\nand a line"),
        ('said "no" and "so', 'said "no" and "so'),
        ('"the whole of it"', "the whole of it"),
        ("مرحبا 🚀 שלום", "مرحبا 🚀 שלום"),
        ("a < b > c", "a < b > c"),
        ("C:\\new <!channel|@channel>", "C:\\new @channel"),
    ],
)
def test_text_is_kept_as_typed(typed: str, text: str) -> None:
    assert read(f"call zoe {typed}").text == text


@pytest.mark.parametrize(
    ("line", "now", "day"),
    [
        ("call zoe", AT_ONE, date(2026, 11, 20)),
        ("call zoe at:13:00", AT_ONE, date(2026, 11, 20)),
        ("call zoe at:14:00", AT_ONE, date(2026, 11, 19)),
        ("call zoe at:14:00 on:today", AT_ONE, date(2026, 11, 20)),
    ],
)
def test_a_time_alone_means_the_latest_one(line: str, now: datetime, day: date) -> None:
    assert day_of(parse(line, vocabulary()), now) == day


SIGNS = st.sampled_from(['"', "“", "”", "«", "»", "!", "on:", "at:", "as:", " ", " ", " ", " ", "\n", "-"])
PLAIN = st.sampled_from(
    [
        "call",
        "outgoing",
        "meeting",
        "anna",
        "berg",
        "zoe",
        "fri",
        "27",
        "nov",
        "14:00",
        "2",
        "pm",
        "next",
        "week",
    ]
)
ODD = st.sampled_from(
    [
        "<@U1|e v>",
        "<#C1|>",
        "<https://x|y>",
        "&amp;",
        "&lt;",
        "<",
        ">",
        "&",
        "ø",
        "🚀",
        "א",
        "list",
        "15m",
        "pos",
    ]
)
LINES = st.lists(SIGNS | PLAIN | ODD | st.text(max_size=4), max_size=24).map("".join)


def laws(line: str) -> None:
    tokens = parse(line, vocabulary())
    again = parse(format_line(tokens), vocabulary())
    assert again == tokens
    assert tokens.line == line
    assert resolve(again, lookup) == resolve(tokens, lookup)


@given(LINES)
def test_a_formatted_line_reads_the_same(line: str) -> None:
    laws(line)


@given(st.text(max_size=80))
def test_any_text_at_all_is_no_trouble(line: str) -> None:
    laws(line)


@pytest.mark.parametrize(
    "line",
    [
        "!27 nov on:27 !foo nov",
        "nov !27 on:x",
        "!27 on:28 nov nov",
        '"outgoing" call zoe',
        '"outgoing  call" zoe',
        '!fri "list" zoe',
        "!fri list zoe",
        '"on:call" zoe',
        "on:call zoe",
        '"call zoe on:"2 weeks ago" x',
        'call "a !fri b "c',
        'call zoe on:a"b as:“c " d”',
        "as:foo as:visit call zoe",
        "as:visit list",
        "help",
    ],
)
def test_awkward_lines_format_faithfully(line: str) -> None:
    laws(line)


@pytest.mark.parametrize(
    "line",
    [
        "!a " * 1700,
        '"a ' * 1700,
        "on:x " * 1000,
        "<@U1|" * 1000,
        "a" * 5000,
        "“" * 5000,
        "<@" * 2500,
        "«a»b " * 1000,
    ],
)
def test_long_lines_are_read_at_once(line: str) -> None:
    words_ = vocabulary()
    parse("call zoe !warm up", words_)
    start = stopwatch.thread_time()
    resolve(parse(line, words_), lookup)
    assert stopwatch.thread_time() - start < 0.5
