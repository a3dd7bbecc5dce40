"""Taking an import back, in short transactions that can be repeated."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from bot.domain.contacts import Contact, ContactType
from bot.domain.ids import ImportId, WorkspaceId
from bot.domain.import_results import Reverted
from bot.domain.messages import Refusal
from bot.domain.people import Person, Role
from storage.contact_rows import with_columns
from storage.import_writes import ImportWrites, Written, split_before
from storage.imports import Change
from storage.store import Store
from storage.work import Work

SHOWN = 100
_PAGE = 200


@dataclass(slots=True)
class _Tally:
    deleted: int = 0
    restored: int = 0
    stayed: list[str] = field(default_factory=list)


class Course(Protocol):
    """How far a revert has come, written down with each page."""

    @property
    def done(self) -> tuple[int, int]:
        """How many contacts were deleted and given back before."""

    def note(self, work: Work, deleted: int, restored: int) -> None:
        """Write down how many there are so far, in the page's own transaction."""

    def rest(self) -> None:
        """Let others write first, between two pages."""

    def end(self, work: Work, reverted: Reverted) -> None:
        """Write down what it came to, in the last transaction."""


class _Alone:
    """The course of a revert that nobody goes on with when it breaks off."""

    done = (0, 0)

    def note(self, work: Work, deleted: int, restored: int) -> None:
        """Leave it at that."""

    def rest(self) -> None:
        """Go on at once."""

    def end(self, work: Work, reverted: Reverted) -> None:
        """Leave it at that."""


class Reverting:
    """Takes one import back."""

    def __init__(
        self, store: Store, workspace: WorkspaceId, import_id: ImportId, course: Course | None = None
    ) -> None:
        self._store = store
        self._workspace = workspace
        self._import = import_id
        self._course = course or _Alone()
        self._tally = _Tally(*self._course.done)

    def reverted(self, actor: Person | None) -> Reverted:
        """Go through all that the import changed: persons first, since companies are kept for their sake.

        Raises:
            Refusal: the actor is no admin, there is no such import, or it was taken back before.
        """
        if actor is not None and actor.role is not Role.ADMIN:
            raise Refusal("Only an admin can take an import back.")
        self._refuse_unknown()
        self._each_page(ContactType.PERSON)
        self._each_page(ContactType.COMPANY)
        with self._store.begin(self._workspace) as work:
            work.imports.mark_reverted(self._import)
            self._course.end(work, self._result())
        return self._result()

    def _refuse_unknown(self) -> None:
        with self._store.read(self._workspace) as work:
            found = work.imports.get(self._import)
        if found is None:
            raise Refusal("There is no import {number}.", number=self._import)
        if found.reverted_at is not None:
            raise Refusal("The import of {file} was taken back before.", file=found.file)

    def _each_page(self, wanted: ContactType) -> None:
        after = 0
        while True:
            with self._store.begin(self._workspace) as work:
                page = work.imports.changes(self._import, after, _PAGE)
                self._page(work, page, wanted)
                self._course.note(work, self._tally.deleted, self._tally.restored)
            self._course.rest()
            if not page:
                return
            after = page[-1].contact

    def _page(self, work: Work, page: Sequence[Change], wanted: ContactType) -> None:
        there = work.contacts.many(frozenset(change.contact for change in page))
        mine = [(change, there[change.contact]) for change in page if change.contact in there]
        mine = [(change, contact) for change, contact in mine if contact.type is wanted]
        untouched = [(change, contact) for change, contact in mine if contact.revision == change.revision]
        used = work.imports.in_use([contact.id for change, contact in untouched if change.before is None])
        gone = [contact for change, contact in untouched if change.before is None and contact.id not in used]
        back = [(change, contact) for change, contact in untouched if change.before is not None]
        self._delete(work, gone)
        self._restore(work, back)
        settled = {contact.id for contact in gone} | {contact.id for _, contact in back}
        work.imports.settle(self._import, settled)
        self._tally.stayed.extend(contact.label for _, contact in mine if contact.id not in settled)

    def _delete(self, work: Work, gone: Sequence[Contact]) -> None:
        ids = frozenset(contact.id for contact in gone)
        if ids:
            ImportWrites(work.access, set()).part(ids)
            work.contacts.remove(ids)
        self._tally.deleted += len(ids)

    def _restore(self, work: Work, back: Sequence[tuple[Change, Contact]]) -> None:
        written = [_as_before(work, change.before or {}, contact) for change, contact in back]
        ImportWrites(work.access, set()).change(written)
        work.contacts.rename_companies([one.contact for one in written if not one.contact.is_person])
        self._tally.restored += len(written)

    def _result(self) -> Reverted:
        return Reverted(
            deleted=self._tally.deleted,
            restored=self._tally.restored,
            stayed=len(self._tally.stayed),
            names=tuple(self._tally.stayed[:SHOWN]),
        )


def _as_before(work: Work, before: dict[str, Any], contact: Contact) -> Written:
    """Return the contact with what it had before the import."""
    columns, groups = split_before(before)
    after = with_columns(contact, columns)
    company = work.contacts.get(after.company) if after.company else None
    return Written(replace(after, company_name=company.name if company else ""), groups, contact)
