"""Two workspaces with equal Slack ids, names and forms see nothing of each other (`product.md` 1)."""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any, get_type_hints

import pytest
from office import NORTH, TODAY, Office
from sqlalchemy import ColumnElement, Connection, Select, UniqueConstraint, select, true
from sqlalchemy.exc import NoResultFound

from bot.clock import FixedClock
from bot.domain.campaigns import Campaign, Opportunity, OpportunityStatus
from bot.domain.contacts import Contact
from bot.domain.criteria import Criteria, Saved
from bot.domain.deliveries import DeliveryKind
from bot.domain.digests import Cadence, Period, Schedule, period_of
from bot.domain.documents import Act, Recorded
from bot.domain.entries import Asked, Filter
from bot.domain.ids import (
    ArrivalId,
    AttachmentId,
    CampaignId,
    CardId,
    ContactId,
    DeliveryId,
    DigestId,
    DraftId,
    EntryId,
    FormId,
    GroupId,
    ImportId,
    ImportOrderId,
    LoggedId,
    OperationId,
    OpportunityId,
    PersonId,
    SavedId,
    SegmentId,
    SlackTeam,
    SlackUser,
    TaskId,
    TeamId,
    TemplateId,
    WorkspaceId,
)
from bot.domain.import_orders import ImportOrder, OrderState
from bot.domain.inbox import Arrival, ArrivalKind, ArrivalState, Kept, Reason, Whom
from bot.domain.interactions import Entry, Form, Group, Template, Translation
from bot.domain.messages import Refusal
from bot.domain.number_series import Series, SeriesCode
from bot.domain.operations import ItemKind, Operation, SetupKind
from bot.domain.people import EVERYTHING, Person, Scope
from bot.domain.postponed import Draft, Layout
from bot.domain.purge import BEGINNING, CardState, PurgeCard, Selection
from bot.domain.rhythm import Preferences
from bot.domain.segments import ActionKind, Line, Segment, SegmentState
from bot.domain.tasks import Task
from bot.services.segment_gates import new_segment
from storage.canceled import Mark
from storage.entry_words import Hits, Said
from storage.store import Store
from storage.tables import metadata
from storage.tables.contacts import contacts
from storage.work import Work

OURS = [table for table in metadata.sorted_tables if "workspace_id" in table.c]
SHARED = {"workspaces", "schema_marks", "jobs"}


@dataclass(frozen=True)
class Furnished:
    """A workspace with one of everything."""

    office: Office
    eva: Person
    anna: ContactId
    entry: EntryId
    ids: frozenset[int]


def rows(connection: Connection, workspace: WorkspaceId) -> dict[str, list[str]]:
    """Everything of a workspace, as it stands in the database."""
    return {
        table.name: sorted(
            repr(row) for row in connection.execute(select(table).where(table.c.workspace_id == workspace))
        )
        for table in OURS
    }


def furnished(office: Office) -> Furnished:
    eva, max_ = office.joins("Eva"), office.joins("Max")
    _, eva = office.team_of("North", max_, eva)
    anna = office.knows(eva, "Anna Berg", "Fjordbygg AS")
    office.types(eva, "form", office.typed(anna, comment="Agreed"), "1")
    entry = office.submits(eva, "form", office.typed(anna, comment="Agreed")).entry
    assert entry is not None
    office.tasks.follow_up(eva, entry, date(2026, 11, 27), "Send the list")
    office.types(eva, "draft", office.typed(anna), "1")
    with office.store.begin(office.workspace) as work:
        campaign = CampaignId(office.store.ids())
        work.campaigns.add(Campaign(id=campaign, number="C1", description="Autumn"))
        work.opportunities.add(
            Opportunity(
                id=OpportunityId(office.store.ids()),
                number="O1",
                description="A hall",
                contact=anna,
                company=None,
                salesperson=eva.id,
                status=OpportunityStatus.IN_PROGRESS,
            )
        )
        work.settings.put("visibility", "everyone")
        work.requests.remember("key", {"contact": anna})
        work.deliveries.open_answer("answer", eva.id, "https://slack.example/answer")
        work.purge_cards.add(_card(office, work))
        assert eva.team is not None
        work.digests.enroll(eva.team, max_.id, Schedule(), None)
        _segment(work, eva, anna)
        work.inbox.add(_kept(office, eva), ARRIVAL)
        order = _order(office, eva)
        work.imports.begin(ImportId(order.id), order.file, eva.id)
        work.imports.end(ImportId(order.id), {})
        work.import_orders.add(order)
        work.import_orders.note(order, [(1, "Anna has no name")])
    return Furnished(office, eva, anna, entry, _ids(office))


