"""Every view of the app in its variants: what a person's words go through on their way to the screen."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.domain.interactions import Form
from bot.domain.people import Role
from bot.domain.quicklog import Part, Resolution, Tokens, Unread
from bot.views import (
    confirmations,
    contacts,
    entries,
    home,
    interactions,
    kit,
    people,
    postponed,
    quick_log,
    tasks,
)
from bot.views.home import Desk
from bot.views.interactions import Shown
from tests.views.things import (
    FORM_ID,
    META,
    OPERATION,
    PHONE,
    TEXT,
    Say,
    anna,
    autumn,
    chance,
    done,
    draft,
    eva,
    form,
    found,
    listed,
    outgoing,
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
    template = replace(outgoing(say), languages=())
    return interactions.form(shown(say, meta=replace(META, more=True), template=template), TEXT)


def form_of_a_card(say: Say) -> dict[str, Any]:
    return interactions.form(shown(say, meta=replace(META, locked=5)), TEXT)


def form_of_a_twin(say: Say) -> dict[str, Any]:
    return interactions.form(shown(say, meta=replace(META, twin=42), twin=listed(say)), TEXT)


def full_card(say: Say) -> dict[str, Any]:
    rows = [listed(say, number) for number in range(5)]
    return contacts.card(anna(say), say("Eva Lind"), rows, [anna(say)] * 10, 3, TEXT, blocked=False)


def blocked_card(say: Say) -> dict[str, Any]:
    contact = replace(anna(say), privacy_blocked=True, exclude_from_segment=True)
    return contacts.card(contact, "", [], [], 0, TEXT, blocked=True)


def several_found(say: Say) -> dict[str, Any]:
    hits = [found(say, number) for number in range(9)]
    return contacts.found_list(say("anna"), hits, TEXT)


def full_desk(say: Say) -> dict[str, Any]:
    desk = Desk(
        person=eva(say),
        drafts=[(draft(say, number), anna(say)) for number in range(200)],
        tasks=[(task(say, number), say("Anna Berg")) for number in range(200)],
        entries=[listed(say, number) for number in range(5)],
        operations={0: OPERATION},
        contacts=200,
    )
    return home.home(desk, TEXT)


def empty_desk(say: Say) -> dict[str, Any]:
    return home.home(Desk(person=eva(say), drafts=[], tasks=[], entries=[], operations={}, contacts=0), TEXT)


def two_hundred_waiting(say: Say) -> dict[str, Any]:
    old = timedelta(days=9)
    return postponed.waiting_list([(draft(say, number, old), anna(say)) for number in range(200)], TEXT)


def bare_draft(say: Say) -> dict[str, Any]:
    bare = replace(draft(say), form=Form(comment=say("Zoë rang")))
    return postponed.waiting_list([(bare, None)], TEXT)


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


MESSAGES: dict[str, Page] = {
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
    "discarded": lambda _: confirmations.discarded(FORM_ID, TEXT),
    "sentence": lambda say: confirmations.sentence(say("Undone: Outgoing call.")),
    "contact card": full_card,
    "contact card, blocked": blocked_card,
    "contacts found": several_found,
    "contacts, nobody found": lambda say: contacts.found_list(say("anna"), [], TEXT),
    "salesperson card": lambda say: people.card(
        eva(say), [listed(say, number) for number in range(5)], (14, 9), TEXT, may_log=True
    ),
    "salesperson card, empty": lambda say: people.card(
        replace(eva(say), role=Role.MANAGER), [], (0, 0), TEXT, may_log=False
    ),
    "salespeople found": lambda say: people.found_list(say("eva"), [eva(say)] * 12, TEXT),
    "stranger": lambda _: people.stranger(TEXT),
    "postponed, none": lambda _: postponed.waiting_list([], TEXT),
    "postponed, bare draft": bare_draft,
    "postponed, two hundred": two_hundred_waiting,
    "which one": lambda say: quick_log.which(
        say("Anna"), [found(say, number) for number in range(5)], FORM_ID, kept(say), TEXT
    ),
    "nobody": nobody_fits,
    "no name": lambda say: quick_log.nobody("", [], FORM_ID, kept(say), TEXT),
    "twin": lambda say: quick_log.twin(listed(say), FORM_ID, TEXT),
    "not possible": lambda say: quick_log.not_possible([say("Choose a contact.")], FORM_ID, TEXT),
    "form opened": lambda say: quick_log.form_opened(say("frobnicate"), TEXT),
    "help, log": lambda _: kit.message(kit.markup(TEXT.page("help_log"))),
    "help, contact": lambda _: kit.message(kit.markup(TEXT.page("help_contact"))),
}

MODALS: dict[str, Page] = {
    "form, empty": empty_form,
    "form, filled": filled_form,
    "form, more fields": form_with_everything,
    "form, nothing more to choose": form_with_nothing_to_choose,
    "form, from a card": form_of_a_card,
    "form, twin": form_of_a_twin,
    "form, discarded": lambda _: interactions.discarded(META, TEXT),
    "notice": lambda say: interactions.notice("Not possible", say("Anna asked not to be recorded."), TEXT),
    "entry": lambda say: entries.details(listed(say), say("Eva Lind"), TEXT, changeable=True),
    "entry, somebody else's": lambda say: entries.details(
        listed(say, comment=""), say("Wim"), TEXT, changeable=False
    ),
    "result": lambda say: entries.result_form(listed(say), (chance(say),), META, TEXT),
    "result, no opportunity": lambda say: entries.result_form(listed(say), (), META, TEXT),
    "follow-up": lambda say: tasks.follow_up_form(listed(say), None, date(2026, 11, 27), META, TEXT),
    "follow-up, known": lambda say: tasks.follow_up_form(
        listed(say), task(say), date(2026, 11, 27), META, TEXT
    ),
    "contact, new": lambda say: contacts.new_form(META, say("Anna Berg"), TEXT),
    "contact, edit": lambda say: contacts.edit_form(anna(say), META, TEXT),
}

HOMES: dict[str, Page] = {"home, full": full_desk, "home, empty": empty_desk}

PAGES = MESSAGES | MODALS | HOMES
