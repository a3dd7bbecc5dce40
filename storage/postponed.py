"""Drafts: the newest state of each form, by action time, whatever the order of arrival."""

from collections.abc import Mapping
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, insert, or_, select, update

from bot.domain.ids import ContactId, DraftId, FormId, PersonId
from bot.domain.interactions import Correspondence, Evaluation, Flow, Form, Initiator
from bot.domain.postponed import Draft, DraftState, Layout
from storage.access import Access, Row, upsert_into
from storage.tables.contacts import contacts
from storage.tables.interactions import drafts
from storage.types import Instant, Json

_AFTER_ALL = "9" * 30
_OF_FORM = select(drafts).where(
    drafts.c.workspace_id == bindparam("workspace"), drafts.c.form_id == bindparam("form")
)
_FINISH = (
    update(drafts)
    .where(
        drafts.c.workspace_id == bindparam("workspace"),
        drafts.c.form_id == bindparam("of_form"),
        drafts.c.state == DraftState.OPEN,
    )
    .values(
        state=DraftState.FINISHED,
        ended_at=bindparam("now", type_=Instant),
        form=bindparam("words", type_=Json),
        contact_id=bindparam("contact"),
    )
)
_CONTACT = select(contacts.c.id).where(
    contacts.c.workspace_id == bindparam("workspace"), contacts.c.id == bindparam("contact")
)


