"""Entries as the rows of a sheet: of an export of the log, or of what a purge is about to delete."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, Select, and_, select

from bot.domain.entry_exports import Column
from storage.access import Access
from storage.tables.contacts import contacts
from storage.tables.interactions import entries, entry_comments
from storage.tables.people import salespeople
from storage.tables.segments import logged_segments, segment_entries
from storage.tables.templates import (
    attachments,
    campaigns,
    interaction_groups,
    interaction_templates,
    opportunities,
)

Values = Mapping[Column, Any]

_companies = contacts.alias("companies")
_loggers = salespeople.alias("loggers")
_cancelers = salespeople.alias("cancelers")
_COLUMNS: dict[Column, ColumnElement[Any]] = {
    Column.NUMBER: entries.c.number,
    Column.DATE: entries.c.date,
    Column.TIME: entries.c.time,
    Column.CONTACT_NUMBER: contacts.c.number,
    Column.CONTACT: contacts.c.name,
    Column.COMPANY: _companies.c.name,
    Column.TEMPLATE: interaction_templates.c.description,
    Column.GROUP: interaction_groups.c.description,
    Column.DESCRIPTION: entries.c.description,
    Column.SUBJECT: entries.c.subject,
    Column.EVALUATION: entries.c.evaluation,
    Column.ATTEMPT_FAILED: entries.c.attempt_failed,
    Column.SALESPERSON: salespeople.c.name,
    Column.LOGGED_BY: _loggers.c.name,
    Column.LOGGED_AT: entries.c.logged_at,
    Column.CORRESPONDENCE: entries.c.correspondence,
    Column.FLOW: entries.c.flow,
    Column.INITIATED_BY: entries.c.initiated_by,
    Column.DURATION: entries.c.duration,
    Column.COST: entries.c.cost,
    Column.LANGUAGE: entries.c.language,
    Column.CAMPAIGN: campaigns.c.description,
    Column.OPPORTUNITY: opportunities.c.number,
    Column.DOCUMENT_TYPE: entries.c.document_type,
    Column.DOCUMENT_NUMBER: entries.c.document_number,
    Column.DOCUMENT_VERSION: entries.c.document_version,
    Column.ATTACHMENT: attachments.c.name,
    Column.CANCELED: entries.c.canceled_at.is_not(None),
    Column.CANCELED_BY: _cancelers.c.name,
    Column.CANCELED_AT: entries.c.canceled_at,
    Column.CANCEL_REASON: entries.c.cancel_reason,
}


def selected() -> Select[Any]:
    """Return the query of all entries with what stands in their rows, and their ids last."""
    return select(*_COLUMNS.values(), entries.c.id).select_from(_named())


def rows(access: Access, wanted: Sequence[int]) -> list[Values]:
    """Return the rows of these entries, in the order asked; those that are gone are left out."""
    if not wanted:
        return []
    query = selected().where(access.mine(entries), entries.c.id.in_(wanted))
    by_id = {row[-1]: row for row in access.connection.execute(query)}
    return filled(access, [by_id[entry] for entry in wanted if entry in by_id])


def filled(access: Access, found: Sequence[Row[Any]]) -> list[Values]:
    """Return what `selected` found as rows, with comments and segments."""
    ids = [row[-1] for row in found]
    comments, segments = _comments(access, ids), _segments(access, ids)
    return [
        {
            **dict(zip(_COLUMNS, row, strict=False)),
            Column.COMMENT: comments.get(row[-1], ""),
            Column.SEGMENT: segments.get(row[-1], ""),
        }
        for row in found
    ]


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


def _segments(access: Access, ids: list[int]) -> dict[int, str]:
    """Return the number of the segment with which each was logged."""
    logged = and_(
        logged_segments.c.workspace_id == segment_entries.c.workspace_id,
        logged_segments.c.id == segment_entries.c.logged_id,
    )
    query = (
        select(segment_entries.c.entry_id, logged_segments.c.segment_number)
        .join(logged_segments, logged)
        .where(access.mine(segment_entries), segment_entries.c.entry_id.in_(ids))
    )
    return {entry: number for entry, number in access.connection.execute(query)}  # noqa: C416 - rows, not pairs


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
        (attachments, entries.c.attachment_id),
    ):
        source = source.outerjoin(table, _same(table, column))
    return source


def _same(table: FromClause, column: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(table.c.workspace_id == entries.c.workspace_id, table.c.id == column)
