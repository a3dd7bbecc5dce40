"""Fifty people and the Slack they use, in one event loop: asks the bot, and answers its Web API calls."""

import asyncio
import contextlib
import re
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from letters import Letter
from posting import signed

_TRIGGER = re.compile(rb"trigger-\d+")
_HEAD_END = b"\r\n\r\n"
_CALL_ANSWER = (
    b'{"ok":true,"ts":"1.1","channel":{"id":"D1"},"view":{"id":"V1"},'
    b'"user":{"id":"U1","name":"n","real_name":"N","tz":"UTC","locale":"en-GB","profile":{}}}'
)
_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"


@dataclass(slots=True)
class Heard:
    """What reached Slack, and when."""

    calls: dict[str, int] = field(default_factory=dict)
    opened: dict[str, float] = field(default_factory=dict)

    def note(self, target: str, body: bytes) -> None:
        method = target.rpartition("/")[2]
        self.calls[method] = self.calls.get(method, 0) + 1
        if method == "views.open":
            trigger = _TRIGGER.search(body)
            self.opened[trigger[0].decode() if trigger else ""] = time.perf_counter()


REFUSED = 0
"""In place of a status: the form stayed open with an error in it."""
_ERRORS = b'"response_action"'


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of the crowd gave: seconds to each answer, and from sending to `views.open`."""

    answered: list[float]
    opened: list[float]
    seconds: float
    bad: int
    refused: int = 0
    """Forms that stayed open with an error in them: nothing follows from those."""

    longest_wait: float = 0.0
    """Seconds from the last answer until everything that was to follow had reached Slack."""

    @property
    def rate(self) -> float:
        """Answers a second, counted until everything that follows from them has happened."""
        return len(self.answered) / (self.seconds + self.longest_wait)


class Slack(asyncio.Protocol):
    """The Web API: says yes to everything."""

    def __init__(self, heard: Heard) -> None:
        self._heard = heard
        self._bytes = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._bytes += data
        head, end, body = self._bytes.partition(_HEAD_END)
        if not end or len(body) < _length(head):
            return
        self._bytes = b""
        self._heard.note(head.split(b" ", 2)[1].decode(), body)
        assert isinstance(self._transport, asyncio.Transport)
        self._transport.write(_ANSWER % (len(_CALL_ANSWER), _CALL_ANSWER))
        if b"connection: close" in head.lower():
            self._transport.close()


class Crowd:
    """People who ask a bot at `port`, each one question at a time."""

    def __init__(self, port: int, heard: Heard) -> None:
        self._port = port
        self._heard = heard

    async def ask(self, lines: list[Iterator[Letter]], seconds: float, pause: float = 0.0) -> Run:
        """Let every person send his letters until they or the seconds are over, `pause` apart."""
        until = time.perf_counter() + seconds
        began = time.perf_counter()
        taken = await asyncio.gather(
            *(self._person(place / len(lines), letters, until, pause) for place, letters in enumerate(lines))
        )
        over = time.perf_counter()
        sent = [one for person in taken for one in person]
        await asyncio.sleep(0.2)
        opened = [
            self._heard.opened[mark] - at for mark, at, _, _ in sent if mark and mark in self._heard.opened
        ]
        bad = sum(status != 200 for *_, status in sent)
        refused = sum(status == REFUSED for *_, status in sent)
        return Run([answered for _, _, answered, _ in sent], opened, over - began, bad - refused, refused)

    async def _person(
        self, share: float, letters: Iterator[Letter], until: float, pause: float
    ) -> list[tuple[str, float, float, int]]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        await asyncio.sleep(share * pause)
        sent = []
        for letter in letters:
            if time.perf_counter() >= until:
                break
            at = time.perf_counter()
            status = await _post(reader, writer, letter.raw)
            sent.append((letter.mark, at, time.perf_counter() - at, status))
            await asyncio.sleep(max(0.0, pause - (time.perf_counter() - at)) if pause else 0)
        writer.close()
        return sent


@contextlib.asynccontextmanager
async def slack(heard: Heard, port: int) -> AsyncIterator[None]:
    """Serve the Web API at `port`."""
    loop = asyncio.get_running_loop()
    async with await loop.create_server(lambda: Slack(heard), "127.0.0.1", port, backlog=512):
        yield


async def _post(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, raw: bytes) -> int:
    headers = signed(raw, at=datetime.now(UTC))
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    head = f"POST /slack/events HTTP/1.1\r\nHost: bench\r\nContent-Length: {len(raw)}\r\n{lines}\r\n"
    writer.write(head.encode() + raw)
    answer = await reader.readuntil(_HEAD_END)
    body = await reader.readexactly(_length(answer))
    return REFUSED if _ERRORS in body else int(answer.split(b" ", 2)[1])


def _length(head: bytes) -> int:
    found = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
    return int(found) if found.strip() else 0
