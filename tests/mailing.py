"""Long mailing lists, made set by set: what kills and benches of runs act with."""

from typing import Any

from office import TODAY
from sqlalchemy import select

from bot.domain.ids import SegmentId, TemplateId
from bot.domain.people import Person
from bot.domain.segments import ActionKind, Segment
from storage.bulk import insert_rows
from storage.store import Store
from storage.tables.contacts import contacts

CHUNK = 5_000
COLUMNS = ("id", "workspace_id", "number", "type", "name", "city", "email", "salesperson_id", "created_at")


def people(store: Store, actor: Person, count: int) -> None:
    """Make so many persons with e-mail addresses."""
    at = int(store.clock.now().timestamp()) * 1_000_000
    for start in range(0, count, CHUNK):
        ids = store.ids.many(min(CHUNK, count - start))
        rows = [
            (
                contact,
                int(actor.workspace),
                f"ML{place:06}",
                "person",
                f"Anna Berg {place}",
                "Bergen",
                f"anna{place}@example.com",
                int(actor.id),
                at,
            )
            for place, contact in enumerate(ids, start)
        ]
        with store.begin(actor.workspace) as work:
            insert_rows(work.access.connection, contacts.name, COLUMNS, rows)


def mailing(store: Store, actor: Person, template: TemplateId, number: str, **facts: Any) -> Segment:
    """Make a segment of all persons that `people` made."""
    now = store.clock.now()
    plain: dict[str, Any] = {
        "id": SegmentId(store.ids()),
        "number": number,
        "description": "Autumn catalogue",
        "owner": actor.id,
        "salesperson": actor.id,
        "day": TODAY,
        "template": template,
        "created_at": now,
        "changed_at": now,
    }
    made = Segment(**plain | facts)
    chosen = select(contacts.c.id).where(contacts.c.number.like("ML%"))
    with store.begin(actor.workspace) as work:
        if store.dialect == "postgresql":
            work.access.connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        work.segments.add(made)
        action = work.segments.act(made.id, ActionKind.ADD, "city Bergen", actor.id, {})
        added = work.segment_lines.add_in_order(made.id, action, work.segment_lines.ordered(chosen))
        work.segments.acted(made.id, action, added=added, removed=0)
    with store.read(actor.workspace) as work:
        found = work.segments.get(made.id)
    assert found is not None
    return found
