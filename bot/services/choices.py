"""What a choice in the open form brings along: a template its values, a contact his (`domain.md` 2.1).

Choices may overtake each other on their way. Each is kept first, in the order of the person's acts; then the
form is shown as it was kept last, so that the last word stands on the screen whoever speaks it.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.domain.calls import CallOutcome, came_to
from bot.domain.ids import ContactId
from bot.domain.interactions import Field, Form, filled, value_of
from bot.domain.people import Person
from bot.domain.postponed import Layout, still_shown
from bot.services.defaults import with_defaults
from bot.views.forms import Meta
from storage.store import Store
from storage.work import Work

FORCED = (
    Field.DESCRIPTION,
    Field.CORRESPONDENCE,
    Field.FLOW,
    Field.INITIATED_BY,
    Field.DURATION,
    Field.COST,
    Field.LANGUAGE,
    Field.CAMPAIGN,
)
"""The fields that choosing a template fills."""

_Change = Callable[[Work, Form, Layout], tuple[Form, Layout]]


class Choices:
    """Keeps choices."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def choose(self, actor: Person, meta: Meta, typed: Mapping[Field, object], action: str) -> None:
        """Keep a contact or template that was chosen, and what it brings along."""

        def change(work: Work, before: Form, layout: Layout) -> tuple[Form, Layout]:
            base = filled(before, still_shown(typed, meta.revisions, layout))
            new = with_defaults(work, before, base)
            forced = [field for field in FORCED if value_of(new, field) != value_of(base, field)]
            return new, layout.forcing(forced)

        self._keep(actor, meta, action, change)

    def unfold(self, actor: Person, meta: Meta, typed: Mapping[Field, object], action: str) -> None:
        """Keep that **More fields** was pressed."""

        def change(_work: Work, before: Form, layout: Layout) -> tuple[Form, Layout]:
            return filled(before, still_shown(typed, meta.revisions, layout)), replace(layout, more=True)

        self._keep(actor, meta, action, change)

    def make_today(self, actor: Person, meta: Meta, typed: Mapping[Field, object], action: str) -> None:
        """Date a form today; its time stays, unless that is still to come."""
        now = self._store.clock.now().astimezone(ZoneInfo(actor.zone))
        clock = now.time().replace(second=0, microsecond=0)

        def change(_work: Work, before: Form, layout: Layout) -> tuple[Form, Layout]:
            base = filled(before, still_shown(typed, meta.revisions, layout))
            at = base.at if base.at is None or base.at <= clock else clock
            new = replace(base, day=now.date(), at=at)
            moved = [Field.DATE] if at == base.at else [Field.DATE, Field.TIME]
            return new, layout.forcing(moved)

        self._keep(actor, meta, action, change)

    def set_outcome(
        self, actor: Person, meta: Meta, typed: Mapping[Field, object], outcome: CallOutcome, action: str
    ) -> None:
        """Keep what came of a call: whether it failed, how it went, whether it took time."""

        def change(work: Work, before: Form, layout: Layout) -> tuple[Form, Layout]:
            base = filled(before, still_shown(typed, meta.revisions, layout))
            template = work.templates.get(base.template) if base.template else None
            new = came_to(outcome, base, str(template.duration or "") if template else "")
            return new, layout.forcing([Field.ATTEMPT_FAILED, Field.EVALUATION, Field.DURATION])

        self._keep(actor, meta, action, change)

    def set_contact(self, actor: Person, meta: Meta, contact: ContactId) -> None:
        """Put a contact that was just made into the open form."""

        def change(work: Work, before: Form, layout: Layout) -> tuple[Form, Layout]:
            base = replace(before, contact=contact)
            new = with_defaults(work, before, base)
            forced = [field for field in FORCED if value_of(new, field) != value_of(base, field)]
            return new, layout.forcing([Field.CONTACT, *forced])

        self._keep(actor, meta, None, change)

    def _keep(self, actor: Person, meta: Meta, action: str | None, change: _Change) -> None:
        with self._store.begin(actor.workspace) as work:
            draft = work.drafts.of_form(meta.form_id)
            mine = draft is not None and draft.owner == actor.id
            before = draft.form if draft and mine else Form(salesperson=actor.id)
            layout = draft.layout if draft else Layout(revisions=meta.revisions)
            form, layout = change(work, before, layout)
            work.drafts.save(meta.form_id, actor.id, form, action, layout)
