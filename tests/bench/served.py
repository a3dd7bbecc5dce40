"""A child of the benches: the bot, or a bare handler doing the same, served by HTTP until its input ends."""

import json
import os
import sqlite3
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import uvicorn
from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent.parent), str(HERE.parent), str(HERE)]

from posting import SECRET  # noqa: E402 - found by the path above

from bot.app import build  # noqa: E402
from bot.clock import SystemClock  # noqa: E402
from bot.guard import check_signature  # noqa: E402
from bot.metrics import Metrics  # noqa: E402
from bot.running import SWITCH_SECONDS  # noqa: E402
from bot.settings import Settings  # noqa: E402
from bot.web import SlackDoor, with_slack  # noqa: E402

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=2000")
Answer = Callable[[bytes], None]


def saleslog(url: str, slack: str) -> Starlette:
    """Return the whole bot, as `saleslog run` serves it."""
    built = build(
        Settings(
            _env_file=None,
            SLACK_BOT_TOKEN="xoxb-bench",
            SLACK_SIGNING_SECRET=SECRET,
            SLACK_API_URL=slack,
            DATABASE_URL=url,
        )
    )
    built.start()
    return with_slack(SlackDoor(built.bolt.dispatch, SECRET, SystemClock()), dict, Metrics())


def opener(_url: str, slack: str) -> Starlette:
    """Return a bare handler that checks the signature and opens a form that it knows by heart."""
    client = _client(slack)
    view = json.loads(os.environ["BENCH_VIEW"])

    def answer(raw: bytes) -> None:
        trigger = parse_qs(raw.decode())["trigger_id"][0]
        threading.Thread(target=client.views_open, kwargs={"trigger_id": trigger, "view": view}).start()

    return _bare(answer)


def writer(url: str, slack: str) -> Starlette:
    """Return a bare handler that checks the signature, writes the rows of an entry, and calls the Web API."""
    client = _client(slack)
    rows = json.loads(os.environ["BENCH_ROWS"])
    database = _opened(url)
    turn = threading.Lock()
    ids = iter(range(1 << 40, 1 << 41))

    def answer(raw: bytes) -> None:
        json.loads(parse_qs(raw.decode())["payload"][0])
        with turn:
            _write(database, rows, next(ids))
        client.chat_postMessage(channel="D1", text="Logged", blocks=rows["blocks"])

    return _bare(answer)


def _write(database: sqlite3.Connection, rows: dict[str, Any], number: int) -> None:
    database.execute("BEGIN IMMEDIATE")
    for statement, values in rows["inserts"]:
        database.execute(statement, [_renewed(value, number) for value in values])
    database.execute("COMMIT")


def _renewed(value: Any, number: int) -> Any:
    """Return the value, or a new one where the row needs one of its own: `{"new": place}`, its kind by `text`."""
    if not isinstance(value, dict):
        return value
    own = number * 100 + value["new"]
    return f"bench-{own}" if value["text"] else own


def _bare(answer: Answer) -> Starlette:
    clock, secret, workers = SystemClock(), SECRET.encode(), CapacityLimiter(60)

    async def hear(request: Request) -> Response:
        raw = await request.body()
        check_signature(raw, dict(request.headers.raw), secret, clock.now())
        await run_sync(answer, raw, limiter=workers)
        return Response()

    return Starlette(routes=[Route("/slack/events", hear, methods=["POST"])])


def _client(slack: str) -> WebClient:
    return WebClient(token="xoxb-bench", base_url=slack, timeout=4, retry_handlers=[])


def _opened(url: str) -> sqlite3.Connection:
    database = sqlite3.connect(url.removeprefix("sqlite:///"), check_same_thread=False, isolation_level=None)
    for pragma in PRAGMAS:
        database.execute(f"PRAGMA {pragma}")
    return database


def main() -> None:
    """Serve what is named until the parent closes our input."""
    sys.setswitchinterval(SWITCH_SECONDS)
    name, url, slack, port = sys.argv[1:]
    if name == "resting":
        saleslog(url, slack)
        print("ready", flush=True)  # noqa: T201 - the parent waits for it
        _until_alone()
    made = {"saleslog": saleslog, "opener": opener, "writer": writer}[name](url, slack)
    config = uvicorn.Config(made, "127.0.0.1", int(port), log_level="error", access_log=False, lifespan="off")
    threading.Thread(target=_until_alone, daemon=True).start()
    uvicorn.Server(config).run()


def _until_alone() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
