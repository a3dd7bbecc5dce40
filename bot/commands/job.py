"""`saleslog job NAME`: one run of a job, now or as of another time."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from bot.app import Saleslog, build
from bot.clock import Clock, FixedClock, SystemClock
from bot.commands.endings import Ending, plainly
from bot.jobs.board import Job
from bot.mailbox import looked_at
from bot.settings import Settings, read_settings
from storage.people import is_demo
from storage.rehearsal import rehearsal
from storage.state import Schema, schema_of
from storage.store import Store, open_store
from storage.written import Written, written_since

PATIENCE = 60
"""Seconds to wait for messages that have to go out one a second."""
_PAUSE = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was asked for at the command line."""

    name: str
    at: str | None
    dry: bool
    sure: bool


def job(wish: Wish) -> None:
    """Run a job once, say what it did, and send what it had to say."""
    with plainly(), ExitStack() as stack:
        settings = read_settings()
        if schema_of(settings.database_url) is not Schema.CURRENT:
            raise Ending("The database's schema is another version's: saleslog check says what to do.")
        clock = FixedClock(_moment(wish.at))
        store = stack.enter_context(rehearsal(settings.database_url, clock)) if wish.dry else None
        store = store or open_store(settings.database_url, clock)
        _refuse_future(wish, store, clock)
        first = store.ids()
        settings = stack.enter_context(_aside(settings)) if wish.dry else settings
        program = build(settings, clock, store, first)
        stack.callback(program.stop)
        _say(_named(program, wish.name).run() or "There was nothing to do.")
        if not wish.dry and settings.bot_token is not None:
            _send(program, store, clock, first)
        for one in written_since(store, first):
            _say(_told(one, sent=not wish.dry and settings.bot_token is not None))


@contextmanager
def _aside(settings: Settings) -> Iterator[Settings]:
    """Let a rehearsal write its files where they are gone afterwards, and mark no e-mail as read."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        kept = {"exports": folder / "exports", "backups": folder / "backups"}
        mailbox = {"imap_url": looked_at(settings.imap_url)} if settings.imap_url else {}
        yield settings.model_copy(update=kept | mailbox)


def _moment(at: str | None) -> datetime:
    if at is None:
        return SystemClock().now()
    try:
        found = datetime.fromisoformat(at)
    except ValueError:
        raise Ending(
            f"“{at}” is no time. Write it as in 2026-11-23T09:00+01:00; without a zone it is UTC."
        ) from None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _refuse_future(wish: Wish, store: Store, clock: Clock) -> None:
    """Let nobody tell people of tomorrow by mistake."""
    if clock.now() <= SystemClock().now() or wish.dry or wish.sure:
        return
    with store.reading() as connection:
        demo = is_demo(connection)
    if not demo:
        raise Ending("This time lies in the future. Add --dry-run to look, or --yes if you mean it.")


def _named(program: Saleslog, name: str) -> Job:
    found = next((job for job in program.jobs if job.name == name), None)
    if found is None:
        known = ", ".join(job.name for job in program.jobs)
        raise Ending(f"There is no job “{name}”. There are: {known}.")
    return found


def _send(program: Saleslog, store: Store, clock: FixedClock, first: int) -> None:
    """Send what the run wrote; one message a second and person."""
    for _ in range(PATIENCE):
        program.outbox.drain()
        if not any(
            one.waits_until and one.waits_until <= clock.now() + _PAUSE for one in written_since(store, first)
        ):
            return
        time.sleep(_PAUSE.total_seconds())
        clock.move(_PAUSE)


def _told(one: Written, *, sent: bool) -> str:
    became = f"{one.state}{f' ({one.reason})' if one.reason else ''}" if sent else "would be sent"
    return f"{became} → {one.person}: {one.text}"


def _say(sentence: str) -> None:
    Console(highlight=False, soft_wrap=True).print(sentence, markup=False)
