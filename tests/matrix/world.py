"""Eva's things, each with words that nobody else writes, and the people who lay hands on them."""

import json
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from office import NORTH, TODAY, Office, Silence, profile
from running import Running
from slack_bolt import Ack as BoltAck
from slack_sdk import WebClient
from sqlalchemy import bindparam, select

from bot.app import Saleslog, build
from bot.clock import FixedClock
from bot.domain.campaigns import Campaign, Opportunity, OpportunityStatus
from bot.domain.entries import Asked, Filter, Standing
from bot.domain.entry_files import with_file
from bot.domain.ids import CampaignId, FormId, OpportunityId
from bot.domain.inbox import Arrival, ArrivalKind, Whom
from bot.domain.people import Person
from bot.jobs.exports import export
from bot.services.digest_rounds import DigestRounds
from bot.services.entries import Result
from bot.services.inbox import Inbox
from bot.settings import Settings
from bot.user_groups import UserGroups
from bot.views.asked import written
from handlers.acks import Ack
from handlers.home import Homes
from handlers.middleware import Desk, Request
from handlers.register import _Finder, routes
from handlers.turns import Turns
from storage.attachments import Attachments
from storage.store import Store, open_store
from storage.tables.deliveries import deliveries
from storage.tables.interactions import drafts, entries, tasks
from storage.tables.people import salespeople
from storage.tables.segments import logged_segments, segment_lines, segments

SAID_TO = (
    select(deliveries.c.key, deliveries.c.payload)
    .join(salespeople, salespeople.c.id == deliveries.c.person_id)
    .where(salespeople.c.slack_id == bindparam("user"))
)
NOWHERE = "http://127.0.0.1:9/api/"
ENTRY = frozenset({"zebradesc", "zebracomm", "zebraold", "zebragone", "zebrachance", "zebrafile"})
SEGMENT = frozenset({"zebraseg", "zebraline", "zebralogged"})
DRAFT = frozenset({"zebradraft"})
TASK = frozenset({"zebratask"})
ARRIVED = frozenset({"zebraarrived"})
MARKERS = ENTRY | SEGMENT | DRAFT | TASK | ARRIVED
USERS = {
    "herself": "U0EVA",
    "same team": "U0WIM",
    "other team": "U0PIA",
    "manager": "U0MAX",
    "other manager": "U0MIA",
    "admin": "U0ADA",
    "deactivated": "U0ZOE",
    "guest": "U0GUY",
}


class Ids(dict[str, object]):
    """The ids of Eva's things by the names that decisions have for them."""


def furnish(store: Store, clock: FixedClock) -> Ids:
    """Let Eva have one of everything."""
    office = Office(store, clock)
    eva, wim, pia, max_, mia = (office.joins(name) for name in ("Eva", "Wim", "Pia", "Max", "Mia"))
    office.joins("Ada", admin=True)
    zoe, guy = office.joins("Zoe"), office.joins("Guy")
    max_, eva, *_ = office.team_of("North", max_, eva, wim, zoe, guy)
    office.team_of("South", mia, pia)
    office.people.leaves(zoe)
    office.people.refresh(office.workspace, profile("Guy", guest=True))
    anna = office.knows(eva, "Anna Berg", "Fjordbygg AS")
    ids = Ids(anna=anna, eva=eva.id, team=eva.team, template=office.template(), form="evasform")
    ids |= {"spare": office.template("MEETINV"), "group": _group(store, office)}
    ids |= _entries(office, eva, ids)
    ids |= _waiting(office, eva, ids)
    ids |= _links(office, eva, ids)
    ids |= _segments(office, eva)
    DigestRounds(store, office.people, Silence()).keep_up()
    with store.read(office.workspace) as work:
        ids["digest"] = next(iter(work.digests.of_person(max_.id))).id
    ids |= _arrived(office, eva)
    return ids | _pages(eva)


def _group(store: Store, office: Office) -> int:
    with store.read(office.workspace) as work:
        return next(iter(work.templates.groups()))


