"""Letters and mails of a logged segment, put into one zip for the salesperson's direct message (`product.md` 8).

Step by step: each merges some lines into the parcel on disk, which notes how far it is good. After a kill it goes on
from there; on another machine it begins anew. Handed over is what stands in the deliveries, once, by its key.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from pathlib import Path

from bot.domain.attachments import DOCX, Enclosure, file_name, file_stem
from bot.domain.contacts import Contact
from bot.domain.deliveries import DeliveryKind
from bot.domain.ids import LoggedId, SegmentId, WorkspaceId
from bot.domain.interactions import Correspondence
from bot.domain.messages import Busy, Refusal
from bot.domain.segments import Logged, Segment
from bot.letters import fields_of
from bot.services.bell import Bell
from bot.word.mails import mail
from bot.word.parcel import LARGEST, Parcel, Volume
from bot.word.plain import plain_letter
from bot.word.press import press
from bot.word.zips import Member, deflated, stored
from storage.attachments import Attachments
from storage.letters import DELIVERED, FAILED, Letters, LoggedLine, file_key
from storage.store import Store
from storage.work import Work

LINES_AT_ONCE = 500
BYTES_AT_ONCE = 64 * 1024 * 1024
"""Of what hangs on the lines of one step: a large file goes to few contacts at a time."""
NO_LETTER = 0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Packed:
    """How far the zip has come: the last line, how many lines, and whether it was handed over."""

    cursor: int
    done: int
    over: bool


@dataclass(frozen=True, slots=True)
class _Paper:
    """A line with all that is written about it; `letter` is NO_LETTER where the mail goes without one."""

    line: LoggedLine
    name: str
    fields: Mapping[str, str]
    letter: int | None

    @property
    def text(self) -> str:
        return self.fields["text"]


class Packing:
    """Makes the zips; `folder` is where files wait until they are delivered."""

    def __init__(
        self,
        store: Store,
        bell: Bell,
        folder: Path,
        largest: int = LARGEST,
        at_once: int = LINES_AT_ONCE,
        bytes_at_once: int = BYTES_AT_ONCE,
    ) -> None:
        self._store = store
        self._bell = bell
        self._folder = folder.absolute()
        self._largest = largest
        self._at_once = at_once
        self._bytes_at_once = bytes_at_once

    def step(self, workspace: WorkspaceId, run: Logged) -> Packed:
        """Pack the next lines, or hand the zip over when there are none; again after the end it changes nothing.

        Raises:
            Busy, Unwritable: not now; try again.
        """
        if not run.send:
            return Packed(run.cursor, run.done, over=True)
        parcel = self._opened(run)
        try:
            if self._was_handed_over(workspace, run.id):
                parcel.drop()
                return Packed(run.cursor, run.done, over=True)
            over = not self._packed(workspace, run, parcel)
            if over:
                self._hand_over(workspace, run, parcel.finish())
                parcel.drop()
            return Packed(parcel.saved.cursor, parcel.saved.done, over)
        finally:
            parcel.close()

    def drop(self, run: Logged) -> None:
        """Throw away what was packed of a run that was stopped."""
        parcel = self._opened(run)
        parcel.drop()
        for volume in parcel.saved.volumes:
            Path(volume.path).unlink(missing_ok=True)

    def _opened(self, run: Logged) -> Parcel:
        try:
            return Parcel(self._folder / f"letters-{run.id}.zip", self._largest)
        except BlockingIOError as error:
            raise Busy from error

    def _was_handed_over(self, workspace: WorkspaceId, logged: LoggedId) -> bool:
        with self._store.read(workspace) as work:
            return bool(Letters(work.access).outcomes(logged))

    def _packed(self, workspace: WorkspaceId, run: Logged, parcel: Parcel) -> bool:
        """Pack the next lines; False when there are none."""
        with self._store.read(workspace) as work:
            lines = Letters(work.access).beyond(run.id, parcel.saved.cursor, self._at_once)
            lines = _few(work, lines, self._bytes_at_once)
            papers = _papers(work, run, lines)
            letters = _contents(work, papers)
        if not lines:
            return False
        made = dict(_made(papers, letters))
        for number, member in sorted(made.items()):
            parcel.add(number, member)
        failed = {paper.line.line for paper in papers} - made.keys()
        self._note(workspace, run.id, failed, [one.line for one in lines if not _is_sent(one)])
        parcel.save(lines[-1].line, len(lines), len(failed))
        return True

    def _note(
        self, workspace: WorkspaceId, logged: LoggedId, failed: Iterable[int], idle: Iterable[int]
    ) -> None:
        with self._store.begin(workspace) as work:
            letters = Letters(work.access)
            letters.mark(logged, list(failed), FAILED)
            letters.mark(logged, list(idle), DELIVERED)

    def _hand_over(self, workspace: WorkspaceId, run: Logged, volumes: Sequence[Volume]) -> None:
        stem = file_stem(run.segment_number) or "letters"
        with self._store.begin(workspace) as work:
            for number, volume in enumerate(volumes, 1):
                name = f"{stem}.zip" if number == 1 else f"{stem}-{number}.zip"
                key = file_key(run.id, f"{volume.first}-{volume.last}")
                payload = {"path": volume.path, "name": name}
                work.deliveries.say(key, DeliveryKind.FILE, run.by, payload)
        self._bell.ring()


def _few(work: Work, lines: list[LoggedLine], most: int) -> list[LoggedLine]:
    """Return the first of some lines, so that what hangs on them fits into memory."""
    sizes = Attachments(work.access).sizes({line.letter for line in lines if line.letter})
    sums = accumulate(sizes.get(line.letter or NO_LETTER, 0) for line in lines)
    fitting = sum(1 for size in sums if size <= most)
    return lines[: max(1, fitting)]


def _is_sent(line: LoggedLine) -> bool:
    return line.correspondence is not None and not line.canceled


def _papers(work: Work, run: Logged, lines: Sequence[LoggedLine]) -> list[_Paper]:
    """Return what is to be made."""
    sent = [line for line in lines if _is_sent(line)]
    contacts = work.contacts.many(frozenset(line.contact for line in sent if line.contact))
    people = work.people.many(frozenset(line.salesperson for line in sent if line.salesperson))
    header = _header(run)
    papers = []
    for line in sent:
        contact = contacts.get(line.contact) if line.contact else None
        salesperson = people.get(line.salesperson) if line.salesperson else None
        fields = dict(fields_of(contact, salesperson, header, line.day)) | {"text": line.text}
        if line.address:
            fields["contact.email"] = line.address
        papers.append(_Paper(line, _name(contact), fields, _letter(line)))
    return papers


def _name(contact: Contact | None) -> str:
    """Return the name of somebody who may be written to."""
    return "" if contact is None or contact.privacy_blocked else contact.name


def _letter(line: LoggedLine) -> int | None:
    """Return what is merged: the letter, the plain one where there is none, and into a mail only a letter."""
    return NO_LETTER if line.correspondence is Correspondence.EMAIL and line.letter is None else line.letter


def _header(run: Logged) -> Segment:
    """Return what the letters say of the segment, as it was when it was logged."""
    return Segment(
        id=run.segment or SegmentId(0),
        number=run.segment_number,
        description=run.description,
        owner=run.by,
        day=run.at.date(),
        created_at=run.at,
        changed_at=run.at,
    )


def _contents(work: Work, papers: Sequence[_Paper]) -> dict[int, Enclosure]:
    wanted = {paper.letter for paper in papers if paper.letter}
    found = {one: Attachments(work.access).enclosure(one) for one in wanted}
    return {one: enclosure for one, enclosure in found.items() if enclosure is not None}


def _made(papers: Sequence[_Paper], letters: Mapping[int, Enclosure]) -> Iterable[tuple[int, Member]]:
    """Yield the file of each line that could be made."""
    enclosed = _enclosed([paper for paper in papers if paper.letter != NO_LETTER and paper.name], letters)
    for paper in papers:
        letter = enclosed.get(paper.line.line)
        if not paper.name or (letter is None and paper.letter != NO_LETTER):
            continue
        if paper.line.correspondence is Correspondence.EMAIL:
            content = mail(paper.fields, paper.line.description, paper.text, letter)
            if content is not None:
                yield paper.line.line, deflated(_file(paper, "eml"), content)
        elif letter is not None:
            yield paper.line.line, stored(_file(paper, letter.name.rpartition(".")[2]), letter.content)


def _file(paper: _Paper, ending: str) -> str:
    return file_name(paper.line.line, paper.name, ending)


def _enclosed(papers: Sequence[_Paper], letters: Mapping[int, Enclosure]) -> dict[int, Enclosure]:
    """Return what goes to the contact of each line: a letter merged for him, any other file as it is."""
    found = {paper.line.line: letters.get(paper.letter or NO_LETTER) for paper in papers}
    plain = {line: one for line, one in found.items() if one is not None and not one.is_letter}
    merged = _merged([paper for paper in papers if paper.line.line not in plain], letters)
    stems = {paper.line.line: file_stem(paper.line.description) or "letter" for paper in papers}
    return plain | {line: Enclosure(f"{stems[line]}.docx", DOCX, content) for line, content in merged.items()}


def _merged(papers: Sequence[_Paper], letters: Mapping[int, Enclosure]) -> dict[int, bytes]:
    """Return the letters, each by its line; those of a file that can't be merged are missing."""
    found: dict[int, bytes] = {}
    by_letter = groupby(sorted(papers, key=lambda paper: paper.letter or NO_LETTER), lambda one: one.letter)
    for letter, group in by_letter:
        there = letters.get(letter) if letter is not None else Enclosure("", DOCX, plain_letter())
        try:
            with press(there.content if there else b"") as opened:
                for paper in group:
                    found[paper.line.line] = opened.merged(paper.fields)
        except Refusal:
            _log.warning("the letter %s could not be merged", letter)
    return found