def _segment(work: Work, eva: Person, anna: ContactId) -> None:
    segment = new_segment(work, eva.id, "SEG0001", TODAY)
    work.segments.add(segment)
    criteria = Criteria(contacts=frozenset({anna}))
    action = work.segments.act(segment.id, ActionKind.PASTE, "Anna Berg", eva.id, criteria.written())
    work.segment_lines.add_in_order(segment.id, action, [anna])
    work.saved_criteria.add(
        Saved(
            id=SavedId(work.access.ids()),
            code="AUTUMN",
            description="",
            by=eva.id,
            at=work.access.clock.now(),
            actions=((ActionKind.ADD, criteria),),
        )
    )


def _card(office: Office, work: Work) -> PurgeCard:
    return PurgeCard(
        id=CardId(office.store.ids()),
        workspace=office.workspace,
        selection=Selection(until=work.access.clock.now()),
        state=CardState.ANNOUNCED,
        announced_at=work.access.clock.now(),
        count=1,
    )


def _order(office: Office, eva: Person) -> ImportOrder:
    made = office.store.ids()
    return ImportOrder(
        id=ImportOrderId(made),
        workspace=office.workspace,
        person=eva.id,
        state=OrderState.IMPORTING,
        file="contacts.csv",
        slack_file="F1",
        subject=ImportId(made),
    )


ARRIVAL = Arrival(
    kind=ArrivalKind.DOCUMENT, key="key", type="sales_invoice", day=TODAY, contact=Whom(company="Anna")
)


def _kept(office: Office, eva: Person) -> Kept:
    return Kept(
        id=ArrivalId(office.store.ids()),
        kind=ArrivalKind.DOCUMENT,
        key="key",
        checksum="",
        state=ArrivalState.OPEN,
        reason=Reason.NO_CONTACT,
        came=ARRIVAL,
        came_at=office.store.clock.now(),
        salesperson=eva.id,
    )


def _ids(office: Office) -> frozenset[int]:
    with office.store.reading() as connection:
        own = [
            connection.scalars(select(table.c.id).where(table.c.workspace_id == office.workspace))
            for table in OURS
            if "id" in table.c
        ]
        return frozenset(one for ids in own for one in ids)


@pytest.fixture
def north(store: Store, clock: FixedClock) -> Furnished:
    return furnished(Office(store, clock, NORTH))


@pytest.fixture
def south(store: Store, clock: FixedClock, north: Furnished) -> Furnished:
    return furnished(Office(store, clock, SlackTeam("T0SOUTH")))


class _Enough(Exception):  # noqa: N818
    """Rolls a transaction back."""


@contextmanager
def tried(office: Office) -> Iterator[Work]:
    """A transaction that is taken back; what the rules refuse is refused, what is not there is missed."""
    with suppress(_Enough, Refusal, NoResultFound), office.store.begin(office.workspace) as work:
        yield work
        raise _Enough


