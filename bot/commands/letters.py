"""`saleslog import attachment`: a Word letter or any other file for an interaction template."""

from pathlib import Path

from bot.commands.endings import plainly
from bot.commands.opening import opened, say, workspace_of
from bot.services.attachments import Attachments


class _Nobody:
    """The bell of a command: whoever runs the bot looks by himself."""

    def ring(self) -> None: ...

    def home_changed(self, workspace: object, person: object) -> None: ...


NOBODY = _Nobody()


def attach(code: str, file: Path, language: str, team: str | None) -> None:
    """Hang a file on a template and say so."""
    with plainly(), opened() as (settings, store):
        workspace = workspace_of(store, settings, team)
        letter = Attachments(store, NOBODY, settings.exports).put(workspace, code, file, language)
    where = f"{letter.description}, {language}" if language else letter.description
    say(f"{file.name} belongs to the interaction template {letter.code} ({where}) now.")
