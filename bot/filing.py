"""The services of files: on templates, on entries, and those that are written out of the log."""

from pathlib import Path
from typing import Any

from bot.services.attachments import Attachments
from bot.services.bell import Bell
from bot.services.entry_exports import EntryExports
from bot.services.entry_files import EntryFiles
from bot.services.people import People
from storage.store import Store


def file_services(store: Store, people: People, bell: Bell, folder: Path) -> dict[str, Any]:
    """Return them by name; `folder` is where files wait until they are delivered."""
    return {
        "attachments": Attachments(store, bell, folder),
        "entry_files": EntryFiles(store, people, bell),
        "entry_exports": EntryExports(store, people, bell, folder),
    }