class Drafts:
    """The drafts of a workspace."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def of_form(self, form_id: FormId) -> Draft | None:
        """Return the draft of a form."""
        asked = {"workspace": self._access.workspace, "form": form_id}
        row = self._access.connection.execute(_OF_FORM, asked).mappings().one_or_none()
        return None if row is None else draft_of(row)

    def get(self, draft: DraftId) -> Draft | None:
        """Return one draft."""
        return self._one(drafts.c.id == draft)

    def open(self, form_id: FormId, owner: PersonId, form: Form, layout: Layout) -> None:
        """Remember a form that was just opened; a state that was typed meanwhile stays."""
        self._access.connection.execute(
            self._access.insert_once(drafts, "form_id"), self._new(form_id, owner, form, layout)
        )

    def save(
        self, form_id: FormId, owner: PersonId, form: Form, action: str | None, layout: Layout | None = None
    ) -> bool:
        """Keep what was typed up to the action at `action` (Slack's `action_ts`); False if newer words are here.

        A finished or discarded form is never revived. Without an `action` it is our own word, which says nothing
        of the order of the person's acts. Without a `layout` the one that is there stays.
        """
        new = self._new(form_id, owner, form, layout or Layout()) | {
            "kept": True,
            "saved_by_action": action or "",
            "acting": owner,
            "acted": _AFTER_ALL if action is None else action,
        }
        taken: tuple[str, ...] = ("form", "contact_id", "saved_at")
        taken += ("saved_by_action",) if action is not None else ()
        taken += ("layout",) if layout is not None else ()
        saved = self._access.connection.execute(_saving(self._access.dialect, taken), new)
        return bool(saved.rowcount)

    def keep(self, form_id: FormId) -> bool:
        """List the form among the postponed ones; False when it is no longer open."""
        return self._settle(form_id, DraftState.OPEN, kept=True)

    def finish(self, form_id: FormId, form: Form) -> bool:
        """Mark the form as having become an entry; it holds what was submitted, should it be given back."""
        finished = {
            "workspace": self._access.workspace,
            "of_form": form_id,
            "now": self._now(),
            "words": written(form),
            "contact": form.contact,
        }
        return bool(self._access.connection.execute(_FINISH, finished).rowcount)

    def discard(self, form_id: FormId) -> bool:
        """Throw the form away; False when it is no longer open."""
        return self._settle(form_id, DraftState.OPEN, state=DraftState.DISCARDED, ended_at=self._now())

    def give_back(self, form_id: FormId, given: FormId) -> bool:
        """Open an ended form again under a new form id; late words for the old one find it ended."""
        changed = self._access.connection.execute(
            update(drafts)
            .where(self._access.mine(drafts), drafts.c.form_id == form_id, drafts.c.state != DraftState.OPEN)
            .values(
                form_id=given,
                state=DraftState.OPEN,
                kept=True,
                ended_at=None,
                saved_at=self._now(),
                saved_by_action="",
            )
        )
        back = self.of_form(given)
        if not changed.rowcount or back is None:
            return False
        ended = self._new(form_id, back.owner, Form(), Layout())
        ended |= {"state": DraftState.DISCARDED, "ended_at": self._now()}
        self._access.connection.execute(insert(drafts).values(ended))
        return True

    def snooze(self, form_id: FormId, until: datetime | None) -> bool:
        """Leave the form out of reminders until then; None brings it back. False when it is no longer open."""
        return self._settle(form_id, DraftState.OPEN, snoozed_until=until)

    def close(self, form_id: FormId) -> bool:
        """Remember that the form's modal was closed; False when the form is no longer open."""
        return self._settle(form_id, DraftState.OPEN, closed_at=self._now())

    def reopen(self, form_id: FormId) -> bool:
        """Remember that the form stands on a screen again; its snooze is over."""
        return self._settle(form_id, DraftState.OPEN, closed_at=None, snoozed_until=None)

    def stand(self, form_id: FormId, layout: Layout) -> bool:
        """Remember how the form stands on the screen."""
        return self._settle(form_id, DraftState.OPEN, layout=_written_layout(layout))

    def awake(self, owner: PersonId, now: datetime) -> list[Draft]:
        """Return a person's drafts that come back from a snooze."""
        return self._list(drafts.c.owner_id == owner, drafts.c.snoozed_until <= now)

    def waiting(self, owner: PersonId) -> list[Draft]:
        """Return the postponed interactions of a person, newest first."""
        return self._list(drafts.c.owner_id == owner)

    def waiting_for(self, contact: ContactId, owner: PersonId) -> list[Draft]:
        """Return a person's postponed interactions with a contact, for a company also with its people, newest first."""
        people = select(contacts.c.id).where(self._access.mine(contacts), contacts.c.company_id == contact)
        meant = or_(drafts.c.contact_id == contact, drafts.c.contact_id.in_(people))
        return self._list(drafts.c.owner_id == owner, meant)

    def _list(self, *conditions: ColumnElement[bool]) -> list[Draft]:
        query = (
            select(drafts)
            .where(self._access.mine(drafts), drafts.c.state == DraftState.OPEN, drafts.c.kept, *conditions)
            .order_by(drafts.c.saved_at.desc())
        )
        return [draft_of(row) for row in self._access.connection.execute(query).mappings()]

    def _settle(self, form_id: FormId, state_before: DraftState, **values: Any) -> bool:
        changed = self._access.connection.execute(
            update(drafts)
            .where(self._access.mine(drafts), drafts.c.form_id == form_id, drafts.c.state == state_before)
            .values(**values)
        )
        return bool(changed.rowcount)

    def _one(self, condition: ColumnElement[bool]) -> Draft | None:
        query = select(drafts).where(self._access.mine(drafts), condition)
        row = self._access.connection.execute(query).mappings().one_or_none()
        return None if row is None else draft_of(row)

    def _new(self, form_id: FormId, owner: PersonId, form: Form, layout: Layout) -> dict[str, Any]:
        return {
            "id": self._access.ids(),
            "workspace_id": self._access.workspace,
            "form_id": form_id,
            "owner_id": owner,
            "contact_id": self._known(form.contact),
            "state": DraftState.OPEN,
            "kept": False,
            "form": written(form),
            "layout": _written_layout(layout),
            "revision": 0,
            "saved_by_action": "",
            "opened_at": self._now(),
            "saved_at": self._now(),
        }

    def _known(self, contact: ContactId | None) -> ContactId | None:
        """Return the contact as far as it is there; the form itself also keeps one that was deleted meanwhile."""
        if contact is None:
            return None
        asked = {"workspace": self._access.workspace, "contact": contact}
        return self._access.connection.scalar(_CONTACT, asked)

    def _now(self) -> Any:
        return self._access.clock.now()


@lru_cache(maxsize=16)
def _saving(dialect: str, taken: tuple[str, ...]) -> Any:
    """Return the statement of `save`, made once: it runs at every keystroke."""
    statement = upsert_into(drafts, dialect)
    return statement.on_conflict_do_update(
        index_elements=["workspace_id", "form_id"],
        set_={name: statement.excluded[name] for name in taken}
        | {"kept": True, "revision": drafts.c.revision + 1},
        where=(drafts.c.state == DraftState.OPEN)
        & (drafts.c.owner_id == bindparam("acting"))
        & (drafts.c.saved_by_action < bindparam("acted")),
    )


def written(form: Form) -> dict[str, Any]:
    """Return the form as JSON; what is empty is left out."""
    values = {name: getattr(form, name) for name in Form.__dataclass_fields__}
    return {
        name: value.isoformat() if isinstance(value, date | time) else value
        for name, value in values.items()
        if value not in (None, "", False)
    }


def read(values: Mapping[str, Any]) -> Form:
    """Return the form that `written` wrote."""
    readers: dict[str, Any] = {
        "day": date.fromisoformat,
        "follow_up": date.fromisoformat,
        "at": time.fromisoformat,
        "evaluation": Evaluation,
        "correspondence": Correspondence,
        "flow": Flow,
        "initiated_by": Initiator,
    }
    known = {name: value for name, value in values.items() if name in Form.__dataclass_fields__}
    return Form(**{name: readers.get(name, lambda same: same)(value) for name, value in known.items()})


def _written_layout(layout: Layout) -> dict[str, Any]:
    return {
        "more": layout.more,
        "locked": layout.locked,
        "revisions": dict(layout.revisions),
        "below": layout.below,
        "call": layout.call,
    }


def draft_of(row: Row) -> Draft:
    """Return the draft of a row."""
    return Draft(
        id=DraftId(row["id"]),
        form_id=FormId(row["form_id"]),
        owner=PersonId(row["owner_id"]),
        form=read(row["form"]),
        layout=Layout(**row["layout"]),
        state=DraftState(row["state"]),
        kept=row["kept"],
        revision=row["revision"],
        opened_at=row["opened_at"],
        saved_at=row["saved_at"],
        closed_at=row["closed_at"],
        snoozed_until=row["snoozed_until"],
    )