def things(south: Furnished) -> dict[object, object]:
    """What belongs to the other workspace, by the type that a parameter asks for."""
    office = south.office
    with office.store.read(office.workspace) as work:
        operation = work.operations.of_entry(south.entry)
        task = work.tasks.of_entry(south.entry)
        draft = work.drafts.of_form(FormId("draft"))
        entry, contact = work.entries.get(south.entry), work.contacts.get(south.anna)
        template, group = work.templates.active()[0], next(iter(work.templates.groups().values()))
        campaign = work.campaigns.running(TODAY)[0]
        card = work.purge_cards.open()[0]
        opportunity = work.opportunities.open_of(south.anna, None, None)[0]
        segment, _ = work.segments.active(EVERYTHING, 1)[0]
        line = work.segment_lines.page(segment.id, 0, 1)[0]
        saved = work.saved_criteria.all(1)[0]
        digest = work.digests.everybody()[0]
        kept = work.inbox.open(None, 0, 1)[0]
        subject = work.imports.latest(1)[0].id
        order = work.import_orders.of_import(subject)
    assert operation
    assert task
    assert draft
    assert order
    assert south.eva.team
    return {
        ImportOrder: order,
        ImportOrderId: order.id,
        ImportId: ImportId(order.id),
        ImportId | None: None,
        OrderState: OrderState.ASKING,
        Sequence[tuple[int, str]]: [(2, "hello")],
        Mapping[str, int]: {"new": 1},
        ArrivalId: kept.id,
        Kept: kept,
        Arrival: ARRIVAL,
        ArrivalKind: kept.kind,
        ArrivalState: ArrivalState.OPEN,
        Reason: Reason.NO_CONTACT,
        AttachmentId: AttachmentId(int(south.entry)),
        EntryId | None: south.entry,
        OperationId | None: operation.id,
        Sequence[str]: ["key"],
        SegmentId: segment.id,
        Segment: segment,
        SegmentState: SegmentState.ACTIVE,
        Line: line,
        ActionKind: ActionKind.ADD,
        Criteria: Criteria(contacts=frozenset({south.anna})),
        Saved: saved,
        SavedId: saved.id,
        Sequence[ContactId]: [south.anna],
        Mapping[str, Any]: {},
        Select: select(contacts.c.id),
        ColumnElement[bool]: true(),
        PersonId: south.eva.id,
        SlackUser: SlackUser("U0EVA"),
        TeamId: south.eva.team,
        ContactId: south.anna,
        ContactId | None: south.anna,
        EntryId: south.entry,
        FormId: FormId("draft"),
        DraftId: draft.id,
        Draft: draft,
        CardId: card.id,
        PurgeCard: card,
        Preferences: Preferences(),
        list[PersonId]: [south.eva.id],
        date | None: None,
        CardState: card.state,
        Selection: card.selection,
        Mark: Mark(BEGINNING),
        Sequence[EntryId]: [south.entry],
        Sequence[int]: [int(south.entry)],
        Sequence[Said]: [Said(int(south.entry), TODAY, "hello")],
        Hits: Hits((south.entry,), complete=True),
        Asked: Asked(Filter()),
        Filter: Filter(salespeople=frozenset({south.eva.id}), text="hello"),
        LoggedId: LoggedId(int(south.entry)),
        DigestId: digest.id,
        Schedule: Schedule(),
        Period: period_of(Cadence.WEEKLY, TODAY),
        frozenset[TeamId] | None: frozenset({south.eva.team}),
        Mapping[ItemKind, Sequence[int]]: {ItemKind.ENTRY: [int(south.entry)]},
        DeliveryId: DeliveryId(int(south.entry)),
        OperationId: operation.id,
        TaskId: task.id,
        TemplateId: template.id,
        CampaignId: campaign.id,
        OpportunityId: opportunity.id,
        Sequence[CampaignId]: [campaign.id],
        Sequence[OpportunityId]: [opportunity.id],
        PersonId | None: south.eva.id,
        frozenset[PersonId]: frozenset({south.eva.id}),
        frozenset[ContactId]: frozenset({south.anna}),
        frozenset[TeamId]: frozenset({south.eva.team}),
        Sequence[Contact]: [contact],
        Person: south.eva,
        Contact: contact,
        Entry: entry,
        Template: template,
        Group: group,
        GroupId: group.id,
        TemplateId | None: template.id,
        Translation: Translation(language="nb", attachment=int(south.entry)),
        Recorded: Act.EMAIL,
        Series: Series(code=SeriesCode.CONTACT, prefix="CT", next=1, digits=6),
        SeriesCode: SeriesCode.CONTACT,
        ItemKind | SetupKind: ItemKind.ENTRY,
        float: 5.0,
        Task: task,
        Operation: operation,
        Campaign: campaign,
        Opportunity: opportunity,
        Form: draft.form,
        Layout: Layout(),
        Layout | None: None,
        Scope: EVERYTHING,
        ItemKind: ItemKind.ENTRY,
        DeliveryKind: DeliveryKind.ANSWER,
        date: TODAY,
        datetime: datetime(2026, 11, 20, 13, tzinfo=UTC),
        datetime | None: None,
        int: int(south.entry),
        str: "Anna",
        str | None: "answer",
    }


