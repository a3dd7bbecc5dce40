"""Reminders of an office, without Slack: what is said to whom, and when."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from office import Office, Silence
from sqlalchemy import select, update

from bot.domain.deliveries import DeliveryKind, DeliveryState
from bot.domain.ids import FormId
from bot.domain.people import Person
from bot.services.departures import Departures
from bot.services.preferences import Preferences
from bot.services.reminders import Quiet, Reminders
from storage.store import Store
from storage.tables.deliveries import deliveries
from storage.tables.interactions import drafts
from storage.tables.reminders import reminders


def undisturbed(_: Person) -> datetime | None:
    return None


@dataclass
class Ward:
    """Looks after the people of an office when the test says so."""

    office: Office
    reminders: Reminders = field(init=False)

    def __post_init__(self) -> None:
        self.reminders = self.another(self.office.store)
        self.preferences = Preferences(self.office.store, self.office.people, Silence())
        self.departures = Departures(self.office.store, Silence())

    def another(self, store: Store) -> Reminders:
        """Return what another process would look with."""
        return Reminders(store, self.office.people, Silence())

    def looks(self, quiet: Quiet = undisturbed) -> int:
        return self.reminders.remind(quiet)

    def at(self, person: Person, day: date, clock: time) -> datetime:
        """Move the clock to a moment of somebody's own day."""
        zone = self.office.people.text(person).zone
        there = datetime.combine(day, clock, tzinfo=zone)
        self.office.clock.move(there - self.office.clock.now())
        return self.office.clock.now()

    def postpones(self, person: Person, comment: str = "asked about delivery") -> FormId:
        """Let somebody whom we look after leave a form, an hour ago."""
        form = self.puts_away(person, comment)
        self.looks_after(person)
        with self.office.store.writing() as connection:
            ago = self.office.clock.now() - timedelta(hours=1)
            connection.execute(update(drafts).where(drafts.c.form_id == form).values(closed_at=ago))
        return form

    def looks_after(self, person: Person) -> None:
        """Let somebody be no newcomer: he is looked at next time."""
        with self.office.store.begin(self.office.workspace) as work:
            work.reminders.enroll(person.id, self.office.clock.now())

    def puts_away(self, person: Person, comment: str = "asked about delivery") -> FormId:
        """Let somebody begin a form and leave it now."""
        contact = self.office.knows(person, f"Anna {comment}")
        form = FormId(f"form{self.office.store.ids()}")
        self.office.types(person, form, self.office.typed(contact, comment=comment), "1")
        self.office.postponed.close(person, form)
        return form

    def snoozes(self, form: FormId, until: datetime) -> None:
        with self.office.store.begin(self.office.workspace) as work:
            assert work.drafts.snooze(form, until)

    def said(self, person: Person) -> list[str]:
        """Return the reminders of somebody, the oldest first."""
        mine = (deliveries.c.person_id == person.id, deliveries.c.kind == DeliveryKind.REMINDER)
        query = select(deliveries.c.payload).where(*mine).order_by(deliveries.c.created_at, deliveries.c.id)
        with self.office.store.reading() as connection:
            return [payload["text"] for payload in connection.scalars(query)]

    def refused(self) -> None:
        """Let Slack refuse every reminder that was said."""
        mine = update(deliveries).where(deliveries.c.kind == DeliveryKind.REMINDER)
        ended = {"state": DeliveryState.FAILED, "settled_at": self.office.clock.now()}
        with self.office.store.writing() as connection:
            connection.execute(mine.values(ended))

    def row(self, person: Person) -> Any:
        with self.office.store.reading() as connection:
            return connection.execute(
                select(reminders).where(reminders.c.person_id == person.id)
            ).one_or_none()

    def until_told(self, person: Person, step: timedelta, most: int, quiet: Quiet = undisturbed) -> datetime:
        """Look again and again until something is said; return when that was."""
        before = len(self.said(person))
        for _ in range(most):
            self.looks(quiet)
            if len(self.said(person)) > before:
                return self.office.clock.now()
            self.office.clock.move(step)
        raise AssertionError("never told")


def quiet_until(instant: datetime) -> Callable[[Person], datetime | None]:
    return lambda _: instant
