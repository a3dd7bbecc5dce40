"""Logging an interaction: one form gives one entry, whatever is repeated (`product.md` 4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.domain.checks import Circumstances, cost, minutes, problems, twin
from bot.domain.contacts import Contact
from bot.domain.deliveries import DeliveryKind
from bot.domain.entries import Listed
from bot.domain.ids import DraftId, EntryId, FormId, OperationId, PersonId, TaskId
from bot.domain.interactions import Entry, Field, Form, filled
from bot.domain.messages import Conflict, Message, Refusal
from bot.domain.operations import UNDO_WINDOW, ItemKind, Operation, OperationKind
from bot.domain.people import Person, Ties, may_log_for
from bot.domain.postponed import Draft, DraftState, Layout
from bot.domain.tasks import DESCRIPTION_LIMIT as TASK_LIMIT
from bot.domain.tasks import Task, TaskKind
from bot.domain.templates import ENTRY_SERIES
from bot.services.bell import Bell, homes_changed
from bot.services.defaults import with_defaults
from bot.services.gates import leaders
from bot.services.people import People
from bot.services.ticking import still_there, tick_off_by
from bot.views import confirmations
from bot.views.confirmations import Done
from storage.store import Store
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a submission: an entry, or what stands against it."""

    entry: EntryId | None = None
    problems: Mapping[Field, Message] = field(default_factory=dict)
    twin: EntryId | None = None
    ended: bool = False
    """Whether the form had ended before with other words in it: it was logged already, or discarded."""

    form: Form = field(default_factory=Form)
    salesperson: PersonId | None = None
    """Whose interaction it is, once it is logged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A form on its way into the log."""

    form_id: FormId
    form: Form
    kind: OperationKind = OperationKind.LOG
    twin_accepted: bool = False
    draft: DraftId | None = None
    remark: str = ""
    """What the confirmation says besides: words of a quick log that were not understood."""


