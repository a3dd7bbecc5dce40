"""E-mails are read as they were meant, and whatever else calls itself one does no harm."""

import time
import tracemalloc
from contextlib import suppress
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from mails.letters import an_email

from bot.domain.mails import TEXT_LIMIT, Address, Enclosed, Mail
from bot.domain.messages import Refusal
from bot.mails.headers import unencoded
from bot.mails.markup import words_of
from bot.mails.reading import read

MIB = 1024 * 1024
HEAD = b"From: eva@nordvik.example\r\nTo: anna@x.example\r\n"


def test_an_email_is_read() -> None:
    mail = read(an_email(Cc="Zoë O'Connor <zoe@nordlys.example>, ANNA.BERG@fjordbygg.example"))
    assert mail.sender == Address("Eva Lund", "eva@nordvik.example")
    assert [one.email for one in mail.recipients] == ["anna.berg@fjordbygg.example", "zoe@nordlys.example"]
    assert mail.recipients[1].name == "Zoë O'Connor"
    assert (mail.subject, mail.message_id) == ("Price list", "1@nordvik.example")
    assert mail.sent_at == datetime(2026, 11, 20, 9, 15, 30, tzinfo=UTC)
    assert mail.text == "Hello Anna,\nhere is the price list.\n\nEva"
    assert not mail.draft


def test_plain_text_is_preferred_and_files_are_named_with_their_sizes() -> None:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = (
        "eva@nordvik.example",
        "anna@x.example",
        "Tilbud på gjær",
    )
    message.set_content("På gjensyn")
    message.add_alternative("<p>Something <b>else</b></p>", subtype="html")
    message.add_attachment(b"x" * 3000, maintype="application", subtype="pdf", filename="Prisliste æøå.pdf")
    mail = read(message.as_bytes())
    assert (mail.subject, mail.text) == ("Tilbud på gjær", "På gjensyn")
    (file,) = mail.enclosed
    assert (file.name, file.media_type) == ("Prisliste æøå.pdf", "application/pdf")
    assert abs(file.size - 3000) < 20


def test_html_alone_is_reduced_to_its_words() -> None:
    page = (
        "<html><head><title>T</title><style>p{}</style></head><body><p>Dear&nbsp;Anna,</p><div>as <b>agreed</b>:"
        "</div><ul><li>one</li><li>two &lt; three</li></ul><script>alert('x')</script><!-- no --></body></html>"
    )
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = "eva@nordvik.example", "anna@x.example"
    message.set_content(page, subtype="html")
    assert read(message.as_bytes()).text == "Dear Anna,\n\nas agreed:\n\none\n\ntwo < three"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("=?utf-8?q?Tilbud_p=C3=A5_gj=C3=A6r?=", "Tilbud på gjær"),
        ("=?iso-8859-1?B?5g==?= and =?utf-8?b?w6Y?=", "æ and æ"),
        ("=?utf-8?q?one?=\r\n =?utf-8?q?_two?=", "one two"),
        ("=?unknown?q?caf=E9?=", "café"),
        ("=?hex?q?zz?= and =?utf-8?x?=", "zz and =?utf-8?x?="),
    ],
)
def test_encoded_words(written: str, said: str) -> None:
    assert unencoded(written) == said


@pytest.mark.parametrize("mark", ["X-Unsent: 1", "X-Mozilla-Draft-Info: internal/draft; vcard=0"])
def test_a_draft_is_known_by_its_mark(mark: str) -> None:
    assert read(mark.encode() + b"\r\n" + HEAD + b"\r\nx").draft


def test_what_a_program_answered_is_known_by_its_header() -> None:
    assert read(an_email(Auto_Submitted="auto-replied")).automatic
    assert not read(an_email(Auto_Submitted="no")).automatic


def test_bytes_that_were_never_encoded_are_read_as_they_were_meant() -> None:
    mail = read(
        b"From: Bj\xf8rn <bjorn@x.example>\nTo: \xc3\x85se <ase@y.example>\nSubject: gj\xc3\xa6r\n\nP\xe5 gjensyn"
    )
    assert (mail.sender, mail.recipients) == (
        Address("Bjørn", "bjorn@x.example"),
        (Address("Åse", "ase@y.example"),),
    )
    assert (mail.subject, mail.text) == ("gjær", "På gjensyn")


def test_without_an_id_the_same_email_is_the_same() -> None:
    one, other = HEAD + b"\r\none", HEAD + b"\r\nother"
    assert read(one).message_id == read(one).message_id != read(other).message_id


