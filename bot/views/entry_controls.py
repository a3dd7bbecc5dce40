"""The controls above the interaction log's list, and the form with all its filters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, Block, ExternalDataSelectElement, StaticSelectElement

from bot.domain.entries import Asked, Filter, Standing
from bot.domain.entry_controls import PERIODS, Control, Relaxation, choice, days_back, relaxed
from bot.domain.ids import PersonId
from bot.domain.messages import n_
from bot.text import Text
from bot.views import kit
from bot.views.asked import for_button
from bot.views.filter_words import Names
from bot.views.forms import Fields, Meta, modal
from bot.views.ids import Action, Callback
from bot.views.kit import Choice
from bot.views.words import EVALUATIONS

SEARCHED = ("contact", "whose", "template")
"""The controls whose choices are searched for; their action ids end so, and the form's fields are called so."""
PREFIX = "filter_"
_STANDINGS = {
    Standing.LIVE: n_("Not canceled"),
    Standing.ALL: n_("Canceled ones too"),
    Standing.CANCELED: n_("Only canceled ones"),
}
_RELAXATIONS = {
    Relaxation.ANY_TIME: n_("Any time"),
    Relaxation.ANYONE: n_("By anyone"),
    Relaxation.CANCELED_TOO: n_("Also canceled"),
}


@dataclass(frozen=True, slots=True)
class Offered:
    """What the form with all filters can offer: names and values."""

    groups: Sequence[tuple[str, str]]
    campaigns: Sequence[tuple[str, str]]


def action_id(name: str) -> str:
    """Return the action id of a control."""
    return f"{Action.FILTER_ENTRIES}.{name}"


def field(name: str) -> str:
    """Return the name of a field of the form."""
    return f"{PREFIX}{name}"


def searched(said: str) -> str:
    """Return which control is searched in, by its action id or its field."""
    return said.rpartition(".")[2].removeprefix(PREFIX)


def lifting(name: str, reader: PersonId, text: Text) -> list[Choice]:
    """Return the choices of a control that come first: those that lift its condition."""
    if name == "contact":
        return [Choice(text("Any contact"), choice(Control.CONTACT))]
    if name == "template":
        return [Choice(text("Any template"), choice(Control.TEMPLATE))]
    return [
        Choice(text("Yours"), choice(Control.MINE, reader)),
        Choice(text("Anyone's"), choice(Control.EVERYONE)),
    ]


def controls(wanted: Filter, names: Names, reader: PersonId, block_id: str, text: Text) -> ActionsBlock:
    """Return the row of selects, each with what is chosen, and the way to all filters."""
    return kit.actions(
        _search("contact", text("Any contact"), _contact(wanted, names)),
        _search("whose", text("Anyone's"), _whose(wanted, names, reader, text)),
        _search("template", text("Any template"), _template(wanted, names)),
        _select("evaluation", _evaluations(text), _evaluation(wanted)),
        _select("period", _periods(text), _period(wanted, text)),
        kit.button(text("All filters…"), Action.ALL_FILTERS, for_button(Asked(wanted))),
        block_id=block_id,
    )


def wider(empty: Filter, found: frozenset[Relaxation], block_id: str, text: Text) -> Block | None:
    """Return the buttons that lift one condition each, of those that would find something."""
    buttons = [
        kit.button(text(_RELAXATIONS[name]), f"{Action.ENTRIES}.{place}", for_button(Asked(one)))
        for place, (name, one) in enumerate(relaxed(empty).items(), 10)
        if name in found
    ]
    return kit.actions(*buttons, block_id=block_id) if buttons else None


def form(
    meta: Meta, wanted: Filter, names: Names, reader: PersonId, offered: Offered, text: Text
) -> dict[str, Any]:
    """Return the form with all filters."""
    fields = Fields(meta)
    return modal(
        Callback.FILTER_ENTRIES,
        text("All filters"),
        [
            fields.line(
                field("text"),
                text("Words"),
                wanted.text,
                hint=text("In description or comment; beginnings of words are enough."),
            ),
            *_searches(fields, wanted, names, reader, text),
            _among(fields, "group", text("Interaction group"), offered.groups, wanted.group),
            _evaluated(fields, wanted, text),
            _among(fields, "campaign", text("Campaign"), offered.campaigns, wanted.campaign),
            fields.day(field("first"), text("From"), _iso(wanted.first), optional=True),
            fields.day(field("last"), text("To"), _iso(wanted.last), optional=True),
            fields.flag(field("failed"), text("Attempt failed"), ticked=wanted.failed),
            _standing(fields, wanted, text),
        ],
        submit=text("Show"),
        close=text("Close"),
        meta=meta,
    )