def _entries(office: Office, eva: Person, ids: Mapping[str, Any]) -> dict[str, object]:
    anna = ids["anna"]
    gone = office.logs(eva, anna, description="Zebragone")
    office.entries.cancel(eva, gone, None)
    entry = office.logs(eva, anna, description="Zebradesc giraffe", comment="Zebraold")
    result = Result(
        evaluation=None,
        attempt_failed=False,
        comment="Zebracomm giraffe",
        duration="",
        cost="",
        opportunity=None,
    )
    revision = office.entries.get(eva, entry).entry.revision
    office.entries.change_result(eva, entry, result, revision)
    with office.store.begin(office.workspace) as work:
        before = office.entries.get(eva, entry).entry
        file = Attachments(work.access).put("zebrafile.txt", "text/plain", b"zebrafile")
        work.entries.change(before, with_file(before, file, before.logged_at))
        operation = work.operations.of_entry(entry)
    assert operation is not None
    return {"entry": entry, "gone": gone, "operation": operation.id}


def _links(office: Office, eva: Person, ids: Mapping[str, Any]) -> dict[str, object]:
    campaign = Campaign(id=CampaignId(office.store.ids()), number="CP0001", description="Autumn")
    chance = Opportunity(
        id=OpportunityId(office.store.ids()),
        number="OP000001",
        description="Zebrachance",
        contact=ids["anna"],
        company=None,
        salesperson=eva.id,
        status=OpportunityStatus.IN_PROGRESS,
        comment="Zebrachance",
    )
    with office.store.begin(office.workspace) as work:
        work.campaigns.add(campaign)
        work.opportunities.add(chance)
    return {"campaign": campaign.id, "chance": chance.id}


def _waiting(office: Office, eva: Person, ids: Mapping[str, Any]) -> dict[str, object]:
    form = FormId(str(ids["form"]))
    typed = office.typed(ids["anna"], description="Zebradraft", comment="Zebradraft")
    office.types(eva, form, typed, "1")
    office.postponed.close(eva, form)
    task = office.tasks.follow_up(eva, ids["entry"], TODAY, "Zebratask")
    with office.store.read(office.workspace) as work:
        draft = work.drafts.of_form(form)
    assert draft is not None
    return {"draft": draft.id, "task": task.id}


def _segments(office: Office, eva: Person) -> dict[str, object]:
    running = Running(office)
    made = running.segment(eva, running.people(eva, 3), "SEG0001", description="Zebraseg")
    running.personalises(made, 1, description="Zebraline")
    other = running.segment(eva, running.people(eva, 2), "SEG0002", description="Zebralogged")
    run = running.logs(eva, other)
    return {"segment": made.id, "line": 1, "logged": run.id, "logged_number": run.number}


def _arrived(office: Office, eva: Person) -> dict[str, object]:
    """Let two documents arrive whose contact nobody knows; they concern Eva."""
    came = [
        Arrival(
            kind=ArrivalKind.DOCUMENT,
            key=key,
            type="cover_sheet",
            day=TODAY,
            description="Zebraarrived",
            contact=Whom(company=key),
            salesperson=eva.email or "",
        )
        for key in ("arrival", "ignored")
    ]
    with office.store.begin(office.workspace) as work:
        results = Inbox(office.people).record_all(work, came)
    return {one.key: result.kept.id for one, result in zip(came, results, strict=True)}


def _pages(eva: Person) -> dict[str, object]:
    everything = Filter(standing=Standing.ALL)
    asked = {
        "mine": Filter(person=eva.id, standing=Standing.ALL),
        "all": everything,
        "text": Filter(text="giraffe", standing=Standing.ALL),
        "others": Filter(salespeople=frozenset({eva.id}), standing=Standing.ALL),
    }
    return {name: written(Asked(one)) for name, one in asked.items()}


class Screen(WebClient):
    """Takes whatever is said to Slack and remembers it; who somebody is, nobody is there to tell."""

    def __init__(self) -> None:
        super().__init__(token="xoxb-1", base_url=NOWHERE)
        self.said: list[str] = []

    def api_call(self, api_method: str, **given: Any) -> Any:
        self.said.append(json.dumps({api_method: given}, default=str, ensure_ascii=False))
        view = {"id": "V2", "hash": "1"}
        return {
            "ok": True,
            "ts": "1",
            "channel": {"id": "D1"},
            "permalink": "",
            "view": view,
            "usergroups": [],
            "file": {},
        }


