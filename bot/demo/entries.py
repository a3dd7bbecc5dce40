"""Eight weeks of believable entries for the demo, the same for the same seed, and drafts that were forgotten."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.clock import FixedClock
from bot.demo.visits import Visit, visits
from bot.domain.contacts import Contact
from bot.domain.ids import CampaignId, EntryId, FormId, OperationId, WorkspaceId
from bot.domain.interactions import Entry, Form
from bot.domain.operations import CancelReason, ItemKind, Operation, OperationKind
from bot.domain.people import Person
from bot.domain.postponed import Layout
from bot.domain.templates import ENTRY_SERIES
from storage.store import Store
from storage.work import Work

TEMPLATES = 7
OF_THE_FAIR = 9
"""One entry of so many belongs to the campaign."""

SEED = 7
FORGOTTEN = {"Wim": (10,), "Kari": (9, 16), "Ola": (12,)}
"""For how many days drafts have waited, by the owner's first name."""


def seed_entries(
    store: Store,
    workspace: WorkspaceId,
    people: Sequence[Person],
    contacts: Sequence[Contact],
    fair: CampaignId | None = None,
) -> int:
    """Write what each of these people logged, each entry when it was, some for a campaign; return how many."""
    today = store.clock
    clock = store.clock = FixedClock(today.now())
    with store.begin(workspace) as work:
        templates = work.templates.active()[:TEMPLATES]
        thought = visits(people, contacts, templates, today.now(), SEED)
        for visit in thought:
            clock.move(visit.logged_at - clock.now())
            _write(work, visit, fair)
    store.clock = today
    return len(thought)


def seed_drafts(
    store: Store, workspace: WorkspaceId, people: Sequence[Person], contacts: Sequence[Contact]
) -> None:
    """Let some have begun a form and forgotten it."""
    today = store.clock
    clock = store.clock = FixedClock(today.now())
    waits = [(person, days) for person in people for days in FORGOTTEN.get(person.name.split()[0], ())]
    with store.begin(workspace) as work:
        for (person, days), contact in zip(waits, contacts, strict=False):
            clock.move(today.now() - timedelta(days=days) - clock.now())
            form = Form(contact=contact.id, salesperson=person.id, comment="Promised to call back about")
            work.drafts.save(FormId(f"forgotten-{person.code}-{days}"), person.id, form, "1", Layout())
    store.clock = today


def _write(work: Work, visit: Visit, fair: CampaignId | None) -> None:
    entry = _entry(work, visit)
    if entry.number % OF_THE_FAIR == 0:
        entry = replace(entry, campaign=fair)
    operation = Operation(
        id=OperationId(work.access.ids()),
        actor=visit.person.id,
        kind=OperationKind.LOG,
        ended_at=entry.logged_at,
        items=((ItemKind.ENTRY, int(entry.id)),),
    )
    work.operations.add(operation)
    work.entries.add(entry, operation.id)
    work.history.note(ItemKind.ENTRY, entry.id, entry.logged_by, ("logged", None, entry.number))
    if visit.canceled:
        _cancel(work, entry)


def _cancel(work: Work, entry: Entry) -> None:
    canceled = replace(
        entry,
        canceled_at=work.access.clock.now(),
        canceled_by=entry.logged_by,
        cancel_reason=CancelReason.CANCELED,
    )
    work.entries.change(entry, canceled)
    work.history.note(ItemKind.ENTRY, entry.id, entry.logged_by, ("canceled", False, CancelReason.CANCELED))


def _entry(work: Work, visit: Visit) -> Entry:
    contact, template, said = visit.contact, visit.template, visit.said
    return Entry(
        id=EntryId(work.access.ids()),
        number=int(work.numbers.take(ENTRY_SERIES)),
        contact=contact.id,
        company=contact.company if contact.is_person else contact.id,
        template=template.id,
        group=template.group,
        description=template.description,
        day=visit.day,
        at=visit.at,
        evaluation=said.evaluation,
        attempt_failed=said.failed,
        salesperson=visit.person.id,
        logged_by=visit.person.id,
        logged_at=visit.logged_at,
        correspondence=template.correspondence,
        flow=template.flow,
        initiated_by=template.initiated_by,
        duration=template.duration,
        comments=(said.words,) if said.words else (),
    )
