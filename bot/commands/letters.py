"""`saleslog import letter`: a Word letter for an interaction template."""

from pathlib import Path

from bot.commands.endings import plainly
from bot.commands.opening import opened, say, workspace_of
from bot.services.attachments import Attachments


class _Nobody:
    """The bell of a command: whoever runs the bot looks by himself."""

    def ring(self) -> None: ...

    def home_changed(self, workspace: object, person: object) -> None: ...


NOBODY = _Nobody()


def attach(code: str, file: Path, team: str | None) -> None:
    """Hang a file on a template and say so."""
    with plainly(), opened() as (settings, store):
        workspace = workspace_of(store, settings, team)
        letter = Attachments(store, NOBODY, settings.exports).put(workspace, code, file)
    say(f"{file.name} belongs to the interaction template {letter.code} ({letter.description}) now.")
