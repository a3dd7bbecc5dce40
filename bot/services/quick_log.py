"""Quick log: one line becomes an entry, or a draft with a question (`product.md` 3.1)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import dates
from bot.dates import Direction
from bot.domain.contacts import Found
from bot.domain.deliveries import DeliveryKind
from bot.domain.ids import ContactId, FormId
from bot.domain.interactions import Form, Template
from bot.domain.messages import Conflict, Refusal
from bot.domain.operations import OperationKind
from bot.domain.people import Person
from bot.domain.postponed import DraftState
from bot.domain.quicklog import Resolution, day_of, parse, resolve
from bot.domain.wording import Vocabulary
from bot.services.bell import Bell
from bot.services.defaults import rounded_up, with_defaults
from bot.services.interactions import Interactions, Outcome, Submission
from bot.services.people import People
from bot.text import Text
from bot.views import quick_log as views
from storage.store import Store
from storage.work import Work

CANDIDATES = 5
GUESSES = 3


@dataclass(frozen=True, slots=True)
class Understood:
    """What became of a line: logged, a question that was said, or a form to open."""

    outcome: Outcome
    form: Form | None = None
    unknown: str = ""


class QuickLog:
    """Logs lines."""

    def __init__(self, store: Store, people: People, interactions: Interactions, bell: Bell) -> None:
        self._store = store
        self._people = people
        self._interactions = interactions
        self._bell = bell

    def log(self, actor: Person, key: FormId, line: str, response_url: str | None) -> Understood:
        """Log a line; the same request (`key`) once more gives the first answer."""
        try:
            with self._store.begin(actor.workspace) as work:
                understood = self._understood(work, actor, key, line, response_url)
        except Conflict:
            understood = Understood(self._first(actor, key))
        self._rung(actor)
        return understood

    def record(self, actor: Person, key: FormId, form: Form, response_url: str | None) -> Outcome:
        """Log what a button said all about; the same request (`key`) once more gives the first answer."""
        try:
            with self._store.begin(actor.workspace) as work:
                if work.entries.of_form(key) or work.drafts.of_form(key):
                    return Outcome()
                work.deliveries.open_answer(key, actor.id, response_url)
                text = self._people.text(actor)
                outcome = self._attempt(work, actor, key, form, text, twin_accepted=False)
        except Conflict:
            outcome = self._first(actor, key)
        self._rung(actor)
        return outcome

    def choose(self, actor: Person, key: FormId, contact: ContactId, response_url: str | None) -> Outcome:
        """Log a kept line with the contact that was meant."""
        return self._finish(actor, key, response_url, contact, twin_accepted=False)

    def add_anyway(self, actor: Person, key: FormId, response_url: str | None) -> Outcome:
        """Log a kept line although it repeats one that was just logged."""
        return self._finish(actor, key, response_url, None, twin_accepted=True)

    def _understood(
        self, work: Work, actor: Person, key: FormId, line: str, response_url: str | None
    ) -> Understood:
        first = work.entries.of_form(key) or work.drafts.of_form(key)
        if first is not None:
            return Understood(Outcome())
        text = self._people.text(actor)
        templates = {template.code: template for template in work.templates.active()}
        read = self._read(work, line, templates, text)
        template = templates.get(read.tokens.template or "")
        form = self._form(work, actor, read, template)
        if template is None:
            return Understood(
                Outcome(), form if form.contact else replace(form, comment=line), line.split(maxsplit=1)[0]
            )
        work.deliveries.open_answer(key, actor.id, response_url)
        return Understood(self._logged_or_asked(work, actor, key, form, read, text))

    def _read(self, work: Work, line: str, templates: dict[str, Template], text: Text) -> Resolution[Found]:
        vocabulary = Vocabulary(
            templates={code: template.description for code, template in templates.items()},
            past_day=lambda typed: dates.read_day(typed, text.today, text.locale, Direction.PAST),
            coming_day=lambda typed: dates.read_day(typed, text.today, text.locale, Direction.FUTURE),
            time=dates.read_time,
        )

        def lookup(words: tuple[str, ...]) -> Sequence[Found]:
            return work.search.by_prefix_words(list(words), CANDIDATES)

        return resolve(parse(line, vocabulary), lookup)

    def _form(self, work: Work, actor: Person, read: Resolution[Found], template: Template | None) -> Form:
        """Return the form; a time still to come today means yesterday's."""
        now = rounded_up(self._store.clock.now(), actor.zone)
        day = day_of(read.tokens, now)
        at = read.tokens.at or (now.time() if read.tokens.on is None else None)
        base = Form(salesperson=actor.id, day=day, at=at)
        chosen = replace(
            base,
            contact=read.contact.id if read.contact else None,
            template=template.id if template else None,
            comment=read.text,
            evaluation=read.evaluation,
            follow_up=read.tokens.follow_up,
        )
        form = with_defaults(work, base, chosen)
        return form if read.duration is None else replace(form, duration=str(read.duration))

    def _logged_or_asked(
        self, work: Work, actor: Person, key: FormId, form: Form, read: Resolution[Found], text: Text
    ) -> Outcome:
        if form.contact is None:
            self._keep(work, actor, key, form)
            kept = views.kept(work.templates.get(form.template) if form.template else None, form, text)
            if read.candidates:
                question = views.which(read.who, read.candidates, key, kept, text)
            else:
                guesses = work.search.find(read.who, actor.id, GUESSES) or read.near[:GUESSES]
                question = views.nobody(read.who, guesses, key, kept, text)
            self._say(work, actor, key, question)
            return Outcome(form=form)
        return self._attempt(
            work, actor, key, form, text, twin_accepted=False, unread=views.unread(read, text)
        )

    def _attempt(
        self,
        work: Work,
        actor: Person,
        key: FormId,
        form: Form,
        text: Text,
        *,
        twin_accepted: bool,
        unread: str = "",
    ) -> Outcome:
        draft = work.drafts.of_form(key)
        submission = Submission(
            form_id=key,
            form=form,
            kind=OperationKind.QUICK_LOG,
            twin_accepted=twin_accepted,
            draft=draft.id if draft else None,
            remark=unread,
        )
        outcome = self._interactions.written(work, actor, submission)
        if outcome.entry is not None:
            work.drafts.finish(key, form)
            return outcome
        self._keep(work, actor, key, form)
        if outcome.twin is not None:
            twin = work.entries.listed(outcome.twin)
            if twin is not None:
                self._say(work, actor, key, views.twin(twin, key, text))
        else:
            reasons = [text.say(message) for message in outcome.problems.values()]
            self._say(work, actor, key, views.not_possible(reasons, key, text))
        return outcome

    def _finish(
        self,
        actor: Person,
        key: FormId,
        response_url: str | None,
        contact: ContactId | None,
        *,
        twin_accepted: bool,
    ) -> Outcome:
        try:
            with self._store.begin(actor.workspace) as work:
                outcome = self._finished(work, actor, key, response_url, contact, twin_accepted=twin_accepted)
        except Conflict:
            outcome = self._first(actor, key)
        self._rung(actor)
        return outcome

    def _finished(
        self,
        work: Work,
        actor: Person,
        key: FormId,
        response_url: str | None,
        contact: ContactId | None,
        *,
        twin_accepted: bool,
    ) -> Outcome:
        draft = work.drafts.of_form(key)
        if draft is None or draft.owner != actor.id:
            raise Refusal("This postponed interaction is gone, or not yours.")
        if draft.state is DraftState.DISCARDED:
            raise Refusal("This postponed interaction was discarded.")
        if draft.state is DraftState.FINISHED:
            return Outcome()
        form = draft.form
        if contact is not None:
            form = with_defaults(work, form, replace(form, contact=contact))
        if response_url is not None:
            work.deliveries.point_at_message(key, actor.id, response_url)
        text = self._people.text(actor)
        return self._attempt(work, actor, key, form, text, twin_accepted=twin_accepted)

    def _keep(self, work: Work, actor: Person, key: FormId, form: Form) -> None:
        work.drafts.save(key, actor.id, form, None)

    def _say(self, work: Work, actor: Person, key: FormId, payload: dict[str, object]) -> None:
        name = f"quick:{work.access.ids()}"
        work.deliveries.say(name, DeliveryKind.ANSWER, actor.id, payload, answer=key)

    def _first(self, actor: Person, key: FormId) -> Outcome:
        with self._store.read(actor.workspace) as work:
            entry = work.entries.of_form(key)
        return Outcome(entry=entry.id if entry else None)

    def _rung(self, actor: Person) -> None:
        self._bell.ring()
        self._bell.home_changed(actor.workspace, actor.id)
