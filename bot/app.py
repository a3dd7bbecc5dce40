"""The composition root: the only wiring."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.arriving import arrival_services
from bot.bolt import PromptBolt
from bot.care import contact_services
from bot.clock import Clock, SystemClock
from bot.domain.ids import PersonId, WorkspaceId
from bot.fetching import Fetching
from bot.filing import file_services
from bot.jobs.board import Board, Job
from bot.jobs.long import workers
from bot.jobs.worker import Worker
from bot.linking import link_services
from bot.metrics import Metrics
from bot.outbox import Outbox
from bot.presence import Presence
from bot.pulse import Pulse
from bot.rounds import OFTEN, jobs_of, ticks_of
from bot.scheduler import Scheduler, Tick
from bot.services.calls import Calls
from bot.services.card_messages import CardMessages
from bot.services.cards import Cards
from bot.services.choices import Choices
from bot.services.deletions import Deletions
from bot.services.departures import Departures
from bot.services.digest_rounds import DigestRounds
from bot.services.digests import Digests
from bot.services.entries import Entries
from bot.services.entry_acts import EntryActs
from bot.services.entry_lists import EntryLists
from bot.services.following import Following
from bot.services.forms import Forms
from bot.services.histories import Histories
from bot.services.home import Home
from bot.services.interactions import Interactions
from bot.services.jobs import Jobs
from bot.services.lists import Lists
from bot.services.logged_segments import LoggedSegments
from bot.services.membership import Membership
from bot.services.message import Guess
from bot.services.number_series import NumberSeries
from bot.services.packing import Packing
from bot.services.pasting import Pasting
from bot.services.people import People
from bot.services.postponed import Postponed
from bot.services.preferences import Preferences
from bot.services.preview import Preview
from bot.services.purge import Purge
from bot.services.quick_log import QuickLog
from bot.services.reminders import Reminders
from bot.services.saved_criteria import SavedCriteria
from bot.services.segment_headers import SegmentHeaders
from bot.services.segment_lines import SegmentLines
from bot.services.segment_runs import SegmentRuns
from bot.services.segments import Segments
from bot.services.settling import Settling
from bot.services.snoozes import Snoozes
from bot.services.sweep import Sweep
from bot.services.tasks import Tasks
from bot.services.teams import Teams
from bot.services.template_groups import TemplateGroups
from bot.services.template_languages import TemplateLanguages
from bot.services.template_setup import TemplateSetup
from bot.services.templates import Templates
from bot.services.tidying import Tidying
from bot.services.undo import Undo
from bot.settings import Settings
from bot.time_machine import clock_for
from bot.user_groups import UserGroups
from handlers.home import Homes
from handlers.middleware import Desk, asked
from handlers.register import attach, routes
from handlers.turns import Turns
from storage.jobs import JobRows
from storage.outbox import OutboxRows
from storage.people import is_demo
from storage.store import Store, open_store
from storage.vitals import VitalRows

LISTENERS = 60
SLACK_TIMEOUT_SECONDS = 4
SAFETY_NET = timedelta(seconds=10)
HOMES = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Saleslog:
    """The whole program, built and not yet started."""

    bolt: App
    store: Store
    people: People
    services: dict[str, Any]
    outbox: Outbox
    scheduler: Scheduler
    workers: tuple[Worker, ...]
    listeners: ThreadPoolExecutor
    jobs: tuple[Job, ...]
    metrics: Metrics

    def start(self) -> None:
        """Start saying things and looking at the clock."""
        self.outbox.start()
        for worker in self.workers:
            worker.start()
        self.scheduler.start()

    def stop(self) -> None:
        """Finish what was acknowledged, then stop; call it once nothing is received any more."""
        self.listeners.shutdown(wait=True)
        for unhurried in ("sweep", "tidying", "settling"):
            self.services[unhurried].stop()
        for worker in self.workers:
            worker.stop()
        self.scheduler.stop()
        self.outbox.stop()
        self.store.close()


class _Later:
    """Rings the outbox, which is made after the services that ring it."""

    def __init__(self) -> None:
        self.outbox: Outbox | None = None

    def ring(self) -> None:
        if self.outbox is not None:
            self.outbox.ring()

    def home_changed(self, workspace: WorkspaceId, person: PersonId) -> None:
        if self.outbox is not None:
            self.outbox.home_changed(workspace, person)


def build(
    settings: Settings, clock: Clock | None = None, store: Store | None = None, since: int | None = None
) -> Saleslog:
    """Wire everything together; with `since`, only what this process writes from that identity on is sent."""
    store = store or open_store(settings.database_url, clock or SystemClock())
    clock = store.clock = clock or _clock(settings, store)
    client = web_client(settings)
    bell = _Later()
    services = _services(settings, store, bell, Fetching(lambda _workspace: client))
    people: People = services["people"]
    homes = Homes(services["home"], people)
    outbox = Outbox(OutboxRows(store, since), lambda _workspace: client, clock, _publisher(homes, client))
    bell.outbox = outbox
    metrics = _watching(store, outbox)
    groups = UserGroups(
        lambda _workspace: client, lambda workspace, user: asked(client, user, people.slack_team(workspace))
    )
    listeners = ThreadPoolExecutor(LISTENERS, thread_name_prefix="listener")
    bolt = _bolt(settings, client, listeners)
    attach(
        bolt,
        Desk(people, {**services, "homes": homes, "turns": Turns(), "user_groups": groups}),
        routes(settings.command_log, settings.command_contact, settings.command_segment),
    )
    jobs = jobs_of(settings, services, clock, Presence(lambda _workspace: client, clock), groups)
    looks = [
        Tick("drain outbox", SAFETY_NET, outbox.ring),
        Tick("homes", HOMES, partial(homes.look_again, client)),
        Tick("homes of admins", OFTEN, homes.let_admins_wait),
    ]
    scheduler = Scheduler([*looks, *ticks_of(settings, store, jobs)])
    threads = workers(services, Board(JobRows(store)))
    return Saleslog(bolt, store, people, services, outbox, scheduler, threads, listeners, jobs, metrics)


def _watching(store: Store, outbox: Outbox) -> Metrics:
    """Return the counters, told from now on of each transaction and each message."""
    metrics = Metrics(Pulse(VitalRows(store).read, store.clock))
    store.watch, outbox.watch = metrics.transacted, metrics.settled
    return metrics


def _clock(settings: Settings, store: Store) -> Clock:
    if settings.clock_offset_file is None:
        return store.clock
    with store.reading() as connection:
        return clock_for(settings, demo=is_demo(connection))


def web_client(settings: Settings) -> WebClient:
    """Return the client for Slack's Web API; it waits four seconds, not thirty."""
    token = settings.bot_token.get_secret_value() if settings.bot_token else None
    return WebClient(token=token, base_url=settings.api_url, timeout=SLACK_TIMEOUT_SECONDS, retry_handlers=[])