class Interactions:
    """Logs interactions."""

    def __init__(self, store: Store, people: People, bell: Bell) -> None:
        self._store = store
        self._people = people
        self._bell = bell

    def log(
        self, actor: Person, form_id: FormId, typed: Mapping[Field, object], *, twin_accepted: bool
    ) -> Outcome:
        """Log the form; once it has ended nothing is written, and the same once more gets the first answer.

        Raises:
            Refusal: it is somebody else's, or the database can't write now.
        """
        try:
            with self._store.begin(actor.workspace) as work:
                known = self._draft(work, actor, form_id)
                if known is not None and known.state is DraftState.DISCARDED:
                    first = work.entries.of_form(form_id)
                    return Outcome(entry=first.id if first else None, ended=True)
                draft = known or self._begun(work, actor, form_id)
                form = filled(draft.form, typed)
                if known is None:
                    form = with_defaults(work, draft.form, form)
                submission = Submission(
                    form_id=form_id, form=form, twin_accepted=twin_accepted, draft=draft.id
                )
                outcome = self.written(work, actor, submission)
                outcome = replace(outcome, ended=outcome.ended and form != draft.form)
                self._keep(work, actor, draft, form, outcome)
        except Conflict:
            outcome = self._repeated(actor, form_id, typed)
        self._ring(actor, outcome)
        return outcome

    def written(self, work: Work, actor: Person, submission: Submission) -> Outcome:
        """Write the entry with all that belongs to it into an open transaction, or say what stands against it."""
        first = work.entries.of_form(submission.form_id)
        if first is not None:
            return Outcome(entry=first.id, ended=True)
        seen = self._circumstances(work, actor, submission.form)
        wrong = problems(submission.form, seen)
        if wrong:
            return Outcome(problems=wrong, form=submission.form)
        entry = self._entry(work, actor, submission, seen)
        repeated = None if submission.twin_accepted else twin(entry, work.entries.twins(entry))
        if repeated is not None:
            return Outcome(twin=repeated.id, form=submission.form)
        listed = _listed(entry, seen)
        self._write(work, actor, submission, listed, _task(work, actor, submission.form, listed))
        return Outcome(entry=entry.id, salesperson=entry.salesperson)

    def _draft(self, work: Work, actor: Person, form_id: FormId) -> Draft | None:
        draft = work.drafts.of_form(form_id)
        if draft is not None and draft.owner != actor.id:
            raise Refusal("This form is somebody else's.")
        return draft

    def _begun(self, work: Work, actor: Person, form_id: FormId) -> Draft:
        """Return the draft of a form that was never kept: late words must find that it ended."""
        work.drafts.open(form_id, actor.id, Form(salesperson=actor.id), Layout())
        draft = work.drafts.of_form(form_id)
        if draft is None:
            raise Refusal("Somebody changed the same thing at this moment. Press Log once more.")
        return draft

    def _keep(self, work: Work, actor: Person, draft: Draft, form: Form, outcome: Outcome) -> None:
        if outcome.entry is not None:
            work.drafts.finish(draft.form_id, form)
        elif draft.state is DraftState.OPEN:
            work.drafts.save(draft.form_id, actor.id, outcome.form, None)

    def _circumstances(self, work: Work, actor: Person, form: Form) -> Circumstances:
        contact, company = work.contacts.with_company(form.contact) if form.contact else (None, None)
        salesperson = _salesperson(work, actor, form)
        foreign = salesperson is not None and not may_log_for(actor, salesperson)
        return Circumstances(
            actor=actor,
            today=self._people.text(actor).today,
            contact=contact,
            company=company,
            template=work.templates.in_use(form.template) if form.template else None,
            salesperson=salesperson,
            leaders=leaders(work, salesperson) if foreign else (),
        )

    def _entry(self, work: Work, actor: Person, submission: Submission, seen: Circumstances) -> Entry:
        form, contact, template = submission.form, seen.contact, seen.template
        if contact is None or template is None or form.day is None:
            raise Refusal("Choose a contact, an interaction template and a date.")
        return Entry(
            id=EntryId(work.access.ids()),
            number=int(work.numbers.take(ENTRY_SERIES)),
            contact=contact.id,
            company=contact.company if contact.is_person else contact.id,
            template=template.id,
            group=template.group,
            description=form.description.strip(),
            day=form.day,
            at=form.at,
            evaluation=form.evaluation,
            attempt_failed=form.attempt_failed,
            salesperson=form.salesperson or actor.id,
            logged_by=actor.id,
            logged_at=work.access.clock.now(),
            correspondence=form.correspondence,
            flow=form.flow,
            initiated_by=form.initiated_by,
            duration=minutes(form.duration),
            cost=cost(form.cost) or "",
            language=form.language,
            campaign=form.campaign,
            opportunity=form.opportunity,
            task=still_there(work, form.task),
            attachment=template.attached(form.language),
            form=submission.form_id,
            draft=submission.draft,
            comments=tuple(form.comment.split("\n")) if form.comment.strip() else (),
        )

    def _write(
        self, work: Work, actor: Person, submission: Submission, listed: Listed, task: Task | None
    ) -> None:
        operation = self._operation(work, actor, submission, listed.entry, task)
        work.operations.add(operation)
        work.entries.add(listed.entry, operation.id)
        if task is not None:
            work.tasks.add(task)
        work.history.note(ItemKind.ENTRY, listed.entry.id, actor.id, *_logged(listed.entry))
        tick_off_by(work, actor, listed.entry)
        work.deliveries.open_answer(submission.form_id, actor.id, None)
        done = Done(
            listed=listed,
            operation=operation.id,
            undoable=True,
            task=task,
            quick=submission.kind is OperationKind.QUICK_LOG,
            remark=submission.remark,
        )
        confirm(work, self._people, actor, done)

    def _operation(
        self, work: Work, actor: Person, submission: Submission, entry: Entry, task: Task | None
    ) -> Operation:
        items = [(ItemKind.ENTRY, int(entry.id))]
        items += [(ItemKind.DRAFT, int(submission.draft))] if submission.draft else []
        items += [(ItemKind.TASK, int(task.id))] if task else []
        return Operation(
            id=OperationId(work.access.ids()),
            actor=actor.id,
            kind=submission.kind,
            ended_at=work.access.clock.now(),
            answer=submission.form_id,
            items=tuple(items),
        )

    def _repeated(self, actor: Person, form_id: FormId, typed: Mapping[Field, object]) -> Outcome:
        with self._store.read(actor.workspace) as work:
            first, draft = work.entries.of_form(form_id), work.drafts.of_form(form_id)
        if first is None or draft is None:
            raise Refusal("Somebody changed the same thing at this moment. Press Log once more.")
        return Outcome(entry=first.id, ended=filled(draft.form, typed) != draft.form)

    def _ring(self, actor: Person, outcome: Outcome) -> None:
        if outcome.entry is not None:
            self._bell.ring()
            homes_changed(self._bell, actor, (outcome.salesperson,))


