"""What admins are told of canceled entries that are deleted for good (screens: Purge card)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.domain.entries import Listed
from bot.domain.purge import Announcement, PurgeCard
from bot.text import Text
from bot.views import kit
from bot.views.confirmations import template_words
from bot.views.contacts import entry_row
from bot.views.forms import modal
from bot.views.ids import Action, Callback
from bot.views.kit import Part, Payload

NAMES = 5
SHOWN = 40
_CSV = ".csv"


def card(announced: PurgeCard, told: Announcement, text: Text) -> Payload:
    """Return the announcement of what will be deleted a day from now."""
    number = text.count(
        "Tomorrow {n} canceled entry is deleted for good",
        "Tomorrow {n} canceled entries are deleted for good",
        told.count,
    )
    return kit.message(
        kit.lines(
            [
                kit.bold(number),
                " ",
                text("(canceled before {day}).", day=_day_after(announced.selection.until, text)),
            ],
            [_whose(told, text), " ", *_newest(told, text)],
            [text("All of them stand in the CSV file in this conversation.")],
        ),
        kit.actions(
            kit.button(text("Keep these"), Action.KEEP_CARD, announced.id),
            kit.button(text("Show"), Action.SHOW_CARD, announced.id),
        ),
    )


def _day_after(until: datetime, text: Text) -> str:
    return text.short_day(until.astimezone(text.zone).date() + timedelta(days=1))


def _whose(told: Announcement, text: Text) -> str:
    named = [f"{name} {count}" for name, count in told.people[:NAMES]]
    rest = sum(count for _, count in told.people[NAMES:])
    return " · ".join([*named, *([text("others {n}", n=rest)] if rest else [])]) + "."


def _newest(told: Announcement, text: Text) -> list[Part | str]:
    if told.newest is None:
        return []
    entry = told.newest.entry
    who = told.newest.contact_label or text("(contact deleted)")
    what = " · ".join((template_words(told.newest, text), who, text.short_day(entry.day)))
    return [text("The newest: "), kit.quote(what)]


def kept(announced: PurgeCard, until: datetime, by: str, text: Text) -> Payload:
    """Return what the card becomes after **Keep these**."""
    number = text.count(
        "{n} canceled entry is kept until {day}",
        "{n} canceled entries are kept until {day}",
        announced.count,
        day=text.short_day(until.astimezone(text.zone).date()),
    )
    return kit.message(
        kit.lines(
            [kit.bold(number), " ", text("({name} chose so).", name=by)],
            [text("Then you are asked again. The CSV stays in this conversation.")],
        )
    )


def ordered(count: int, text: Text) -> Payload:
    """Return what is said at once when somebody ordered a deletion."""
    words = text.count(
        "Deleting {n} canceled entry… Its CSV comes first; half a minute later this message tells how it went.",
        "Deleting {n} canceled entries… Their CSV comes first; half a minute later this message tells how it went.",
        count,
    )
    return kit.message(kit.line(words))


def deleted(count: int, text: Text) -> Payload:
    """Return what the card becomes at the end."""
    if not count:
        return kit.message(
            kit.line(
                text(
                    "Nothing was deleted: none of these entries is canceled any more, or they are gone already."
                )
            )
        )
    number = text.count("Deleted {n} canceled entry.", "Deleted {n} canceled entries.", count)
    return kit.message(kit.line(kit.bold(number), " ", text("The CSV stays in this conversation.")))


def announced_anew(text: Text) -> Payload:
    """Return what a card becomes when a newer one took its place."""
    return kit.message(
        kit.line(text("These canceled entries are announced anew below. Nothing was deleted."))
    )


def undelivered(text: Text) -> Payload:
    """Return what is said when the CSV of an ordered deletion can't be delivered."""
    return kit.message(
        kit.line(
            text("Nothing was deleted: the CSV could not be delivered. An admin sees the reason under Jobs.")
        )
    )


def csv_name(text: Text) -> str:
    """Return the name of the file as the reader sees it."""
    return f"{text('canceled entries')} {text.today.isoformat()}{_CSV}"


def shown(entries: Sequence[Listed], count: int, text: Text) -> dict[str, Any]:
    """Return what a card announced, as a page of its own."""
    rest = count - len(entries)
    return modal(
        Callback.NOTICE,
        text("Canceled entries"),
        [
            kit.line(kit.bold(_still(count, text))),
            *(_line(listed, text) for listed in entries),
            kit.small(text("… and {n} more: all of them stand in the CSV.", n=rest)) if rest > 0 else None,
        ],
        close=text("Close"),
    )


def _still(count: int, text: Text) -> str:
    if not count:
        return text("None of these entries is canceled any more, or they are gone already.")
    return text.count("{n} canceled entry", "{n} canceled entries", count)


def _line(listed: Listed, text: Text) -> Any:
    canceled = listed.entry.canceled_at
    when = [Part(text(" · canceled {when}", when=text.moment(canceled)), italic=True)] if canceled else []
    return kit.line(*entry_row(listed, text), *when)
