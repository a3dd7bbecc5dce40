"""Texts with fields: what may be filled in, what is said of the rest, and that nothing that is typed ever runs."""

import time
from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import letters
from bot.domain.contacts import Contact, ContactType
from bot.domain.ids import ContactId, PersonId, SegmentId, WorkspaceId
from bot.domain.letters import FIELDS, FILTERS, WRITTEN_LIMIT
from bot.domain.messages import Message, Refusal
from bot.domain.people import Person
from bot.domain.segments import TEXT_LIMIT, Segment
from bot.text import Text

ENGLISH = Text("en-GB", "UTC", datetime(2026, 11, 21, tzinfo=UTC))
VALUES = {name: f"<{name}>" for name in FIELDS}
HOSTILE = (
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ contact.__class__ }}",
    "{{ contact.name.__class__.__init__.__globals__ }}",
    "{{ contact['name'] }}",
    "{{ contact.name() }}",
    "{{ range(10**9) }}",
    "{{ 'a' * 300000000 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ contact.name ~ 'x' * 9 }}",
    "{{ contact.name | attr('__class__') }}",
    "{{ contact.name | map('upper') }}",
    "{{ contact.name | default(contact.__init__) }}",
    "{{ contact.name | default(*[1]) }}",
    "{{ contact.name | default(**{'a': 1}) }}",
    "{{ contact.name | upper('x') }}",
    "{{ contact.name | default }}",
    "{{ contact.name if today else today }}",
    "{{ contact.name is defined }}",
    "{{ contact.name, today }}",
    "{{ [today] }}",
    "{{ {'a': today} }}",
    "{{ self }}",
    "{{ cycler.__init__ }}",
    "{{ lipsum.__globals__ }}",
    "{{ }}",
    "{{ 'x' }}",
    "{{" + "(" * 190 + "today" + "}}",
    "{{ " + "9" * 190 + " }}",
    "{{ today " + "| upper " * 40 + "}}",
    "{{" * 4000,
    "{{ '\\N{bogus}' }}",
)
BENIGN = (
    "Price {% off %} today",
    "{# not a remark #}",
    "100 % {sure}",
    "# for x in y",
    "}} only",
)


def said(message: Message | None) -> str:
    assert message is not None
    return ENGLISH.say(message)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_reaches_python(text: str) -> None:
    before = time.thread_time()
    wrong = letters.mistakes(text)
    assert time.thread_time() - before < 1
    assert wrong is not None
    assert letters.fields_in(text) == frozenset()
    with pytest.raises(Refusal):
        letters.rendered(text, VALUES)


@pytest.mark.parametrize("text", BENIGN)
def test_what_has_no_double_braces_stays_as_it_was_typed(text: str) -> None:
    assert letters.mistakes(text) is None
    assert letters.rendered(text, VALUES) == text
    assert letters.rendered(text + "{{ today }}\r\n", VALUES) == text + "<today>\r\n"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Dear {{ contact.name }},", "Dear <contact.name>,"),
        ("{{contact.name|upper}}", "<CONTACT.NAME>"),
        ("{{- contact.city -}} !", "<contact.city> !"),
        ("{{ contact.city | default('your town') | title }}", "<Contact.City>"),
        ("{{\ncontact.city\n}}\n", "<contact.city>\n"),
    ],
)
def test_fields_are_filled_in(text: str, written: str) -> None:
    assert letters.has_fields(text)
    assert letters.mistakes(text) is None
    assert letters.rendered(text, VALUES) == written


