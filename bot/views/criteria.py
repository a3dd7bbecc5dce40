"""Criteria in words, as in `city Bergen or Oslo · no interaction since Mon 1 Jun`."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from bot.domain.contacts import ContactType
from bot.domain.criteria import BEGINNING, Criteria
from bot.domain.messages import n_
from bot.places import country_name
from bot.text import Text
from bot.views.words import EVALUATIONS

NAMED = 3
"""Values of a filter that are named; the others are counted."""
Names = Mapping[str, Sequence[str]]
"""What the values of filters are called that are ids."""

_FILTERS = {
    "cities": n_("city {values}"),
    "countries": n_("country {values}"),
    "post_codes": n_("post code {values}"),
    "territories": n_("territory {values}"),
    "languages": n_("language {values}"),
    "salespeople": n_("salesperson {values}"),
    "mailing_groups": n_("mailing group {values}"),
    "industry_groups": n_("industry group {values}"),
    "responsibilities": n_("job responsibility {values}"),
    "templates": n_("interaction {values}"),
    "evaluations": n_("evaluated {values}"),
    "campaigns": n_("campaign {values}"),
    "entry_salespeople": n_("interaction by {values}"),
    "logged": n_("logged segment {values}"),
}
_TYPES = {ContactType.COMPANY: n_("companies"), ContactType.PERSON: n_("people")}
OPTIONS = {
    "allow_existing": n_("also who is in already"),
    "expand_companies": n_("with all people of their companies"),
    "allow_related_companies": n_("with their companies"),
    "ignore_exclusion": n_("also who is excluded from segments"),
    "entire_companies": n_("entire companies"),
}


def words(criteria: Criteria, names: Names, text: Text) -> str:
    """Return criteria as one line."""
    found = [*_who(criteria, names, text), *_filters(criteria, names, text), *_days(criteria, text)]
    options = [text(words) for name, words in OPTIONS.items() if getattr(criteria, name)]
    return " · ".join([*(found or [text("all contacts")]), *options])


def _who(criteria: Criteria, names: Names, text: Text) -> Iterator[str]:
    if criteria.contacts:
        yield _either(names.get("contacts", ()), text)
    if criteria.words:
        yield f"“{criteria.words}”"
    if criteria.first and criteria.last:
        yield text("numbers {first} to {last}", first=criteria.first, last=criteria.last)
    elif criteria.first:
        yield text("numbers from {first}", first=criteria.first)
    elif criteria.last:
        yield text("numbers up to {last}", last=criteria.last)
    if criteria.types:
        yield _either([text(_TYPES[one]) for one in sorted(criteria.types)], text)


def _filters(criteria: Criteria, names: Names, text: Text) -> Iterator[str]:
    for name, sentence in _FILTERS.items():
        values = getattr(criteria, name)
        if values:
            shown = names[name] if name in names else _shown(name, sorted(values), text)
            yield text(sentence, values=_either(shown, text))


def _days(criteria: Criteria, text: Text) -> Iterator[str]:
    if criteria.not_met_since is not None:
        yield text("no interaction since {day}", day=text.day_within(criteria.not_met_since))
    if criteria.met_since is not None:
        yield text("an interaction since {day}", day=text.day_within(criteria.met_since))


def _shown(name: str, values: Sequence[str], text: Text) -> list[str]:
    showing: Mapping[str, Callable[[str], str]] = {
        "evaluations": lambda value: text(EVALUATIONS[value]),  # type: ignore[index]
        "countries": lambda value: country_name(value, text.locale),
        "post_codes": lambda value: value.replace(BEGINNING, "…"),
    }
    return [showing.get(name, str)(value) for value in values]


def _either(values: Sequence[str], text: Text) -> str:
    if not values:
        return text("nobody who is still here")
    if len(values) > NAMED + 1:
        shown = ", ".join(values[:NAMED])
        return text("{values} or {n} others", values=shown, n=len(values) - NAMED)
    *before, last = values
    return text("{values} or {last}", values=", ".join(before), last=last) if before else last
