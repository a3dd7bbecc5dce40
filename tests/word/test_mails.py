"""Mails to be looked at and sent by the salesperson himself: read back with the standard library."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast

import pytest

from bot.domain.attachments import DOCX, Enclosure, file_name, file_stem
from bot.word.mails import mail

FIELDS = {
    "contact.name": "Zoë O'Connor-Ødegård",
    "contact.email": "zoe@fjordbygg.example",
    "salesperson.name": "Eva Berg, sales",
    "salesperson.email": "eva@nordvik.example",
}


def _read(content: bytes | None) -> EmailMessage:
    assert content is not None
    return cast("EmailMessage", message_from_bytes(content, policy=default))


def test_a_mail_is_addressed_and_unsent() -> None:
    text = "Hei Zoë,\n\nvår katalog: " + "æ" * 2_000 + "\n.\nFrom here on\n"
    read = _read(mail(FIELDS, "Vår høstkatalog", text, None))
    assert read["X-Unsent"] == "1"
    assert read["To"].addresses[0].display_name == "Zoë O'Connor-Ødegård"
    assert read["To"].addresses[0].addr_spec == "zoe@fjordbygg.example"
    assert read["From"].addresses[0].display_name == "Eva Berg, sales"
    assert read["From"].addresses[0].addr_spec == "eva@nordvik.example"
    assert read["Subject"] == "Vår høstkatalog"
    assert read.get_content().replace("\r\n", "\n") == text


def test_a_letter_goes_with_it() -> None:
    read = _read(mail(FIELDS, "Catalogue", "Dear Zoë", Enclosure("Ours-ø.docx", DOCX, b"PK\x03\x04")))
    (letter,) = read.iter_attachments()
    assert letter.get_filename() == "Ours-ø.docx"
    assert letter.get_content() == b"PK\x03\x04"


@pytest.mark.parametrize(
    "email", ["", "zoe", "@example", "zoe@", "a@b@c", "a b@c.example", "zoë@fjord.example"]
)
def test_what_is_no_address_gets_no_mail(email: str) -> None:
    assert mail(FIELDS | {"contact.email": email}, "x", "y", None) is None


@pytest.mark.parametrize(
    "name", ["Zoë\r\nBcc: all@example.com", "\u202eeoZ", "a\x00b", '"<x@y.example>', "=?utf-8?q?x?="]
)
def test_no_name_or_subject_adds_a_header(name: str) -> None:
    read = _read(mail(FIELDS | {"contact.name": name, "salesperson.name": name}, name, "text", None))
    assert read["Bcc"] is None
    assert [one.addr_spec for one in read["To"].addresses] == ["zoe@fjordbygg.example"]


def test_somebody_without_an_address_leaves_the_sender_to_the_mail_program() -> None:
    assert _read(mail(FIELDS | {"salesperson.email": ""}, "x", "y", None))["From"] is None


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Zoë O'Connor-Ødegård", "00017-zoe-oconnor-odegard.docx"),
        ("../../x", "00017-x.docx"),
        ("..\\..\\windows\\system32", "00017-windows-system32.docx"),
        ("/etc/passwd", "00017-etc-passwd.docx"),
        ("דוד \u202e\u2066לוי", "00017-דוד-לוי.docx"),
        ("a\u202efdp.exe", "00017-afdp-exe.docx"),
        ("CON", "00017-con.docx"),
        ("\x00\n\t ", "00017.docx"),
        ("…", "00017.docx"),
        ("C:\\x:stream", "00017-c-x-stream.docx"),
    ],
)
def test_a_file_is_called_by_number_and_name_and_leads_nowhere(name: str, called: str) -> None:
    assert file_name(17, name, "docx") == called


def test_the_name_of_a_file_is_short() -> None:
    assert len(file_name(17, "𐐀" * 300, "docx").encode()) < 255
    assert file_stem("../") == ""
