"""Postponed interactions: kept as typed, closed, discarded, given back (`product.md` 4, 5)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.contacts import Contact
from bot.domain.deliveries import DeliveryKind
from bot.domain.ids import ContactId, DraftId, FormId, OperationId
from bot.domain.interactions import Field, Form, filled
from bot.domain.messages import Refusal
from bot.domain.operations import ItemKind, Operation, OperationKind
from bot.domain.people import Person
from bot.domain.postponed import Draft, DraftState, Fate, given_back_as, still_shown
from bot.services.bell import Bell
from bot.services.people import People
from bot.views import confirmations
from bot.views.forms import Meta
from storage.store import Store
from storage.work import Work


class Postponed:
    """Keeps forms that are not finished."""

    def __init__(self, store: Store, people: People, bell: Bell) -> None:
        self._store = store
        self._people = people
        self._bell = bell

    def autosave(self, actor: Person, meta: Meta, typed: Mapping[Field, object], action: str) -> None:
        """Keep what stands in the form as of the action at `action`; newer words are never overwritten."""
        with self._store.begin(actor.workspace) as work:
            draft = work.drafts.of_form(meta.form_id)
            if draft is not None and draft.owner != actor.id:
                raise Refusal("This form is somebody else's.")
            before = draft.form if draft else Form(salesperson=actor.id)
            fresh = still_shown(typed, meta.revisions, draft.layout) if draft else typed
            form = filled(before, fresh)
            saved = work.drafts.save(meta.form_id, actor.id, form, action)
            late = saved and draft is not None and draft.closed_at is not None and not draft.kept
            if late and draft is not None:
                self._say_postponed(work, actor, replace(draft, form=form))
        if late:
            self._rung(actor)

    def keep_now(self, actor: Person, form_id: FormId, form: Form) -> None:
        """Keep a whole form that we filled in ourselves."""
        with self._store.begin(actor.workspace) as work:
            work.drafts.save(form_id, actor.id, form, None)

    def close(self, actor: Person, form_id: FormId) -> None:
        """Postpone by the button: keeps any form that has a contact or a text, typed or prefilled."""
        with self._store.begin(actor.workspace) as work:
            draft = self._closed(work, actor, form_id)
            if draft is not None and (draft.kept or draft.form.worth_keeping):
                work.drafts.keep(form_id)
                self._say_postponed(work, actor, draft)
        self._rung(actor)

    def close_all(self, actor: Person, form_id: FormId) -> None:
        """Close by the X: keeps the form only if something was touched."""
        with self._store.begin(actor.workspace) as work:
            draft = self._closed(work, actor, form_id)
            if draft is not None and draft.kept:
                self._say_postponed(work, actor, draft)
        self._rung(actor)

    def discard(self, actor: Person, form_id: FormId, response_url: str | None) -> None:
        """Throw a form away; it can be undone for ten minutes.

        Raises:
            Refusal: it was finished already, or is somebody else's.
        """
        with self._store.begin(actor.workspace) as work:
            draft = self._draft(work, actor, form_id)
            if draft.state is DraftState.FINISHED:
                raise Refusal("This interaction has been logged already. Use Undo on its confirmation.")
            if work.drafts.discard(form_id):
                self._note_discard(work, actor, [draft], form_id)
            if response_url is not None:
                self._say_discarded(work, actor, form_id, response_url)
        self._rung(actor)

    def give_back(self, actor: Person, form_id: FormId) -> FormId:
        """Undo a discard and return the form's new id; already given back, it returns the same.

        Raises:
            Refusal: it was finished, is somebody else's, or its time is over.
        """
        with self._store.begin(actor.workspace) as work:
            draft = self._draft(work, actor, form_id)
            given = given_back_as(form_id)
            if work.drafts.of_form(given) is not None:
                return given
            if draft.state is DraftState.FINISHED:
                raise Refusal("This interaction has been logged already.")
            self._undo_discard(work, actor, draft)
            if draft.state is DraftState.OPEN or not work.drafts.give_back(form_id, given):
                return form_id
            work.deliveries.open_answer(given, actor.id, None)
        self._rung(actor)
        return given

    def discard_all(self, actor: Person, drafts: Sequence[DraftId]) -> tuple[OperationId, int]:
        """Throw waiting drafts away as one operation; return it and their number.

        Raises:
            Refusal: none of them waits any more.
        """
        with self._store.begin(actor.workspace) as work:
            found = (work.drafts.get(draft) for draft in drafts)
            mine = [draft for draft in found if draft is not None and draft.owner == actor.id]
            gone = [draft for draft in mine if work.drafts.discard(draft.form_id)]
            if not gone:
                raise Refusal("None of them waits any more: finished or discarded meanwhile.")
            operation = self._note_discard(work, actor, gone, None)
            for draft in gone:
                self._say_gone(work, actor, draft)
        self._rung(actor)
        return operation, len(gone)

    def fate(self, actor: Person, form_id: FormId) -> Fate | None:
        """Return what became of a form meanwhile, None while it still waits.

        Raises:
            Refusal: it is somebody else's, or was never kept.
        """
        with self._store.read(actor.workspace) as work:
            draft, entry = work.drafts.of_form(form_id), work.entries.of_form(form_id)
            if draft is None or draft.owner != actor.id:
                raise Refusal("This postponed interaction is gone, or not yours.")
            if draft.state is DraftState.OPEN:
                return None
            back = work.drafts.of_form(given_back_as(form_id))
            waits = back is not None and back.state is DraftState.OPEN
            listed = work.entries.listed(entry.id) if entry else None
        return Fate(form_id, listed, given_back_as(form_id) if waits else None)

    def waiting(self, actor: Person, contact: ContactId | None = None) -> list[tuple[Draft, Contact | None]]:
        """Return the actor's postponed interactions, newest first; with one contact if given."""
        with self._store.read(actor.workspace) as work:
            drafts = work.drafts.waiting_for(contact, actor.id) if contact else work.drafts.waiting(actor.id)
            return with_contacts(work, drafts)

    def _undo_discard(self, work: Work, actor: Person, draft: Draft) -> None:
        """Take the discard back; the others of the same operation stay discarded, and can still be taken back."""
        operation = work.operations.of_discard(draft.id, actor.id)
        if operation is None:
            return
        if not operation.undoable_at(self._store.clock.now()):
            raise Refusal("The ten minutes for Undo are over.")
        if len(operation.items) == 1:
            work.operations.undo(operation.id)

    def _draft(self, work: Work, actor: Person, form_id: FormId) -> Draft:
        draft = work.drafts.of_form(form_id)
        if draft is None or draft.owner != actor.id:
            raise Refusal("This postponed interaction is gone, or not yours.")
        return draft

    def _closed(self, work: Work, actor: Person, form_id: FormId) -> Draft | None:
        """Note that a form was closed; one that is not kept stays unlisted, for words that are still on their way."""
        draft = work.drafts.of_form(form_id)
        if draft is None or draft.owner != actor.id or draft.state is not DraftState.OPEN:
            return None
        work.drafts.close(form_id)
        return draft

    def _note_discard(
        self, work: Work, actor: Person, drafts: Sequence[Draft], answer: FormId | None
    ) -> OperationId:
        operation = OperationId(work.access.ids())
        work.operations.add(
            Operation(
                id=operation,
                actor=actor.id,
                kind=OperationKind.DISCARD,
                ended_at=work.access.clock.now(),
                answer=answer,
                items=tuple((ItemKind.DRAFT, int(draft.id)) for draft in drafts),
            )
        )
        return operation

    def _say_postponed(self, work: Work, actor: Person, draft: Draft) -> None:
        contact = work.contacts.get(draft.form.contact) if draft.form.contact else None
        name = contact.label if contact else ""
        payload = confirmations.postponed(draft.form, draft.form_id, name, self._people.text(actor))
        self._say(work, actor, draft.form_id, payload)

    def _say_discarded(self, work: Work, actor: Person, form_id: FormId, response_url: str) -> None:
        work.deliveries.point_at_message(form_id, actor.id, response_url)
        self._say(work, actor, form_id, confirmations.discarded(form_id, self._people.text(actor)))

    def _say_gone(self, work: Work, actor: Person, draft: Draft) -> None:
        """Let the draft's own message, where it stands, say that it was discarded."""
        words = confirmations.discarded(draft.form_id, self._people.text(actor))
        key = f"draft:{work.access.ids()}"
        work.deliveries.say(key, DeliveryKind.REPLACEMENT, actor.id, words, answer=draft.form_id)

    def _say(self, work: Work, actor: Person, form_id: FormId, payload: dict[str, object]) -> None:
        work.deliveries.open_answer(form_id, actor.id, None)
        key = f"draft:{work.access.ids()}"
        work.deliveries.say(key, DeliveryKind.CONFIRMATION, actor.id, payload, answer=form_id)

    def _rung(self, actor: Person) -> None:
        self._bell.ring()
        self._bell.home_changed(actor.workspace, actor.id)


def with_contacts(work: Work, drafts: Sequence[Draft]) -> list[tuple[Draft, Contact | None]]:
    """Return drafts with their contacts, as far as these are chosen and still there."""
    contacts = work.contacts.many(frozenset(draft.form.contact for draft in drafts if draft.form.contact))
    return [(draft, contacts.get(draft.form.contact) if draft.form.contact else None) for draft in drafts]
