"""Answering what asks in the inbox: one press, one answer, whoever else presses (`product.md` 11)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.contacts import Contact
from bot.domain.entries import Listed
from bot.domain.folding import fold
from bot.domain.ids import ArrivalId, EntryId, OperationId, PersonId, TemplateId
from bot.domain.inbox import (
    REASONS,
    Answer,
    Arrival,
    ArrivalState,
    Kept,
    Question,
    Questions,
    against,
    demands,
    may_answer,
    word_of,
)
from bot.domain.interactions import Template
from bot.domain.messages import Message, Refusal
from bot.domain.people import Person, Role
from bot.domain.templates import ENTRY_SERIES
from bot.services.bell import Bell, homes_changed
from bot.services.inbox import operation_of
from bot.services.inbox_news import whose
from bot.services.purge import admin_only
from bot.services.recording import WORDS, Reading, Ready, write
from bot.services.template_setup import record_with
from storage.store import Store
from storage.work import Work

PAGE = 8
ALIKE = 100
"""So many of the same type are recorded with one **Always so**; the others wait for the next press."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What an answer did: the entry, how many others were recorded alike, and what takes it back."""

    operation: OperationId
    listed: Listed | None = None
    alike: int = 0


class InboxAnswers:
    """Shows what asks, and takes answers."""

    def __init__(self, store: Store, bell: Bell) -> None:
        self._store = store
        self._bell = bell

    def page(self, actor: Person, page: int) -> Questions:
        """Return a page of what the actor may answer; beyond the end, the last one."""
        with self._store.read(actor.workspace) as work:
            count = work.inbox.count(whose(actor))
            pages = max(1, -(-count // PAGE))
            number = max(0, min(page, pages - 1))
            found = work.inbox.open(whose(actor), number * PAGE, PAGE)
            reading = Reading(work)
            shown = tuple(_question(reading, kept, kept.came) for kept in found if kept.came is not None)
            learnt = _learnt(work) if actor.role is Role.ADMIN else {}
        return Questions(shown, count, number, pages, learnt)

    def question(self, actor: Person, arrival: ArrivalId) -> Question:
        """Return one thing that asks.

        Raises:
            Refusal: it was answered meanwhile, or is not the actor's to answer.
        """
        with self._store.read(actor.workspace) as work:
            kept, came = _asking(work, actor, arrival)
            return _question(Reading(work), kept, came)

    def templates(self, actor: Person, words: str, limit: int) -> list[Template]:
        """Return the templates that can record something, whose name or code has the words."""
        asked = fold(words).split()
        with self._store.read(actor.workspace) as work:
            usable = [one for one in work.templates.active() if not demands(one)]
        found = [
            one for one in usable if all(word in fold(f"{one.description} {one.code}") for word in asked)
        ]
        return sorted(found, key=lambda one: fold(one.description))[:limit]

    def record(self, actor: Person, arrival: ArrivalId, answer: Answer) -> Answered:
        """Record what asks with what was answered; with `always` also what is alike.

        Raises:
            Refusal: somebody answered first, or something still stands against it.
        """
        with self._store.begin(actor.workspace) as work:
            kept, came = _asking(work, actor, arrival)
            reading = Reading(work)
            ready = _ready(work, reading, came, answer)
            alike: Sequence[tuple[Kept, Ready]] = ()
            if answer.always:
                _learn(work, actor, came, ready.template)
                alike = _alike(work, kept, came)
            operation, entries = _write(work, actor, [(kept, ready), *alike])
            listed = work.entries.listed(entries[0])
        self._told(actor, [kept, *(one for one, _ in alike)], ready.salesperson)
        return Answered(operation, listed, len(alike))

    def forget(self, actor: Person, word: str) -> None:
        """Ask again about documents of a type whose word was learnt.

        Raises:
            Refusal: the actor is no admin.
        """
        admin_only(actor)
        with self._store.begin(actor.workspace) as work:
            learnt = work.settings.get(WORDS) or {}
            work.settings.put(WORDS, {one: template for one, template in learnt.items() if one != word})

    def ignore(self, actor: Person, arrival: ArrivalId) -> Answered:
        """Let something that asks be; it is not recorded.

        Raises:
            Refusal: somebody answered first.
        """
        with self._store.begin(actor.workspace) as work:
            kept, _ = _asking(work, actor, arrival)
            _decide(work, actor, kept, ArrivalState.IGNORED)
            operation = operation_of(work, actor, [kept])
        self._told(actor, [kept], None)
        return Answered(operation.id)

    def _told(self, actor: Person, decided: Sequence[Kept], salesperson: PersonId | None) -> None:
        self._bell.ring()
        homes_changed(self._bell, actor, [salesperson, *(one.salesperson for one in decided)])


def _learnt(work: Work) -> dict[str, str]:
    learnt = work.settings.get(WORDS) or {}
    templates = work.templates.by_id() if learnt else {}
    return {
        word: templates[TemplateId(template)].description
        for word, template in sorted(learnt.items())
        if template in templates
    }


def _question(reading: Reading, kept: Kept, came: Arrival) -> Question:
    seen = reading.seen(came)
    return Question(kept, came, seen, against(came, seen))


def _asking(work: Work, actor: Person, arrival: ArrivalId) -> tuple[Kept, Arrival]:
    kept = work.inbox.get(arrival)
    if kept is None or not may_answer(actor, kept):
        raise Refusal("This is gone from the inbox, or not yours to answer.")
    if kept.state is not ArrivalState.OPEN or kept.came is None:
        raise _answered(work, kept)
    return kept, kept.came


def _answered(work: Work, kept: Kept) -> Refusal:
    """Return who was first."""
    by = work.people.get(kept.decided_by) if kept.decided_by else None
    name = by.name if by else "Saleslog"
    if kept.state is ArrivalState.IGNORED:
        return Refusal("{name} has answered this already: it is ignored.", name=name)
    listed = work.entries.listed(kept.entry) if kept.entry else None
    if listed is None:
        return Refusal("{name} has answered this already.", name=name)
    what = f"{listed.template_name} · {listed.contact_label}"
    return Refusal("{name} has answered this already: recorded as {what}.", name=name, what=what)


def _ready(work: Work, reading: Reading, came: Arrival, answer: Answer) -> Ready:
    template = work.templates.get(answer.template) if answer.template else reading.template(came)
    seen = reading.with_contacts(came, _meant(work, reading, came, answer), template)
    reason = against(came, seen)
    if reason is not None:
        raise Refusal("This can't be recorded yet: {reason}.", reason=Message(REASONS[reason]))
    return Ready.of(came, seen)


def _meant(work: Work, reading: Reading, came: Arrival, answer: Answer) -> Sequence[Contact]:
    chosen = work.contacts.get(answer.contact) if answer.contact else None
    return [chosen] if chosen else reading.contacts(came.contact)


def _learn(work: Work, actor: Person, came: Arrival, template: Template) -> None:
    """Record everything of this type with this template from now on."""
    if actor.role is not Role.ADMIN:
        raise Refusal("Only an admin can set up the template for everything of a type.")
    recorded = came.recorded_as
    if recorded is not None:
        return record_with(work, actor, recorded, template.id)
    learnt = work.settings.get(WORDS) or {}
    return work.settings.put(WORDS, {**learnt, word_of(came.type): int(template.id)})


def _alike(work: Work, kept: Kept, came: Arrival) -> list[tuple[Kept, Ready]]:
    """Return what else asked for the same template alone, and can be recorded now."""
    reading, found = Reading(work), []
    for other in work.inbox.alike(kept.kind, came.type, ALIKE):
        if other.id == kept.id or other.came is None or other.came.recorded_as != came.recorded_as:
            continue
        seen = reading.seen(other.came)
        if against(other.came, seen) is None:
            found.append((other, Ready.of(other.came, seen)))
    return found


def _write(
    work: Work, actor: Person, ready: Sequence[tuple[Kept, Ready]]
) -> tuple[OperationId, list[EntryId]]:
    """Close what asks and write the entries, all as one operation of the actor's."""
    entries = [EntryId(work.access.ids()) for _ in ready]
    decided = [replace(kept, entry=entry) for (kept, _), entry in zip(ready, entries, strict=True)]
    for kept in decided:
        _decide(work, actor, kept, ArrivalState.RECORDED)
    operation = operation_of(work, actor, decided).id
    numbers = work.numbers.take_many(ENTRY_SERIES, len(ready))
    for (_, one), entry, number in zip(ready, entries, numbers, strict=True):
        write(work, one, entry, number, actor.id, operation)
    return operation, entries


def _decide(work: Work, actor: Person, kept: Kept, state: ArrivalState) -> None:
    if not work.inbox.decide(kept, state, actor.id, kept.entry):
        raise Refusal("Somebody answered this at this very moment. Look at the inbox again.")
