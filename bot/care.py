"""The services of contacts, wired together (see `bot.app`)."""

from typing import Any

from bot.services.bell import Bell
from bot.services.contact_removal import ContactRemoval
from bot.services.contacts import Contacts
from bot.services.people import People
from bot.services.removals import Removals
from storage.store import Store


def contact_services(store: Store, people: People, bell: Bell) -> dict[str, Any]:
    """Return the services of contacts by their names."""
    return {
        "contacts": Contacts(store),
        "contact_removal": ContactRemoval(store, people, bell),
        "removals": Removals(store, people, bell),
    }
