"""Forms as the bot shows them, made beforehand."""

from typing import Any

from addressbook import sellers

from bot.clock import SystemClock
from bot.services.forms import Forms, Start
from bot.services.people import People
from storage.store import open_store


def a_form(url: str) -> dict[str, Any]:
    """Return an empty interaction form."""
    store = open_store(url, SystemClock())
    forms = Forms(store, People(store, frozenset(), guests_allowed=False))
    view = forms.open(next(sellers(store)), Start()).view
    store.close()
    return view
