"""`saleslog manifest`."""

import sys

from bot.commands.endings import plainly
from bot.manifest import manifest_for, written
from bot.settings import read_settings


def show() -> None:
    """Print the manifest for the settings."""
    with plainly():
        sys.stdout.write(written(manifest_for(read_settings())))
