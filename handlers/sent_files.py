"""Files that somebody sends to the direct message: each kind to the listener that reads it."""

from collections.abc import Sequence
from typing import Any

from bot.domain.messages import Refusal
from handlers import contact_imports, mails
from handlers.payloads import SentFile
from handlers.routes import Listener, Routes, call

KINDS: dict[str, Listener] = {
    "csv": contact_imports.take,
    "eml": mails.take,
    "tsv": contact_imports.take,
    "xlsx": contact_imports.take,
}
"""By the ending of the name; the listener finds the file as `file`, and names besides what it needs."""

FORWARDED = "email"
"""Slack's kind of an e-mail that it has taken apart; its name is the subject."""


def register(routes: Routes) -> None:
    """Add the listener."""
    routes.events["message"] = receive


def receive(sent: Sequence[SentFile], desk: dict[str, Any]) -> None:
    """Hand each file to whoever reads its kind.

    Raises:
        Refusal: nobody does.
    """
    for file in sent:
        listener = mails.take_forwarded if file.kind == FORWARDED else KINDS.get(file.ending)
        if listener is None:
            raise Refusal(
                "I can't read {file}. Send contacts as .csv or .xlsx to import them, an e-mail as .eml to log it. "
                "To attach a file to an entry, open the entry and press “Attach file”.",
                file=file.name[:80],
            )
        call(listener, {**desk, "file": file})
