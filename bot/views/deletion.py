"""The dialog **Delete canceled interaction log entries** (`domain.md` 2.12): filters, then one question."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.messages import n_
from bot.domain.purge import Filters, Sample, read_filters
from bot.text import Text
from bot.views import kit
from bot.views.contacts import entry_row
from bot.views.forms import Fields, Meta, modal
from bot.views.ids import Callback
from bot.views.kit import Choice

FIRST, LAST, SINCE, UNTIL = "first", "last", "since", "until"
CONTACT, SALESPERSON = "of_contact", "of_salesperson"
CAMPAIGN, GROUP, TEMPLATE = "campaign", "group", "template"
NUMBER = n_("Write an entry number, as in 120.")
NOTHING = n_("No canceled entry passes these filters: there is nothing to delete.")


@dataclass(frozen=True, slots=True)
class Offered:
    """What the filters offer."""

    templates: Sequence[Choice]
    groups: Sequence[Choice]
    campaigns: Sequence[Choice]


def form(meta: Meta, offered: Offered, text: Text) -> dict[str, Any]:
    """Return the filters; all of them may stay empty."""
    fields = Fields(meta)
    return modal(
        Callback.DELETE_CANCELED,
        text("Delete canceled"),
        [
            kit.line(
                text(
                    "Which canceled interaction log entries? Leave a filter empty to let all of them pass. "
                    "The next page shows how many there are, and asks."
                )
            ),
            fields.line(FIRST, text("From entry no."), ""),
            fields.line(LAST, text("To entry no."), ""),
            fields.search(CONTACT, text("Contact"), text("Anybody"), None, optional=True),
            fields.day(SINCE, text("From date"), None, optional=True),
            fields.day(UNTIL, text("To date"), None, optional=True),
            fields.select(CAMPAIGN, text("Campaign"), offered.campaigns, None),
            fields.select(GROUP, text("Interaction group"), offered.groups, None),
            fields.select(TEMPLATE, text("Interaction template"), offered.templates, None),
            fields.search(SALESPERSON, text("Salesperson"), text("Anybody"), None, optional=True),
        ],
        submit=text("Count them"),
        close=text("Close"),
        meta=meta,
    )


def question(meta: Meta, sample: Sample, text: Text) -> dict[str, Any]:
    """Return the one question, with the number and some of the entries."""
    number = text.count(
        "Delete {n} canceled entry for good?", "Delete {n} canceled entries for good?", sample.count
    )
    return modal(
        Callback.DELETE_SURE,
        text("Are you sure?"),
        [
            kit.header(number),
            kit.line(
                text(
                    "You get all of them as a CSV file first; only then they are deleted, with their comments "
                    "and history. This can't be undone."
                )
            ),
            *_some(sample, text),
        ],
        submit=text.count("Delete {n} entry", "Delete {n} entries", sample.count),
        close=text("Keep them"),
        meta=meta,
    )


def _some(sample: Sample, text: Text) -> list[Block]:
    rest = sample.count - len(sample.entries)
    more = [kit.small(text("… and {n} more.", n=rest))] if rest > 0 else []
    return [*(kit.line(*entry_row(listed, text)) for listed in sample.entries), *more]


def written(filters: Filters, at: datetime) -> str:
    """Return what the question carries with it."""
    return json.dumps({"at": at.isoformat(), "filters": filters.written()})


def read(carried: str) -> tuple[Filters, datetime]:
    """Return what `written` wrote."""
    values = json.loads(carried)
    return read_filters(values["filters"]), datetime.fromisoformat(values["at"])


def choices(named: Mapping[Any, str]) -> list[Choice]:
    """Return what a filter offers, by name."""
    return [
        Choice(name, str(one)) for one, name in sorted(named.items(), key=lambda pair: pair[1].casefold())
    ]
