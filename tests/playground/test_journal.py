"""The journal keeps the newest records."""

from bot.playground.journal import LIMIT, Call
from bot.playground.state import Workspace


def test_oldest_records_go() -> None:
    journal = Workspace().journal
    for n in range(LIMIT + 1):
        journal.called(Call(f"{n}", {}, 0.0))
    assert len(journal.calls) < LIMIT
    assert journal.calls[-1].method == f"{LIMIT}"
    assert journal.calls[0].method != "0"
