"""Letters are merged field by field; a mistake is named with its place; nothing else is ever evaluated."""

from pathlib import Path

import pytest
from docxes import HEAD, WORD, a_docx, cut_into_runs, packed, page_header, parts, read

from bot.domain.attachments import Fault, refused
from bot.domain.messages import Message, Refusal
from bot.word.plain import plain_letter
from bot.word.press import inspect, press

ZOE = {"contact.name": "Zoë O'Connor-Ødegård", "contact.city": "Bergen", "text": "Dear Zoë\nsee you"}


def _merged(content: bytes, fields: dict[str, str]) -> bytes:
    with press(content) as opened:
        return opened.merged(fields)


def _said(message: Message) -> str:
    values = {name: _said(one) if isinstance(one, Message) else one for name, one in message.values.items()}
    return message.text.format(**values)


def _refusal(content: bytes) -> str:
    with pytest.raises(Refusal) as refusal:
        inspect(content)
    return _said(refusal.value.message)


def test_two_letters_read_back_with_what_belongs_to_each() -> None:
    content = a_docx("Dear {{ contact.name }},", "from {{ contact.city|upper }}", header="{{ today }}")
    with press(content) as opened:
        first = opened.merged({**ZOE, "today": "Friday"})
        second = opened.merged({"contact.name": "Anna", "contact.city": "Oslo", "today": "Monday"})
    assert read(first) == ["Dear Zoë O'Connor-Ødegård,", "from BERGEN"]
    assert page_header(first) == "Friday"
    assert read(second) == ["Dear Anna,", "from OSLO"]


def test_a_field_that_word_cut_into_runs_is_one_field() -> None:
    content = cut_into_runs("Dear {", "{ cont", "act.na", "me }", "}!")
    assert read(_merged(content, ZOE)) == ["Dear Zoë O'Connor-Ødegård!"]


def test_typographic_quotes_of_word_are_quotes() -> None:
    content = a_docx("Dear {{ contact.first_name | default(“friend”) }}")
    assert read(_merged(content, ZOE)) == ["Dear friend"]


def test_what_somebody_is_called_stays_what_it_is() -> None:
    name = '<w:p/> & "Co" {{ contact.city }} {% x %} ]]> \x00\x0b\ud800'
    letter = _merged(a_docx("Dear {{ contact.name }}"), {"contact.name": name, "contact.city": "Bergen"})
    assert read(letter) == ['Dear <w:p/> & "Co" {{ contact.city }} {% x %} ]]> ']


def test_a_text_keeps_its_lines() -> None:
    assert read(_merged(a_docx("{{ text }}"), ZOE)) == ["Dear Zoë\nsee you"]
    assert "Dear Zoë\nsee you" in read(_merged(plain_letter(), ZOE))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "Dear {{ contact.nmae }}",
            "Text, paragraph 2 (“Dear {{ contact.nmae }}”): {{ contact.nmae }} is not a",
        ),
        ("{{ contact.name|shout }}", "“shout” is not a filter"),
        ("{% for x in contact %}{{ x }}{% endfor %}", "one field"),
        ("{{ contact.__class__.__mro__ }}", "contact.__class__"),
        ("{{ contact.name() }}", "one field"),
        ("{{ 'a' * 300000000 }}", "one field"),
        ("{{ 7 ** 7 ** 7 }}", "one field"),
        ("{{ contact['name'] }}", "one field"),
        ("{{ self }}", "self"),
        ("{{ cycler }}", "cycler"),
        ("{{ contact.name", "Text, paragraph 2"),
        ("{{ (((((((((((((((((( }}", "Text, paragraph 2"),
        ("{%p if contact.name %}", "one field"),
        ("{{r contact.name }}", "one field"),
        ("{{ contact.name|default(contact.city) }}", "one field"),
    ],
)
def test_whatever_is_no_field_is_named_with_its_place(words: str, said: str) -> None:
    assert said in _refusal(a_docx("Nordvik AS", words))


def test_a_mistake_in_the_header_of_the_page_is_found_there() -> None:
    refusal = _refusal(a_docx("Dear you", header="{{ segment.nummer }}"))
    assert refusal.startswith("Page header, paragraph 1 (“{{ segment.nummer }}”)")


def test_a_field_outside_of_the_texts_is_looked_at_too() -> None:
    body = '<w:p><w:pPr><w:jc w:val="{{ 7*7 }}"/></w:pPr></w:p>'
    document = f'{HEAD}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    assert _refusal(packed(parts() | {"word/document.xml": document})).startswith("Text: ")


def test_a_press_that_was_closed_merges_nothing() -> None:
    with press(a_docx("Dear {{ contact.name }}")) as opened:
        pass
    with pytest.raises((Refusal, ValueError)):
        opened.merged(ZOE)


def test_the_child_knows_no_secrets_and_can_write_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-canary")
    with press(a_docx("x")) as opened:
        process = Path("/proc", str(opened.pid))
        environment, limits = (process / "environ").read_text(), (process / "limits").read_text()
    assert "canary" not in environment
    assert "Max file size             0" in limits


def test_a_refusal_names_its_cure() -> None:
    assert "save it as .docx" in _said(refused(Fault.NOT_DOCX).message)
