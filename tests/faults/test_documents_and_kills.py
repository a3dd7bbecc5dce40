"""Four programs report the same documents while the bot is killed and started again: each is logged once."""

import json
import random
import socket
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from hatchery import Hatchery
from office import Office
from papers import SECRET, paper, sealed
from sqlalchemy import select

from bot.clock import SystemClock
from bot.domain.contacts import ContactType
from bot.playground.server import Server
from bot.services.contacts import Typed
from storage.store import open_store
from storage.tables.inbox import inbox
from storage.tables.interactions import entries

CLIENTS = 4
BUNDLE = 5
WAITS = 10
"""Of so many documents one waits in the inbox: nobody knows its contact."""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


class Program:
    """Reports documents until each was answered."""

    def __init__(self, port: int, seed: int) -> None:
        self._address = f"http://127.0.0.1:{port}/documents"
        self._random = random.Random(seed)

    def reports(self, documents: list[dict[str, Any]]) -> list[str]:
        """Report all in an order of its own; return what they became."""
        order = self._random.sample(documents, len(documents))
        bundles = [order[first : first + BUNDLE] for first in range(0, len(order), BUNDLE)]
        return [told["status"] for bundle in bundles for told in self._insists(bundle)]

    def _insists(self, bundle: list[dict[str, Any]]) -> Any:
        raw = json.dumps(bundle).encode()
        while True:
            try:
                headers = sealed(raw, at=SystemClock().now())
                with urlopen(Request(self._address, raw, headers), timeout=5) as answer:
                    return json.loads(answer.read())
            except HTTPError as refused:
                if refused.code not in (429, 503):
                    raise
            except (OSError, HTTPException):
                pass
            time.sleep(0.02)


@pytest.mark.parametrize(
    ("kills", "count"), [(3, 200), pytest.param(60, 10_000, marks=pytest.mark.soak, id="long")]
)
@pytest.mark.timeout(900)
def test_each_document_is_logged_once(
    slack: Server, hatchery: Hatchery, sqlite_url: str, kills: int, count: int
) -> None:
    store = open_store(sqlite_url, SystemClock())
    office = Office(store, SystemClock(), slack.workspace.team.id)
    anna = Typed(type=ContactType.PERSON, name="Anna Berg", email="anna@fjordbygg.no")
    office.contacts.create(office.joins("Eva"), "anna", anna)
    nobody = {"contact": {"company": "Nobody AS"}}
    documents = [paper(number=str(one)) | ({} if one % WAITS else nobody) for one in range(count)]
    settings = {"PORT": str(free_port()), "SALESLOG_DOCUMENTS_SECRET": SECRET}
    bot = hatchery.bot(slack, sqlite_url, **settings)
    with ThreadPoolExecutor(CLIENTS) as threads:
        programs = [Program(int(settings["PORT"]), seed) for seed in range(CLIENTS)]
        reported = [threads.submit(one.reports, documents) for one in programs]
        killed = 0
        while killed < kills:
            time.sleep(random.uniform(0, 0.2))
            bot.kill()
            killed += 1
            bot = hatchery.bot(slack, sqlite_url, **settings)
        told = [Counter(one.result(600)) for one in reported]
    waiting = len(range(0, count, WAITS))
    assert told == [Counter(recorded=count - waiting, waiting=waiting)] * CLIENTS
    with store.reading() as connection:
        logged = connection.scalars(select(entries.c.document_number)).all()
        asked = connection.scalars(select(inbox.c.state)).all()
    store.close()
    assert sorted(map(int, logged)) == [one for one in range(count) if one % WAITS]
    assert Counter(asked) == Counter(recorded=count - waiting, open=waiting)
    print(f"{kills} kills, {count} documents by {CLIENTS} programs: {len(logged)} logged")  # noqa: T201
