"""Posts as Slack does: signed, straight into an ASGI application."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from starlette.types import ASGIApp, Message

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
NOW = datetime(2026, 11, 20, 13, 2, 33, tzinfo=UTC)
FORM = "application/x-www-form-urlencoded"


def signed(raw: bytes, content_type: str = FORM, at: datetime = NOW, secret: str = SECRET) -> dict[str, str]:
    """The headers that go with a body."""
    stamp = str(int(at.timestamp()))
    base = f"v0:{stamp}:".encode() + raw
    signature = "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {
        "content-type": content_type,
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": signature,
    }


def command(text: str = "", **fields: str) -> bytes:
    facts = {
        "command": "/log",
        "text": text,
        "team_id": "T1",
        "user_id": "U1",
        "trigger_id": "1.2.3",
        **fields,
    }
    return urlencode(facts).encode()


def interaction(payload: Any) -> bytes:
    return urlencode({"payload": json.dumps(payload)}).encode()


class Answered(NamedTuple):
    status: int
    text: str
    headers: dict[str, str]


def call(
    app: ASGIApp, method: str, path: str, raw: bytes = b"", headers: Mapping[str, str] | None = None
) -> Answered:
    """One request from beginning to end."""
    return asyncio.run(asked(app, method, path, [raw], headers or {}))


def post(app: ASGIApp, raw: bytes, headers: Mapping[str, str]) -> Answered:
    return call(app, "POST", "/slack/events", raw, headers)


async def asked(
    app: ASGIApp, method: str, path: str, chunks: Iterable[bytes], headers: Mapping[str, str]
) -> Answered:
    waiting: list[Message] = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    waiting.append({"type": "http.request", "body": b"", "more_body": False})
    sent: list[Message] = []

    async def receive() -> Message:
        return waiting.pop(0) if waiting else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
    }
    await app(scope, receive, send)
    written = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    text = b"".join(message.get("body", b"") for message in sent[1:]).decode()
    return Answered(sent[0]["status"], text, written)
