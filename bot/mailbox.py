"""A mailbox that is read over IMAP: what was read is marked, or moved; nothing is ever deleted."""

import base64
import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

SECONDS = 20
"""The server has so long for each answer."""
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_PRINTABLE = re.compile(r"[\x20-\x25\x27-\x7e]+|&|[^\x20-\x7e]+")
LOOKING = "looking"


class MailboxUnreachable(Exception):  # noqa: N818 - its name is what admins read under Jobs
    """The server does not answer, or breaks off."""


class MailboxRefused(Exception):  # noqa: N818 - its name is what admins read under Jobs
    """The server does not let us in, or does not know the folder."""


class Mark(StrEnum):
    """What is noted on an e-mail, as a keyword beside its flags."""

    READ = "$SaleslogRead"
    TOO_LARGE = "$SaleslogTooLarge"
    UNREADABLE = "$SaleslogUnreadable"


ASIDE = (Mark.TOO_LARGE, Mark.UNREADABLE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mailbox is: `imaps://user@host:port/folder`, the user's @ written as %40."""

    host: str
    port: int
    user: str
    folder: str
    encrypted: bool
    looking: bool
    """Whether nothing is to be marked, as in a rehearsal."""


def place_of(url: str) -> Place:
    """Return what an address says.

    Raises:
        ValueError: it is none; the words say how one is written.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("imap", "imaps") or not parts.hostname or not parts.username:
        raise ValueError("an address is needed, as in imaps://log%40example.com@mail.example.com/INBOX")
    if parts.password:
        raise ValueError("the password belongs into SALESLOG_IMAP_PASSWORD")
    encrypted = parts.scheme == "imaps"
    return Place(
        host=parts.hostname,
        port=parts.port or (993 if encrypted else 143),
        user=unquote(parts.username),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        encrypted=encrypted,
        looking=_looks(parts),
    )


def looked_at(url: str) -> str:
    """Return the address of the same mailbox, to be read without a mark."""
    return urlsplit(url)._replace(query=LOOKING).geturl()


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One folder of a server; what was read goes into the folder `done`, stays where that is empty."""

    place: Place
    password: str
    done: str = ""

    @contextmanager
    def opened(self) -> Iterator["Folder"]:
        """Open it.

        Raises:
            MailboxUnreachable: the server does not answer, or breaks off.
            MailboxRefused: it does not let us in, or does not know the folder.
        """
        with _judged():
            line = _connected(self.place)
            try:
                _enter(line, self.place, self.password)
                yield Folder(line, self.place, self.done)
            finally:
                _leave(line)


class Folder:
    """An open folder; e-mails are named by their UIDs."""

    def __init__(self, line: imaplib.IMAP4, place: Place, done: str) -> None:
        self._line = line
        self._looking = place.looking
        self._spared: list[Mark] = []
        self._can = {word.upper() for piece in _pieces(_told(line.capability())) for word in piece.split()}
        self._done = done if b"MOVE" in self._can else ""
        if self._done and not place.looking:
            line.create(_named(done))
        _told(line.select(_named(place.folder), readonly=place.looking))
        kept = b" ".join(_pieces(line.response("PERMANENTFLAGS")[1]))
        self._keeps_keywords = rb"\*" in kept or all(mark.encode() in kept for mark in Mark)

    def unread(self, most: int) -> list[str]:
        """Return the oldest e-mails that nobody has read."""
        return self._found("UNSEEN")[:most]

    def aside(self) -> dict[Mark | None, int]:
        """Return how many e-mails are flagged, in a rehearsal would be, by the reason.

        Under None stand all of them where the server keeps no keywords.
        """
        if not self._keeps_keywords:
            return {None: len(self._found("FLAGGED")) + len(self._spared)}
        found = {mark: len(self._found("FLAGGED", "KEYWORD", mark)) for mark in ASIDE}
        return {mark: count + self._spared.count(mark) for mark, count in found.items()}

    def size(self, uid: str) -> int:
        """Return how many bytes an e-mail has."""
        found = _SIZE.search(b" ".join(_pieces(self._asked("FETCH", uid, "(RFC822.SIZE)"))))
        return int(found[1]) if found else 0

    def content(self, uid: str, most: int) -> bytes:
        """Return an e-mail, no more than so many bytes of it; it stays unread."""
        answer = self._asked("FETCH", uid, f"(BODY.PEEK[]<0.{most}>)")
        return next((bytes(one[1]) for one in answer if isinstance(one, tuple)), b"")

    def read(self, uid: str) -> None:
        """Mark an e-mail as read; it leaves the folder where another one is named for it."""
        self._note(uid, Mark.READ)
        if self._done and not self._looking:
            self._asked("MOVE", uid, _named(self._done))

    def put_aside(self, uid: str, mark: Mark) -> None:
        """Flag an e-mail for people to look at."""
        self._note(uid, mark, r" \Flagged")
        if self._looking:
            self._spared.append(mark)

    def _note(self, uid: str, mark: Mark, more: str = "") -> None:
        keyword = f" {mark}" if self._keeps_keywords else ""
        if not self._looking:
            self._asked("STORE", uid, "+FLAGS.SILENT", rf"(\Seen{more}{keyword})")

    def _found(self, *criteria: str) -> list[str]:
        return [uid.decode() for piece in _pieces(self._asked("SEARCH", *criteria)) for uid in piece.split()]

    def _asked(self, command: str, *words: str) -> Sequence[object]:
        return _told(self._line.uid(command, *words))


@contextmanager
def _judged() -> Iterator[None]:
    """Tell what went wrong by what can be done about it."""
    try:
        yield
    except (imaplib.IMAP4.abort, OSError, EOFError) as error:
        raise MailboxUnreachable(type(error).__name__) from error
    except imaplib.IMAP4.error as error:
        raise MailboxRefused(type(error).__name__) from error


def _connected(place: Place) -> imaplib.IMAP4:
    if place.encrypted:
        return imaplib.IMAP4_SSL(
            place.host, place.port, ssl_context=ssl.create_default_context(), timeout=SECONDS
        )
    return imaplib.IMAP4(place.host, place.port, timeout=SECONDS)


def _enter(line: imaplib.IMAP4, place: Place, password: str) -> None:
    """Log in, over a line on which nobody listens."""
    if not place.encrypted and not _is_here(place.host):
        line.starttls(ssl.create_default_context())
    if "AUTH=PLAIN" in line.capabilities:
        line.authenticate("PLAIN", lambda _: f"\0{place.user}\0{password}".encode())
    else:
        line.login(place.user, password)


def _leave(line: imaplib.IMAP4) -> None:
    """Say good-bye to a server that may be gone."""
    try:
        line.logout()
    except (imaplib.IMAP4.error, OSError):
        with suppress(OSError):
            line.shutdown()


def _told(answer: tuple[str, Sequence[object]]) -> Sequence[object]:
    kind, told = answer
    if kind != "OK":
        raise imaplib.IMAP4.error(kind)
    return told


def _pieces(answer: Sequence[object]) -> list[bytes]:
    return [one for one in answer if isinstance(one, bytes)]


def _named(folder: str) -> str:
    """Return a folder's name as the protocol writes it (RFC 3501 5.1.3), quoted."""
    written = "".join(_coded(found[0]) for found in _PRINTABLE.finditer(folder))
    return '"' + written.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _coded(stretch: str) -> str:
    if stretch == "&":
        return "&-"
    if stretch.isascii() and stretch.isprintable():
        return stretch
    return "&" + base64.b64encode(stretch.encode("utf-16-be")).decode().rstrip("=").replace("/", ",") + "-"


def _is_here(host: str) -> bool:
    """Whether a server is on this machine, where nobody listens in between."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _looks(parts: SplitResult) -> bool:
    return LOOKING in parse_qs(parts.query, keep_blank_values=True)
