"""`saleslog import …`: contacts from a file, with a bar, and taking an import back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from bot.clock import SystemClock
from bot.commands.endings import Ending, plainly
from bot.domain.ids import ImportId, SlackTeam, WorkspaceId
from bot.services.contact_import import ContactImport, Report
from bot.services.people import People
from bot.settings import Settings, read_settings
from storage.state import Schema, fill_empty, schema_of, teams_of
from storage.store import Store, open_store


def take(file: Path, team: str | None) -> None:
    """Import a file."""
    with _opened(team) as (store, workspace), _bar() as told:
        report = ContactImport(store).run(workspace, None, file, progress=told, errors_to=errors_beside(file))
    _tell(report, file)
    if report.new or report.changed:
        _say(f"To take it back: saleslog import revert {report.import_id}")


def check(file: Path, team: str | None) -> None:
    """Tell what an import would do; nothing is written but the error file."""
    with _opened(team) as (store, workspace), _bar() as told:
        report = ContactImport(store).check(workspace, file, progress=told, errors_to=errors_beside(file))
    _tell(report, file)
    _say("Nothing was changed: this was a check.")


def revert(number: int, team: str | None) -> None:
    """Take an import back."""
    with _opened(team) as (store, workspace):
        done = ContactImport(store).revert(workspace, None, ImportId(number))
    _say(
        f"Taken back: {done.deleted:,} deleted, {done.restored:,} as before, {done.stayed:,} left as they are."
    )
    for name in done.names:
        _say(f"  left: {name}")


def errors_beside(file: Path) -> Path:
    """Return where the faulty rows of a file go: `contacts.errors.csv` beside `contacts.csv`."""
    return file.with_name(f"{file.stem}.errors.csv")


@contextmanager
def _opened(team: str | None) -> Iterator[tuple[Store, WorkspaceId]]:
    with plainly():
        settings = read_settings()
        _bring_schema(settings.database_url)
        store = open_store(settings.database_url, SystemClock())
        try:
            people = People(store, settings.admins, guests_allowed=settings.guests_allowed)
            yield store, people.workspace(_team(store, settings, team))
        finally:
            store.close()


def _bring_schema(url: str) -> None:
    state = schema_of(url)
    if state is Schema.EMPTY:
        fill_empty(url)
    elif state is not Schema.CURRENT:
        raise Ending("The database's schema is another version's. Bring it up to date: saleslog db upgrade")


def _team(store: Store, settings: Settings, given: str | None) -> SlackTeam:
    """Return the Slack team whose contacts these are: as given, the only one here, else the token's."""
    if given is not None:
        return SlackTeam(given)
    known = teams_of(store)
    if len(known) > 1:
        raise Ending(f"Which workspace? Add --workspace with one of {', '.join(known)}.")
    return known[0] if known else _token_team(settings)


def _token_team(settings: Settings) -> SlackTeam:
    from slack_sdk.errors import SlackApiError

    from bot.app import web_client

    if settings.bot_token is None:
        raise Ending("No workspace is known here. Add --workspace T…, or set SLACK_BOT_TOKEN.")
    try:
        return SlackTeam(str(web_client(settings).auth_test()["team_id"]))
    except (SlackApiError, OSError):
        raise Ending("Slack did not tell which workspace the token is for. Add --workspace T….") from None


class _Told:
    """Moves the bar."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=1.0, rows="0 rows", speed="")

    def __call__(self, rows: int, share: float) -> None:
        seconds = self._progress.tasks[0].elapsed or 0.0
        speed = f"{rows / seconds:,.0f} rows/s" if seconds else ""
        self._progress.update(self._task, completed=share, rows=f"{rows:,} rows", speed=speed)


@contextmanager
def _bar() -> Iterator[_Told]:
    columns = (
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[rows]}"),
        TextColumn("{task.fields[speed]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        yield _Told(progress)


def _tell(report: Report, file: Path) -> None:
    if report.unknown_columns:
        _say(f"Columns that I don't know, left aside: {', '.join(report.unknown_columns)}.")
    rest = f" → {errors_beside(file).name}" if report.faulty else ""
    counts = f"{report.new:,} new, {report.changed:,} changed, {report.unchanged:,} unchanged"
    _say(f"{report.rows:,} rows: {counts}, {report.faulty:,} faulty{rest}")
    for place, reason in report.faults:
        _say(f"  row {place}: {reason.text.format(**reason.values)}")


def _say(sentence: str) -> None:
    Console(highlight=False, soft_wrap=True).print(sentence, markup=False)
