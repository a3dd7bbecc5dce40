"""Canceled entries as the rows of a sheet, page by page."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Integer, Select, Table, and_, bindparam, select, tuple_

from bot.domain.ids import WorkspaceId
from bot.domain.purge import Selection
from storage.access import Access
from storage.canceled import Mark, within
from storage.tables.contacts import contacts
from storage.tables.interactions import entries, entry_comments
from storage.tables.people import salespeople
from storage.tables.templates import campaigns, interaction_groups, interaction_templates, opportunities
from storage.types import Id, Instant

_companies = contacts.alias("companies")
_loggers = salespeople.alias("loggers")
_cancelers = salespeople.alias("cancelers")
_COLUMNS: dict[str, ColumnElement[Any]] = {
    "Entry No.": entries.c.number,
    "Date": entries.c.date,
    "Time": entries.c.time,
    "Contact No.": contacts.c.number,
    "Contact": contacts.c.name,
    "Company": _companies.c.name,
    "Interaction Template": interaction_templates.c.description,
    "Interaction Group": interaction_groups.c.description,
    "Description": entries.c.description,
    "Evaluation": entries.c.evaluation,
    "Attempt Failed": entries.c.attempt_failed,
    "Duration (Min.)": entries.c.duration,
    "Cost": entries.c.cost,
    "Salesperson": salespeople.c.name,
    "Logged By": _loggers.c.name,
    "Logged At": entries.c.logged_at,
    "Information Flow": entries.c.flow,
    "Initiated By": entries.c.initiated_by,
    "Correspondence Type": entries.c.correspondence,
    "Language": entries.c.language,
    "Campaign": campaigns.c.description,
    "Opportunity": opportunities.c.number,
    "Canceled At": entries.c.canceled_at,
    "Canceled By": _cancelers.c.name,
    "Cancel Reason": entries.c.cancel_reason,
}
COMMENT = "Comment"
HEADER = (*_COLUMNS, COMMENT)
"""Field names as Business Central has them; they are the same in every language, as in an import."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, each in the order of `HEADER`; `mark` is the last of them."""

    rows: list[tuple[object, ...]]
    mark: Mark | None


def page(access: Access, chosen: Selection, beyond: Mark, limit: int) -> Page:
    """Return the next rows of a selection."""
    place = {"seen_at": beyond.at, "seen": beyond.entry, "limit": limit}
    found = access.connection.execute(_query(chosen, access.workspace), place).all()
    if not found:
        return Page([], None)
    comments = _comments(access, [row[-1] for row in found])
    rows = [(*row[:-1], comments.get(row[-1], "")) for row in found]
    return Page(rows, Mark(found[-1].canceled_at, found[-1][-1]))


def _comments(access: Access, ids: list[int]) -> dict[int, str]:
    query = (
        select(entry_comments.c.entry_id, entry_comments.c.comment)
        .where(access.mine(entry_comments), entry_comments.c.entry_id.in_(ids))
        .order_by(entry_comments.c.entry_id, entry_comments.c.line)
    )
    written: dict[int, list[str]] = {}
    for entry, line in access.connection.execute(query):
        written.setdefault(entry, []).append(line)
    return {entry: "\n".join(lines) for entry, lines in written.items()}


@lru_cache(maxsize=16)
def _query(chosen: Selection, workspace: WorkspaceId) -> Select[Any]:
    seen = tuple_(bindparam("seen_at", type_=Instant), bindparam("seen", type_=Id))
    return (
        select(*_COLUMNS.values(), entries.c.id)
        .select_from(_named())
        .where(*within(chosen, workspace), tuple_(entries.c.canceled_at, entries.c.id) > seen)
        .order_by(entries.c.canceled_at, entries.c.id)
        .limit(bindparam("limit", type_=Integer))
    )


def _named() -> FromClause:
    source: FromClause = entries
    for table, column in (
        (contacts, entries.c.contact_id),
        (_companies, entries.c.company_id),
        (interaction_templates, entries.c.template_id),
        (interaction_groups, entries.c.group_id),
        (salespeople, entries.c.salesperson_id),
        (_loggers, entries.c.logged_by),
        (_cancelers, entries.c.canceled_by),
        (campaigns, entries.c.campaign_id),
        (opportunities, entries.c.opportunity_id),
    ):
        source = source.outerjoin(table, _same(table, column))
    return source


def _same(table: Table | FromClause, column: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(table.c.workspace_id == entries.c.workspace_id, table.c.id == column)
