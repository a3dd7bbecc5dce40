"""Views of logging segments, and of logged ones."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.domain.ids import CampaignId, LoggedId, OperationId, PersonId, SegmentId
from bot.domain.messages import Message
from bot.domain.runs import CampaignEntry, Checked, Faulty, RegisterPage
from bot.domain.segment_values import Fault
from bot.domain.segments import Logged, RunState
from bot.views import logged_segments, segment_runs
from bot.views.segment_runs import Made, Outcome
from tests.views.previewing import segment
from tests.views.things import META, NOW, TEXT, Say

Page = Callable[[Say], dict[str, Any]]


def run(say: Say, **facts: Any) -> Logged:
    plain: dict[str, Any] = {
        "id": LoggedId(70),
        "number": 7,
        "segment": SegmentId(12),
        "segment_number": "SEG0012",
        "description": say("Autumn mailing"),
        "state": RunState.LOGGING,
        "by": PersonId(3),
        "at": NOW,
        "operation": OperationId(71),
        "total": 100_000,
        "done": 42_000,
        "asked_by": PersonId(3),
        "answer": "run:70",
    }
    return Logged(**plain | facts)


def acted(say: Say, state: RunState) -> Logged:
    return run(say, state=state, answer="act:72", done=212, total=212)


def checked(say: Say, faults: int) -> Checked:
    wrong = Message("{field} is not a field.", {"field": say("{{ nme }}")})
    first = (
        Faulty(1, say("Kari Nes"), say("Fjordbygg AS"), Fault.NO_ADDRESS),
        Faulty(2, "", "", Fault.GONE),
        *(Faulty(3, say("Ola Moe"), "", Fault.TEXT, wrong),) * 3,
    )
    return Checked(
        segment=segment(say),
        fit=212,
        faults={Fault.NO_ADDRESS: faults} if faults else {},
        first=first[:faults],
    )


def outcome(say: Say) -> Outcome:
    made = replace(segment(say), id=SegmentId(13), number="SEG0013")
    rest = replace(segment(say), id=SegmentId(14), number="SEG0014")
    return Outcome(
        follow_up=Made(made, 212), rest=Made(rest, 3), left=tuple(say("Kari Nes") for _ in range(5)), count=12
    )


def listing(say: Say) -> dict[str, Any]:
    facts: list[dict[str, Any]] = [
        {"state": RunState.LOGGED, "done": 212},
        {"state": RunState.LOGGED, "canceled_at": NOW, "done": 1},
        {},
    ]
    runs = [run(say, id=LoggedId(place), number=17 - place, **facts[place % 3]) for place in range(10)]
    campaigns = (CampaignEntry(LoggedId(3), CampaignId(21), False),)
    return logged_segments.message(
        RegisterPage(1, 28, tuple((one, say("Eva")) for one in runs), True, campaigns), TEXT
    )


def ended(say: Say, state: RunState) -> dict[str, Any]:
    return segment_runs.ended(acted(say, state), replace(outcome(say), rest=None), TEXT)


MESSAGES: dict[str, Page] = {
    "run, logging": lambda say: segment_runs.running(run(say), TEXT),
    "run, undoing": lambda say: segment_runs.running(run(say, state=RunState.UNDOING), TEXT),
    "run, logged": lambda say: segment_runs.ended(run(say, done=212), outcome(say), TEXT),
    "run, over": lambda say: segment_runs.ended(run(say, done=1), Outcome(), TEXT, undoable=False),
    "run, undone": lambda say: segment_runs.ended(run(say, state=RunState.UNDOING), outcome(say), TEXT),
    "run, nothing logged": lambda say: segment_runs.ended(
        run(say, state=RunState.UNDOING, done=0), Outcome(), TEXT
    ),
    "register, canceled": lambda say: ended(say, RunState.CANCELING),
    "register, reinstated": lambda say: ended(say, RunState.REINSTATING),
    "register, followed up": lambda say: ended(say, RunState.FOLLOWING),
    "register, deleted": lambda say: ended(say, RunState.DELETING),
    "registers": listing,
    "registers, none": lambda _: logged_segments.message(RegisterPage(0, 0, (), False), TEXT),
}
MODALS: dict[str, Page] = {
    "log segment": lambda say: segment_runs.dialog(META, checked(say, 0), TEXT),
    "log segment, faulty": lambda say: segment_runs.dialog(META, checked(say, 5), TEXT, send=True),
    "register, cancel campaign": lambda say: logged_segments.cancel_campaign(
        run(say), {CampaignId(21): say("Autumn")}, META, TEXT
    ),
    "register, sure to delete": lambda say: logged_segments.sure_to_delete(run(say), META, TEXT),
}
