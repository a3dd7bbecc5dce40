"""A segment looked at as a whole before it is logged (`domain.md` 2.6; lines 48-54)."""

from dataclasses import replace

from bot.domain.ids import SegmentId
from bot.domain.messages import Message, Refusal
from bot.domain.runs import NAMED, Checked, Faulty
from bot.domain.segment_values import Fault
from bot.domain.segments import Segment
from bot.letters import mistakes
from storage.run_checks import RunChecks
from storage.segment_runs import SegmentRuns
from storage.work import Work


def looked_at(work: Work, segment: Segment, *, sending: bool) -> Checked:
    """Return which lines can be logged, and what stands against the others."""
    checks = RunChecks(work.access)
    counts = checks.counts(segment.id, sending=sending)
    mistaken = _mistaken(checks, segment.id, sending=sending)
    faults = {fault: count for fault, count in counts.items() if fault is not None}
    if mistaken:
        faults[Fault.TEXT] = len(mistaken)
    faulty = checks.faulty(segment.id, NAMED, sending=sending) if len(faults) > bool(mistaken) else []
    found = [*faulty, *mistaken[:NAMED]]
    return Checked(
        segment=segment,
        fit=counts.get(None, 0) - len(mistaken),
        faults=faults,
        first=tuple(sorted(found, key=lambda one: one.line)[:NAMED]),
        sent=checks.sent(segment.id) if sending else 0,
    )


def refuse_empty(work: Work, checked: Checked, *, sending: bool) -> None:
    """Refuse what no line can mend.

    Raises:
        Refusal: the segment has no lines, no description, a mistaken text, or stands in the register already.
    """
    segment = checked.segment
    if not checked.total:
        raise Refusal("{number} has no contacts yet. Add some first.", number=segment.number)
    if not segment.description.strip():
        raise Refusal("Give {number} a description first: press Header.", number=segment.number)
    before = SegmentRuns(work.access).of_segment(segment.number)
    if before is not None:
        raise Refusal(
            "{number} stands in the register already, as logged segment {logged}.",
            number=segment.number,
            logged=before.number,
        )
    wrong = mistakes(segment.text)
    if wrong is not None and RunChecks(work.access).with_header_text(segment.id, sending=sending):
        raise Refusal("The text of {number} can't be filled in. {what}", number=segment.number, what=wrong)


def mistaken_in(texts: dict[int, str]) -> list[int]:
    """Return the lines whose texts can't be filled in."""
    return [line for line, text in texts.items() if mistakes(text) is not None]


def _mistaken(checks: RunChecks, segment: SegmentId, *, sending: bool) -> list[Faulty]:
    found: list[tuple[Faulty, Message | None]] = [
        (faulty, mistakes(text)) for faulty, text in checks.texts(segment, sending=sending)
    ]
    return [replace(faulty, detail=wrong) for faulty, wrong in found if wrong is not None]
