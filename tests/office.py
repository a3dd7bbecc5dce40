"""The services on a bare store, without Slack: what tests of rules act with."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

from bot.clock import FixedClock, SystemClock
from bot.domain.contacts import ContactType
from bot.domain.ids import ContactId, EntryId, FormId, PersonId, SlackTeam, SlackUser, TemplateId, WorkspaceId
from bot.domain.interactions import Field
from bot.domain.people import Person, Profile, Role
from bot.services.calls import Calls
from bot.services.cards import Cards
from bot.services.contact_removal import ContactRemoval
from bot.services.contacts import Contacts, Typed
from bot.services.entries import Entries
from bot.services.entry_acts import EntryActs
from bot.services.entry_lists import EntryLists
from bot.services.forms import Forms
from bot.services.histories import Histories
from bot.services.home import Home
from bot.services.interactions import Interactions, Outcome
from bot.services.lists import Lists
from bot.services.people import People
from bot.services.postponed import Postponed
from bot.services.quick_log import QuickLog
from bot.services.removals import Removals
from bot.services.segment_runs import SegmentRuns
from bot.services.segments import Segments
from bot.services.snoozes import Snoozes
from bot.services.tasks import Tasks
from bot.services.undo import Undo
from bot.views.forms import Meta
from storage.store import Store

NORTH = SlackTeam("T0NORTH")
TODAY = date(2026, 11, 20)


class Silence:
    """A bell that wakes nobody."""

    def ring(self) -> None: ...

    def home_changed(self, workspace: WorkspaceId, person: PersonId) -> None: ...


@dataclass(frozen=True)
class NothingToPack:
    """A packing that is over before it begins."""

    cursor: int = 0
    over: bool = True

    def step(self, *_: object) -> "NothingToPack":
        return self

    def drop(self, *_: object) -> None: ...


def profile(name: str, /, **facts: Any) -> Profile:
    """What Slack tells of a member with this first name."""
    plain: dict[str, Any] = {
        "slack_id": SlackUser(f"U0{name.split(maxsplit=1)[0].upper()}"),
        "name": name,
        "email": f"{name.split(maxsplit=1)[0].lower()}@nordvik.example",
        "zone": "Europe/Oslo",
        "locale": "en-GB",
        "admin": False,
        "guest": False,
        "bot": False,
        "deactivated": False,
        "foreign": False,
    }
    return Profile(**plain | facts)


@dataclass
class Office:
    """One Slack team's people and the services they use."""

    store: Store
    clock: FixedClock | SystemClock
    team: SlackTeam = NORTH
    admins: frozenset[str] = frozenset()
    people: People = field(init=False)

    def __post_init__(self) -> None:
        self.people = People(self.store, self.admins, guests_allowed=False)
        self.forms = Forms(self.store, self.people)
        self.interactions = Interactions(self.store, self.people, Silence())
        self.postponed = Postponed(self.store, self.people, Silence())
        self.tasks = Tasks(self.store, self.people, Silence())
        self.lists = Lists(self.store, self.people, Silence())
        self.snoozes = Snoozes(self.store, self.people, Silence())
        self.entries = Entries(self.store, self.people, Silence())
        self.entry_lists = EntryLists(self.store)
        self.entry_acts = EntryActs(self.store, self.people, Silence())
        self.histories = Histories(self.store)
        self.segments = Segments(self.store, self.people, Silence())
        self.runs = SegmentRuns(self.store, self.people, Silence(), self.segments, NothingToPack())
        self.undo = Undo(self.store, self.people, Silence(), self.runs)
        self.contacts = Contacts(self.store)
        self.cards = Cards(self.store, self.people)
        self.contact_removal = ContactRemoval(self.store, self.people, Silence())
        self.removals = Removals(self.store, self.people, Silence())
        self.home = Home(self.store, self.people, self.postponed, self.tasks)
        self.quick_log = QuickLog(self.store, self.people, self.interactions, Silence())
        self.calls = Calls(self.store, self.quick_log)
        self.workspace = self.people.workspace(self.team)

    def joins(self, name: str, /, **facts: Any) -> Person:
        """Let somebody use Saleslog for the first time."""
        return self.people.admit(self.workspace, profile(name, **facts))

    def team_of(self, name: str, manager: Person, *members: Person) -> list[Person]:
        """Make a team; return the manager and the members as they are now."""
        with self.store.begin(self.workspace) as work:
            team = work.people.add_team(name)
            work.people.let_manage(manager.id, team)
            work.people.change(replace(manager, role=Role.MANAGER))
            for member in members:
                work.people.change(replace(member, team=team))
            return [found for one in (manager, *members) if (found := work.people.get(one.id))]

    def sees(self, visibility: str) -> None:
        """Set the workspace's visibility."""
        with self.store.begin(self.workspace) as work:
            work.settings.put("visibility", visibility)

    def knows(self, actor: Person, name: str, company: str = "") -> ContactId:
        """Make a contact whose salesperson is `actor`."""
        typed = Typed(type=ContactType.PERSON, name=name, company_name=company)
        return self.contacts.create(actor, f"test:{self.store.ids()}", typed).id

    def template(self, code: str = "OUTGOING") -> TemplateId:
        """Return a shipped template."""
        with self.store.read(self.workspace) as work:
            return next(one.id for one in work.templates.active() if one.code == code)

    def typed(self, contact: ContactId, **facts: Any) -> dict[Field, object]:
        """Return a form that can be logged."""
        plain: dict[str, Any] = {
            "contact": contact,
            "template": self.template(),
            "description": "Outgoing call",
            "date": TODAY,
            "time": time(14, 3),
            "comment": "",
        }
        return {Field(name): value for name, value in (plain | facts).items()}

    def submits(self, actor: Person, form: str, typed: Mapping[Field, object]) -> Outcome:
        """Press Log."""
        return self.interactions.log(actor, FormId(form), typed, twin_accepted=False)

    def logs(self, actor: Person, contact: ContactId, **facts: Any) -> EntryId:
        """Log an interaction through a form of its own."""
        form = FormId(f"form{self.store.ids()}")
        outcome = self.interactions.log(actor, form, self.typed(contact, **facts), twin_accepted=True)
        assert outcome.entry is not None, outcome
        return outcome.entry

    def types(self, actor: Person, form: str, typed: Mapping[Field, object], at: str) -> None:
        """Type into an open form."""
        self.postponed.autosave(actor, Meta(form_id=FormId(form)), typed, at)
