"""App Home: the salesperson's desk (`product.md` 6, first version)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.checklist import Checklist
from bot.domain.departures import LeftBehind
from bot.domain.entries import Asked, Filter, Listed
from bot.domain.ids import OperationId
from bot.domain.people import Person, Role
from bot.domain.rhythm import Preferences
from bot.domain.segments import Segment
from bot.domain.tasks import Task
from bot.domain.weeks import TeamWeek, Week
from bot.text import Text
from bot.views import checklist, departures, inbox, kit, preferences, segments, tasks, weeks
from bot.views.asked import written
from bot.views.contacts import own_entry_row
from bot.views.entries import entry_menu
from bot.views.ids import Action
from bot.views.kit import Part
from bot.views.listing import Listing, Where
from bot.views.postponed import Waiting
from bot.views.postponed import rows as draft_rows
from bot.views.words import greeting

DRAFTS = 3
TASKS = 5
SEGMENTS = 5
LISTING = Listing(Where.HOME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What stands on a person's desk; `operations` are the undoable ones, by entry."""

    person: Person
    drafts: Waiting
    tasks: Sequence[tuple[Task, str]]
    entries: Sequence[Listed]
    operations: dict[int, OperationId]
    contacts: int
    left: Sequence[LeftBehind] = ()
    """What falls to him of people who have left."""

    segments: Sequence[tuple[Segment, int]] = ()
    """Those in work that are his, each with its number of lines."""

    preferences: Preferences = field(default_factory=Preferences)
    week: Week | None = None
    teams: Sequence[TeamWeek] = ()
    """Those that he manages."""

    checklist: Checklist = field(default_factory=Checklist)
    asks: int = 0
    """How much in the inbox is his to answer."""


def home(desk: Desk, text: Text) -> dict[str, Any]:
    """Return the page."""
    blocks: list[Block] = [
        kit.header(greeting(desk.person, text)),
        kit.actions(
            kit.primary(text("Log interaction"), Action.LOG),
            kit.button(text("New contact"), Action.NEW_CONTACT),
            kit.button(text("New segment"), Action.NEW_SEGMENT),
            kit.button(text("Find"), Action.ENTRIES, written(Asked(Filter()))),
            block_id="desk",
        ),
        *_first_steps(desk, text),
        *checklist.rows(desk.checklist, text),
        *_needs(desk, text),
        *weeks.teams(desk.teams, text),
        *_lately(desk, text),
        *_week(desk, text),
        *_segments(desk, text),
        kit.divider(),
        *_for_admins(desk, text),
        preferences.line(desk.person, desk.preferences, text),
        kit.markup(text.page("help_home")),
    ]
    return {"type": "home", "blocks": [block.to_dict() for block in blocks][: kit.VIEW_BLOCKS]}


def _for_admins(desk: Desk, text: Text) -> list[Block]:
    if desk.person.role is not Role.ADMIN:
        return []
    return [kit.actions(kit.button(text("Jobs"), Action.JOBS), block_id="admin")]


def _needs(desk: Desk, text: Text) -> list[Block]:
    heading = kit.line(kit.bold(text("Needs you")))
    if not (desk.drafts or desk.tasks or desk.left or desk.asks):
        return [
            heading,
            kit.line(
                Part(text("Nothing is waiting. If you close a form half-way, it waits here."), italic=True)
            ),
        ]
    return [
        heading,
        *inbox.row(desk.asks, text),
        *departures.rows(desk.left, text, LISTING),
        *draft_rows(desk.drafts[:DRAFTS], text, LISTING),
        *_more_drafts(desk, text),
        *tasks.rows(desk.tasks[:TASKS], text, LISTING),
        *_more_tasks(desk, text),
    ]


def _more_drafts(desk: Desk, text: Text) -> list[Block]:
    if len(desk.drafts) <= DRAFTS:
        return []
    label = text("Show all {n} postponed", n=len(desk.drafts))
    return [kit.actions(kit.button(label, Action.POSTPONED, 0), block_id="drafts")]


def _more_tasks(desk: Desk, text: Text) -> list[Block]:
    if len(desk.tasks) <= TASKS:
        return []
    return [kit.actions(kit.button(text("Show all follow-ups"), Action.TASKS), block_id="tasks")]


def _lately(desk: Desk, text: Text) -> list[Block]:
    heading = kit.line(kit.bold(text("Lately")))
    if not desk.entries:
        empty = text(
            "You have logged nothing yet. Press “Log interaction”, or type /log call, a name and what was said."
        )
        return [heading, kit.line(Part(empty, italic=True))]
    return [heading, *(_entry(listed, desk, text) for listed in desk.entries), _rest(desk, text)]


def _entry(listed: Listed, desk: Desk, text: Text) -> Block:
    menu = entry_menu(listed, desk.operations.get(int(listed.entry.id)), text)
    return kit.item(["✓ ", *own_entry_row(listed, text)], menu, f"entry.{listed.entry.id}")


def _rest(desk: Desk, text: Text) -> Block:
    """Return Undo for the newest entry that can be taken back, which hides in no menu, and the way to the others."""
    numbers = (int(listed.entry.id) for listed in desk.entries)
    newest = next((desk.operations[number] for number in numbers if number in desk.operations), None)
    return kit.actions(
        kit.button(text("Undo the latest"), Action.UNDO, newest) if newest is not None else None,
        kit.button(text("All my entries"), Action.ENTRIES),
        block_id="undo",
    )


def _week(desk: Desk, text: Text) -> list[Block]:
    """Return My week; whoever has logged nothing is told above what to do first."""
    week = desk.week
    if week is None or not (desk.entries or week.now.interactions or week.before):
        return []
    return weeks.mine(week, text)


def _segments(desk: Desk, text: Text) -> list[Block]:
    if not desk.segments:
        return []
    shown = [segments.row(segment, lines, text) for segment, lines in desk.segments[:SEGMENTS]]
    heading = kit.line(kit.bold(text("Segments")))
    return [
        heading,
        *shown,
        kit.actions(kit.button(text("All segments"), Action.SEGMENTS), block_id="segments"),
    ]


def _first_steps(desk: Desk, text: Text) -> list[Block]:
    if desk.contacts or desk.checklist.no_contacts:
        return []
    words = text(
        "There are no contacts yet. Make one here, or let an admin import a list: saleslog import contacts FILE."
    )
    return [kit.line(kit.bold(text("First step")), " ", words)]
