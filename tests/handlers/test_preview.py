"""The preview of a segment through Slack: what each gets, who can't be logged, one line edited over it."""

import csv
from dataclasses import replace
from typing import Any

import pytest
from seat import Seat
from sqlalchemy import update

from bot.domain.ids import ContactId
from bot.domain.segments import SegmentState
from bot.playground.messages import Message
from bot.playground.places import Place
from storage.tables.contacts import contacts as contact_rows
from tests.handlers.walks import blocks
from tests.views.outline import outline

ZOE = "Zoë O'Connor-Ødegård"


@pytest.fixture
def mailing(eva: Seat) -> Message:
    """A segment of three: Anna, Ola without an e-mail address, Zoë."""
    contacts = [
        eva.knows("Anna Berg", email="anna@fjord.example", phone="+47 55", company_name="Fjordbygg AS"),
        eva.knows("Ola Moe"),
        eva.knows(ZOE, email="zoe@fjord.example"),
    ]
    return made(eva, contacts)


def made(eva: Seat, contacts: list[int], text: str = "Dear {{ contact.first_name }},") -> Message:
    eva.types("/segment new Autumn mailing")
    eva.chooses("template", "E-mail · Mailing")
    eva.sees(lambda: eva.holds("flow") == "outbound")
    eva.writes("segment_text", text)
    eva.submits()
    message = eva.hears("Autumn mailing\n0 contacts")
    services, segment = eva.bot.services, segment_of(message)
    for contact in contacts:
        services["segments"].add(eva.person, segment, ContactId(contact))
    return message


def segment_of(message: Message) -> Any:
    elements = [one for block in message.blocks for one in block.get("elements", ())]
    return int(next(one["value"] for one in elements if one.get("action_id") == "preview"))


def shown(eva: Seat) -> str:
    return outline(eva.view.spec)


def row(eva: Seat, name: str) -> str:
    """The block in which the buttons of a contact's line stand."""
    stands = [place for place, block in enumerate(eva.view.blocks) if name in str(block)]
    return str(eva.view.blocks[stands[-1]]["block_id"])


def opens(eva: Seat, name: str) -> None:
    eva.acts.press(eva.user, Place.view(eva.view.id), row(eva, name), "edit_line")
    eva.sees_form("Edit line")


def picks_of(eva: Seat, name: str, label: str) -> None:
    """Choose something in the ⋯ of a contact's line."""
    block = row(eva, name)
    elements = next(one for one in eva.view.blocks if one["block_id"] == block)["elements"]
    menu = next(one for one in elements if one["type"] == "overflow")
    option = next(one for one in menu["options"] if one["text"]["text"] == label)
    place = Place.view(eva.view.id)
    eva.acts.press(eva.user, place, block, menu["action_id"], {"selected_option": option})


def test_the_preview_shows_each_line_as_it_would_be_logged(eva: Seat, mailing: Message) -> None:
    eva.presses_on(mailing, "preview")
    eva.sees_form("Preview")
    for words in (
        "3 contacts · page 1 of 1",
        "1 line can't be logged: Ola Moe has no e-mail address.",
        "**Anna Berg (Fjordbygg AS)** · Mailing · _“Dear Anna,”_",
        f"**{ZOE}** · Mailing · _“Dear Zoë,”_",
        "⚠ Can't be logged: has no e-mail address.",
    ):
        assert words in shown(eva)


def test_a_line_is_edited_over_the_preview(eva: Seat, mailing: Message) -> None:
    eva.presses_on(mailing, "preview")
    opens(eva, "Anna Berg")
    assert "+47 55 · anna@fjord.example" in shown(eva)
    assert eva.holds("line_text") == "Dear {{ contact.first_name }},"
    eva.writes("line_text", "Dear {{ contact.nmae }}")
    answer = eva.submits()
    assert answer.errors == {"line_text": "{{ contact.nmae }} is not a field. Did you mean contact.name?"}
    assert eva.holds("line_text") == "Dear {{ contact.nmae }}"
    eva.writes("line_text", "Hello {{ contact.name | upper }}")
    eva.submits()
    eva.sees(lambda: "_“Hello ANNA BERG”_ · _personal_" in shown(eva))
    picks_of(eva, "Anna Berg", "Whole text")
    eva.sees_form("Text")
    assert "Hello ANNA BERG" in shown(eva)
    eva.leaves()
    picks_of(eva, "Anna Berg", "As the header")
    eva.sees(lambda: "personal" not in shown(eva))


def test_another_template_brings_its_words_and_keeps_what_was_typed(eva: Seat, mailing: Message) -> None:
    eva.presses_on(mailing, "preview")
    opens(eva, ZOE)
    eva.chooses("line_template", "Outgoing call")
    eva.sees(lambda: eva.holds("description") == "Outgoing call")
    assert eva.holds("line_text") is None
    eva.writes("description", "Ask for the order")
    eva.chooses("line_template", "Business letter")
    eva.sees(lambda: eva.holds("correspondence") == "hard_copy")
    assert eva.holds("description") == "Ask for the order"
    eva.submits()
    eva.sees(lambda: f"**{ZOE}** · Business letter · _“Ask for the order”_" in shown(eva))


