"""Where the database tells of a person: what an export holds, and what stands there once he is erased.

Every text column of every table is named here, or in `KEPT` with the reason why it tells of nobody; a test
derives the columns from the tables, so that a new one can't be forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, bindparam, func, or_, select

from bot.domain.operations import ItemKind
from bot.domain.postponed import DraftState
from bot.domain.removals import RemovalKind
from bot.domain.tasks import TaskStatus
from storage.tables.contacts import contacts, import_changes, imports
from storage.tables.deliveries import deliveries, request_keys
from storage.tables.entry_words import entry_words
from storage.tables.exports import exports
from storage.tables.imports import import_faults, import_orders
from storage.tables.inbox import inbox
from storage.tables.interactions import drafts, entries, entry_comments, history, tasks
from storage.tables.removals import removed_contacts
from storage.tables.segments import (
    campaign_entries,
    logged_segments,
    saved_criteria,
    segment_actions,
    segment_entries,
    segment_lines,
    segments,
)
from storage.tables.templates import attachments, campaigns, interaction_templates, opportunities
from storage.types import Id

NOTHING = "–"
"""Stands for a text that may not be empty."""

_PERSON, _WORKSPACE = bindparam("person", type_=Id), bindparam("workspace", type_=Id)


@dataclass(frozen=True, slots=True)
class Trace:
    """Rows of a table that tell of a person, and what stands in their columns once he is erased."""

    name: str
    table: Table
    which: ColumnElement[bool]
    erased: Mapping[str, Any] = field(default_factory=dict)
    goes: bool = False
    """Whether the rows are deleted."""


def _mine(table: Table) -> ColumnElement[bool]:
    return table.c.workspace_id == _WORKSPACE


_own_entries = select(entries.c.id).where(_mine(entries), entries.c.contact_id == _PERSON)
_own_drafts = select(entries.c.draft_id).where(
    _mine(entries), entries.c.contact_id == _PERSON, entries.c.draft_id.is_not(None)
)
_former = select(removed_contacts.c.contact_id).where(
    _mine(removed_contacts),
    removed_contacts.c.heir_id == _PERSON,
    removed_contacts.c.kind == RemovalKind.MERGE,
)
_his_tasks = or_(tasks.c.contact_id == _PERSON, tasks.c.entry_id.in_(_own_entries))
_his_drafts = or_(drafts.c.contact_id == _PERSON, drafts.c.id.in_(_own_drafts))
_template_text = (
    select(interaction_templates.c.description)
    .where(
        interaction_templates.c.workspace_id == entries.c.workspace_id,
        interaction_templates.c.id == entries.c.template_id,
    )
    .correlate(entries)
    .scalar_subquery()
)
_TOLD = {"description": NOTHING, "comment": ""}
_UNHUNG = {"attachment_id": None, "attached_at": None}
"""What hung on an interaction is taken off: it goes where nothing else uses it."""
_TEXTS_OF_CONTACTS = (
    "first_name middle_name surname job_title phone mobile email email2 address post_code city country territory"
    " language salutation organizational_level match_key search"
)


def _told_of(kind: ItemKind, items: Any) -> ColumnElement[bool]:
    return and_(history.c.kind == kind, history.c.item_id.in_(items))


TRACES = (
    Trace(
        "history",
        history,
        or_(
            and_(history.c.kind == ItemKind.CONTACT, history.c.item_id == _PERSON),
            _told_of(ItemKind.CONTACT, _former),
            _told_of(ItemKind.ENTRY, _own_entries),
            _told_of(ItemKind.TASK, select(tasks.c.id).where(_mine(tasks), _his_tasks)),
            _told_of(ItemKind.DRAFT, select(drafts.c.id).where(_mine(drafts), _his_drafts)),
        ),
        {"old": None, "new": None},
    ),
    Trace("comments", entry_comments, entry_comments.c.entry_id.in_(_own_entries), goes=True),
    Trace("letters", segment_entries, segment_entries.c.entry_id.in_(_own_entries), {"contact_via": ""}),
    Trace(
        "interactions",
        entries,
        entries.c.contact_id == _PERSON,
        {"description": func.coalesce(_template_text, NOTHING), "subject": "", **_UNHUNG},
    ),
    Trace(
        "arrivals",
        inbox,
        inbox.c.entry_id.in_(_own_entries),
        {"came": {}, "word": "", "emptied": True, "attachment_id": None},
    ),
    Trace(
        "follow_ups",
        tasks,
        _his_tasks,
        {"description": NOTHING},
    ),
    Trace(
        "drafts",
        drafts,
        _his_drafts,
        {"form": {}, "layout": {}, "saved_by_action": ""},
    ),
    Trace("opportunities", opportunities, opportunities.c.contact_id == _PERSON, _TOLD),
    Trace(
        "segment_lines",
        segment_lines,
        segment_lines.c.contact_id == _PERSON,
        {"description": None, "text": None},
    ),
    Trace(
        "imports",
        import_changes,
        or_(import_changes.c.contact_id == _PERSON, import_changes.c.contact_id.in_(_former)),
        goes=True,
    ),
    Trace(
        "merged_contacts",
        removed_contacts,
        or_(removed_contacts.c.heir_id == _PERSON, removed_contacts.c.contact_id == _PERSON),
        {"before": {}, "filled": {}},
    ),
    Trace(
        "contact",
        contacts,
        contacts.c.id == _PERSON,
        dict.fromkeys(_TEXTS_OF_CONTACTS.split(), "")
        | {"name": NOTHING, "correspondence": None, "company_id": None},
    ),
)
"""In the order in which they are erased: what is found by others comes before them."""

SCRUBBED: Mapping[Table, tuple[str, ...]] = {
    attachments: ("name",),
    segments: ("description", "text"),
    segment_actions: ("words", "criteria"),
    saved_criteria: ("description", "actions"),
    logged_segments: ("description",),
    campaigns: ("description",),
    campaign_entries: ("description",),
    imports: ("file",),
    import_changes: ("before",),
    import_orders: ("file",),
    import_faults: ("reason",),
    request_keys: ("result",),
    inbox: ("came",),
    exports: ("asked",),
    tasks: ("description",),
    drafts: ("form",),
    opportunities: ("description", "comment"),
    segment_lines: ("description", "text"),
}
"""Texts about others and about everything, in which a person's name or address is overwritten where it stands."""

