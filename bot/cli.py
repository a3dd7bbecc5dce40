"""The command line; each command loads what it needs when it is called."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="saleslog",
    help="Saleslog, a Slack app in which salespeople log every contact they have with a customer.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
database = typer.Typer(help="The database: schema, backup, restore.", no_args_is_help=True)
imports = typer.Typer(
    help="Contacts, letters and the setup from files, and taking an import back.", no_args_is_help=True
)
app.add_typer(database, name="db")
app.add_typer(imports, name="import")


SETUP = Path("setup")
"""The word that stands in place of a file: `saleslog export setup FILE.xlsx`."""


class Browser(StrEnum):
    """Whether the demo opens its page."""

    OPEN = "open"
    NONE = "none"


class Until(StrEnum):
    """What else than a signal stops the bot."""

    SIGNAL = "signal"
    STDIN_CLOSES = "stdin-closes"


File = Annotated[Path, typer.Argument(help="The file.", show_default=False)]
Team = Annotated[str | None, typer.Option(help="The Slack team's id (T…); needed when there are several.")]


@app.command()
def run(
    until: Annotated[
        Until, typer.Option(help="Stop on a signal alone, or also when whoever started it has ended.")
    ] = Until.SIGNAL,
) -> None:
    """Run the bot until it is stopped."""
    from bot.commands import run

    stop = run.stopped_by_signals()
    if until is Until.STDIN_CLOSES:
        run.stop_with_stdin(stop)
    run.run(stop)


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="Where the page is.")] = 8765,
    browser: Annotated[Browser, typer.Option(help="Whether to open the page.")] = Browser.OPEN,
) -> None:
    """Show Saleslog against a local Slack workspace in the browser; nothing to register."""
    from bot.demo.run import main as show

    show(port, open_browser=browser is Browser.OPEN)


@app.command()
def check() -> None:
    """Say what is missing before the bot can run, and how to mend it."""
    from bot.commands import check

    check.check()


@app.command()
def manifest() -> None:
    """Print the app manifest for the settings; paste it at api.slack.com/apps."""
    from bot.commands import manifest

    manifest.show()


@app.command()
def job(
    name: Annotated[str, typer.Argument(help="Which one, as in remind or backup.", show_default=False)],
    *,
    at: Annotated[
        str | None, typer.Option(help="As of this time, as in 2026-11-23T09:00+01:00; else now.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Write and send nothing, only say what would be.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Yes, also as of a time to come.")] = False,
) -> None:
    """Run a job once and send what it has to say; the bot may run."""
    from bot.commands import job

    job.job(job.Wish(name=name, at=at, dry=dry_run, sure=yes))


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="The file to write: .xlsx or .csv.", show_default=False)],
    filters: Annotated[
        list[str] | None,
        typer.Argument(
            help="As in /log find: last:30d with:anna by:eva; else everything.", show_default=False
        ),
    ] = None,
    *,
    zone: Annotated[str, typer.Option(help="The time zone of instants, as in Europe/Oslo.")] = "UTC",
    language: Annotated[str, typer.Option(help="The language of titles and words.")] = "en-GB",
    workspace: Team = None,
) -> None:
    """Write interaction log entries into an Excel workbook or a CSV file, or the setup: export setup FILE.xlsx."""
    if file == SETUP:
        from bot.commands import setup

        setup.export(filters or (), workspace)
    else:
        from bot.commands import export

        export.export(
            export.Wish(file=file, filters=filters or (), team=workspace, zone=zone, language=language)
        )


@app.command()
def export_person(
    number: Annotated[str, typer.Argument(help="The contact's number.", show_default=False)],
    file: Annotated[Path, typer.Argument(help="The zip file to write.", show_default=False)],
    workspace: Team = None,
) -> None:
    """Write all that is known of a person into one file; the bot may run."""
    from bot.commands import person

    person.export(number, file, workspace)


@database.command()
def upgrade() -> None:
    """Bring the schema up to date; the bot must be stopped."""
    from bot.commands import database

    database.upgrade()


@database.command()
def backup(file: File) -> None:
    """Write the whole database into a file; the bot may run."""
    from bot.commands import database

    database.backup(file)


@database.command()
def restore(file: File) -> None:
    """Put a backup in the database's place; the bot must be stopped."""
    from bot.commands import database

    database.restore(file)


@imports.command()
def contacts(
    file: File,
    *,
    check: Annotated[bool, typer.Option("--check", help="Only say what would happen.")] = False,
    workspace: Team = None,
) -> None:
    """Take contacts over from a CSV or XLSX file; the bot may run."""
    from bot.commands import contacts

    (contacts.check if check else contacts.take)(file, workspace)


DryRun = Annotated[
    bool, typer.Option("--dry-run", "--check", help="Only say what would happen; write no more than errors.")
]


@imports.command()
def templates(file: File, *, dry_run: DryRun = False, workspace: Team = None) -> None:
    """Take interaction groups, templates and their languages over from a CSV or XLSX file."""
    _import_setup("templates", file, workspace, dry_run=dry_run)


@imports.command()
def campaigns(file: File, *, dry_run: DryRun = False, workspace: Team = None) -> None:
    """Take campaigns over from a CSV or XLSX file."""
    _import_setup("campaigns", file, workspace, dry_run=dry_run)


@imports.command()
def opportunities(file: File, *, dry_run: DryRun = False, workspace: Team = None) -> None:
    """Take opportunities over from a CSV or XLSX file."""
    _import_setup("opportunities", file, workspace, dry_run=dry_run)


@imports.command("setup")
def import_setup(file: File, *, dry_run: DryRun = False, workspace: Team = None) -> None:
    """Take over all that `saleslog export setup` wrote; the bot may run."""
    _import_setup("setup", file, workspace, dry_run=dry_run)


def _import_setup(word: str, file: Path, workspace: str | None, *, dry_run: bool) -> None:
    from bot.commands import setup
    from bot.domain.setup_lists import Sort

    (setup.rehearse if dry_run else setup.take)(Sort(word), file, workspace)


@imports.command()
def attachment(
    code: Annotated[str, typer.Argument(help="The interaction template's code.", show_default=False)],
    file: File,
    *,
    language: Annotated[
        str, typer.Option(help="One of the template's languages, as in nb; else its own.")
    ] = "",
    workspace: Team = None,
) -> None:
    """Attach a Word letter or any other file to an interaction template; the bot may run."""
    from bot.commands import letters

    letters.attach(code, file, language, workspace)


@imports.command()
def revert(
    number: Annotated[int, typer.Argument(help="The number that the import gave.", show_default=False)],
    workspace: Team = None,
) -> None:
    """Give contacts back what they had before an import."""
    from bot.commands import contacts

    contacts.revert(number, workspace)


def main() -> None:
    """Run one command; what goes wrong ends with a sentence and an exit code, not with a traceback."""
    from bot.commands.endings import Ending

    try:
        app()
    except Ending as ending:
        for sentence in ending.sentences:
            print(sentence, file=sys.stderr)  # noqa: T201 - the command line speaks
        sys.exit(ending.code)


if __name__ == "__main__":
    main()