def test_mend_shows_what_can_t_be_logged_alone(eva: Seat, mailing: Message) -> None:
    eva.presses_on(mailing, "preview")
    eva.presses("mend")
    eva.sees(lambda: "Anna Berg" not in shown(eva))
    assert "Ola Moe" in shown(eva)
    picks_of(eva, "Edit the line of Ola", "Remove from the segment")
    eva.sees(lambda: "Every line can be logged." in shown(eva))
    assert "Removed. Go back brings the line back as it was." in shown(eva)
    eva.hears("2 contacts")


def test_a_line_without_a_salesperson_is_mended(eva: Seat, mailing: Message) -> None:
    with eva.bot.store.begin(eva.workspace) as work:
        header = work.segments.get(segment_of(mailing))
        assert header is not None
        work.segments.change(header, replace(header, salesperson=None))
    with eva.bot.store.writing() as connection:
        connection.execute(update(contact_rows).where(contact_rows.c.name == ZOE).values(salesperson_id=None))
    eva.presses_on(mailing, "preview")
    eva.presses("mend")
    eva.sees(lambda: "Anna Berg" not in shown(eva))
    opens(eva, ZOE)
    eva.picks("segment_salesperson", str(eva.person.id))
    eva.submits()
    eva.sees(lambda: "1 line can't be logged: Ola Moe has no e-mail address." in shown(eva))


def test_a_change_meanwhile_is_told_and_nothing_typed_is_lost(eva: Seat, mailing: Message) -> None:
    eva.presses_on(mailing, "preview")
    opens(eva, "Anna Berg")
    eva.writes("line_text", "Mine")
    eva.bot.services["lines"].as_header(eva.person, segment_of(mailing), 1)
    headers, segment = eva.bot.services["headers"], segment_of(mailing)
    header = headers.header(eva.person, segment).segment
    with eva.bot.store.begin(eva.workspace) as work:
        work.segments.change(header, replace(header, text="New words"))
    eva.submits()
    eva.sees(lambda: "Somebody changed this line or its header meanwhile." in shown(eva))
    assert eva.holds("line_text") == "Mine"
    eva.submits()
    eva.sees(lambda: "_“Mine”_ · _personal_" in shown(eva))


def test_a_segment_that_is_being_logged_keeps_the_form_open(eva: Seat, mailing: Message) -> None:
    eva.presses_on(mailing, "preview")
    opens(eva, "Anna Berg")
    eva.writes("line_text", "Mine")
    with eva.bot.store.begin(eva.workspace) as work:
        work.segments.turn(segment_of(mailing), SegmentState.ACTIVE, SegmentState.LOGGING)
    answer = eva.submits()
    assert list((answer.errors or {}).values()) == ["SEG0001 is being logged at this moment."]
    assert eva.holds("line_text") == "Mine"


def test_who_was_deleted_or_blocked_meanwhile_is_named(eva: Seat, mailing: Message, anna: int) -> None:
    blocks(eva, next(contact.id for contact in contacts(eva) if contact.name == ZOE))
    eva.presses_on(mailing, "preview")
    assert f"{ZOE} asked not to be recorded" in shown(eva)


def files(eva: Seat) -> list[bytes]:
    workspace = eva.slack.workspace
    return [workspace.files.file(name).content for one in eva.messages() for name in one.files]


def contacts(eva: Seat) -> list[Any]:
    with eva.bot.store.read(eva.workspace) as work:
        return work.contacts.first(9)


def test_the_preview_is_a_file_in_the_direct_message(eva: Seat, mailing: Message) -> None:
    hostile = eva.knows("=cmd|'/c calc'!A1")
    eva.bot.services["segments"].add(eva.person, segment_of(mailing), ContactId(hostile))
    eva.presses_on(mailing, "preview")
    eva.presses("preview_export")
    eva.sees(lambda: "A CSV with 4 lines is on its way to our direct message." in shown(eva))
    eva.sees(lambda: files(eva))
    content = files(eva)[-1]
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
    assert [one["Contact"] for one in rows] == ["Anna Berg", "Ola Moe", ZOE, "'=cmd\\|'/c calc'!A1"]
    assert rows[0]["Text"] == "Dear Anna,"
    assert rows[1]["Can't Be Logged"] == "Can't be logged: has no e-mail address."


def test_many_lines_are_turned_page_by_page(eva: Seat) -> None:
    message = made(eva, [eva.knows(f"Person {number:02}", email="a@x.example") for number in range(12)])
    eva.presses_on(message, "preview")
    eva.presses("preview_page.2")
    eva.sees(lambda: "page 2 of 2" in shown(eva))
    assert "Person 11" in shown(eva)
    eva.presses("preview_page.1")
    eva.sees(lambda: "page 1 of 2" in shown(eva))


def test_who_was_skipped_is_told(eva: Seat, mailing: Message) -> None:
    eva.presses_on(mailing, "preview")
    eva.presses("skipped")
    eva.sees(lambda: "Nobody was skipped." in shown(eva))
