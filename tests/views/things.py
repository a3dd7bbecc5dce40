"""Builders for tests of views; `say` stands between every text that people typed and the screen."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.campaigns import Campaign, Opportunity, OpportunityStatus
from bot.domain.contacts import Contact, ContactType, Found
from bot.domain.entries import Listed, canceled
from bot.domain.histories import Change, Story
from bot.domain.ids import (
    CampaignId,
    ContactId,
    DraftId,
    EntryId,
    FormId,
    GroupId,
    OperationId,
    OpportunityId,
    PersonId,
    SlackUser,
    TaskId,
    TemplateId,
    WorkspaceId,
)
from bot.domain.interactions import Entry, Evaluation, Flow, Form, Group, Initiator, Template, Translation
from bot.domain.operations import CancelReason, ItemKind
from bot.domain.people import Person, Ties
from bot.domain.postponed import Draft, DraftState, Layout
from bot.domain.tasks import Task, TaskKind
from bot.text import Text
from bot.views.confirmations import Done
from bot.views.forms import Meta

Say = Callable[[str], str]

NOW = datetime(2026, 11, 20, 13, 2, 33, tzinfo=UTC)
TODAY = NOW.date()
TEXT = Text("en-GB", "Europe/Oslo", NOW)
FORM_ID = FormId("f" * 32)
META = Meta(form_id=FORM_ID)
OPERATION = OperationId(77)
PHONE = Group(id=GroupId(1), code="PHONE", description="Phone")


def eva(say: Say) -> Person:
    return Person(
        id=PersonId(3), workspace=WorkspaceId(1), slack_id=SlackUser("U0EVA"), code="EL", name=say("Eva Lind")
    )


def anna(say: Say) -> Contact:
    return Contact(
        id=ContactId(5),
        number="CT000005",
        type=ContactType.PERSON,
        name=say("Anna Berg"),
        company=ContactId(6),
        company_name=say("Fjordbygg AS"),
        job_title=say("Buyer"),
        phone=say("+47 55 12 34 56"),
        email=say("anna@fjordbygg.example"),
        city=say("Bergen"),
    )


def found(say: Say, number: int = 5) -> Found:
    return Found(
        id=ContactId(number),
        number=f"CT{number:06}",
        type=ContactType.PERSON,
        name=say("Anna Berg"),
        company_name=say("Fjordbygg AS"),
        city=say("Bergen"),
    )


def outgoing(say: Say) -> Template:
    return Template(
        id=TemplateId(11),
        group=GroupId(1),
        code="OUTGOING",
        description=say("Outgoing call"),
        translations=(Translation(language="en"), Translation(language="nb")),
    )


def form(say: Say) -> Form:
    return Form(
        contact=ContactId(5),
        template=TemplateId(11),
        description=say("Outgoing call"),
        day=TODAY,
        at=time(14, 3),
        evaluation=Evaluation.POSITIVE,
        comment=say("Agreed the price list"),
        salesperson=PersonId(3),
        flow=Flow.OUTBOUND,
        initiated_by=Initiator.US,
        duration=say("15"),
        cost=say("99.50"),
        follow_up=date(2026, 11, 27),
    )


def listed(say: Say, number: int = 42, *, comment: str = "Agreed the price list") -> Listed:
    entry = Entry(
        id=EntryId(number),
        number=number,
        contact=ContactId(5),
        company=ContactId(6),
        template=TemplateId(11),
        group=GroupId(1),
        description=say("Price list"),
        day=TODAY,
        at=time(14, 3),
        evaluation=Evaluation.POSITIVE,
        attempt_failed=False,
        salesperson=PersonId(3),
        logged_by=PersonId(3),
        logged_at=NOW - timedelta(minutes=4),
        flow=Flow.OUTBOUND,
        initiated_by=Initiator.US,
        duration=15,
        cost="99.50",
        comments=tuple(say(comment).split("\n")) if comment else (),
    )
    names = (say("Anna Berg"), say("Fjordbygg AS"), say("Outgoing call"), say("Eva Lind"))
    return Listed(entry, Ties(PersonId(3), PersonId(3)), *names)


def canceled_entry(entry: Entry) -> Entry:
    return canceled(entry, CancelReason.CANCELED, PersonId(3), NOW)


def story(say: Say) -> Story:
    """A call that was logged, judged, canceled and followed up, and whose contact was merged."""
    changes = (
        (ItemKind.ENTRY, "contact", "5", "7", 1),
        (ItemKind.ENTRY, "canceled", "False", "canceled", 2),
        (ItemKind.ENTRY, "evaluation", "negative", "very_positive", 3),
        (ItemKind.ENTRY, "comment", None, say("Agreed the price list " * 40), 3),
        (ItemKind.ENTRY, "attempt_failed", "False", "True", 3),
        (ItemKind.ENTRY, "duration", "15", "90", 3),
        (ItemKind.ENTRY, "opportunity", None, "31", 3),
        (ItemKind.ENTRY, "cost", "99.50", "", 3),
        (ItemKind.TASK, "due", "2026-11-27", "2026-12-01", 4),
        (ItemKind.TASK, "due_time", None, "09:30:00", 4),
        (ItemKind.TASK, "kind", "task", "phone_call", 4),
        (ItemKind.TASK, "status", "not_started", "completed", 4),
        (ItemKind.TASK, "salesperson", "3", "4", 4),
        (ItemKind.TASK, "snoozed_until", None, "2026-11-23T08:00:00+00:00", 4),
        (ItemKind.DRAFT, "salesperson", "3", "4", 5),
        (ItemKind.DRAFT, "owner", "9", "3", 5),
        (ItemKind.ENTRY, "mood", "a", "b", 6),
        (ItemKind.ENTRY, "cost", None, None, 7),
        (ItemKind.ENTRY, "logged", None, "12", 8),
    )
    return Story(
        page=0,
        changes=tuple(
            Change(
                kind=kind,
                item=42,
                at=NOW - timedelta(hours=hours),
                actor=PersonId(3),
                field=field,
                old=old,
                new=new,
            )
            for kind, field, old, new, hours in changes
        ),
        more=False,
        people={3: say("Eva Lind"), 4: say("Wim Peeters")},
        contacts={5: say("Anna Berg"), 7: say("Anna Berg-Moe")},
        opportunities={31: say("OP000001 · Forty more")},
    )


def done(say: Say, *, undoable: bool = True, task: Task | None = None, quick: bool = False) -> Done:
    return Done(listed=listed(say), operation=OPERATION, undoable=undoable, task=task, quick=quick)


def task(say: Say, number: int = 9) -> Task:
    return Task(
        id=TaskId(number),
        kind=TaskKind.TASK,
        description=say("Ask about the delivery"),
        due=date(2026, 11, 27),
        contact=ContactId(5),
        salesperson=PersonId(3),
    )


def draft(say: Say, number: int = 1, age: timedelta = timedelta(hours=1)) -> Draft:
    return Draft(
        id=DraftId(number),
        form_id=FormId(f"{number:032}"),
        owner=PersonId(3),
        form=form(say),
        layout=Layout(),
        state=DraftState.OPEN,
        kept=True,
        revision=1,
        opened_at=NOW - age,
        saved_at=NOW - age,
    )


def autumn(say: Say) -> Campaign:
    return Campaign(id=CampaignId(21), number="CP0001", description=say("Autumn"))


def chance(say: Say) -> Opportunity:
    return Opportunity(
        id=OpportunityId(31),
        number="OP000001",
        description=say("Forty more"),
        contact=ContactId(5),
        company=ContactId(6),
        salesperson=PersonId(3),
        status=OpportunityStatus.NOT_STARTED,
    )