def test_what_is_not_known_is_written_otherwise() -> None:
    text = "Dear {{ contact.salutation | trim | default('customer') | upper }}"
    assert letters.rendered(text, VALUES | {"contact.salutation": "  "}) == "Dear CUSTOMER"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "{{ contact.nmae }}",
            "{{ contact.nmae }} is not a field. Did you mean contact.name?",
        ),
        ("{{ Contact.Name }}", "Did you mean contact.name?"),
        ("{{ name }}", "Did you mean contact.name?"),
        ("{{ contact }}", "Did you mean contact.name?"),
        ("{{ firstname }}", "Did you mean contact.first_name?"),
        ("{{ seller.email }}", "Did you mean contact.email?"),
        ("{{ qwfp }}", "{{ qwfp }} is not a field. There are: contact.name, "),
        ("{{ today | shout }}", "“shout” is not a filter. There are: upper, lower, "),
        ("Dear\n\n{{ today + 1 }}", "Line 3: {{ today + 1 }} can't be filled in: "),
        ("a\nb {{ today", "Line 2: “{{ today” has no closing braces: write {{ contact.name }}, or put"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_its_cure(text: str, words: str) -> None:
    assert words in said(letters.mistakes(text))


def test_texts_have_an_end() -> None:
    assert "10001 characters; 10000 fit" in said(letters.mistakes("x" * (TEXT_LIMIT + 1)))
    long = "{{ contact.name }}" * 80
    assert letters.fault(long, VALUES) is None
    assert str(WRITTEN_LIMIT) in said(letters.fault(long, VALUES | {"contact.name": "x" * 300}))
    assert "Use fewer fields" in said(letters.mistakes("{{ contact.name }}" * 81))


def test_the_fields_of_a_text_are_known() -> None:
    text = "{{ today }} {{ contact.name | upper }} {{ contact.name }}"
    assert letters.fields_in(text) == {"today", "contact.name"}


def test_each_line_has_its_fields() -> None:
    fields = filled(contact=a_contact(language="nb", country="NO"))
    assert set(fields) == set(FIELDS)
    assert fields["contact.first_name"] == "Zoë"
    assert fields["contact.company"] == "Fjordbygg AS"
    assert fields["contact.country"] == "Norge"
    assert fields["contact.phone"] == "+47 900"
    assert fields["salesperson.code"] == "EVA"
    assert fields["segment.number"] == "SEG0012"
    assert fields["today"] == "21. november 2026"


def test_a_company_is_its_own_company_and_a_deleted_contact_is_nobody() -> None:
    company = Contact(id=ContactId(1), number="CT1", type=ContactType.COMPANY, name="Fjordbygg AS")
    assert filled(contact=company)["contact.company"] == "Fjordbygg AS"
    assert filled(contact=company)["contact.first_name"] == ""
    nobody = filled(contact=None)
    assert set(nobody) == set(FIELDS)
    assert nobody["contact.name"] == ""
    assert nobody["today"] == "21 November 2026"


@given(st.text(alphabet="{}% |.()'\"[]*+-_#\n\\aotdy19", max_size=60))
@settings(max_examples=400)
def test_whatever_is_typed_is_either_filled_in_or_explained(text: str) -> None:
    wrong = letters.mistakes(text)
    if wrong is None:
        letters.rendered(text, VALUES)
    else:
        assert said(wrong)


@given(st.sampled_from(FIELDS), st.lists(st.sampled_from(sorted(FILTERS)), max_size=9), st.text())
def test_a_value_is_never_read_as_a_text_with_fields(name: str, filters: list[str], value: str) -> None:
    text = "{{ " + " | ".join([name, *filters]) + " }}"
    written = letters.rendered(text, VALUES | {name: "{{ today }}" + value})
    assert "<today>" not in written.lower()


@given(st.text().filter(lambda text: "{{" not in text))
def test_a_text_without_fields_stays(text: str) -> None:
    assert not letters.has_fields(text)
    assert letters.rendered(text, VALUES) == text


@pytest.mark.parametrize(
    "source", ["{{ ''.__class__ }}", "{% for x in today %}{% endfor %}", "{% set a = 1 %}"]
)
def test_letters_of_jinja_have_the_same_fields_and_nothing_else(source: str) -> None:
    environment = letters.environment(autoescape=True)
    assert letters.unfit(environment.parse(source)) is not None
    fit = environment.parse("a {{ contact.name | default('x') }} {# remark #} b {{ today | upper }}")
    assert letters.unfit(fit) is None


def test_a_hundred_thousand_lines_are_quick() -> None:
    text = "Dear {{ contact.first_name | default('customer') }},\nour catalogue of {{ today }}"
    before = time.process_time()
    for _ in range(10_000):
        letters.rendered(text, VALUES)
    assert time.process_time() - before < 0.5


def filled(contact: Contact | None) -> Mapping[str, str]:
    eva = Person(
        id=PersonId(1), workspace=WorkspaceId(1), slack_id=None, code="EVA", name="Eva", email="eva@x.no"
    )
    at = datetime(2026, 11, 20, tzinfo=UTC)
    segment = Segment(
        id=SegmentId(1), number="SEG0012", owner=eva.id, day=at.date(), created_at=at, changed_at=at
    )
    return letters.fields_of(contact, eva, segment, date(2026, 11, 21))


def a_contact(language: str, country: str) -> Contact:
    return Contact(
        id=ContactId(1),
        number="CT000001",
        type=ContactType.PERSON,
        name="Zoë O'Connor-Ødegård",
        company=ContactId(2),
        company_name="Fjordbygg AS",
        mobile="+47 900",
        language=language,
        country=country,
    )
