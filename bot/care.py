"""The services of contacts, wired together (see `bot.app`)."""

from pathlib import Path
from typing import Any

from bot.services.bell import Bell
from bot.services.contact_removal import ContactRemoval
from bot.services.contacts import Contacts
from bot.services.erasure import Erasure
from bot.services.import_orders import ContactImports
from bot.services.import_work import Fetch
from bot.services.people import People
from bot.services.person_files import PersonFiles
from bot.services.removals import Removals
from storage.store import Store


def contact_services(store: Store, people: People, bell: Bell, folder: Path, fetch: Fetch) -> dict[str, Any]:
    """Return the services of contacts by their names; `folder` is where files wait, `fetch` gets those of people."""
    return {
        "contacts": Contacts(store),
        "imports": ContactImports(store, people, bell, folder, fetch),
        "contact_removal": ContactRemoval(store, people, bell),
        "removals": Removals(store, people, bell),
        "erasure": Erasure(store, people, bell, folder),
        "person_files": PersonFiles(store, bell, folder),
    }
