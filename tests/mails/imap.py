"""A real IMAP server of our own on this machine, with its mails in memory."""

import imaplib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import create_connection, socket

from pysasl.hashing import BuiltinHash

from bot.mailbox import Mark

USER, PASSWORD = "eva@nordvik.example", "sécret"
PATIENCE = 20.0


@dataclass(frozen=True)
class ImapServer:
    """Where it listens."""

    port: int

    def url(self, folder: str = "INBOX", query: str = "") -> str:
        return f"imap://eva%40nordvik.example@127.0.0.1:{self.port}/{folder}{query}"

    @contextmanager
    def line(self) -> Iterator[imaplib.IMAP4]:
        """A line of somebody else who is logged in."""
        with imaplib.IMAP4("127.0.0.1", self.port, timeout=PATIENCE) as line:
            line.authenticate("PLAIN", lambda _: f"\0{USER}\0{PASSWORD}".encode())
            yield line

    def receives(self, *mails: bytes, folder: str = "INBOX") -> None:
        """Put mails into a folder, which is made where it is not there."""
        with self.line() as line:
            line.create(folder)
            for mail in mails:
                assert line.append(folder, "", "", mail)[0] == "OK"

    def flags(self, folder: str) -> list[str]:
        """Return the flags of each mail in a folder."""
        with self.line() as line:
            assert line.select(folder, readonly=True)[0] == "OK"
            told = line.fetch("1:*", "(FLAGS)")[1]
            return [one.decode() for one in told if isinstance(one, bytes)]


@contextmanager
def imap_server() -> Iterator[ImapServer]:
    """Start a server that keeps no keywords, as Exchange does not, and stop it."""
    with _serving("dict", "--demo-data", "--demo-user", USER, "--demo-password", PASSWORD) as server:
        yield server


@contextmanager
def keeping_keywords(folder: Path) -> Iterator[ImapServer]:
    """Start one that keeps them, in its INBOX."""
    for name in ("cur", "new", "tmp"):
        (folder / "mail" / name).mkdir(parents=True)
    (folder / "pymap-etc-passwd").write_text(f"{USER}:x:1000:1000::mail:\n")
    (folder / "pymap-etc-shadow").write_text(f"{USER}:{BuiltinHash(rounds=1).hash(PASSWORD)}:::::::\n")
    listed = "".join(f"{number} {mark}\n" for number, mark in enumerate(Mark))
    (folder / "mail" / "dovecot-keywords").write_text(listed)
    with _serving("maildir", str(folder)) as server:
        yield server


@contextmanager
def _serving(*backend: str) -> Iterator[ImapServer]:
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    service = ["--host", "127.0.0.1", "--port", str(port), "--no-tls"]
    with subprocess.Popen(
        [sys.executable, "-c", "from pymap.main import main; main()", *service, *backend],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            _answers(port, process)
            yield ImapServer(port)
        finally:
            process.terminate()


def _answers(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.1)
        else:
            return