def test_a_header_cannot_bring_another_one() -> None:
    mail = read(HEAD + b"Subject: =?utf-8?q?a=0D=0ABcc:_x@evil.example=00=E2=80=AE?=\r\n\r\nx")
    assert mail.subject == "a Bcc: x@evil.example"
    assert [one.email for one in mail.recipients] == ["anna@x.example"]


def test_what_is_no_email_is_refused() -> None:
    for raw in (
        b"",
        b"PK\x03\x04" + bytes(500),
        b"name;email\nAnna;a@x.example\n",
        b"\n\n\n",
        b"From: you\n\nx",
    ):
        with pytest.raises(Refusal, match="no e-mail"):
            read(raw)


def test_a_thousand_recipients() -> None:
    many = ",\r\n ".join(f"Someone {n} <n{n}@x.example>" for n in range(1000))
    assert len(read(f"From: a@b.example\r\nTo: {many}\r\n\r\nx".encode()).recipients) == 1000


def _nested(depth: int) -> bytes:
    opened = "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in range(depth)
    )
    closed = "".join(f"\r\n--b{n}--" for n in reversed(range(depth)))
    return HEAD + (opened + "Content-Type: text/plain\r\n\r\nlowest" + closed).encode()


def test_what_lies_within_what_lies_within() -> None:
    assert read(_nested(8)).text == "lowest"
    assert read(_nested(1000)).text == ""


HOSTILE = {
    "line ends alone": HEAD + b"\r\n" + b"\n" * (24 * MIB),
    "headers alone": HEAD + b"a: b\n" * (4 * MIB),
    "one header": HEAD + b"Subject: " + b"x" * (24 * MIB),
    "boundaries alone": HEAD + b"Content-Type: multipart/mixed; boundary=a\r\n\r\n" + b"--a\n" * (6 * MIB),
    "comments": HEAD + b"Cc: " + b"(" * (200 * 1024) + b"\r\n\r\nx",
    "quotes": HEAD + b'Cc: "' + b'\\"' * (100 * 1024) + b"\r\n\r\nx",
    "commas": HEAD + b"Cc: " + b"<,;:@" * (50 * 1024) + b"\r\n\r\nx",
    "parameters": HEAD + b"Content-Type: multipart/mixed; " + b'boundary*0="a";' * (10 * 1024) + b"\r\n\r\nx",
    "open tags": HEAD + b"Content-Type: text/html\r\n\r\n" + b"<!--<a <svg" * (2 * MIB),
    "base64": HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"QUJD\n" * (4 * MIB),
    "words": HEAD + b"Subject: " + b"=?utf-8?q?" * (20 * 1024) + b"\r\n\r\nx",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_emails_cost_little_time_and_memory(name: str) -> None:
    raw, began = HOSTILE[name], time.thread_time()
    read(raw)
    assert time.thread_time() - began < 1.5


def test_memory_is_flat() -> None:
    raw = HOSTILE["line ends alone"]
    tracemalloc.start()
    try:
        read(raw)
        assert tracemalloc.get_traced_memory()[1] < 8 * MIB
    finally:
        tracemalloc.stop()


def test_twenty_five_megabytes_are_enough() -> None:
    with pytest.raises(Refusal, match="25 MB"):
        read(HEAD + b"\r\n" + bytes(25 * MIB))


PIECES = st.sampled_from(
    [
        b"\r\n", b"\n", b"--a", b"--a--", b"; boundary=a", b"Content-Type: multipart/mixed", b"Content-Type: text/html",
        b"Content-Transfer-Encoding: base64", b"=?utf-8?b?", b"?=", b"<", b">", b"<!--", b"From: ", b"To: ", b"Date: ",
        b"Message-ID: ", b'"', b"(", b"@", b"x", b"\x00", b"\xff", b"filename*=utf-8''%ff", b"charset=idna", b"\t",
        b"Content-Disposition: attachment; filename*1*=x",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60).map(b"".join))
@example(b"Date: Fri, 99 Nov 99999999999 10:15:30 +9999")
@example(b"Content-Type: text/plain; charset=\x00utf-8")
def test_law_whatever_is_in_it_it_is_read(tail: bytes) -> None:
    mail = read(HEAD + tail)
    assert len(mail.text) <= TEXT_LIMIT
    assert not any(ord(one) < 32 and one not in "\n\t" for one in mail.text + mail.subject)
    assert all(isinstance(one, Enclosed) for one in mail.enclosed)
    assert isinstance(mail, Mail)


@given(st.binary(max_size=400))
def test_law_other_files_are_refused(raw: bytes) -> None:
    with suppress(Refusal):
        assert isinstance(read(raw), Mail)


@given(st.text(max_size=200))
def test_law_any_page_has_words(page: str) -> None:
    words = words_of(page)
    assert words == words.strip()
    assert len(words) <= len(page) * 2
