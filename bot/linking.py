"""The services of what interactions are linked to, and of how people are reminded (see `bot.app`)."""

from typing import Any

from bot.services.bell import Bell
from bot.services.campaigns import Campaigns
from bot.services.checklist import Checklists
from bot.services.opportunities import Opportunities
from bot.services.people import People
from bot.services.reminder_policy import ReminderPolicy
from storage.store import Store


def link_services(store: Store, people: People, bell: Bell) -> dict[str, Any]:
    """Return the services by their names."""
    return {
        "campaigns": Campaigns(store),
        "opportunities": Opportunities(store, people, bell),
        "reminder_policy": ReminderPolicy(store, bell),
        "checklists": Checklists(store, bell),
    }
