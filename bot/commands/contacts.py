"""`saleslog import …`."""

from pathlib import Path

from bot.commands.bars import bar_of
from bot.commands.endings import plainly, sentence
from bot.commands.opening import opened, say, workspace_of
from bot.domain.ids import ImportId
from bot.services.contact_import import ContactImport, Report, Reverted

SHOWN_NAMES = 10


def take(file: Path, team: str | None) -> None:
    """Import a file and say what became of it."""
    errors = _errors_beside(file)
    with plainly(), opened() as (settings, store), bar_of(file) as bar:
        workspace = workspace_of(store, settings, team)
        report = ContactImport(store).run(workspace, None, file, progress=bar.at, errors_to=errors)
    say(counted(report, errors))
    _say_rest(report)
    if report.import_id is not None and report.new + report.changed:
        say(f"To take it back: saleslog import revert {report.import_id}")


def check(file: Path, team: str | None) -> None:
    """Say what an import would do."""
    errors = _errors_beside(file)
    with plainly(), opened() as (settings, store), bar_of(file) as bar:
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