def confirm(work: Work, people: People, actor: Person, done: Done) -> None:
    """Write down the confirmation, and that its **Undo** becomes **Cancel entry** after ten minutes."""
    text, entry = people.text(actor), done.listed.entry
    answer = entry.form or str(entry.id)
    key = f"logged:{entry.id}:{work.access.ids()}"
    words = confirmations.logged(done, text)
    work.deliveries.say(key, DeliveryKind.CONFIRMATION, actor.id, words, answer=answer)
    if done.undoable:
        later = confirmations.no_longer_undoable(words, done, text)
        over = entry.logged_at + UNDO_WINDOW
        work.deliveries.say(f"{key}:over", DeliveryKind.REPLACEMENT, actor.id, later, answer=answer, at=over)


def confirm_again(work: Work, people: People, actor: Person, entry_id: EntryId) -> None:
    """Say the confirmation anew after a change, where it was the actor who logged the entry."""
    operation, listed = work.operations.of_entry(entry_id), work.entries.listed(entry_id)
    if operation is None or listed is None or operation.actor != actor.id or listed.entry.canceled:
        return
    undoable = operation.undoable_at(work.access.clock.now())
    task = work.tasks.of_entry(entry_id)
    quick = operation.kind is OperationKind.QUICK_LOG
    confirm(
        work,
        people,
        actor,
        Done(listed=listed, operation=operation.id, undoable=undoable, task=task, quick=quick),
    )


def _logged(entry: Entry) -> list[tuple[str, object, object]]:
    """Return the first lines of an entry's history; logged for somebody else, both are named."""
    lines: list[tuple[str, object, object]] = [("logged", None, entry.number)]
    if entry.salesperson not in (None, entry.logged_by):
        lines.append(("salesperson", entry.logged_by, entry.salesperson))
    return lines


def _listed(entry: Entry, seen: Circumstances) -> Listed:
    contact, template, salesperson = seen.contact, seen.template, seen.salesperson
    return Listed(
        entry=entry,
        ties=Ties(logged_by=entry.logged_by, salesperson=entry.salesperson),
        contact_name=_name(contact),
        company_name=contact.company_name if contact else "",
        template_name=template.description if template else "",
        salesperson_name=salesperson.name if salesperson else "",
    )


def _task(work: Work, actor: Person, form: Form, listed: Listed) -> Task | None:
    if form.follow_up is None:
        return None
    return Task(
        id=TaskId(work.access.ids()),
        kind=TaskKind.TASK,
        description=(listed.entry.comment.strip() or listed.entry.description)[:TASK_LIMIT],
        due=form.follow_up,
        contact=listed.entry.contact,
        salesperson=actor.id,
        entry=listed.entry.id,
    )


def _salesperson(work: Work, actor: Person, form: Form) -> Person | None:
    if form.salesperson is None or form.salesperson == actor.id:
        return actor if form.salesperson else None
    return work.people.get(form.salesperson)


def _name(contact: Contact | None) -> str:
    return contact.name if contact else ""
