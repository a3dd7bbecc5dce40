"""Socket Mode: envelopes over WebSockets, each to any one of those that are open."""

import asyncio
import itertools
import json
import secrets
import threading
import time
from collections.abc import AsyncIterator
from concurrent.futures import Future
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.playground.delivery import PATIENCE, Envelope, EnvelopeKind, Reply
from bot.playground.shapes import Json
from bot.playground.state import Workspace

CONNECTION_LIMIT = 10
_CLOSE = ""


@dataclass(slots=True)
class Connection:
    """One socket of the bot; `outbox` belongs to the event loop."""

    number: int
    loop: asyncio.AbstractEventLoop
    outbox: asyncio.Queue[str] = field(default_factory=asyncio.Queue)

    def send(self, message: Json) -> None:
        self._put(json.dumps(message))

    def close(self) -> None:
        self._put(_CLOSE)

    def _put(self, text: str) -> None:
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.outbox.put_nowait, text)


class Sockets:
    """The Delivery of Socket Mode."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._lock = threading.Lock()
        self._tickets: set[str] = set()
        self._numbers = itertools.count(1)
        self._open: list[Connection] = []
        self._waiting: dict[str, list[Future[Json | None]]] = {}

    def issue_url(self) -> str:
        """The URL for one more socket, good for one connection."""
        ticket = secrets.token_urlsafe(16)
        self._tickets.add(ticket)
        host = self._workspace.address.removeprefix("http://")
        return f"ws://{host}/link/?ticket={ticket}&app_id={self._workspace.app.app_id}"

    @property
    def connected(self) -> int:
        return len(self._open)

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Says goodbye on every socket as Slack does; after a mere "warning" they stay open."""
        for connection in tuple(self._open):
            connection.send({"type": "disconnect", "reason": reason, "debug_info": {"host": "playground"}})
            if reason != "warning":
                self._hang_up(connection)

    def drop(self) -> None:
        """Closes every socket without a word."""
        for connection in tuple(self._open):
            self._hang_up(connection)

    def deliver(self, envelope: Envelope) -> Reply:
        started = time.monotonic()
        connection = self._next_connection()
        if connection is None:
            return Reply("dispatch_failed")
        answer: Future[Json | None] = Future()
        with self._lock:
            self._waiting.setdefault(envelope.id, []).append(answer)
        connection.send(_wire_form(envelope))
        return self._awaited(envelope, answer, started, connection.number)

    async def serve(self, socket: WebSocket) -> None:
        """The endpoint."""
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self._tickets or self.connected >= CONNECTION_LIMIT:
            await socket.close(1008)
            return
        self._tickets.discard(ticket)
        await socket.accept()
        async with self._connection(socket) as connection:
            connection.send(self._hello())
            await self._listen(socket)

    def _awaited(self, envelope: Envelope, answer: Future[Json | None], started: float, number: int) -> Reply:
        try:
            response = answer.result(PATIENCE)
        except TimeoutError:
            self._give_up(envelope.id, answer)
            return Reply("operation_timeout", None, time.monotonic() - started, number)
        return Reply(None, response, time.monotonic() - started, number)

    def _give_up(self, envelope_id: str, answer: Future[Json | None]) -> None:
        with self._lock:
            waiting = self._waiting.get(envelope_id, [])
            if answer in waiting:
                waiting.remove(answer)

    def _hang_up(self, connection: Connection) -> None:
        self._forget(connection)
        connection.close()

    def _forget(self, connection: Connection) -> None:
        with self._lock:
            if connection in self._open:
                self._open.remove(connection)

    def _next_connection(self) -> Connection | None:
        with self._lock:
            if not self._open:
                return None
            self._open.append(self._open.pop(0))
            return self._open[-1]

    @asynccontextmanager
    async def _connection(self, socket: WebSocket) -> AsyncIterator[Connection]:
        connection = Connection(next(self._numbers), asyncio.get_running_loop())
        sender = asyncio.create_task(_send_all(connection, socket))
        with self._lock:
            self._open.append(connection)
        try:
            yield connection
        finally:
            self._forget(connection)
            sender.cancel()
            self._workspace.journal.write("info", f"socket {connection.number} closed")

    async def _listen(self, socket: WebSocket) -> None:
        self._workspace.journal.write("info", "a socket opened")
        try:
            while True:
                self._acknowledged(await socket.receive_text())
        except (WebSocketDisconnect, RuntimeError):
            return

    def _acknowledged(self, text: str) -> None:
        message = json.loads(text)
        with self._lock:
            waiting = self._waiting.pop(message.get("envelope_id", ""), [])
        if not waiting:
            self._workspace.journal.warn(f"nobody waits for this acknowledgement: {text[:200]}")
        for answer in waiting:
            answer.set_result(message.get("payload") or None)

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": self.connected,
            "debug_info": {"host": "playground", "approximate_connection_time": 18060},
            "connection_info": {"app_id": self._workspace.app.app_id},
        }


async def _send_all(connection: Connection, socket: WebSocket) -> None:
    while (text := await connection.outbox.get()) != _CLOSE:
        await socket.send_text(text)
    await socket.close()


def _wire_form(envelope: Envelope) -> Json:
    wired: Json = {
        "envelope_id": envelope.id,
        "type": envelope.kind,
        "payload": envelope.payload,
        "accepts_response_payload": envelope.accepts_response,
    }
    if envelope.kind is EnvelopeKind.EVENT:
        wired |= {"retry_attempt": envelope.retry_attempt, "retry_reason": envelope.retry_reason}
    return wired
