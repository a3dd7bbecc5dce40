"""What a team did in a period, counted by the database; and what of its contacts and drafts needs a look."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from bot.domain.entries import Filter
from bot.domain.ids import ContactId, EntryId, PersonId, TeamId, TemplateId
from bot.domain.interactions import Evaluation
from bot.domain.people import Role
from bot.domain.postponed import DraftState
from bot.domain.team_figures import SHOWN, OldDrafts, QuietContact, Sums, Tally
from storage.access import Access, Row
from storage.entry_filters import matching
from storage.tables.contacts import contacts
from storage.tables.interactions import drafts, entries
from storage.tables.people import salespeople, team_managers

_WELL = (Evaluation.POSITIVE, Evaluation.VERY_POSITIVE)
_companies = contacts.alias("companies")


class TeamFigures:
    """The figures of a workspace's teams; `wanted` names the salespeople and the days, as for a list."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def sums(self, wanted: Filter) -> Sums:
        """Return what was counted; of nobody nothing."""
        if not wanted.salespeople:
            return Sums()
        return Sums(self._people(wanted), self._templates(wanted), self._contacts(wanted))

    def worst(self, wanted: Filter) -> EntryId | None:
        """Return the latest of the entries that are wanted."""
        query = self._of(wanted, entries.c.id).order_by(entries.c.date.desc(), entries.c.id.desc()).limit(1)
        found = self._access.connection.scalar(query)
        return None if found is None else EntryId(found)

    def late(
        self, members: frozenset[PersonId], last: date, since: datetime, loggers: frozenset[PersonId]
    ) -> int:
        """Return how many entries of `members`, dated up to `last`, these people logged since a moment, or nobody.

        Few log for a team, and little of all is new: the index begins with who logged when. What stands within
        `coalesce` is in no index, so that none is taken by which everything old would be read.
        """
        if not members:
            return 0
        query = select(func.count()).where(
            self._access.mine(entries),
            entries.c.logged_at > since,
            entries.c.canceled_at.is_(None),
            func.coalesce(entries.c.salesperson_id, 0).in_(sorted(members)),
            func.coalesce(entries.c.date, last) <= last,
        )
        theirs = (entries.c.logged_by.in_(sorted(loggers)), entries.c.logged_by.is_(None))
        return sum(int(self._access.connection.scalar(query.where(one)) or 0) for one in theirs)

    def loggers(self, team: TeamId) -> frozenset[PersonId]:
        """Return who may log for the members of a team beside themselves: its managers, admins."""
        managers = select(team_managers.c.person_id).where(
            self._access.mine(team_managers), team_managers.c.team_id == team
        )
        query = select(salespeople.c.id).where(
            self._access.mine(salespeople),
            or_(salespeople.c.id.in_(managers), salespeople.c.role == Role.ADMIN),
        )
        return frozenset(PersonId(one) for one in self._access.connection.scalars(query))

    def quiet(self, members: frozenset[PersonId], since: date, made_before: datetime) -> list[QuietContact]:
        """Return contacts of these salespeople with whom nobody had an interaction since a day.

        Contacts made later than `made_before` still have time. At most one more than `SHOWN` are returned,
        those that fell silent last first: looking stops there, however many contacts there are.
        """
        if not members:
            return []
        found = self._access.connection.execute(self._quiet(members, since, made_before)).mappings().all()
        last = self._last_days(frozenset(row["id"] for row in found))
        quiet = [
            QuietContact(ContactId(row["id"]), _label(row), row["salesperson"], last.get(row["id"]))
            for row in found
        ]
        return sorted(quiet, key=lambda one: (-(one.last or date.min).toordinal(), one.label))

    def old_drafts(
        self, members: frozenset[PersonId], before: datetime, new_since: datetime
    ) -> list[OldDrafts]:
        """Return whose drafts were saved last before a moment, and how many of them since `new_since`."""
        counted = func.count()
        query = (
            select(salespeople.c.name, counted, counted.filter(drafts.c.saved_at >= new_since))
            .join(salespeople, _is(salespeople, drafts.c.owner_id, drafts))
            .where(
                self._access.mine(drafts),
                drafts.c.owner_id.in_(sorted(members)),
                drafts.c.state == DraftState.OPEN,
                drafts.c.kept,
                drafts.c.saved_at < before,
            )
            .group_by(salespeople.c.id, salespeople.c.name)
            .order_by(counted.desc(), salespeople.c.name)
        )
        return [OldDrafts(*row) for row in self._access.connection.execute(query)]

    def _people(self, wanted: Filter) -> Mapping[PersonId, Tally]:
        counted = func.count()
        query = self._of(
            wanted,
            entries.c.salesperson_id,
            counted,
            func.count(func.distinct(entries.c.contact_id)),
            func.coalesce(func.sum(entries.c.duration), 0),
            counted.filter(entries.c.evaluation.in_(_WELL)),
            counted.filter(entries.c.attempt_failed),
            counted.filter(entries.c.evaluation == Evaluation.VERY_NEGATIVE),
        ).group_by(entries.c.salesperson_id)
        rows = self._access.connection.execute(query)
        return {PersonId(person): Tally(*figures) for person, *figures in rows}

    def _templates(self, wanted: Filter) -> Mapping[TemplateId | None, int]:
        query = self._of(wanted, entries.c.template_id, func.count()).group_by(entries.c.template_id)
        rows = self._access.connection.execute(query)
        return {template and TemplateId(template): count for template, count in rows}

    def _contacts(self, wanted: Filter) -> int:
        """Return with how many contacts; sorting them is quicker than a tree of those seen already."""
        each = self._of(wanted, entries.c.contact_id).where(entries.c.contact_id.is_not(None))
        found = each.group_by(entries.c.contact_id).subquery()
        return int(self._access.connection.scalar(select(func.count()).select_from(found)) or 0)

    def _of(self, wanted: Filter, *columns: ColumnElement[Any]) -> Select[Any]:
        return select(*columns).where(self._access.mine(entries), *matching(wanted))

    def _quiet(self, members: frozenset[PersonId], since: date, made_before: datetime) -> Select[Any]:
        return (
            select(
                contacts.c.id,
                contacts.c.name,
                _companies.c.name.label("company"),
                salespeople.c.name.label("salesperson"),
            )
            .join(salespeople, _is(salespeople, contacts.c.salesperson_id, contacts))
            .outerjoin(_companies, _is(_companies, contacts.c.company_id, contacts))
            .where(
                self._access.mine(contacts),
                self._rare(contacts.c.salesperson_id.in_(sorted(members))),
                ~contacts.c.privacy_blocked,
                contacts.c.created_at < made_before,
                *(~_since(tie, since) for tie in (entries.c.contact_id, entries.c.company_id)),
            )
            .limit(SHOWN + 1)
        )

    def _rare(self, condition: ColumnElement[bool]) -> ColumnElement[bool]:
        """Let SQLite begin with this condition: of contacts that mostly have no salesperson it can't know better."""
        return func.unlikely(condition) if self._access.dialect == "sqlite" else condition

    def _last_days(self, wanted: frozenset[int]) -> dict[int, date]:
        """Return the day of the latest interaction of each of these contacts; a company's with its people too."""
        own, of_people = (_latest(tie) for tie in (entries.c.contact_id, entries.c.company_id))
        query = select(contacts.c.id, own, of_people).where(
            self._access.mine(contacts), contacts.c.id.in_(sorted(wanted))
        )
        rows = self._access.connection.execute(query) if wanted else ()
        days = {contact: [day for day in known if day] for contact, *known in rows}
        return {contact: max(known) for contact, known in days.items() if known}


def _latest(tie: ColumnElement[int | None]) -> Any:
    """Return the day of the latest entry by an index that begins with the contact."""
    found = select(func.max(entries.c.date)).where(
        entries.c.workspace_id == contacts.c.workspace_id,
        tie == contacts.c.id,
        entries.c.canceled_at.is_(None),
    )
    return found.scalar_subquery()


def _since(tie: ColumnElement[int | None], day: date) -> ColumnElement[bool]:
    return exists().where(
        entries.c.workspace_id == contacts.c.workspace_id,
        tie == contacts.c.id,
        entries.c.date >= day,
        entries.c.canceled_at.is_(None),
    )


def _is(other: Any, reference: ColumnElement[Any], table: Any) -> ColumnElement[bool]:
    return and_(other.c.workspace_id == table.c.workspace_id, other.c.id == reference)


def _label(row: Row) -> str:
    return f"{row['name']} ({row['company']})" if row["company"] else str(row["name"])
