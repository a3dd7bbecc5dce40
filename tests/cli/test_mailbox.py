"""The mailbox from the command line: whether it answers, and what a rehearsal would log."""

from contextlib import closing

import pytest
from mails.imap import PASSWORD, imap_server
from mails.letters import an_email, knows
from office import Office
from terminal import Terminal

from bot.clock import SystemClock
from storage import schema
from storage.store import open_store


@pytest.mark.soak
def test_the_mailbox_is_looked_at_rehearsed_and_read(terminal: Terminal) -> None:
    url = f"sqlite:///{terminal.folder / 'saleslog.db'}"
    schema.upgrade(url)
    with closing(open_store(url, SystemClock())) as store:
        office = Office(store, SystemClock())
        knows(office, office.joins("Eva"), "Anna Berg", "anna@fjordbygg.example")
    with imap_server() as server:
        server.receives(an_email(To="anna@fjordbygg.example"), folder="Sales")
        terminal.settings |= {
            "DATABASE_URL": url,
            "SALESLOG_IMAP_URL": server.url("Sales"),
            "SALESLOG_IMAP_PASSWORD": PASSWORD,
        }
        looked = terminal.runs("check").said
        assert "mailbox: eva@nordvik.example at 127.0.0.1, Sales: 1 unread" in looked
        assert PASSWORD not in looked
        for words in ("job mailbox --dry-run", "job mailbox"):
            ended = terminal.runs(*words.split())
            assert ended.said.splitlines()[0] == "E-mails: 1 logged.", ended