@dataclass
class World:
    """A copy of everything, in which people try their luck, one after the other."""

    program: Saleslog
    screen: Screen
    ids: Ids
    user: str = ""
    waiting: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        program, client = self.program, self.screen
        groups = UserGroups(lambda _: client, lambda *_: None)
        homes = Homes(program.services["home"], program.people)
        self.desk = Desk(
            program.people, {**program.services, "homes": homes, "turns": Turns(), "user_groups": groups}
        )
        self.finder = _Finder(routes("/log", "/contact", "/segment"))

    def sits(self, user: str, visibility: str) -> None:
        """Let somebody sit down, under this visibility."""
        with self.program.store.begin(self.program.people.workspace(NORTH)) as work:
            work.settings.put("visibility", visibility)
        self.user = user
        self.waiting = self.deliveries()

    def brings(self, kind: str, body: dict[str, Any]) -> str:
        """Bring a request to the desk; return all that is answered, said and written for this person."""
        answers: list[str] = []
        self.screen.said.clear()
        whole = {
            "team": {"id": NORTH},
            "team_id": NORTH,
            "user": {"id": self.user},
            "trigger_id": "1.2",
            **body,
        }
        if kind in ("command", "event"):
            whole |= {"user_id": self.user, "user": None}

        class Heard(BoltAck):
            def __call__(self, *args: Any, **given: Any) -> Any:
                answers.append(json.dumps(given, default=str, ensure_ascii=False))

        route = getattr(self.finder, kind)
        self.desk.receive(Request(route=route, ack=Ack(Heard()), body=whole, client=self.screen))
        if "export" in str(body):
            export(self.program.services["entry_exports"])
        return "\n".join((*answers, *self.screen.said, *self._told(kind))).casefold()

    def _told(self, kind: str) -> Iterator[str]:
        """Return what waits to be said to this person that did not wait before."""
        if kind in ("choice", "closing"):
            return
        before, self.waiting = self.waiting, self.deliveries()
        yield from (text for key, text in self.waiting.items() if before.get(key) != text)
        yield from self._files()

    def deliveries(self) -> dict[str, str]:
        """Return what is to be said to this person."""
        with self.program.store.reading() as connection:
            rows = connection.execute(SAID_TO, {"user": self.user}).all()
        return {key: json.dumps(payload, default=str, ensure_ascii=False) for key, payload in rows}

    def evas_things(self) -> list[object]:
        """Return the rows that only some may change."""
        wanted = {
            entries: ("entry", "gone"),
            drafts: ("draft",),
            tasks: ("task",),
            segments: ("segment",),
            logged_segments: ("logged",),
        }
        with self.program.store.reading() as connection:
            found: list[object] = [
                connection.execute(
                    select(table).where(table.c.id.in_([self.ids[name] for name in names]))
                ).all()
                for table, names in wanted.items()
            ]
            lines = select(segment_lines).where(segment_lines.c.segment_id == self.ids["segment"])
            return [*found, connection.execute(lines).all()]

    def _files(self) -> Iterator[str]:
        """Return what stands in the files that wait for this person."""
        paths = [json.loads(text).get("path") for text in self.waiting.values() if '"path"' in text]
        for file in [Path(path) for path in paths if path and Path(path).is_file()]:
            if zipfile.is_zipfile(file):
                with zipfile.ZipFile(file) as packed:
                    yield from (packed.read(name).decode(errors="replace") for name in packed.namelist())
            else:
                yield file.read_text(errors="replace")
            file.unlink()


@contextmanager
def world(source: Path, folder: Path, ids: Ids, clock: FixedClock) -> Iterator[World]:
    """Copy the database and open it."""
    folder.mkdir(parents=True)
    for file in source.parent.glob(f"{source.name}*"):
        shutil.copy(file, folder / file.name)
    url = f"sqlite:///{folder / source.name}"
    settings = Settings(
        _env_file=None,
        SLACK_BOT_TOKEN="xoxb-1",
        SLACK_APP_TOKEN="xapp-1",
        SLACK_API_URL=NOWHERE,
        DATABASE_URL=url,
        SALESLOG_EXPORTS=folder / "exports",
    )
    program = build(settings, clock, open_store(url, clock))
    yield World(program, Screen(), ids)
    program.store.close()