def _searches(fields: Fields, wanted: Filter, names: Names, reader: PersonId, text: Text) -> list[Block]:
    searches = (
        ("contact", text("Contact"), text("Any contact"), _contact(wanted, names)),
        ("whose", text("Salesperson"), text("Anyone's"), _whose(wanted, names, reader, text)),
        ("template", text("Interaction template"), text("Any template"), _template(wanted, names)),
    )
    return [
        fields.search(field(name), label, nothing, chosen, optional=True)
        for name, label, nothing, chosen in searches
    ]


def _evaluated(fields: Fields, wanted: Filter, text: Text) -> Block:
    choices = [Choice(text(word), value) for value, word in EVALUATIONS.items()]
    ticked = sorted(wanted.evaluations)
    return fields.ticked_boxes(field("evaluations"), text("Evaluation"), choices, ticked, optional=True)


def _standing(fields: Fields, wanted: Filter, text: Text) -> Block | None:
    choices = [Choice(text(word), value) for value, word in _STANDINGS.items()]
    return fields.select(
        field("standing"), text("Canceled entries"), choices, wanted.standing, optional=False
    )


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _among(
    fields: Fields, name: str, label: str, offered: Sequence[tuple[str, str]], chosen: int | None
) -> Block | None:
    choices = [Choice(called, value) for called, value in offered]
    return fields.select(field(name), label, choices, None if chosen is None else str(chosen))


def _search(name: str, placeholder: str, chosen: Choice | None) -> ExternalDataSelectElement:
    return ExternalDataSelectElement(
        action_id=action_id(name),
        placeholder=kit.plain(placeholder, 150),
        min_query_length=0,
        initial_option=None if chosen is None else kit.option(chosen),
    )


def _select(name: str, choices: list[Choice], chosen: str | None) -> StaticSelectElement:
    options = kit.options(choices)
    return StaticSelectElement(
        action_id=action_id(name),
        placeholder=kit.plain(choices[0].label, 150),
        options=options,
        initial_option=next((option for option in options if option.value == chosen), None),
    )


def _contact(wanted: Filter, names: Names) -> Choice | None:
    if wanted.contact is None:
        return None
    return Choice(names.contact or "–", choice(Control.CONTACT, wanted.contact))


def _template(wanted: Filter, names: Names) -> Choice | None:
    if wanted.template is None:
        return None
    return Choice(names.template or "–", choice(Control.TEMPLATE, wanted.template))


def _whose(wanted: Filter, names: Names, reader: PersonId, text: Text) -> Choice | None:
    if wanted.person is not None:
        called = text("Yours") if wanted.person == reader else names.people.get(wanted.person, "–")
        return Choice(called, choice(Control.MINE, wanted.person))
    if wanted.team is not None:
        return Choice(text("team {team}", team=names.team or "–"), choice(Control.TEAM, wanted.team))
    called = ", ".join(sorted(names.people.get(one, "–") for one in wanted.salespeople))
    if len(wanted.salespeople) == 1:
        return Choice(called, choice(Control.SALESPERSON, next(iter(wanted.salespeople))))
    return Choice(called, choice(Control.SEVERAL)) if wanted.salespeople else None


def _evaluations(text: Text) -> list[Choice]:
    any_ = Choice(text("Any evaluation"), choice(Control.EVALUATION))
    return [any_, *(Choice(text(word), choice(Control.EVALUATION, one)) for one, word in EVALUATIONS.items())]


def _evaluation(wanted: Filter) -> str | None:
    one = next(iter(wanted.evaluations)) if len(wanted.evaluations) == 1 else None
    return None if one is None else choice(Control.EVALUATION, one)


def _periods(text: Text) -> list[Choice]:
    lasting = (Choice(_days(days, text), choice(Control.PERIOD, days)) for days in PERIODS)
    return [Choice(text("Any time"), choice(Control.PERIOD)), *lasting]


def _period(wanted: Filter, text: Text) -> str | None:
    days = days_back(wanted, text.today)
    return None if days is None else choice(Control.PERIOD, days)


def _days(days: int, text: Text) -> str:
    return text("Today") if days == 1 else text("Last {n} days", n=days)
