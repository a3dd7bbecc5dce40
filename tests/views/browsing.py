"""What `/log find` answers, the form with all filters, and an entry opened, with made-up words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.domain.entries import Asked, Filter, LogPage, Standing
from bot.domain.entry_controls import Relaxation
from bot.domain.find import Key, Part, Sense, Understanding, Unread
from bot.domain.ids import ContactId, LoggedId, PersonId, TeamId, TemplateId
from bot.domain.interactions import Evaluation
from bot.views import entries, entry_controls, entry_lists, finding
from bot.views.entries import Links
from bot.views.entry_controls import Offered
from bot.views.entry_lists import Shown
from bot.views.filter_words import Names
from bot.views.finding import Found
from tests.views.things import META, TEXT, Say, canceled_entry, listed

Page = Callable[[Say], dict[str, Any]]
EVA = PersonId(3)


def names(say: Say) -> Names:
    return Names(
        people={EVA: say("Eva"), PersonId(4): say("Wim")},
        team=say("North"),
        contact=say("Anna Berg"),
        template=say("Outgoing call"),
    )


def wanted(say: Say, **more: Any) -> Filter:
    asked: dict[str, Any] = {
        "text": say("price list"),
        "contact": ContactId(7),
        "person": EVA,
        "first": TEXT.today - timedelta(days=29),
    }
    return Filter(**asked | more)


def shown(say: Say, asked: Filter, count: int, **more: Any) -> Shown:
    rows = tuple(listed(say, number) for number in range(count))
    return Shown(LogPage(Asked(asked), count, rows), names(say), EVA, **more)


def found(say: Say) -> dict[str, Any]:
    asked = wanted(say)
    return finding.message(Found(Understanding(asked), names(say), shown(say, asked, 3)), EVA, TEXT)


def nothing_found(say: Say) -> dict[str, Any]:
    asked = wanted(say, standing=Standing.CANCELED)
    wider = frozenset({Relaxation.ANY_TIME, Relaxation.CANCELED_TOO})
    return finding.message(
        Found(Understanding(asked), names(say), shown(say, asked, 0, wider=wider)), EVA, TEXT
    )


def not_understood(say: Say) -> dict[str, Any]:
    asked = Filter(team=TeamId(5))
    unread = (
        Unread(Part(say("anan"), key=Key.WITH)),
        Unread(Part("wiht:anna"), Key.WITH),
        Unread(Part("soon", key=Key.LAST)),
    )
    read = Understanding(asked, unread)
    near = [Sense(say("Anna Berg"), lambda _: wanted(say))]
    return finding.message(Found(read, names(say), shown(say, asked, 1), near), EVA, TEXT)


def which(say: Say) -> dict[str, Any]:
    senses = tuple(Sense(say(name), lambda _: wanted(say)) for name in ("Anna Berg", "Anna Bergmans"))
    read = Understanding(Filter(failed=True), (), Part(say("anna"), key=Key.WITH), senses)
    return finding.message(Found(read, names(say), None), EVA, TEXT)


def all_filters(say: Say) -> dict[str, Any]:
    asked = wanted(
        say,
        person=None,
        salespeople=frozenset({EVA, PersonId(4)}),
        template=TemplateId(1),
        evaluations=frozenset({Evaluation.POSITIVE}),
        last=date(2026, 11, 20),
    )
    offered = Offered(groups=[(say("Sales"), "1")], campaigns=[(say("Autumn"), "2")])
    return entry_controls.form(META, asked, names(say), EVA, offered, TEXT)


def links(say: Say) -> Links:
    return Links(
        campaign=say("Autumn"),
        opportunity=say("OP1 · New machines"),
        segment=say("SEG0012 · Autumn mailing"),
        logged=LoggedId(9),
        attachment=say("letter.docx"),
    )


def canceled(say: Say) -> dict[str, Any]:
    one = listed(say)
    gone = replace(one, entry=canceled_entry(one.entry))
    return entries.details(gone, say("Eva Lind"), TEXT, changeable=False, below="page=0")


def of_two(say: Say) -> dict[str, Any]:
    asked = Filter(salespeople=frozenset({EVA, PersonId(4)}), first=date(2026, 11, 1), last=date(2026, 11, 9))
    return entry_lists.message(shown(say, asked, 2), TEXT)


MESSAGES: dict[str, Page] = {
    "find, found": found,
    "find, nothing": nothing_found,
    "find, not understood": not_understood,
    "find, in doubt": which,
    "entries of two people": of_two,
}
VIEWS: dict[str, Page] = {
    "entries, all filters": all_filters,
    "entry, with all that it hangs together with": lambda say: entries.details(
        listed(say), say("Eva Lind"), TEXT, changeable=True, links=links(say)
    ),
    "entry, canceled": canceled,
}
