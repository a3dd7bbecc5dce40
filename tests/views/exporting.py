"""Views of exports of the interaction log."""

from collections.abc import Callable
from typing import Any

from bot.domain.entries import Filter
from bot.views import entry_exports as views
from bot.views.entry_exports import Offer
from tests.views.things import META, TEXT, Say

Page = Callable[[Say], dict[str, Any]]


def words(say: Say) -> str:
    return f"{say('Wim Peeters')} · “{say('price list')}” · since Mon 2 Nov"


def offered(say: Say, count: int, *, whole: bool = True) -> dict[str, Any]:
    return views.form(META, Offer(Filter(), words(say), count, whole), TEXT)


MODALS: dict[str, Page] = {
    "export": lambda say: offered(say, 1234),
    "export, uncounted": lambda say: offered(say, 90_000, whole=False),
    "export, nothing": lambda say: offered(say, 0),
    "export, too many": lambda say: offered(say, 2_000_001, whole=False),
}
MESSAGES: dict[str, Page] = {
    "export, progress": lambda say: views.progress(12_000, 100_000, TEXT),
    "export, done": lambda say: views.here(1234, 1, words(say), TEXT),
    "export, on two sheets": lambda say: views.here(1_100_000, 2, words(say), TEXT),
    "export, nothing left": lambda say: views.nothing(words(say), TEXT),
    "export, too many found": lambda say: views.too_many(words(say), TEXT),
    "export, too large": lambda say: views.too_large(words(say), TEXT),
    "export, failed": lambda say: views.failed(words(say), TEXT),
}
