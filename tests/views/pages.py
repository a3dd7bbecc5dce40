"""Every view of the app in its variants: what a person's words go through on their way to the screen."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from bot.domain.calls import LONGEST
from bot.domain.entries import Asked, Filter, LogPage, Standing
from bot.domain.histories import Story
from bot.domain.ids import PersonId
from bot.domain.interactions import Evaluation, Form
from bot.domain.operations import OperationKind
from bot.domain.quicklog import Part, Resolution, Tokens, Unread
from bot.views import (
    confirmations,
    contacts,
    entries,
    entry_acts,
    entry_lists,
    histories,
    interactions,
    kit,
    people,
    quick_log,
    tasks,
)
from bot.views.entry_acts import Acted
from bot.views.filter_words import Names
from bot.views.forms import Meta
from bot.views.interactions import Shown
from tests.views import (
    arriving,
    at_home,
    browsing,
    carded,
    caring,
    chosen,
    cleaning,
    digesting,
    emailing,
    exporting,
    filing,
    filling,
    importing,
    linking,
    previewing,
    running,
    setting_up,
    teamwork,
    waiting,
)
from tests.views.things import (
    FORM_ID,
    META,
    OPERATION,
    PHONE,
    TEXT,
    Say,
    anna,
    autumn,
    canceled_entry,
    chance,
    done,
    eva,
    form,
    found,
    listed,
    outgoing,
    story,
    task,
)

Page = Callable[[Say], dict[str, Any]]


def shown(say: Say, **changes: Any) -> Shown:
    whole = Shown(
        meta=META,
        form=form(say),
        contact=anna(say),
        groups={PHONE: (outgoing(say),)},
        template=outgoing(say),
        salespeople=(),
        campaigns=(),
        opportunities=(),
    )
    return replace(whole, **changes)


def empty_form(say: Say) -> dict[str, Any]:
    return interactions.form(shown(say, form=Form(), contact=None, template=None), TEXT)


def filled_form(say: Say) -> dict[str, Any]:
    return interactions.form(shown(say, saved=True), TEXT)


def form_with_everything(say: Say) -> dict[str, Any]:
    colleague = replace(eva(say), id=4, code="WP")
    everything = shown(
        say,
        meta=replace(META, more=True, revisions={"description": 2}),
        salespeople=(eva(say), colleague),
        campaigns=(autumn(say),),
        opportunities=(chance(say),),
    )
    return interactions.form(everything, TEXT)


def form_with_nothing_to_choose(say: Say) -> dict[str, Any]:
    template = replace(outgoing(say), translations=())
    return interactions.form(shown(say, meta=replace(META, more=True), template=template), TEXT)


def form_of_a_card(say: Say) -> dict[str, Any]:
    return interactions.form(shown(say, meta=replace(META, locked=5)), TEXT)


def form_of_a_call(say: Say) -> dict[str, Any]:
    meta = replace(META, locked=5, call=say("+47 900 12 345")[:LONGEST])
    return interactions.form(shown(say, meta=meta), TEXT)


def form_of_a_retired_template(say: Say) -> dict[str, Any]:
    other = replace(outgoing(say), id=12, description=say("Incoming call"))
    return interactions.form(shown(say, groups={PHONE: (other,)}, template=None, retired=outgoing(say)), TEXT)


def form_of_a_twin(say: Say) -> dict[str, Any]:
    return interactions.form(shown(say, meta=replace(META, twin=42), twin=listed(say)), TEXT)


def several_found(say: Say) -> dict[str, Any]:
    hits = [found(say, number) for number in range(9)]
    return contacts.found_list(say("anna"), hits, TEXT)


def nobody_fits(say: Say) -> dict[str, Any]:
    hits = [found(say, number) for number in range(3)]
    return quick_log.nobody(say("Anan"), hits, FORM_ID, kept(say), TEXT)


def kept(say: Say) -> str:
    return quick_log.kept(outgoing(say), form(say), TEXT)


def not_understood(say: Say) -> dict[str, Any]:
    unread = (Unread(Part.ON, say("31 feb")),)
    read: Resolution[Any] = Resolution(
        tokens=Tokens(), who="", candidates=(), duration=None, evaluation=None, text="", unread=unread
    )
    return confirmations.logged(replace(done(say, quick=True), remark=quick_log.unread(read, TEXT)), TEXT)


def listed_log(page: LogPage, **more: Any) -> entry_lists.Shown:
    names = Names(people={PersonId(3): "Wim"}, contact="Anna Berg", template="Outgoing call")
    return entry_lists.Shown(page, names, PersonId(3), **more)


def log_page(say: Say, count: int = 17, number: int = 1, **filters: Any) -> LogPage:
    rows = tuple(listed(say, one) for one in range(min(10, count - 10 * number)))
    return LogPage(Asked(Filter(**filters), number), count, rows)


def canceled_page(say: Say) -> LogPage:
    live, *others = (listed(say, number) for number in range(3))
    rows = (live, *(replace(one, entry=canceled_entry(one.entry)) for one in others))
    return LogPage(Asked(Filter(standing=Standing.ALL)), 3, rows)


def acted(say: Say, kind: OperationKind, count: int, **facts: Any) -> dict[str, Any]:
    rows = [listed(say, number) for number in range(count)]
    return entry_acts.acted(Acted(kind=kind, entries=rows, operation=OPERATION, **facts), TEXT)


def several_meta() -> Meta:
    return replace(META, below="page=0")


def whole_history(say: Say) -> dict[str, Any]:
    return histories.history(42, story(say), TEXT)


def long_history(say: Say) -> dict[str, Any]:
    return histories.history(42, replace(story(say), page=1, more=True), TEXT)


MESSAGES: dict[str, Page] = {
    **carded.MESSAGES,
    "entries": lambda say: entry_lists.message(listed_log(log_page(say, number=0, person=3)), TEXT),
    "entries, last page of everyone's": lambda say: entry_lists.message(listed_log(log_page(say)), TEXT),
    "entries, uncounted": lambda say: entry_lists.message(
        listed_log(log_page(say, count=1001, number=6)), TEXT
    ),
    "entries, none": lambda say: entry_lists.message(
        listed_log(log_page(say, count=0, number=0, person=3)), TEXT
    ),
    "entries, canceled too": lambda say: entry_lists.message(listed_log(canceled_page(say)), TEXT),
    "canceled, one": lambda say: acted(say, OperationKind.CANCEL, 1),
    "canceled, several": lambda say: acted(
        say, OperationKind.CANCEL, 3, left=[say("Only Wim can change this.")]
    ),
    "reinstated": lambda say: acted(say, OperationKind.REINSTATE, 2),
    "reinstated, over": lambda say: acted(say, OperationKind.REINSTATE, 2, undoable=False),
    "evaluated": lambda say: acted(say, OperationKind.EVALUATE, 2, evaluation=Evaluation.POSITIVE),
    "evaluated as nothing": lambda say: acted(say, OperationKind.EVALUATE, 1),
    "act, undone": lambda say: entry_acts.taken_back(
        "Undone: 2 interactions count again.", [say("This one stays.")], TEXT
    ),
    "logged": lambda say: confirmations.logged(done(say), TEXT),
    "logged, over": lambda say: confirmations.logged(done(say, undoable=False), TEXT),
    "logged, with follow-up": lambda say: confirmations.logged(done(say, task=task(say)), TEXT),
    "logged by a line": lambda say: confirmations.logged(done(say, quick=True), TEXT),
    "logged, not all understood": not_understood,
    "undone": lambda say: confirmations.undone(listed(say), FORM_ID, [], TEXT),
    "undone, left": lambda say: confirmations.undone(listed(say), None, [say("It stays.")], TEXT),
    "canceled": lambda say: confirmations.canceled(listed(say), OPERATION, TEXT),
    "postponed": lambda say: confirmations.postponed(form(say), FORM_ID, say("Anna Berg"), TEXT),
    "postponed, bare": lambda _: confirmations.postponed(Form(), FORM_ID, "", TEXT),
    "postponed, words only": lambda say: confirmations.postponed(
        Form(comment=say("Wants to see the flat again")), FORM_ID, "", TEXT
    ),
    "discarded": lambda _: confirmations.discarded(FORM_ID, TEXT),
    "sentence": lambda say: confirmations.sentence(say("Undone: Outgoing call.")),
    "contacts found": several_found,
    "contacts, nobody found": lambda say: contacts.found_list(say("anna"), [], TEXT),
    "stranger": lambda _: people.stranger(TEXT),
    "which one": lambda say: quick_log.which(
        say("Anna"), [found(say, number) for number in range(5)], FORM_ID, kept(say), TEXT
    ),
    "nobody": nobody_fits,
    "no name": lambda say: quick_log.nobody("", [], FORM_ID, kept(say), TEXT),
    "twin": lambda say: quick_log.twin(listed(say), FORM_ID, TEXT),
    "not possible": lambda say: quick_log.not_possible([say("Choose a contact.")], FORM_ID, TEXT),
    "form opened": lambda say: quick_log.form_opened(say("frobnicate"), TEXT),
    **waiting.MESSAGES,
    **chosen.MESSAGES,
    **digesting.MESSAGES,
    **cleaning.MESSAGES,
    **arriving.MESSAGES,
    **emailing.MESSAGES,
    **caring.MESSAGES,
    **running.MESSAGES,
    **exporting.MESSAGES,
    **filing.MESSAGES,
    **importing.MESSAGES,
    "help, log": lambda _: kit.message(kit.markup(TEXT.page("help_log"))),
    "help, contact": lambda _: kit.message(kit.markup(TEXT.page("help_contact"))),
    **browsing.MESSAGES,
}

MODALS: dict[str, Page] = {
    "form, empty": empty_form,
    "form, filled": filled_form,
    "form, more fields": form_with_everything,
    "form, nothing more to choose": form_with_nothing_to_choose,
    "form, from a card": form_of_a_card,
    "form, retired template": form_of_a_retired_template,
    "form, no template": lambda say: interactions.form(shown(say, groups={}, template=None), TEXT),
    "form, call": form_of_a_call,
    "form, twin": form_of_a_twin,
    "form, discarded": lambda _: interactions.discarded(META, TEXT),
    "notice": lambda say: interactions.notice("Not possible", say("Anna asked not to be recorded."), TEXT),
    "entry": lambda say: entries.details(listed(say), say("Eva Lind"), TEXT, changeable=True),
    "entry, somebody else's": lambda say: entries.details(
        listed(say, comment=""), say("Wim"), TEXT, changeable=False
    ),
    "entry, in place of the list": lambda say: entries.details(
        listed(say), say("Eva Lind"), TEXT, changeable=True, below="page=0"
    ),
    "entries, from App Home": lambda say: entry_lists.screen(
        listed_log(log_page(say, number=0, person=3)), TEXT
    ),
    "evaluate": lambda say: entry_acts.evaluate_form(
        [listed(say)], replace(several_meta(), subjects=(42,)), TEXT
    ),
    "evaluate, several": lambda say: entry_acts.evaluate_form(
        [listed(say, number) for number in range(10)], several_meta(), TEXT
    ),
    "cancel, several": lambda say: entry_acts.cancel_form([listed(say)] * 2, several_meta(), TEXT),
    "cancel, sure": lambda say: entry_acts.sure_to_cancel([listed(say)] * 10, several_meta(), TEXT),
    "reinstate, several": lambda say: entry_acts.reinstate_form([listed(say)] * 2, several_meta(), TEXT),
    "reinstate, sure": lambda say: entry_acts.sure_to_reinstate([listed(say)], several_meta(), TEXT),
    "act, refused": lambda say: entry_acts.refused([say("Only Wim can change this.")] * 10, TEXT),
    "act, nothing left": lambda _: entry_acts.refused([], TEXT),
    "history": whole_history,
    "history, second page": long_history,
    "history, none": lambda _: histories.history(42, Story(page=0, changes=(), more=False), TEXT),
    "result": lambda say: entries.result_form(listed(say), (chance(say),), META, TEXT),
    "result, no opportunity": lambda say: entries.result_form(listed(say), (), META, TEXT),
    "follow-up": lambda say: tasks.follow_up_form(listed(say), None, date(2026, 11, 27), META, TEXT),
    "follow-up, known": lambda say: tasks.follow_up_form(
        listed(say), task(say), date(2026, 11, 27), META, TEXT
    ),
    "contact, new": lambda say: contacts.new_form(META, say("Anna Berg"), TEXT),
    "contact, edit": lambda say: contacts.edit_form(anna(say), META, TEXT),
    **waiting.MODALS,
    **chosen.MODALS,
    **cleaning.MODALS,
    **arriving.MODALS,
    **caring.MODALS,
    **digesting.MODALS,
    **running.MODALS,
    **exporting.MODALS,
    **filing.VIEWS,
    **importing.MODALS,
    **previewing.MODALS,
    **filling.MODALS,
    **teamwork.MODALS,
    **setting_up.MODALS,
    **linking.MODALS,
    **browsing.VIEWS,
}

HOMES: dict[str, Page] = at_home.HOMES

PAGES = MESSAGES | MODALS | HOMES
