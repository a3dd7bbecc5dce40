"""What a stretch of lines becomes, written into an open transaction."""

from collections.abc import Callable, Mapping
from functools import cache

from bot.domain.ids import PersonId
from bot.domain.letters import WRITTEN_LIMIT
from bot.domain.messages import Refusal
from bot.domain.people import Person
from bot.domain.segments import Logged, RunState, Segment
from bot.letters import fields_of, has_fields, mistakes, rendered
from bot.services.run_checks import mistaken_in
from bot.services.run_offspring import ACTION
from storage.run_changes import RunChanges
from storage.run_copies import RunCopies
from storage.run_steps import RunSteps, Stretch, Unwritten
from storage.work import Work

Texts = Mapping[int, str]
"""The texts of lines, filled in before the others have to wait."""
Writing = Callable[[Work, Logged, Stretch, Texts], int]
"""Writes a stretch, and returns how many entries were logged by that."""


def texts_of(work: Work, run: Logged, stretch: Stretch) -> Texts:
    """Fill in the texts of a stretch; those that can't be filled in are passed over, and so are their lines."""
    if run.state is not RunState.LOGGING:
        return {}
    segment = _segment(work, run)
    found = RunSteps(work.access).unwritten(segment.id, stretch, header_too=has_fields(segment.text))
    write = _writer(work, segment)
    written = ((line.line, write(line)) for line in found)
    return {line: text for line, text in written if text is not None}


def log(work: Work, run: Logged, stretch: Stretch, texts: Texts) -> int:
    """Let lines become entries with their comments and history; those that can't be are passed over."""
    segment, rows = _segment(work, run), RunSteps(work.access)
    mistaken = mistaken_in(rows.texts(segment.id, stretch))
    written = rows.log(run, segment.id, stretch, mistaken)
    if segment.text.strip() and not has_fields(segment.text):
        rows.comment(run, segment.id, stretch, segment.text)
    rows.comment_each(run, stretch, texts)
    rows.index(run, stretch)
    return written


def rest(work: Work, run: Logged, stretch: Stretch, _texts: Texts) -> int:
    """Copy lines that were not logged into the segment of the rest."""
    if run.rest_segment is not None:
        copies = RunCopies(work.access)
        copies.rest(run, _segment(work, run), stretch, run.rest_segment, ACTION)
        copies.lead_past(run.rest_segment, stretch.last)
    return 0


def follow(work: Work, run: Logged, stretch: Stretch, _texts: Texts) -> int:
    """Add lines for what was logged to the follow-up segment."""
    if run.follow_up_segment is not None:
        copies = RunCopies(work.access)
        copies.follow(run, stretch, run.follow_up_segment, ACTION, strict=not run.first_run)
        copies.lead_past(run.follow_up_segment, stretch.last)
    return 0


def undo(work: Work, run: Logged, stretch: Stretch, _texts: Texts) -> int:
    """Cancel entries as undone."""
    RunChanges(work.access).undo(run, stretch)
    return 0


def cancel(work: Work, run: Logged, stretch: Stretch, _texts: Texts) -> int:
    """Cancel entries."""
    RunChanges(work.access).cancel(run, stretch)
    return 0


def reinstate(work: Work, run: Logged, stretch: Stretch, _texts: Texts) -> int:
    """Let entries count again."""
    RunChanges(work.access).reinstate(run, stretch)
    return 0


WRITING: dict[RunState, Writing] = {
    RunState.LOGGING: log,
    RunState.RESTING: rest,
    RunState.FOLLOWING: follow,
    RunState.UNDOING: undo,
    RunState.CANCELING: cancel,
    RunState.REINSTATING: reinstate,
}


def _writer(work: Work, segment: Segment) -> Callable[[Unwritten], str | None]:
    """Return what fills in the text of one line of a segment; None where it can't be filled in."""

    @cache
    def person(salesperson: PersonId) -> Person | None:
        return work.people.get(salesperson)

    def write(line: Unwritten) -> str | None:
        text = segment.text if line.own is None else line.own
        if not has_fields(text):
            return text
        if mistakes(text) is not None:
            return None
        seller = person(line.salesperson) if line.salesperson is not None else None
        whole = rendered(text, fields_of(line.contact, seller, segment, line.day))
        return whole if len(whole) <= WRITTEN_LIMIT else None

    return write


def _segment(work: Work, run: Logged) -> Segment:
    segment = work.segments.get(run.segment) if run.segment is not None else None
    if segment is None:
        raise Refusal("Segment {number} is gone.", number=run.segment_number)
    return segment
