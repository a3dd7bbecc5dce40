"""The services of what arrives by itself, wired."""

from typing import Any

from bot.services.bell import Bell
from bot.services.documents import Documents
from bot.services.inbox import Inbox
from bot.services.inbox_answers import InboxAnswers
from bot.services.mails import Mails
from bot.services.people import People
from storage.store import Store


def arrival_services(store: Store, people: People, bell: Bell) -> dict[str, Any]:
    """Return them by the names that listeners have for them."""
    inbox = Inbox(people)
    return {
        "inbox": inbox,
        "inbox_answers": InboxAnswers(store, bell),
        "documents": Documents(store, people, inbox, bell),
        "mails": Mails(store, people, inbox, bell),
    }
