"""Exports of the interaction log: the question, how far the file has come, and what came of it."""

from dataclasses import dataclass
from typing import Any

from bot.domain.entries import Asked, Filter
from bot.domain.entry_exports import LIMITS, SheetFormat
from bot.sheets.excel import SHEET_ROWS
from bot.text import Text
from bot.views import kit
from bot.views.asked import written
from bot.views.forms import Fields, Meta, modal
from bot.views.ids import Callback
from bot.views.kit import Choice, Payload

FORMAT = "file_format"


@dataclass(frozen=True, slots=True)
class Offer:
    """What an export would hold: in words, and counted as far as there was time; `whole` when that is all."""

    wanted: Filter
    words: str
    count: int
    whole: bool

    @property
    def possible(self) -> bool:
        """Whether there is something to export, and not more than a file holds."""
        return (self.count > 0 or not self.whole) and self.count <= LIMITS.most


def form(meta: Meta, offer: Offer, text: Text) -> dict[str, Any]:
    """Return the question which kind of file it shall be."""
    formats = [
        Choice(text("Excel (.xlsx)"), SheetFormat.EXCEL),
        Choice(text("CSV (.csv)"), SheetFormat.CSV),
    ]
    question = Fields(meta).select(FORMAT, text("File"), formats, SheetFormat.EXCEL, optional=False)
    return modal(
        Callback.EXPORT_ENTRIES,
        text("Export entries"),
        [
            kit.line(kit.bold(_count(offer, text)), f" · {offer.words}"),
            kit.line(_promise(offer, text)),
            question if offer.possible else None,
        ],
        submit=text("Export") if offer.possible else None,
        close=text("Close"),
        meta=meta,
    )


def carried(wanted: Filter) -> str:
    """Return the word with which a button or a form carries what is to be exported."""
    return written(Asked(wanted))


def progress(done: int, total: int, text: Text) -> Payload:
    """Return how far a large export has come."""
    words = text("Exporting interaction log entries: {done} of {total}", done=f"{done:,}", total=f"{total:,}")
    return kit.message(kit.line(words))


def here(count: int, sheets: int, words: str, text: Text) -> Payload:
    """Return what stands in the file that comes."""
    said = text.count("Here is {amount} entry", "Here are {amount} entries", count, amount=f"{count:,}")
    split = text(
        "A sheet in Excel takes {most} entries: they stand on {sheets} sheets.",
        most=f"{SHEET_ROWS:,}",
        sheets=sheets,
    )
    return kit.message(kit.line(kit.bold(said), f" · {words}"), kit.small(split) if sheets > 1 else None)


def nothing(words: str, text: Text) -> Payload:
    """Return that no entry is left to export."""
    return _instead(text("There is no entry to export."), words)


def too_many(words: str, text: Text) -> Payload:
    """Return that a file would be too large for Slack, and what to do."""
    return _instead(_too_many(text), words)


def too_large(words: str, text: Text) -> Payload:
    """Return that a file became too large for Slack, and what to do."""
    said = text(
        "The file is larger than Slack takes (1 GB). Choose a shorter period, or let an admin run "
        "saleslog export, which knows no limit."
    )
    return _instead(said, words)


def failed(words: str, text: Text) -> Payload:
    """Return that a file could not be written."""
    return _instead(
        text("The file could not be written. Try again later; an admin finds the reason in the log."), words
    )


def _instead(said: str, words: str) -> Payload:
    return kit.message(kit.line(said), kit.small(words))


def file_name(format: SheetFormat, text: Text) -> str:
    """Return the name of the file as the reader sees it."""
    return f"{text('interaction log entries')} {text.today.isoformat()}.{format}"


def _count(offer: Offer, text: Text) -> str:
    if offer.whole and not offer.count:
        return text("No entry")
    if offer.whole:
        return text.count("{amount} entry", "{amount} entries", offer.count, amount=f"{offer.count:,}")
    return text("more than {n} entries", n=f"{min(offer.count, LIMITS.most):,}")


def _promise(offer: Offer, text: Text) -> str:
    if offer.whole and not offer.count:
        return text("There is nothing to export. Choose other filters.")
    if offer.count > LIMITS.most:
        return _too_many(text)
    return text("They come to our direct message as a file, with all their fields.")


def _too_many(text: Text) -> str:
    return text(
        "More than {most} entries are too many for one file in Slack. Choose a shorter period, or let an admin "
        "run saleslog export, which knows no limit.",
        most=f"{LIMITS.most:,}",
    )
