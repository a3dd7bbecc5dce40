"""`saleslog import …`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from bot.commands.endings import plainly, sentence
from bot.commands.opening import opened, say, workspace_of
from bot.domain.ids import ImportId
from bot.services.contact_import import ContactImport, Report, Reverted

SHOWN_NAMES = 10


def take(file: Path, team: str | None) -> None:
    """Import a file and say what became of it."""
    errors = _errors_beside(file)
    with plainly(), opened() as (settings, store), _bar(file) as bar:
        workspace = workspace_of(store, settings, team)
        report = ContactImport(store).run(workspace, None, file, progress=bar.at, errors_to=errors)
    say(counted(report, errors))
    _say_rest(report)
    if report.import_id is not None and report.new + report.changed:
        say(f"To take it back: saleslog import revert {report.import_id}")


def check(file: Path, team: str | None) -> None:
    """Say what an import would do."""
    errors = _errors_beside(file)
    with plainly(), opened() as (settings, store), _bar(file) as bar:
        workspace = workspace_of(store, settings, team)
        report = ContactImport(store).check(workspace, file, progress=bar.at, errors_to=errors)
    say(f"{counted(report, errors)}. Only checked: no contact was written.")
    _say_rest(report)


def revert(number: int, team: str | None) -> None:
    """Take an import back and say what stayed."""
    with plainly(), opened() as (settings, store):
        workspace = workspace_of(store, settings, team)
        reverted = ContactImport(store).revert(workspace, None, ImportId(number))
    say(taken_back(reverted))


def counted(report: Report, errors: Path) -> str:
    """Return the result in one line."""
    parts = f"{report.new:,} new, {report.changed:,} changed, {report.unchanged:,} unchanged, {report.faulty:,} faulty"
    return f"{report.rows:,} rows: {parts}{f' → {errors.name}' if report.faulty else ''}"


def taken_back(reverted: Reverted) -> str:
    """Return what became of an import that was taken back."""
    words = f"{reverted.deleted:,} contacts deleted, {reverted.restored:,} given back what they had"
    if not reverted.stayed:
        return f"{words}."
    names = ", ".join(reverted.names[:SHOWN_NAMES])
    more = f" and {reverted.stayed - SHOWN_NAMES:,} more" if reverted.stayed > SHOWN_NAMES else ""
    return f"{words}; {reverted.stayed:,} stayed, since they were changed or used meanwhile: {names}{more}."


def _say_rest(report: Report) -> None:
    if report.unknown_columns:
        say(f"Unknown columns were ignored: {', '.join(report.unknown_columns)}")
    for place, reason in report.faults:
        say(f"  row {place} below the titles: {sentence(reason)}")


def _errors_beside(file: Path) -> Path:
    return file.with_name(f"{file.stem.removesuffix('.errors')}.errors.csv")


class _Speed(ProgressColumn):
    """Rows a second."""

    def render(self, task: Task) -> Text:
        seconds = task.elapsed or 0
        rows = int(task.fields["rows"])
        return Text(f"{rows:,} rows · {int(rows / seconds) if seconds else 0:,}/s")


class _Bar:
    """How far the file has been read."""

    def __init__(self, progress: Progress, file: Path) -> None:
        self._progress = progress
        self._task = progress.add_task(file.name, total=1.0, rows=0)

    def at(self, rows: int, share: float) -> None:
        """Show the rows done and the share of the file."""
        self._progress.update(self._task, completed=share, rows=rows)


@contextmanager
def _bar(file: Path) -> Iterator[_Bar]:
    columns = (TextColumn("{task.description}"), BarColumn(), _Speed(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield _Bar(progress, file)
