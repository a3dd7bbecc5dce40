"""A large zip in the making: it grows file by file on disk, and goes on after a kill where it last was saved.

Beside the zip lie the list of its contents (which a zip has at its end) and a note of how far both are good.
"""

import fcntl
import json
import os
from dataclasses import asdict, dataclass, field, replace
from io import BufferedRandom, BufferedWriter
from pathlib import Path

from bot.word import zips
from bot.word.zips import Member

LARGEST = 1_000_000_000
"""Bytes of one zip: Slack takes a gigabyte. What is more goes into another one."""


@dataclass(frozen=True, slots=True)
class Volume:
    """A finished zip, and the lines in it."""

    path: str
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """How far a parcel is good; sizes in bytes, `cursor` is the last line that was dealt with."""

    cursor: int = 0
    done: int = 0
    size: int = 0
    listed: int = 0
    count: int = 0
    first: int = 0
    last: int = 0
    failed: int = 0
    volumes: tuple[Volume, ...] = field(default=())


class Parcel:
    """Zips beside `path`, as in `letters-7.zip` and `letters-7-2.zip`."""

    def __init__(self, path: Path, largest: int = LARGEST) -> None:
        """Open it where it last was saved.

        Raises:
            BlockingIOError: somebody else has it open.
        """
        self._path = path
        self._largest = largest
        self._note = path.with_suffix(".json")
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = self._locked()
        self.saved = self._read()
        self._body = self._opened(self._place(".part"), self.saved.size)
        self._list = self._opened(self._place(".list"), self.saved.listed)

    def add(self, line: int, member: Member) -> None:
        """Put in the file of a line."""
        piece = zips.local(member)
        entry = zips.listed(member, self.saved.size)
        if self.saved.size + self.saved.listed + len(piece) + len(entry) > self._largest and self.saved.count:
            self._close()
            entry = zips.listed(member, 0)
        self._body.write(piece)
        self._list.write(entry)
        self.saved = replace(
            self.saved,
            size=self.saved.size + len(piece),
            listed=self.saved.listed + len(entry),
            count=self.saved.count + 1,
            first=self.saved.first or line,
            last=line,
        )

    def save(self, cursor: int, done: int, failed: int) -> None:
        """Note that everything up to a line is in, `done` more than before; what comes after a kill begins here."""
        before = self.saved
        self.saved = replace(before, cursor=cursor, done=before.done + done, failed=before.failed + failed)
        for file in (self._body, self._list):
            file.flush()
            os.fsync(file.fileno())
        fresh = self._note.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(self.saved)), encoding="utf-8")
        fresh.replace(self._note)

    def finish(self) -> tuple[Volume, ...]:
        """End the last zip; return all that hold something."""
        if self.saved.count:
            self._close()
            self.save(self.saved.cursor, 0, 0)
        return self.saved.volumes

    def close(self) -> None:
        """Let go of the files."""
        for file in (self._body, self._list, self._lock):
            file.close()

    def drop(self) -> None:
        """Throw away what is no zip yet."""
        self.close()
        for leftover in (self._place(".part"), self._place(".list"), self._note, self._place(".lock")):
            leftover.unlink(missing_ok=True)

    def _close(self) -> None:
        """Make a zip of what there is, and begin another one."""
        done = self.saved
        self._list.seek(0)
        while piece := self._list.read(1 << 20):
            self._body.write(piece)
        self._body.write(zips.end(done.count, done.listed, done.size))
        self._body.flush()
        os.fsync(self._body.fileno())
        self._body.close()
        self._list.close()
        number = len(done.volumes) + 1
        path = self._path if number == 1 else self._path.with_name(f"{self._path.stem}-{number}.zip")
        self._place(".part").replace(path)
        volumes = (*done.volumes, Volume(str(path), done.first, done.last))
        self.saved = Saved(cursor=done.cursor, done=done.done, failed=done.failed, volumes=volumes)
        self._body = self._opened(self._place(".part"), 0)
        self._list = self._opened(self._place(".list"), 0)

    def _place(self, ending: str) -> Path:
        return self._path.with_suffix(ending)

    def _locked(self) -> BufferedWriter:
        """Keep others away: whoever took a slow step's run over must not write into the same files."""
        lock = self._place(".lock").open("wb")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            raise
        return lock

    def _read(self) -> Saved:
        """Return how far the parcel is good; from the beginning, where something of it is missing."""
        try:
            noted = json.loads(self._note.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return Saved()
        saved = Saved(**{**noted, "volumes": tuple(Volume(**one) for one in noted["volumes"])})
        sizes = ((self._place(".part"), saved.size), (self._place(".list"), saved.listed))
        whole = all(size == 0 or (path.exists() and path.stat().st_size >= size) for path, size in sizes)
        return saved if whole and all(Path(one.path).exists() for one in saved.volumes) else Saved()

    def _opened(self, path: Path, size: int) -> BufferedRandom:
        """Open a file and cut off what was not noted any more."""
        path.touch()
        file = path.open("r+b")
        file.truncate(size)
        file.seek(size)
        return file
