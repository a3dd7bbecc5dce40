"""`saleslog import templates|campaigns|opportunities|setup FILE` and `saleslog export setup FILE`."""

from collections.abc import Sequence
from pathlib import Path

from bot.clock import SystemClock
from bot.commands.endings import WRONG_SETTINGS, Ending, plainly, sentence
from bot.commands.opening import opened, say, workspace_of
from bot.domain.setup_lists import Sort
from bot.services.setup_export import SetupExport
from bot.services.setup_import import Report, SetupImport
from bot.services.setup_rows import Outcome
from bot.settings import Settings, read_settings
from storage.rehearsal import rehearsal
from storage.state import Schema, schema_of
from storage.store import Store


def take(sort: Sort, file: Path, team: str | None) -> None:
    """Import the lists of a file and say what became of them."""
    with plainly(), opened() as (settings, store):
        _say(_imported(store, settings, sort, file, team))


def rehearse(sort: Sort, file: Path, team: str | None) -> None:
    """Say what an import would do; nothing but the error file is written."""
    with plainly():
        settings = read_settings()
        if schema_of(settings.database_url) is not Schema.CURRENT:
            raise Ending("There is no database of this version yet: saleslog check says what to do.")
        with rehearsal(settings.database_url, SystemClock()) as store:
            _say(_imported(store, settings, sort, file, team))
    say("Only tried: nothing was written.")


def export(words: Sequence[str], team: str | None) -> None:
    """Write the setup into the one file that was named, and say what stands in it."""
    if len(words) != 1 or Path(words[0]).suffix.casefold() != ".xlsx":
        raise Ending("Name the file, with its ending: saleslog export setup setup.xlsx", code=WRONG_SETTINGS)
    file = Path(words[0])
    with plainly(), opened() as (settings, store):
        counts = SetupExport(store).write(workspace_of(store, settings, team), file)
    told = ", ".join(f"{one.value.lower()}: {count:,}" for one, count in counts.items())
    say(f"{file.name} holds {told}.")


def _imported(store: Store, settings: Settings, sort: Sort, file: Path, team: str | None) -> list[Report]:
    return SetupImport(store).run(workspace_of(store, settings, team), sort, file, file)


def _say(reports: list[Report]) -> None:
    for report in reports:
        say(counted(report))
        if report.unknown_columns:
            say(f"  Unknown columns were ignored: {', '.join(report.unknown_columns)}")
        for place, reason in report.faults:
            say(f"  row {place} below the titles: {sentence(reason)}")


def counted(report: Report) -> str:
    """Return what became of a list, in one line."""
    parts = [f"{report.outcomes[one]:,} {one.value}" for one in Outcome] + [f"{report.faulty:,} faulty"]
    errors = f" → {report.errors.name}" if report.errors else ""
    rows = sum(report.outcomes.values()) + report.faulty
    return f"{report.about.value}: {rows:,} rows: {', '.join(parts)}{errors}"
