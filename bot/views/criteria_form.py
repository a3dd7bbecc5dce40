"""The forms **Add**, **Reduce** and **Refine contacts**, and the page that counts first (`product.md` 8)."""

from collections.abc import Collection
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.criteria import Counted
from bot.domain.messages import n_
from bot.domain.segments import ActionKind, Segment
from bot.text import Text
from bot.views import kit
from bot.views.criteria import OPTIONS
from bot.views.forms import Fields, Meta, modal
from bot.views.ids import Callback
from bot.views.kit import Choice
from bot.views.segments import title
from bot.views.words import CONTACT_TYPES, EVALUATIONS

CHOSEN = "criteria_options"
_PREFIX = "by_"
_TITLES = {
    ActionKind.ADD: n_("Add contacts"),
    ActionKind.REDUCE: n_("Reduce contacts"),
    ActionKind.REFINE: n_("Refine contacts"),
}
_LEADS = {
    ActionKind.ADD: n_("Contacts that pass all filters join. The next page counts them first."),
    ActionKind.REDUCE: n_("Contacts that pass all filters leave. The next page counts them first."),
    ActionKind.REFINE: n_("Only contacts that pass all filters stay. The next page counts them first."),
}
CALLBACKS = {
    ActionKind.ADD: Callback.ADD_CONTACTS,
    ActionKind.REDUCE: Callback.REDUCE_CONTACTS,
    ActionKind.REFINE: Callback.REFINE_CONTACTS,
}
_OF_CONTACTS = {
    "cities": n_("City"),
    "countries": n_("Country"),
    "post_codes": n_("Post code"),
    "territories": n_("Territory"),
    "salespeople": n_("Salesperson"),
    "languages": n_("Language"),
    "mailing_groups": n_("Mailing group"),
    "industry_groups": n_("Industry group"),
    "responsibilities": n_("Job responsibility"),
}
_OF_INTERACTIONS = {
    "templates": n_("Interaction template"),
    "campaigns": n_("Campaign"),
    "entry_salespeople": n_("Salesperson of the interaction"),
    "logged": n_("Logged segment"),
}
SEARCHED = (*_OF_CONTACTS, *_OF_INTERACTIONS)
"""The filters whose values are searched for."""
MAY_BE_EMPTY = frozenset({"mailing_groups", "industry_groups", "responsibilities", "campaigns", "logged"})


def field(name: str) -> str:
    """Return the name of a filter's input."""
    return f"{_PREFIX}{name}"


def filter_of(name: str) -> str:
    """Return the filter of an input."""
    return name.removeprefix(_PREFIX)


def form(
    meta: Meta, kind: ActionKind, segment: Segment, offered: Collection[str], text: Text
) -> dict[str, Any]:
    """Return the filters; those that have nothing to choose are left out."""
    fields = Fields(meta)
    return modal(
        CALLBACKS[kind],
        text(_TITLES[kind]),
        [
            kit.line(kit.bold(title(segment, text)), "\n", text(_LEADS[kind])),
            *_searches(fields, _OF_CONTACTS, offered, text),
            fields.multi(field("types"), text("Type"), _choices(CONTACT_TYPES, text)),
            fields.line(field("words"), text("Name"), "", hint=text("Or company, e-mail, city.")),
            fields.line(field("first"), text("From contact no."), ""),
            fields.line(field("last"), text("To contact no."), ""),
            *_interactions(fields, offered, text),
            fields.boxes(CHOSEN, text("Options"), _options(kind, text)),
        ],
        submit=text("Count"),
        close=text("Close"),
        meta=meta,
    )


def counted(meta: Meta, kind: ActionKind, told: Counted, words: str, text: Text) -> dict[str, Any]:
    """Return what would happen; its submit does it, where there is something to do."""
    number = told.adds if kind is ActionKind.ADD else told.removes
    return modal(
        Callback.APPLY_CRITERIA,
        text(_TITLES[kind]),
        [
            kit.line(words),
            kit.line(kit.bold(_sum(kind, told, text))),
            *_skipped(told, text),
        ],
        submit=_act(kind, number, text) if number else None,
        close=text("Back"),
        meta=meta,
    )