BY_NAME: dict[str, object] = {
    "limit": 50,
    "count": 2,
    "deleted": 2,
    "digits": 4,
    "email": "eva@nordvik.example",
    "emails": ["eva@nordvik.example", ""],
    "field": "cities",
    "numbers": ["CT000001"],
    "added": 0,
    "removed": 0,
    "line": 1,
    "lines": [1],
    "offset": 0,
    "place": 2,
    "total": 2,
    "names": ["anna berg", "fjordbygg as"],
    "code": "E",
    "number": "CT000001",
    "key": "key",
    "answer": "form",
    "words": ("anna",),
    "payload": {"text": "hello"},
    "value": "own",
    "result": {},
    "name": "Fjordbygg AS",
    "action": "9",
}
ACTION = 9
PARTS = [name for name, part in vars(Work).items() if isinstance(part, cached_property) and name != "imports"]


def methods() -> list[tuple[str, str]]:
    found = []
    for part in PARTS:
        kind = get_type_hints(vars(Work)[part].func)["return"]
        found += [
            (part, name) for name, one in vars(kind).items() if inspect.isfunction(one) and name[0] != "_"
        ]
    return found


def _given(name: str, kind: object, known: dict[object, object]) -> object:
    """What a parameter gets: some names stand for a text here and for a number or a line of a segment there."""
    value = BY_NAME.get(name)
    if kind is int and isinstance(value, str):
        return ACTION
    if value is None or kind in (Line, SeriesCode) or (kind is str and isinstance(value, int)):
        return known[kind]
    return value


def _called(method: Callable[..., object], known: dict[object, object]) -> object:
    hints = get_type_hints(method)
    given: list[object] = []
    named: dict[str, object] = {}
    for name, parameter in inspect.signature(method).parameters.items():
        if parameter.kind is inspect.Parameter.VAR_POSITIONAL:
            continue
        value = _given(name, hints[name], known)
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY:
            named[name] = value
        else:
            given.append(value)
    return method(*given, **named)


def test_no_query_reads_and_no_write_touches_another_workspace(north: Furnished, south: Furnished) -> None:
    known, theirs = things(south), south.office.workspace
    with south.office.store.reading() as connection:
        before = rows(connection, theirs)
    leaks = []
    for part, name in methods():
        with tried(north.office) as work:
            told = repr(_called(getattr(getattr(work, part), name), known))
            leaks += [f"{part}.{name} tells {one}" for one in {*south.ids, theirs} if str(one) in told]
            leaks += [] if rows(work.access.connection, theirs) == before else [f"{part}.{name} writes"]
    assert leaks == []


def test_services_find_their_own_only(north: Furnished, south: Furnished) -> None:
    eva = north.eva
    assert {one.id for one in north.office.contacts.find(eva, "Anna")} == {north.anna}
    assert [one.entry.id for one in north.office.entries.latest(eva, 50)] == [north.entry]
    assert [one.form.contact for one, _ in north.office.postponed.waiting(eva)] == [north.anna]
    figures = north.office.cards.of(eva, eva).now
    assert (figures.interactions, figures.contacts) == (1, 1)
    page = repr(north.office.home.page(eva))
    assert [one for one in south.ids if str(one) in page] == []
    for act in (north.office.entries.page, north.office.forms.open_from_entry):
        with pytest.raises(Refusal):
            act(eva, south.entry)
    with pytest.raises(Refusal):
        north.office.contacts.card(eva, south.anna)
    outcome = north.office.submits(eva, "theirs", north.office.typed(south.anna))
    assert outcome.entry is None


def test_the_same_form_of_two_workspaces_is_two_forms(north: Furnished, south: Furnished) -> None:
    assert north.entry != south.entry
    assert {
        one.office.submits(one.eva, "form", one.office.typed(one.anna)).entry for one in (north, south)
    } == {
        north.entry,
        south.entry,
    }


@pytest.mark.parametrize("table", OURS, ids=lambda table: table.name)
def test_every_unique_key_and_reference_begins_with_the_workspace(table: Any) -> None:
    keys = [list(one.columns) for one in table.constraints if isinstance(one, UniqueConstraint)]
    assert all(columns[0].name == "workspace_id" for columns in keys)
    for reference in table.foreign_key_constraints:
        assert reference.column_keys[0] == "workspace_id"


def test_no_table_of_business_is_without_a_workspace() -> None:
    assert {table.name for table in metadata.sorted_tables} - {table.name for table in OURS} <= SHARED