SILENCED = {deliveries: ("payload", "reason")}
"""What was said is forgotten altogether; what is still to be said is not, where it tells of him."""

FOUND_BY = {entry_words: ("words",), entries: ("description", "subject"), entry_comments: ("comment",)}
"""Texts of others' entries that name him: found by the index of words, overwritten, and indexed anew."""

OPEN_TASKS = and_(_mine(tasks), _his_tasks, tasks.c.closed_at.is_(None))
OPEN_DRAFTS = and_(_mine(drafts), _his_drafts, drafts.c.state == DraftState.OPEN)
CANCELED = {"status": TaskStatus.CANCELED}
DISCARDED = {"state": DraftState.DISCARDED}

_MARKS = "a word of ours, out of a few"
_NUMBER = "a number by which things are told apart; it names nobody"
_SETTING = "written by admins, about no contact"
_SLACK = "an id of Slack"
_COLLEAGUE = "a salesperson, who signs what he did"
KEPT: Mapping[str, str] = {
    "answers.key": _NUMBER,
    "answers.response_url": "where Slack takes an answer, for half an hour",
    "answers.channel": _SLACK,
    "answers.ts": _SLACK,
    "attachments.media_type": _MARKS,
    "attachments.checksum": _NUMBER,
    "attachments.content": "what hung on his interactions goes; other files are the same for others",
    "campaign_entries.segment_number": _NUMBER,
    "campaigns.number": _NUMBER,
    "contacts.number": "so that an admin finds what he erased; it is all that stays of the card",
    "contacts.type": _MARKS,
    "deliveries.key": _NUMBER,
    "deliveries.kind": _MARKS,
    "deliveries.answer_key": _NUMBER,
    "deliveries.state": _MARKS,
    "digests.cadence": _MARKS,
    "digests.channel": _SLACK,
    "digest_runs.cadence": _MARKS,
    "drafts.form_id": _NUMBER,
    "drafts.state": _MARKS,
    "entries.evaluation": "a figure, which stays",
    "entries.correspondence": "a figure, which stays",
    "entries.flow": "a figure, which stays",
    "entries.initiated_by": "a figure, which stays",
    "entries.cost": "a figure, which stays",
    "entries.language": "a figure, which stays",
    "entries.form_id": _NUMBER,
    "entries.cancel_reason": _MARKS,
    "entries.document_type": _MARKS,
    "entries.document_number": _NUMBER,
    "exports.format": _MARKS,
    "history.kind": _MARKS,
    "history.field": _MARKS,
    "import_orders.slack_file": _SLACK,
    "import_orders.state": _MARKS,
    "import_orders.counts": "figures",
    "imports.counts": "figures",
    "inbox.kind": _MARKS,
    "inbox.key": _NUMBER,
    "inbox.checksum": _NUMBER,
    "inbox.state": _MARKS,
    "inbox.reason": _MARKS,
    "industry_groups.code": _SETTING,
    "industry_groups.description": _SETTING,
    "job_responsibilities.code": _SETTING,
    "job_responsibilities.description": _SETTING,
    "jobs.name": _MARKS,
    "jobs.result": "figures",
    "jobs.error": "the kind of an error, never its words",
    "logged_segments.segment_number": _NUMBER,
    "logged_segments.state": _MARKS,
    "logged_segments.answer_key": _NUMBER,
    "mailing_groups.code": _SETTING,
    "mailing_groups.description": _SETTING,
    "number_series.code": _SETTING,
    "number_series.prefix": _SETTING,
    "operation_items.kind": _MARKS,
    "operations.kind": _MARKS,
    "operations.answer_key": _NUMBER,
    "opportunities.number": _NUMBER,
    "opportunities.status": _MARKS,
    "purge_cards.state": _MARKS,
    "purge_cards.filters": _NUMBER,
    "removed_contacts.number": _NUMBER,
    "removed_contacts.kind": _MARKS,
    "removed_contacts.state": _MARKS,
    "removed_references.place": _MARKS,
    "request_keys.key": _NUMBER,
    "saved_criteria.code": _SETTING,
    "segment_actions.kind": _MARKS,
    "segment_entries.delivery": _MARKS,
    "segment_lines.evaluation": "a figure, which stays",
    "segment_lines.correspondence": "a figure, which stays",
    "segment_lines.language": "a figure, which stays",
    "segment_lines.flow": "a figure, which stays",
    "segment_lines.initiated_by": "a figure, which stays",
    "segment_lines.cost": "a figure, which stays",
    "segments.number": _NUMBER,
    "segments.correspondence": _MARKS,
    "segments.language": _MARKS,
    "segments.flow": _MARKS,
    "segments.initiated_by": _MARKS,
    "segments.cost": "a figure, which stays",
    "segments.state": _MARKS,
    "settings.key": _SETTING,
    "settings.value": _SETTING,
    "tasks.kind": _MARKS,
    "tasks.status": _MARKS,
    "workspaces.slack_team": _SLACK,
    "workspaces.name": _SETTING,
}
"""Text columns that tell of no contact, each with the reason."""
KEPT_TABLES: Mapping[str, str] = {
    "salespeople": _COLLEAGUE,
    "preferences": _COLLEAGUE,
    "teams": _COLLEAGUE,
    "interaction_groups": _SETTING,
    "interaction_templates": _SETTING,
    "template_languages": _SETTING,
    "template_setup": _MARKS,
    "schema_marks": _MARKS,
}
