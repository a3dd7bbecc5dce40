"""Erasing a person: at once and as a whole, in the database and in the files that wait (`product.md` 11)."""

import zipfile
from collections.abc import Collection, Iterator
from io import BytesIO
from pathlib import Path

from bot.domain.contacts import Contact
from bot.domain.deliveries import DeliveryKind
from bot.domain.erasure import Erased, erased_name, longest_first, mentions, telling
from bot.domain.folding import fold
from bot.domain.ids import ContactId, WorkspaceId
from bot.domain.messages import Refusal
from bot.domain.operations import ItemKind
from bot.domain.people import Person
from bot.domain.segments import SegmentState
from bot.services.bell import Bell
from bot.services.contact_removal import found
from bot.services.people import People
from bot.services.purge import admin_only
from bot.views import person_care as views
from storage.entry_exports import Exports
from storage.erasing import Erasing, forget_said, forget_since
from storage.person_rows import counts
from storage.removals import Removals
from storage.search_merge import merge_pieces
from storage.store import Store
from storage.unused_files import CONDEMNED, drop_unused
from storage.work import Work

ALIKE = 20
AT_ONCE = 1_000
TELLING = 12
"""Letters of a text that stands nowhere else by chance."""
DEEPEST = 3
"""A letter in a parcel is a zip in a zip."""


class Erasure:
    """Erases persons; `folder` is where files wait until they are delivered."""

    def __init__(self, store: Store, people: People, bell: Bell, folder: Path) -> None:
        self._store = store
        self._people = people
        self._bell = bell
        self._folder = folder.absolute()

    def sample(self, actor: Person, contact: ContactId) -> tuple[Contact, dict[str, int]]:
        """Return a person who is to be erased, with how much tells of him.

        Raises:
            Refusal: the actor is no admin, or this is no person.
        """
        admin_only(actor)
        with self._store.read(actor.workspace) as work:
            return _person(work, contact), counts(work.access, contact)

    def erase(self, actor: Person, contact: ContactId) -> str:
        """Erase a person; return what he is called now. Once more is the same.

        Raises:
            Refusal: the actor is no admin, this is no person, or something is under way with him.
        """
        admin_only(actor)
        with self._store.read(actor.workspace) as work:
            words = _words(work, _person(work, contact))
        files = [path for path in self._files() if _holds(path, words)]
        since = self._store.clock.now()
        self._forget_said(actor.workspace)
        with self._store.begin(actor.workspace) as work:
            person = _person(work, contact)
            _refuse_at_work(work, person)
            forget_since(work.access, since)
            name = self._overwrite(work, actor, person, files)
        self._afterwards(files)
        return name

    def _overwrite(self, work: Work, actor: Person, person: Contact, files: Collection[Path]) -> str:
        erasing, words, name = Erasing(work.access, person.id), _words(work, person), erased_name(person)
        usual = {template.description for template in work.templates.by_id().values()}
        said = {text for text in erasing.texts() - usual if len(text) >= TELLING}
        erasing.silence({*words, *said})
        gone = set(map(str, files))
        erasing.withdraw([delivery for delivery, path in erasing.files() if path in gone])
        numbers = counts(work.access, person.id)
        erasing.overwrite(name)
        erasing.scrub(Erased(words, name))
        Exports(work.access).begin_anew()
        work.history.note(ItemKind.CONTACT, person.id, actor.id, ("erased", None, person.number))
        payload = views.erased(name, numbers, self._people.text(actor))
        key = f"erased:{person.id}:{work.access.ids()}"
        work.deliveries.say(key, DeliveryKind.ANSWER, actor.id, payload)
        return name

    def _afterwards(self, files: Collection[Path]) -> None:
        """Remove the files, for which nothing waits any more: those that a kill leaves go with the job `tidy`."""
        for path in files:
            path.unlink(missing_ok=True)
        while drop_unused(self._store, CONDEMNED):
            self._store.give_way(0.2)
        merge_pieces(self._store)
        self._bell.ring()

    def _forget_said(self, workspace: WorkspaceId) -> None:
        """Forget what was said to anybody: it may be much, and nobody needs it; so this comes first."""
        after: int | None = 0
        while after is not None:
            with self._store.begin(workspace) as work:
                after = forget_said(work.access, after, AT_ONCE)
            self._store.give_way(0.2)

    def _files(self) -> Iterator[Path]:
        if self._folder.is_dir():
            yield from (path for path in self._folder.rglob("*") if path.is_file())


def _person(work: Work, contact: ContactId) -> Contact:
    there = found(work, contact)
    if not there.is_person:
        raise Refusal(
            "{name} is a company. Only a person can be erased; delete the company instead.", name=there.name
        )
    return there


def _words(work: Work, person: Contact) -> tuple[str, ...]:
    """Return the words that tell of a person under any name, those of contacts that were merged into him too."""
    own = {person.id: person} | {one.id: one for one in Removals(work.access).merged_into(person.id)}
    found: set[str] = set()
    for one in own.values():
        alike = work.contacts.named([fold(one.name)], ALIKE)
        found |= {*telling(one, named_alike=any(other.id not in own for other in alike))}
    return longest_first(found)


def _refuse_at_work(work: Work, person: Contact) -> None:
    rows = Removals(work.access)
    if rows.busy(person.id):
        raise Refusal("{name} is being merged at this moment. Try again in a minute.", name=person.name)
    numbers = rows.segments_of(person.id, SegmentState.LOGGING)
    if numbers:
        raise Refusal("{number} is being logged at this moment.", number=numbers[0])


def _holds(path: Path, words: Collection[str]) -> bool:
    """Whether a file tells of the person; one that can't be read any more does not."""
    try:
        return _bytes_hold(path.read_bytes(), words, DEEPEST)
    except FileNotFoundError:
        return False


def _bytes_hold(content: bytes, words: Collection[str], deep: int) -> bool:
    if deep and zipfile.is_zipfile(BytesIO(content)):
        with zipfile.ZipFile(BytesIO(content)) as parts:
            return any(_bytes_hold(parts.read(name), words, deep - 1) for name in parts.namelist())
    return mentions(content.decode("utf-8", "replace"), words)
