"""Erasing a person: what tells of him is overwritten, what names him elsewhere too; figures stay."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, Text, and_, cast, delete, or_, select, update

from bot.domain.contacts import match_key, search_text
from bot.domain.deliveries import DeliveryKind, DeliveryState
from bot.domain.entries import Filter
from bot.domain.erasure import Erased, all_texts, mentions, overwritten, patterns, scrubbed
from bot.domain.ids import ContactId
from storage.access import Access
from storage.attachments import Attachments
from storage.contact_groups import groups_of, part
from storage.contacts import Contacts
from storage.entry_words import EntryWords
from storage.mails import forget_mails
from storage.personal import CANCELED, DISCARDED, OPEN_DRAFTS, OPEN_TASKS, SCRUBBED, TRACES, Trace
from storage.tables.deliveries import deliveries
from storage.tables.interactions import drafts, entries, entry_comments, tasks
from storage.tables.removals import removed_contacts, removed_references
from storage.tables.templates import attachments

_OVER = (DeliveryState.SENT, DeliveryState.SUPERSEDED)


class Erasing:
    """Overwrites what a workspace knows of a person, all of it in one transaction."""

    def __init__(self, access: Access, person: ContactId) -> None:
        self._access = access
        self._person = person
        self._asked = {"person": person, "workspace": access.workspace}

    def texts(self) -> set[str]:
        """Return what was written about the person: what is still to be said may repeat it."""
        found: set[str] = set()
        for query in (
            select(entries.c.description).where(entries.c.contact_id == self._person),
            select(entry_comments.c.comment).join(
                entries,
                (entries.c.workspace_id == entry_comments.c.workspace_id)
                & (entries.c.id == entry_comments.c.entry_id)
                & (entries.c.contact_id == self._person),
            ),
        ):
            found |= set(self._access.connection.scalars(query))
        return found

    def overwrite(self, name: str) -> None:
        """Overwrite what tells of the person; `name` stands in place of his own."""
        told = list(self._access.connection.scalars(self._own_entries()))
        forget_mails(self._access, self._person)
        self._close()
        for trace in TRACES[:-1]:
            self._erase(trace)
        EntryWords(self._access).again(told)
        Attachments(self._access).condemn_unused()
        self._forget_merges()
        self._card(name)

    def scrub(self, erased: Erased) -> int:
        """Overwrite the person's name and addresses where texts about others bear them; return in how many rows."""
        rows = sum(
            self._scrub(table, column, erased) for table, columns in SCRUBBED.items() for column in columns
        )
        return rows + self._scrub_entries(erased)

    def silence(self, words: Collection[str]) -> None:
        """Withdraw what is still to be said and tells of the person."""
        query = select(deliveries.c.id, deliveries.c.payload).where(
            self._access.mine(deliveries), deliveries.c.state.not_in(_OVER)
        )
        found = self._access.connection.execute(query).all()
        self.withdraw([row.id for row in found if mentions(all_texts(row.payload), words)])

    def files(self) -> list[tuple[int, str]]:
        """Return the deliveries of files that are still to be sent, each with its path."""
        query = select(deliveries.c.id, deliveries.c.payload).where(
            self._access.mine(deliveries),
            deliveries.c.kind == DeliveryKind.FILE,
            deliveries.c.state.not_in(_OVER),
        )
        rows = self._access.connection.execute(query)
        return [(row.id, str(row.payload["path"])) for row in rows if "path" in row.payload]

    def withdraw(self, ids: Sequence[int]) -> None:
        """Let deliveries never be made, and forget what they would have said."""
        self._access.connection.execute(
            update(deliveries)
            .where(self._access.mine(deliveries), deliveries.c.id.in_(ids))
            .values(state=DeliveryState.SUPERSEDED, payload={}, reason="erased", settled_at=self._now())
        )

    def _own_entries(self) -> Any:
        return select(entries.c.id).where(self._access.mine(entries), entries.c.contact_id == self._person)

    def _close(self) -> None:
        """Let nothing wait any more that has the person in it."""
        now = self._now()
        connection = self._access.connection
        connection.execute(update(tasks).where(OPEN_TASKS).values(closed_at=now, **CANCELED), self._asked)
        connection.execute(update(drafts).where(OPEN_DRAFTS).values(ended_at=now, **DISCARDED), self._asked)

    def _erase(self, trace: Trace) -> None:
        which = (self._access.mine(trace.table), trace.which)
        if trace.goes:
            self._access.connection.execute(delete(trace.table).where(*which), self._asked)
        else:
            changed = update(trace.table).where(*which).values(dict(trace.erased))
            self._access.connection.execute(changed, self._asked)

    def _forget_merges(self) -> None:
        """Forget what was moved by merges into the person: they can't be undone any more."""
        merged = select(removed_contacts.c.id).where(
            self._access.mine(removed_contacts), removed_contacts.c.heir_id == self._person
        )
        self._access.connection.execute(
            delete(removed_references).where(
                self._access.mine(removed_references), removed_references.c.removal_id.in_(merged)
            )
        )

    def _card(self, name: str) -> None:
        """Overwrite the card, and let nothing be logged with it any more."""
        cards = Contacts(self._access)
        before = cards.get(self._person)
        assert before is not None  # noqa: S101 - the caller holds it
        part(self._access, self._person, groups_of(self._access, self._person))
        after = overwritten(before, name)
        cards.change(after, search_text(after), match_key(after))

    def _scrub(self, table: Table, column: str, erased: Erased) -> int:
        which = table.c[column]
        keys = list(table.primary_key.columns)
        said, longest = cast(which, Text), getattr(which.type, "length", None)
        if not erased.words:
            return 0
        query = select(*keys, which).where(
            self._access.mine(table),
            or_(*(said.icontains(form, autoescape=True) for form in patterns(erased))),
        )
        rows = self._access.connection.execute(query).all()
        for *values, before in rows:
            row = (key == value for key, value in zip(keys, values, strict=True))
            after = scrubbed(before, erased)
            after = f"{values[-1]}-{after}" if table is attachments else after  # two of them may be alike now
            after = after[:longest] if isinstance(after, str) else after
            self._access.connection.execute(update(table).where(*row).values({column: after}))
        return len(rows)

    def _scrub_entries(self, erased: Erased) -> int:
        """Overwrite the name in entries of others, which the index of words finds."""
        words = EntryWords(self._access)
        found = {entry for word in erased.words for entry in words.find(Filter(text=word)).entries}
        touched = [entry for entry in sorted(found) if self._scrub_entry(entry, erased)]
        words.again(touched)
        return len(touched)

    def _scrub_entry(self, entry: int, erased: Erased) -> bool:
        said = [
            self._scrub_one(entries, entries.c.id == entry, column, erased)
            for column in (entries.c.description, entries.c.subject)
        ]
        of_entry = entry_comments.c.entry_id == entry
        return any([*said, self._scrub_one(entry_comments, of_entry, entry_comments.c.comment, erased)])

    def _scrub_one(self, table: Table, which: ColumnElement[bool], column: Any, erased: Erased) -> bool:
        keys, longest = list(table.primary_key.columns), getattr(column.type, "length", None)
        query = select(*keys, column).where(self._access.mine(table), which)
        changed = False
        for *values, before in self._access.connection.execute(query).all():
            after = scrubbed(before, erased)[:longest]
            if after != before:
                row = (key == value for key, value in zip(keys, values, strict=True))
                self._access.connection.execute(update(table).where(*row).values({column.name: after}))
                changed = True
        return changed

    def _now(self) -> datetime:
        return self._access.clock.now()


def forget_said(access: Access, after: int, limit: int) -> int | None:
    """Empty what was said and settled, some at a time: nobody needs it; return where to go on, None at the end."""
    query = (
        select(deliveries.c.id)
        .where(access.mine(deliveries), deliveries.c.id > after, _said())
        .order_by(deliveries.c.id)
        .limit(limit)
    )
    found = access.connection.scalars(query).all()
    if not found:
        return None
    access.connection.execute(
        update(deliveries)
        .where(access.mine(deliveries), deliveries.c.id.in_(found))
        .values(payload={}, reason=None)
    )
    return int(found[-1])


def forget_since(access: Access, since: datetime) -> None:
    """Empty what was settled since a moment, when `forget_said` began."""
    settled = deliveries.c.settled_at >= since
    access.connection.execute(
        update(deliveries).where(access.mine(deliveries), settled, _said()).values(payload={}, reason=None)
    )


def _said() -> ColumnElement[bool]:
    return and_(deliveries.c.state.in_(_OVER), cast(deliveries.c.payload, Text) != "{}")
