"""`saleslog export-person`: all that is known of a person in one file."""

from pathlib import Path

from bot.commands.endings import plainly
from bot.commands.letters import NOBODY
from bot.commands.opening import opened, say, workspace_of
from bot.services.person_files import PersonFiles


def export(number: str, file: Path, team: str | None) -> None:
    """Write the file and say whose it is."""
    with plainly(), opened() as (settings, store):
        workspace = workspace_of(store, settings, team)
        person = PersonFiles(store, NOBODY, settings.exports).write(workspace, number, file)
    say(f"{file.name} holds all that is known of {person.name} ({person.number}).")
