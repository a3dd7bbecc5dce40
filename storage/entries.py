"""Interaction log entries with their comments."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, delete, exists, insert, or_, select, update

from bot.domain.entries import Listed
from bot.domain.ids import ContactId, EntryId, FormId, OperationId, PersonId
from bot.domain.interactions import Entry
from bot.domain.people import Scope
from storage.access import Access, always
from storage.entry_rows import columns, entry_of, listed_of
from storage.entry_words import EntryWords, Said
from storage.tables.contacts import contacts
from storage.tables.interactions import entries, entry_comments
from storage.tables.people import salespeople
from storage.tables.segments import campaign_entries, logged_segments, segment_entries
from storage.tables.templates import interaction_templates

companies = contacts.alias("companies")
_IN_WORKSPACE = select(entries).where(entries.c.workspace_id == bindparam("workspace"))
_BY_ID = _IN_WORKSPACE.where(entries.c.id == bindparam("asked"))
_OF_FORM = _IN_WORKSPACE.where(entries.c.form_id == bindparam("asked"))
_TWINS = (
    _IN_WORKSPACE.where(
        entries.c.salesperson_id == bindparam("salesperson"),
        entries.c.contact_id == bindparam("contact"),
        entries.c.template_id == bindparam("template"),
        entries.c.canceled_at.is_(None),
    )
    .order_by(entries.c.logged_at.desc())
    .limit(5)
)


class Entries:
    """The entries of a workspace; every list takes the reader's scope."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def add(self, entry: Entry, operation: OperationId | None) -> None:
        """Write a new entry with its comment lines.

        Raises:
            Conflict: an entry of this form or draft is there already (said by the transaction).
        """
        self._access.connection.execute(
            insert(entries),
            {"workspace_id": self._access.workspace, "operation_id": operation} | columns(entry),
        )
        self._comment(entry.id, entry.comments)
        said = Said(entry.id, entry.day, "\n".join([entry.description, *entry.comments]))
        EntryWords(self._access).add([said])

    def get(self, entry: EntryId) -> Entry | None:
        """Return one entry with its comments."""
        return self._one(_BY_ID, entry)

    def of_form(self, form: FormId) -> Entry | None:
        """Return the entry that this form became."""
        return self._one(_OF_FORM, form)

    def listed(self, entry: EntryId) -> Listed | None:
        """Return one entry with its names and ties."""
        return next(iter(self._listed(entries.c.id == entry, limit=1)), None)

    def many(self, wanted: Sequence[EntryId]) -> list[Listed]:
        """Return these entries with their names, in the order asked; those that are gone are left out."""
        if not wanted:
            return []
        query = joined().where(self._access.mine(entries), entries.c.id.in_(wanted))
        found = {listed.entry.id: listed for listed in self._rows(query)}
        return [found[entry] for entry in wanted if entry in found]

    def latest_of_contact(self, contact: ContactId, scope: Scope, limit: int) -> list[Listed]:
        """Return the newest entries of a contact; of a company, all its people's too (`domain.md` 3.20)."""
        of_contact = or_(entries.c.contact_id == contact, entries.c.company_id == contact)
        return self._listed(of_contact, entries.c.canceled_at.is_(None), within(scope), limit=limit)

    def latest_of_person(self, person: PersonId, scope: Scope, limit: int) -> list[Listed]:
        """Return the newest entries whose salesperson is `person`."""
        return self._listed(
            entries.c.salesperson_id == person, entries.c.canceled_at.is_(None), within(scope), limit=limit
        )

    def latest_logged_by(self, person: PersonId, limit: int) -> list[Listed]:
        """Return the entries that `person` logged last, newest first."""
        query = joined().where(
            self._access.mine(entries), entries.c.logged_by == person, entries.c.canceled_at.is_(None)
        )
        return self._rows(query.order_by(entries.c.logged_at.desc(), entries.c.id.desc()).limit(limit))

    def twins(self, entry: Entry) -> list[Entry]:
        """Return entries of the same salesperson, contact, template and day, newest first."""
        alike = {
            "workspace": self._access.workspace,
            "salesperson": entry.salesperson,
            "contact": entry.contact,
            "template": entry.template,
        }
        return [entry_of(row, ()) for row in self._access.connection.execute(_TWINS, alike).mappings()]

    def canceled_register(self, entry: EntryId) -> int | None:
        """Return the number of the logged segment of an entry, if that or the entry's campaign in it is canceled."""
        campaign = exists().where(
            campaign_entries.c.workspace_id == entries.c.workspace_id,
            campaign_entries.c.logged_id == logged_segments.c.id,
            campaign_entries.c.campaign_id == entries.c.campaign_id,
            campaign_entries.c.canceled_at.is_not(None),
        )
        query = (
            select(logged_segments.c.number)
            .join(
                segment_entries,
                (segment_entries.c.workspace_id == logged_segments.c.workspace_id)
                & (segment_entries.c.logged_id == logged_segments.c.id),
            )
            .join(
                entries,
                (entries.c.workspace_id == segment_entries.c.workspace_id)
                & (entries.c.id == segment_entries.c.entry_id),
            )
            .where(
                self._access.mine(segment_entries),
                segment_entries.c.entry_id == entry,
                or_(logged_segments.c.canceled_at.is_not(None), campaign),
            )
        )
        return self._access.connection.scalar(query)

    def change(self, before: Entry, after: Entry) -> bool:
        """Write back what may still change; False when somebody changed it since `before` was read."""
        changed = self._access.connection.execute(
            update(entries)
            .where(
                self._access.mine(entries), entries.c.id == after.id, entries.c.revision == before.revision
            )
            .values(
                evaluation=after.evaluation,
                attempt_failed=after.attempt_failed,
                duration=after.duration,
                cost=after.cost,
                opportunity_id=after.opportunity,
                attachment_id=after.attachment,
                attached_at=after.attached_at,
                canceled_at=after.canceled_at,
                canceled_by=after.canceled_by,
                cancel_reason=after.cancel_reason,
                draft_id=after.draft,
                revision=before.revision + 1,
            )
        )
        if changed.rowcount and before.comments != after.comments:
            self._uncomment(after.id)
            self._comment(after.id, after.comments)
            EntryWords(self._access).again([after.id])
        return bool(changed.rowcount)

    def _comment(self, entry: EntryId, lines: tuple[str, ...]) -> None:
        if lines:
            self._access.connection.execute(
                insert(entry_comments),
                [
                    {
                        "workspace_id": self._access.workspace,
                        "entry_id": entry,
                        "line": line,
                        "comment": comment,
                    }
                    for line, comment in enumerate(lines, 1)
                ],
            )

    def _uncomment(self, entry: EntryId) -> None:
        self._access.connection.execute(
            delete(entry_comments).where(
                self._access.mine(entry_comments), entry_comments.c.entry_id == entry
            )
        )

    def _one(self, query: Select[Any], asked: EntryId | FormId) -> Entry | None:
        wanted = {"workspace": self._access.workspace, "asked": asked}
        row = self._access.connection.execute(query, wanted).mappings().one_or_none()
        return None if row is None else entry_of(row, self._comments([row["id"]]).get(row["id"], ()))

    def _listed(self, *conditions: ColumnElement[bool], limit: int) -> list[Listed]:
        query = joined().where(self._access.mine(entries), *conditions)
        return self._rows(query.order_by(entries.c.date.desc(), entries.c.id.desc()).limit(limit))

    def _rows(self, query: Select[Any]) -> list[Listed]:
        rows = self._access.connection.execute(query).mappings().all()
        comments = self._comments([row["id"] for row in rows])
        return [listed_of(row, comments.get(row["id"], ())) for row in rows]

    def _comments(self, ids: list[int]) -> dict[int, tuple[str, ...]]:
        if not ids:
            return {}
        query = (
            select(entry_comments.c.entry_id, entry_comments.c.comment)
            .where(self._access.mine(entry_comments), entry_comments.c.entry_id.in_(ids))
            .order_by(entry_comments.c.entry_id, entry_comments.c.line)
        )
        found: dict[int, tuple[str, ...]] = {}
        for entry, comment in self._access.connection.execute(query):
            found[entry] = (*found.get(entry, ()), comment)
        return found


