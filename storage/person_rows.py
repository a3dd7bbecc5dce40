"""Everything that the database knows of a person, row by row: for his own eyes."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import func, select

from bot.domain.erasure import all_texts, mentions
from bot.domain.ids import ContactId
from storage.access import Access
from storage.contact_groups import groups_of
from storage.personal import TRACES, Trace
from storage.tables.contacts import industry_groups, job_responsibilities, mailing_groups
from storage.tables.deliveries import deliveries
from storage.tables.interactions import entries
from storage.tables.templates import attachments

_GROUPS = {
    "contact_mailing_groups": mailing_groups,
    "contact_industry_groups": industry_groups,
    "contact_job_responsibilities": job_responsibilities,
}
_OURS = frozenset({"workspace_id", "search", "match_key"})


def counts(access: Access, person: ContactId) -> dict[str, int]:
    """Return how many rows tell of a person, by what they are."""
    asked = {"person": person, "workspace": access.workspace}
    return {
        trace.name: int(
            access.connection.execute(
                select(func.count()).select_from(trace.table).where(access.mine(trace.table), trace.which),
                asked,
            ).scalar_one()
        )
        for trace in TRACES
    }


def told(access: Access, person: ContactId) -> dict[str, list[dict[str, Any]]]:
    """Return the rows that tell of a person, by what they are."""
    return {trace.name: _rows(access, person, trace) for trace in reversed(TRACES)} | {
        "groups": _groups(access, person)
    }


def letters(access: Access, person: ContactId) -> list[tuple[str, bytes]]:
    """Return the letters that were attached to what was logged with a person, by name."""
    query = (
        select(attachments.c.name, attachments.c.content)
        .where(
            access.mine(attachments),
            attachments.c.id.in_(
                select(entries.c.attachment_id).where(access.mine(entries), entries.c.contact_id == person)
            ),
        )
        .order_by(attachments.c.name, attachments.c.id)
    )
    return [(row.name, bytes(row.content)) for row in access.connection.execute(query)]


def messages(
    access: Access, words: Collection[str], after: int, limit: int
) -> tuple[list[dict[str, Any]], int | None]:
    """Return the messages among the next ones that name a person, and where to go on, None at the end."""
    query = (
        select(
            deliveries.c.id,
            deliveries.c.kind,
            deliveries.c.state,
            deliveries.c.created_at,
            deliveries.c.payload,
        )
        .where(access.mine(deliveries), deliveries.c.id > after)
        .order_by(deliveries.c.id)
        .limit(limit)
    )
    found = access.connection.execute(query).mappings().all()
    naming = [dict(row) for row in found if mentions(all_texts(row["payload"]), words)]
    return naming, found[-1]["id"] if found else None


def _rows(access: Access, person: ContactId, trace: Trace) -> list[dict[str, Any]]:
    columns = [column for column in trace.table.c if column.name not in _OURS]
    query = (
        select(*columns)
        .where(access.mine(trace.table), trace.which)
        .order_by(*trace.table.primary_key.columns)
    )
    asked = {"person": person, "workspace": access.workspace}
    return [dict(row) for row in access.connection.execute(query, asked).mappings()]


def _groups(access: Access, person: ContactId) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for name, groups in groups_of(access, person).items():
        table = _GROUPS[name]
        query = select(table.c.code, table.c.description).where(access.mine(table), table.c.id.in_(groups))
        found += [{"kind": table.name} | dict(row) for row in access.connection.execute(query).mappings()]
    return found