def _services(settings: Settings, store: Store, bell: _Later, fetch: Fetching) -> dict[str, Any]:
    people = People(store, settings.admins, guests_allowed=settings.guests_allowed)
    forms = Forms(store, people)
    interactions = Interactions(store, people, bell)
    postponed = Postponed(store, people, bell)
    tasks = Tasks(store, people, bell)
    segments = Segments(store, people, bell)
    membership = Membership(store, people, segments)
    packing = Packing(store, bell, settings.exports)
    runs = SegmentRuns(store, people, bell, segments, packing)
    return {
        "people": people,
        "forms": forms,
        "choices": Choices(store),
        "interactions": interactions,
        "postponed": postponed,
        "tasks": tasks,
        **_of_people(store, people, bell),
        **_of_setup(store),
        "lists": Lists(store, people, bell),
        "snoozes": Snoozes(store, people, bell),
        "entries": Entries(store, people, bell),
        "entry_lists": EntryLists(store),
        "entry_acts": EntryActs(store, people, bell),
        **file_services(store, people, bell, settings.exports),
        "histories": Histories(store),
        "runs": runs,
        "logged_segments": LoggedSegments(store, people, runs),
        "undo": Undo(store, people, bell, runs),
        **arrival_services(store, people, bell),
        **contact_services(store, people, bell, settings.exports, fetch),
        **link_services(store, people, bell),
        "segments": segments,
        "membership": membership,
        "pasting": Pasting(store, people, segments),
        "saved_criteria": SavedCriteria(store, membership),
        "headers": SegmentHeaders(store, people, segments),
        "lines": SegmentLines(store, people, segments),
        "preview": Preview(store, people, bell, settings.exports),
        "home": Home(store, people, postponed, tasks),
        "guess": Guess(store),
        "packing": packing,
        "settling": Settling(store),
        **_of_cleaning(settings, store, people, bell),
        "reminders": Reminders(store, people, bell),
        **_of_lines(store, QuickLog(store, people, interactions, bell)),
    }


def _of_cleaning(settings: Settings, store: Store, people: People, bell: _Later) -> dict[str, Any]:
    sweep, cards = Sweep(store), CardMessages(people, settings.exports)
    return {
        "jobs": Jobs(store, bell),
        "purge": Purge(store, bell, sweep, cards),
        "deletions": Deletions(store, bell, sweep, cards),
        "sweep": sweep,
        "tidying": Tidying(store, settings.exports),
    }


def _of_lines(store: Store, quick_log: QuickLog) -> dict[str, Any]:
    return {"quick_log": quick_log, "calls": Calls(store, quick_log)}


def _of_people(store: Store, people: People, bell: _Later) -> dict[str, Any]:
    return {
        "cards": Cards(store, people),
        "teams": Teams(store, bell),
        "following": Following(store, people, bell),
        "preferences": Preferences(store, people, bell),
        "departures": Departures(store, bell),
        "digests": Digests(store, people, bell),
        "digest_rounds": DigestRounds(store, people, bell),
    }


def _of_setup(store: Store) -> dict[str, Any]:
    return {
        "templates": Templates(store),
        "template_groups": TemplateGroups(store),
        "template_languages": TemplateLanguages(store),
        "template_setup": TemplateSetup(store),
        "number_series": NumberSeries(store),
    }


def _bolt(settings: Settings, client: WebClient, listeners: ThreadPoolExecutor) -> App:
    secret = settings.signing_secret
    return PromptBolt(client, secret.get_secret_value() if secret else None, listeners)


def _publisher(homes: Homes, client: WebClient) -> Callable[[WorkspaceId, PersonId], None]:
    return lambda workspace, person: homes.refresh(workspace, person, client)
