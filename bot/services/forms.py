"""Opening the form, and showing it again after a choice (`product.md` 4; `domain.md` 2.1)."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from bot.domain.contacts import Contact
from bot.domain.ids import CampaignId, ContactId, EntryId, FormId, OpportunityId, PersonId, TaskId, TemplateId
from bot.domain.inheritance import with_template
from bot.domain.interactions import DESCRIPTION_LIMIT, Entry, Form
from bot.domain.messages import Refusal
from bot.domain.people import Person, may_log_for
from bot.domain.postponed import Draft, Layout
from bot.domain.tasks import Task
from bot.services.campaign_choices import still_offered, while_it_runs
from bot.services.defaults import preferred, retired, rounded_up
from bot.services.gates import LOG_FOR, only_for, readable, refuse_blocked, resumable
from bot.services.people import People
from bot.views import interactions as views
from bot.views.forms import Meta
from bot.views.interactions import Shown
from storage.store import Store
from storage.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Where a form begins: what is filled in before anything is typed."""

    contact: ContactId | None = None
    locked: bool = False
    template: TemplateId | None = None
    salesperson: PersonId | None = None
    description: str = ""
    comment: str = ""
    call: str = ""
    campaign: CampaignId | None = None
    opportunity: OpportunityId | None = None
    task: TaskId | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A form that is ready to be shown."""

    form_id: FormId
    form: Form
    layout: Layout
    view: dict[str, Any]


class Forms:
    """Makes the forms; nothing here writes but `remember`."""

    def __init__(self, store: Store, people: People) -> None:
        self._store = store
        self._people = people

    def open(self, actor: Person, start: Start) -> Opened:
        """Return a new form.

        Raises:
            Refusal: the contact asked not to be recorded, or the actor may not log for that salesperson.
        """
        with self._store.read(actor.workspace) as work:
            contact = work.contacts.get(start.contact) if start.contact else None
            refuse_blocked(work, contact)
            self._refuse_foreign(work, actor, start)
            form = self._begun(work, actor, start, contact)
            locked = int(contact.id) if contact and start.locked else None
            meta = Meta(form_id=FormId(uuid4().hex), template=form.template, locked=locked, call=start.call)
            return self._opened(work, actor, meta, form)

    def open_again(self, actor: Person) -> Opened:
        """Return a form with the contact and template of the actor's last entry (`/log again`).

        Raises:
            Refusal: there is no last entry.
        """
        with self._store.read(actor.workspace) as work:
            last = next(iter(work.entries.latest_logged_by(actor.id, 1)), None)
        if last is None:
            raise Refusal("You have logged nothing yet. Start with /log.")
        return self.open(actor, Start(contact=last.entry.contact, template=last.entry.template))

    def open_from_entry(self, actor: Person, entry: EntryId) -> Opened:
        """Return a form for one more interaction with the same contact (**Create interaction** on an entry).

        Raises:
            Refusal: the entry is gone, or not the actor's to read.
        """
        return self.open(actor, self._start_of(actor, entry))

    def open_from_task(self, actor: Person, task: Task) -> Opened:
        """Return a form for the interaction that a follow-up asked for; logging it ticks the follow-up off.

        Raises:
            Refusal: the contact asked not to be recorded.
        """
        whole = task.description if len(task.description) > DESCRIPTION_LIMIT else ""
        start = Start(
            contact=task.contact,
            description=task.description[:DESCRIPTION_LIMIT],
            comment=whole,
            campaign=task.campaign,
            task=task.id,
        )
        return self.open(actor, start)

    def open_corrected(self, actor: Person, entry: EntryId) -> Opened:
        """Return a form with everything of an entry, to log it anew after it was undone or canceled."""
        with self._store.read(actor.workspace) as work:
            found = readable(work, actor, entry).entry
            return self._opened(
                work, actor, Meta(form_id=FormId(uuid4().hex), template=found.template), _copied(found)
            )

    def open_filled(self, actor: Person, form_id: FormId, form: Form) -> Opened:
        """Return a form with what was understood of a quick log."""
        with self._store.read(actor.workspace) as work:
            return self._opened(work, actor, Meta(form_id=form_id, template=form.template), form)

    def resume(self, actor: Person, form_id: FormId) -> Opened:
        """Return a postponed form with everything as it was typed, original date included.

        Raises:
            Refusal: it was finished or discarded meanwhile, or is somebody else's.
        """
        with self._store.read(actor.workspace) as work:
            draft = resumable(work, actor, form_id)
            return self._opened(work, actor, meta_of(draft), draft.form)

    def resumed(self, actor: Person, form_id: FormId, response_url: str | None) -> None:
        """Remember that a form stands on a screen again; the next words about it replace the message it came from."""
        with self._store.begin(actor.workspace) as work:
            work.drafts.reopen(form_id)
            if response_url is not None:
                work.deliveries.point_at_message(form_id, actor.id, response_url)

    def resumed_beside(self, actor: Person, form_id: FormId, response_url: str | None, block: str) -> None:
        """Remember the same of a form that was resumed from a list: the next words stand beside it, and it changes."""
        with self._store.begin(actor.workspace) as work:
            draft = work.drafts.of_form(form_id)
            work.drafts.reopen(form_id)
            if response_url is not None and draft is not None:
                work.deliveries.answer_beside(form_id, actor.id, response_url)
                work.drafts.stand(form_id, replace(draft.layout, below=block))
                work.deliveries.point_at_message(list_of(draft), actor.id, response_url)

    def current(self, actor: Person, form_id: FormId) -> dict[str, Any]:
        """Return the open form as it was kept last; whoever changed it, this is what should stand there.

        Raises:
            Refusal: it was finished or discarded meanwhile.
        """
        with self._store.read(actor.workspace) as work:
            draft = resumable(work, actor, form_id)
            return self._view(work, actor, meta_of(draft), draft.form, saved=True)

    def with_twin(self, actor: Person, meta: Meta, form: Form, twin: EntryId) -> dict[str, Any]:
        """Return the open form with the question whether to log the same once more."""
        with self._store.read(actor.workspace) as work:
            shown = replace(
                self._shown(work, actor, replace(meta, twin=int(twin)), form), twin=work.entries.listed(twin)
            )
            return views.form(shown, self._people.text(actor))

    def remember(self, actor: Person, opened: Opened, response_url: str | None) -> None:
        """Keep the opened form, and where its answers go."""
        with self._store.begin(actor.workspace) as work:
            work.drafts.open(opened.form_id, actor.id, opened.form, opened.layout)
            work.deliveries.open_answer(opened.form_id, actor.id, response_url)

    def _opened(self, work: Work, actor: Person, meta: Meta, form: Form) -> Opened:
        layout = Layout(
            more=meta.more,
            locked=form.contact if meta.locked else None,
            revisions=meta.revisions,
            call=meta.call,
        )
        return Opened(meta.form_id, form, layout, self._view(work, actor, meta, form, saved=False))

    def _view(self, work: Work, actor: Person, meta: Meta, form: Form, *, saved: bool) -> dict[str, Any]:
        shown = replace(self._shown(work, actor, meta, form), saved=saved)
        return views.form(shown, self._people.text(actor))

    def _shown(self, work: Work, actor: Person, meta: Meta, form: Form) -> Shown:
        contact = work.contacts.get(form.contact) if form.contact else None
        templates = work.templates.active()
        groups = {
            group: tuple(template for template in templates if template.group == group.id)
            for group in work.templates.groups().values()
        }
        return Shown(
            meta=meta,
            form=form,
            contact=contact,
            groups={group: chosen for group, chosen in groups.items() if chosen},
            template=next((template for template in templates if template.id == form.template), None),
            retired=retired(work, form),
            **(self._more(work, actor, contact, form) if meta.more else _NOTHING_MORE),
        )

    def _more(self, work: Work, actor: Person, contact: Contact | None, form: Form) -> dict[str, Any]:
        today = self._people.text(actor).today
        people = tuple(person for person in work.people.active() if may_log_for(actor, person))
        chances = work.opportunities.open_of(contact.id, contact.company, form.salesperson) if contact else []
        return {
            "salespeople": people,
            "campaigns": tuple(work.campaigns.running(today)),
            "opportunities": tuple(chances),
        }

    def _begun(self, work: Work, actor: Person, start: Start, contact: Contact | None) -> Form:
        day_and_time = rounded_up(self._store.clock.now(), actor.zone)
        template = work.templates.in_use(start.template) if start.template else None
        form = Form(
            contact=contact.id if contact else None,
            day=day_and_time.date(),
            at=day_and_time.time(),
            salesperson=start.salesperson or actor.id,
            description=start.description,
            comment=start.comment,
            campaign=start.campaign,
            opportunity=start.opportunity,
            task=start.task,
        )
        if template is None:
            return form
        return preferred(with_template(form, while_it_runs(work, template), None), template, contact)

    def _start_of(self, actor: Person, entry: EntryId) -> Start:
        with self._store.read(actor.workspace) as work:
            found = readable(work, actor, entry).entry
            today = self._people.text(actor).today
            campaign, opportunity = still_offered(work, today, found.campaign, found.opportunity)
        return Start(contact=found.contact, campaign=campaign, opportunity=opportunity)

    def _refuse_foreign(self, work: Work, actor: Person, start: Start) -> None:
        person = work.people.get(start.salesperson) if start.salesperson else None
        if person is not None and not may_log_for(actor, person):
            raise only_for(work, LOG_FOR, person)


_NOTHING_MORE: dict[str, Any] = {"salespeople": (), "campaigns": (), "opportunities": ()}


def list_of(draft: Draft) -> str:
    """Return the key of the list from which a draft was resumed; it stays when the form gets another id."""
    return f"list:{draft.id}"


def meta_of(draft: Draft) -> Meta:
    """Return what the form of a draft carries with it."""
    layout = draft.layout
    return Meta(
        form_id=draft.form_id,
        template=draft.form.template,
        more=layout.more or _has_more(draft.form),
        locked=layout.locked,
        revisions=layout.revisions,
        call=layout.call,
    )


def _copied(entry: Entry) -> Form:
    return Form(
        contact=entry.contact,
        template=entry.template,
        description=entry.description,
        day=entry.day,
        at=entry.at,
        evaluation=entry.evaluation,
        attempt_failed=entry.attempt_failed,
        comment=entry.comment,
        salesperson=entry.salesperson,
        correspondence=entry.correspondence,
        flow=entry.flow,
        initiated_by=entry.initiated_by,
        duration="" if entry.duration is None else str(entry.duration),
        cost=entry.cost,
        language=entry.language,
        campaign=entry.campaign,
        opportunity=entry.opportunity,
        task=entry.task,
    )


def _has_more(form: Form) -> bool:
    return bool(form.campaign or form.opportunity or form.cost)
