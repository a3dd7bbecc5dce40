"""What commands that work on the database need: the settings, the store, the workspace that is meant."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

from bot.clock import SystemClock
from bot.commands.endings import Ending
from bot.domain.ids import SlackTeam, WorkspaceId
from bot.services.people import People
from bot.settings import Settings, read_settings
from storage.running import stopped
from storage.state import Schema, fill_empty, schema_of, teams_of
from storage.store import Store, open_store


@contextmanager
def opened() -> Iterator[tuple[Settings, Store]]:
    """Open the database of the settings, beside a bot that may run."""
    settings = read_settings()
    _prepare(settings.database_url)
    store = open_store(settings.database_url, SystemClock())
    try:
        yield settings, store
    finally:
        store.close()


def workspace_of(store: Store, settings: Settings, team: str | None) -> WorkspaceId:
    """Return the workspace that was named, or the only one that is known."""
    known = teams_of(store)
    if team is None and len(known) != 1:
        which = f" ({', '.join(known)})" if known else ""
        raise Ending(f"Which workspace{which}? Give its Slack team id: --workspace T…")
    people = People(store, settings.admins, guests_allowed=settings.guests_allowed)
    return people.workspace(SlackTeam(team) if team else known[0])


def say(sentence: str) -> None:
    """Print a sentence as it is."""
    Console(highlight=False, soft_wrap=True).print(sentence, markup=False)


def _prepare(url: str) -> None:
    """Fill an empty database, so that things can be there before the bot's first start."""
    state = schema_of(url)
    if state is Schema.EMPTY:
        with stopped(url):
            fill_empty(url)
    elif state is not Schema.CURRENT:
        raise Ending("The database's schema is another version's: saleslog check says what to do.")
