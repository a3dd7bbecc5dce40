"""**Log segment** from Slack: the dialog, the message while it runs, what it becomes, and the logged segments."""

import pytest
from seat import Seat

from bot.playground.messages import Message


@pytest.fixture
def anna(eva: Seat) -> int:
    return eva.knows("Anna Berg", company_name="Fjordbygg AS", email="anna@fjordbygg.example")


@pytest.fixture
def segment(eva: Seat, anna: int) -> Message:
    """A segment of Anna and of Kari, who has no e-mail address."""
    kari = eva.knows("Kari Nes")
    eva.types("/segment new Autumn mailing")
    eva.chooses("template", "E-mail · Mailing")
    eva.submits()
    message = eva.hears("0 contacts")
    for contact in (anna, kari):
        eva.presses_on(message, "segment_add")
        eva.picks("segment_contact", str(contact))
        eva.submits()
        message = eva.hears(f"{1 if contact == anna else 2} contact")
    return message


def logs(eva: Seat, segment: Message) -> Message:
    eva.presses_on(segment, "log_segment")
    eva.sees_form("Log segment")
    assert "Log 2 interactions?" in eva.reads()
    eva.submits()
    return eva.hears("✓ Logged 2 interactions of SEG0001 as logged segment 1.")


def test_a_segment_is_logged_with_a_follow_up_and_undone(eva: Seat, segment: Message) -> None:
    message = logs(eva, segment)
    assert "Follow-up segment SEG0002 is ready." in message.text
    assert len(eva.logged()) == 2
    eva.presses_on(message, "undo")
    eva.hears("Undone: the interactions of SEG0001 are taken back, and it is in work again.")
    assert eva.logged() == []
    before = len(eva.messages())
    eva.types("/segment SEG0001")
    eva.hears("SEG0001 · Autumn mailing stands in our direct message.")
    eva.sees(lambda: len(eva.messages()) == before + 2)
    eva.hears("SEG0001 · Autumn mailing stands further down.")


def test_slash_log_undo_takes_a_run_back(eva: Seat, segment: Message) -> None:
    logs(eva, segment)
    eva.types("/log undo")
    eva.hears("Undoing: what was logged of SEG0001 is being taken back.")
    eva.hears("Undone: the interactions of SEG0001 are taken back")


def test_what_cannot_be_sent_is_named_and_logged_later(eva: Seat, segment: Message) -> None:
    eva.presses_on(segment, "log_segment")
    eva.ticks("send_attachments")
    eva.submits()
    assert "Kari Nes: has no e-mail address" in eva.reads()
    refused = eva.submits()
    assert "Kari Nes" in eva.reads(), refused
    eva.ticks_off("send_attachments")
    eva.ticks("send_attachments")
    eva.ticks("rest")
    eva.submits()
    eva.hears("1 contact that could not be logged is in SEG0002")


def test_logged_segments_are_listed_canceled_and_reused(eva: Seat, segment: Message) -> None:
    logs(eva, segment)
    eva.types("/segment logged")
    listed = eva.hears("1 · SEG0001 · Autumn mailing")
    assert "2 interactions" in listed.text
    eva.presses_on(listed, "logged_entries")
    eva.hears("logged with segment SEG0001")
    eva.presses_on(listed, "cancel_logged")
    eva.hears("Logged segment 1 is canceled, with all its interactions.")
    eva.types("/segment logged")
    listed = eva.hears("2 interactions · canceled")
    eva.presses_on(listed, "reinstate_logged")
    eva.hears("Logged segment 1 counts again")
    eva.presses_on(listed, "reuse_logged")
    eva.hears("SEG0003 is ready, with 2 contacts of logged segment 1.")


def test_without_logged_segments_the_list_says_so(eva: Seat) -> None:
    eva.types("/segment logged")
    eva.hears("No segment was logged yet.")
