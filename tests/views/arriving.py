"""Views of what arrived by itself and asks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time
from typing import Any

from bot.domain.documents import Document, DocumentType
from bot.domain.ids import ArrivalId
from bot.domain.inbox import Arrival, ArrivalKind, ArrivalState, Kept, Question, Questions, Reason, Seen, Whom
from bot.domain.interactions import Flow
from bot.views import entries, inbox
from tests.views.things import META, NOW, OPERATION, TEXT, TODAY, Say, anna, listed, outgoing

Page = Callable[[Say], dict[str, Any]]


def came(say: Say, **facts: Any) -> Arrival:
    plain: dict[str, Any] = {
        "kind": ArrivalKind.DOCUMENT,
        "key": "erp-103021",
        "type": "sales_invoice",
        "number": say("103021"),
        "day": TODAY,
        "contact": Whom(company=say("Fjordbygg AS"), email=say("anna@fjordbygg.no")),
    }
    return Arrival(**plain | facts)


def mail(say: Say) -> Arrival:
    return came(
        say,
        kind=ArrivalKind.EMAIL,
        type="",
        number="",
        description=say("Price list"),
        at=time(14, 3),
        flow=Flow.INBOUND,
        contact=Whom(name=say("Anna Berg"), email=say("anna@fjordbygg.no")),
    )


def asking(arrived: Arrival, reason: Reason | None, number: int = 9) -> Kept:
    return Kept(
        id=ArrivalId(number),
        kind=arrived.kind,
        key=arrived.key,
        checksum="",
        state=ArrivalState.OPEN,
        reason=reason,
        came=arrived,
        came_at=NOW,
    )


def question(number: int, arrived: Arrival, reason: Reason | None, seen: Seen) -> Question:
    return Question(asking(arrived, reason, number), arrived, seen, reason)


def questions(say: Say) -> list[Question]:
    template, two = outgoing(say), (anna(say), replace(anna(say), name=say("Anne Berg")))
    unknown = came(say, type=say("Pakkseddel"))
    return [
        question(11, came(say), Reason.NO_TEMPLATE, Seen(contacts=two[:1])),
        question(12, unknown, Reason.UNKNOWN_TYPE, Seen()),
        question(13, mail(say), Reason.NO_CONTACT, Seen(template=template)),
        question(14, came(say), Reason.SEVERAL_CONTACTS, Seen(template=template, contacts=two)),
        question(15, came(say), None, Seen(template=template, contacts=two[:1])),
    ]


def page(say: Say, number: int = 0, pages: int = 1) -> dict[str, Any]:
    learnt = {say("packing slip"): say("Business letter")}
    return inbox.page(Questions(tuple(questions(say)), 5, number, pages, learnt), "", None, TEXT)


def answered(say: Say) -> dict[str, Any]:
    said = inbox.logged(say("Incoming e-mail · Anna Berg"), 3, TEXT)
    return inbox.page(Questions((), 0, 0, 1), said, OPERATION, TEXT)


def choose(say: Say, *, admin: bool) -> dict[str, Any]:
    return inbox.choose_form(META, questions(say)[1], TEXT, admin=admin)


def recorded(say: Say) -> dict[str, Any]:
    found = listed(say)
    invoice = Document(type=DocumentType.SALES_INVOICE, number=say("103021"), version=2)
    entry = replace(found.entry, logged_by=None, salesperson=None, document=invoice)
    nobodys = replace(found, entry=entry, salesperson_name="")
    return entries.details(nobodys, "", TEXT, changeable=False)


MODALS: dict[str, Page] = {
    "entry, recorded automatically": recorded,
    "inbox": page,
    "inbox, in the middle": lambda say: page(say, 1, 3),
    "inbox, answered": answered,
    "inbox, choose": lambda say: choose(say, admin=False),
    "inbox, choose as admin": lambda say: choose(say, admin=True),
}
MESSAGES: dict[str, Page] = {
    "inbox, news": lambda say: inbox.news(
        [asking(came(say), Reason.NO_TEMPLATE), asking(mail(say), Reason.NO_CONTACT)], 7, TEXT
    ),
}