def working(text: Text) -> dict[str, Any]:
    """Return what stands there while many contacts are counted, join or leave."""
    return modal(
        Callback.NOTICE,
        text("Contacts"),
        [kit.line(text("These are many; it takes some seconds. You may close this."))],
        close=text("Close"),
    )


def done(added: int, removed: int, text: Text) -> dict[str, Any]:
    """Return what was done."""
    words = (
        text.count("{n} contact was added.", "{n} contacts were added.", added)
        if added
        else text.count("{n} contact was taken out.", "{n} contacts were taken out.", removed)
    )
    return modal(Callback.NOTICE, text("Contacts"), [kit.line(words)], close=text("Close"))


def start_anew(meta: Meta, segment: Segment, text: Text) -> dict[str, Any]:
    """Return the question after the last contact was taken out (`domain.md` 2.4)."""
    return modal(
        Callback.START_ANEW,
        text("Nobody is left"),
        [
            kit.line(
                text(
                    "{title} has no contacts any more. Start its criteria anew? What built it so far is then "
                    "forgotten, and can't be gone back to.",
                    title=title(segment, text),
                )
            )
        ],
        submit=text("Start criteria anew"),
        close=text("Keep the criteria"),
        meta=meta,
    )


def _searches(fields: Fields, filters: dict[str, str], offered: Collection[str], text: Text) -> list[Block]:
    shown = (name for name in filters if name in offered or name not in MAY_BE_EMPTY)
    return [fields.multi_search(field(name), text(filters[name]), text("Any")) for name in shown]


def _interactions(fields: Fields, offered: Collection[str], text: Text) -> list[Block]:
    return [
        kit.divider(),
        fields.day(field("not_met_since"), text("No interaction since"), None, optional=True),
        fields.day(field("met_since"), text("An interaction since"), None, optional=True),
        *_searches(fields, _OF_INTERACTIONS, offered, text),
        fields.multi(field("evaluations"), text("Evaluation"), _choices(EVALUATIONS, text)),
    ]


def _choices(words: Any, text: Text) -> list[Choice]:
    return [Choice(text(word), value) for value, word in words.items()]


def _options(kind: ActionKind, text: Text) -> list[Choice]:
    names = [name for name in OPTIONS if (name == "entire_companies") == (kind is not ActionKind.ADD)]
    return [Choice(text(_BOXES[name]), name) for name in names]


def _sum(kind: ActionKind, told: Counted, text: Text) -> str:
    if kind is ActionKind.REDUCE:
        return text("Takes out {n}, {stays} stay.", n=_figure(told.removes), stays=_figure(told.stays))
    if kind is ActionKind.REFINE:
        return text("Keeps {stays}, takes out {n}.", n=_figure(told.removes), stays=_figure(told.stays))
    parts = [text("Adds {n}", n=_figure(told.adds)), text("already in: {n}", n=_figure(told.already))]
    skips = told.excluded + told.blocked
    return ", ".join([*parts, *([text("skips {n}", n=_figure(skips))] if skips else [])])


def _skipped(told: Counted, text: Text) -> list[Block]:
    if not told.skipped:
        return []
    why = []
    if told.excluded:
        why.append(text("{n} excluded from segments", n=_figure(told.excluded)))
    if told.blocked:
        why.append(text("{n} privacy blocked", n=_figure(told.blocked)))
    rest = told.excluded + told.blocked - len(told.skipped)
    more = [text("{n} more", n=_figure(rest))] if rest > 0 else []
    names = ", ".join([*(kit.clip(name, 60) for name in told.skipped), *more])
    return [kit.small(text("Skipped, {why}: {names}", why=", ".join(why), names=names))]


def _act(kind: ActionKind, number: int, text: Text) -> str:
    if kind is ActionKind.ADD:
        return text("Add {n}", n=_figure(number))
    return text("Take out {n}", n=_figure(number))


def _figure(number: int) -> str:
    return f"{number:,}"


_BOXES = {
    "allow_existing": n_("Add once more who is in already"),
    "expand_companies": n_("Add all people of the companies found"),
    "allow_related_companies": n_("Add the companies of the people found"),
    "ignore_exclusion": n_("Add who is excluded from segments, too"),
    "entire_companies": n_("With one of a company, the whole company"),
}
