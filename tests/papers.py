"""Documents as another program posts them: signed, straight into the door."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from office import Office, Silence
from posting import NOW, Answered, call
from starlette.applications import Starlette

from bot.documents import RATE, DocumentsDoor, routes
from bot.limits import Rate
from bot.services.documents import Documents
from bot.services.inbox import Inbox

SECRET = "a secret of sixteen letters"
JSON = "application/json"
PATH = "/documents"


def sealed(raw: bytes, at: datetime = NOW, secret: str = SECRET, content_type: str = JSON) -> dict[str, str]:
    """The headers that go with a body."""
    stamp = str(int(at.timestamp()))
    base = f"v0:{stamp}:".encode() + raw
    seal = "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"content-type": content_type, "saleslog-timestamp": stamp, "saleslog-signature": seal}


def paper(**facts: Any) -> dict[str, Any]:
    """A document that can be recorded."""
    plain = {"type": "cover_sheet", "number": "103021", "contact": {"email": "anna@fjordbygg.no"}}
    return plain | facts


@dataclass
class Post:
    """An office with the door open, and a program that posts to it."""

    office: Office
    rate: Rate = RATE
    refusals: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        office = self.office
        documents = Documents(office.store, office.people, Inbox(office.people), Silence())
        door = DocumentsDoor(
            documents=documents,
            secret=SECRET,
            clock=office.clock,
            refused=self.refusals.append,
            rate=self.rate,
        )
        self.app = Starlette(routes=list(routes(door)))

    def brings(self, what: Any, headers: Mapping[str, str] | None = None) -> Answered:
        """Post something as it should be posted."""
        raw = what if isinstance(what, bytes) else json.dumps(what).encode()
        return self.posts(raw, {**sealed(raw), **(headers or {})})

    def posts(self, raw: bytes, headers: Mapping[str, str]) -> Answered:
        return call(self.app, "POST", PATH, raw, headers)

    def became(self, what: Any, headers: Mapping[str, str] | None = None) -> Any:
        """Post something, and return what became of it."""
        answer = self.brings(what, headers)
        assert answer.status == 200, answer
        return json.loads(answer.text)

    def entries(self) -> int:
        """How many entries there are."""
        with self.office.store.reading() as connection:
            return connection.exec_driver_sql("SELECT count(*) FROM entries").scalar_one()