def within(scope: Scope) -> ColumnElement[bool]:
    """Return the condition of a reader's scope on a query that joins entries with contacts and companies."""
    if scope.people is None:
        return always()
    people = sorted(scope.people)
    return or_(
        entries.c.logged_by.in_(people),
        entries.c.salesperson_id.in_(people),
        contacts.c.salesperson_id.in_(people),
        companies.c.salesperson_id.in_(people),
    )


def joined() -> Select[Any]:
    """Return the query of entries with their names and ties."""
    source = entries.outerjoin(
        contacts,
        (contacts.c.workspace_id == entries.c.workspace_id) & (contacts.c.id == entries.c.contact_id),
    ).outerjoin(
        companies,
        (companies.c.workspace_id == entries.c.workspace_id) & (companies.c.id == entries.c.company_id),
    )
    source = source.outerjoin(
        interaction_templates,
        (interaction_templates.c.workspace_id == entries.c.workspace_id)
        & (interaction_templates.c.id == entries.c.template_id),
    ).outerjoin(
        salespeople,
        (salespeople.c.workspace_id == entries.c.workspace_id)
        & (salespeople.c.id == entries.c.salesperson_id),
    )
    return select(
        entries,
        interaction_templates.c.description.label("template_name"),
        salespeople.c.name.label("salesperson_name"),
        contacts.c.name.label("contact_name"),
        contacts.c.salesperson_id.label("contact_salesperson"),
        companies.c.name.label("company_name"),
        companies.c.salesperson_id.label("company_salesperson"),
    ).select_from(source)
