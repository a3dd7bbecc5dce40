"""The mailbox is read over IMAP: each e-mail once, whatever breaks, and none is ever deleted."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import pytest
from mails.imap import PASSWORD, ImapServer, imap_server, keeping_keywords
from mails.letters import an_email, knows
from office import Office, Silence
from sqlalchemy import func, select

from bot.clock import FixedClock
from bot.commands.check import State, of_mailbox
from bot.domain.mails import MOST_BYTES
from bot.jobs.mailbox import MOST, read_mailbox
from bot.mailbox import Mailbox, MailboxRefused, MailboxUnreachable, looked_at, place_of
from bot.rounds import jobs_of
from bot.services.inbox import Inbox
from bot.services.mails import Mails
from bot.settings import Settings
from storage.store import open_store
from storage.tables.interactions import entries

TO_EVA = {"From": "anna@fjordbygg.example", "To": "eva@nordvik.example"}


@pytest.fixture(scope="module")
def server() -> Iterator[ImapServer]:
    with imap_server() as started:
        yield started


@pytest.fixture
def folder(server: ImapServer) -> str:
    name = f"F{uuid4().hex[:8]}"
    server.receives(folder=name)
    return name


@pytest.fixture
def office(sqlite_url: str, clock: FixedClock) -> Iterator[Office]:
    with closing(open_store(sqlite_url, clock)) as store:
        yield Office(store, clock)


@pytest.fixture
def mails(office: Office) -> Mails:
    eva = office.joins("Eva")
    knows(office, eva, "Anna Berg", "anna@fjordbygg.example")
    return Mails(office.store, office.people, Inbox(office.people), Silence())


def a_mailbox(server: ImapServer, folder: str, done: str = "", password: str = PASSWORD) -> Mailbox:
    return Mailbox(place_of(server.url(folder)), password, done)


def test_each_email_is_recorded_once_and_marked(server: ImapServer, folder: str, mails: Mails) -> None:
    unknown = an_email(Message_ID="<2@x>", From="new@x.example", To="eva@nordvik.example")
    foreign = an_email(Message_ID="<3@x>", From="a@x.example", To="b@x.example")
    server.receives(an_email(**TO_EVA), an_email(**TO_EVA), unknown, foreign, folder=folder)
    box = a_mailbox(server, folder)
    said = "1 logged, 1 kept in the inbox, 1 logged before, 1 without a salesperson"
    assert read_mailbox(box, mails) == f"E-mails: {said}."
    assert read_mailbox(box, mails) == ""
    assert len(server.flags(folder)) == 4
    assert all(r"\Seen" in flags for flags in server.flags(folder))


def test_what_breaks_is_flagged_and_the_others_have_their_turn(
    server: ImapServer, folder: str, mails: Mails
) -> None:
    server.receives(b"no mail at all\r\n", an_email(**TO_EVA), folder=folder)
    box = a_mailbox(server, folder)
    assert read_mailbox(box, mails) == "E-mails: 1 logged. Flagged in the mailbox: 1."
    assert read_mailbox(box, mails) == "Flagged in the mailbox: 1."
    assert sorted(r"\Flagged" in flags for flags in server.flags(folder)) == [False, True]


def test_a_server_that_keeps_keywords_tells_why_something_is_flagged(tmp_path: Path, mails: Mails) -> None:
    with keeping_keywords(tmp_path / "imap") as server:
        server.receives(b"no mail at all\r\n", an_email(**TO_EVA))
        box = a_mailbox(server, "INBOX")
        assert read_mailbox(box, mails) == "E-mails: 1 logged. Flagged in the mailbox: 1 that can't be read."
        assert read_mailbox(box, mails) == "Flagged in the mailbox: 1 that can't be read."
        assert [flags.count("$Saleslog") for flags in server.flags("INBOX")] == [1, 1]


def test_what_was_read_moves_where_a_folder_is_named_for_it(
    server: ImapServer, folder: str, mails: Mails
) -> None:
    server.receives(an_email(**TO_EVA), folder=folder)
    assert read_mailbox(a_mailbox(server, folder, f"{folder}-done"), mails) == "E-mails: 1 logged."
    with server.line() as line:
        moves = b"MOVE" in line.capability()[1][0].split()
    assert len(server.flags(f"{folder}-done" if moves else folder)) == 1


def test_the_clock_looks_at_the_mailbox_where_there_is_one(
    server: ImapServer, folder: str, mails: Mails, clock: FixedClock
) -> None:
    server.receives(an_email(**TO_EVA), folder=folder)
    there = Settings(_env_file=None, SALESLOG_IMAP_URL=server.url(folder), SALESLOG_IMAP_PASSWORD=PASSWORD)
    jobs = {job.name: job for job in jobs_of(there, {"mails": mails}, clock, None, None)}
    assert jobs["mailbox"].run() == "E-mails: 1 logged."
    assert "mailbox" not in {job.name for job in jobs_of(Settings(_env_file=None), {}, clock, None, None)}
    assert [
        words
        for words in Settings(_env_file=None, SALESLOG_IMAP_URL=server.url()).wanting()
        if "IMAP" in words
    ]


def test_what_was_recorded_and_not_marked_is_recorded_once(
    server: ImapServer, folder: str, mails: Mails
) -> None:
    """As in a rehearsal, and after a kill between the two."""
    server.receives(an_email(**TO_EVA), b"no mail at all\r\n", folder=folder)
    looking = Mailbox(place_of(looked_at(server.url(folder))), PASSWORD, "done")
    assert read_mailbox(looking, mails) == "E-mails: 1 logged. Flagged in the mailbox: 1."
    assert r"\Seen" not in server.flags(folder)[0]
    said = read_mailbox(a_mailbox(server, folder), mails)
    assert said == "E-mails: 1 logged before. Flagged in the mailbox: 1."


@pytest.mark.soak
def test_what_is_too_large_is_never_fetched(server: ImapServer, folder: str, mails: Mails) -> None:
    server.receives(an_email() + b"x" * MOST_BYTES, folder=folder)
    assert read_mailbox(a_mailbox(server, folder), mails) == "Flagged in the mailbox: 1."


def test_a_server_that_does_not_let_us_in_is_told_from_one_that_is_not_there(
    server: ImapServer, folder: str, mails: Mails
) -> None:
    gone = "imap://eva@127.0.0.1:1/INBOX"
    with pytest.raises(MailboxRefused):
        read_mailbox(a_mailbox(server, folder, password="wrong"), mails)
    with pytest.raises(MailboxRefused):
        read_mailbox(a_mailbox(server, "Nowhere"), mails)
    with pytest.raises(MailboxUnreachable):
        read_mailbox(Mailbox(place_of(gone), PASSWORD), mails)
    told = [found(server.url(folder)), found(gone), found(server.url("Nowhere"))]
    assert [state for state, _ in told] == [State.OK, State.MISSING, State.MISSING]
    assert told[0][1] == f"eva@nordvik.example at 127.0.0.1, {folder}: 0 unread"
    assert "does not answer" in told[1][1]
    assert "does not let us in" in told[2][1]


def found(url: str) -> tuple[State, str]:
    """Return what `saleslog check` says of a mailbox."""
    (finding,) = of_mailbox(Settings(_env_file=None, SALESLOG_IMAP_URL=url, SALESLOG_IMAP_PASSWORD=PASSWORD))
    return finding.state, finding.words


@pytest.mark.parametrize(
    ("named", "written"),
    [("Kundepost Ærlig", '"Kundepost &AMY-rlig"'), ("R&D", '"R&-D"'), ("台北", '"&U,BTFw-"')],
)
def test_folders_have_names_in_any_language(
    server: ImapServer, mails: Mails, named: str, written: str
) -> None:
    server.receives(an_email(**TO_EVA), folder=written)
    assert read_mailbox(a_mailbox(server, quote(named)), mails) == "E-mails: 1 logged."


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://eva@mail.example/INBOX", "an address is needed"),
        ("imaps://mail.example/INBOX", "an address is needed"),
        ("imaps://eva:secret@mail.example", "SALESLOG_IMAP_PASSWORD"),
        ("imaps://eva@mail.example:99999/x", "Port out of range"),
    ],
)
def test_addresses_that_can_not_be_used(url: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        place_of(url)


def test_an_address_says_where_a_mailbox_is() -> None:
    place = place_of("imaps://log%40example.com@mail.example/Kunde%20post")
    assert (place.host, place.port, place.user, place.folder) == (
        "mail.example",
        993,
        "log@example.com",
        "Kunde post",
    )
    assert place.encrypted
    assert not place.looking


@pytest.mark.soak
def test_two_who_read_the_mailbox_at_once_log_each_email_once(
    server: ImapServer, folder: str, office: Office, mails: Mails, sqlite_url: str, clock: FixedClock
) -> None:
    server.receives(*(an_email(Message_ID=f"<{n}@x>", **TO_EVA) for n in range(MOST)), folder=folder)
    box = a_mailbox(server, folder)
    with closing(open_store(sqlite_url, clock)) as second, ThreadPoolExecutor(2) as pool:
        other = Office(second, clock)
        both = (mails, Mails(second, other.people, Inbox(other.people), Silence()))
        said = list(pool.map(lambda one: read_mailbox(box, one), both))
    with office.store.read(office.workspace) as work:
        logged = work.access.connection.scalar(select(func.count()).select_from(entries))
    assert logged == MOST, said
