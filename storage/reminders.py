"""What people chose for their working hours, and when each is reminded next."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from bot.domain.ids import PersonId
from bot.domain.postponed import DraftState
from bot.domain.reminder_policy import POLICY, Policy
from bot.domain.rhythm import Preferences
from storage.access import Access, Row
from storage.tables.interactions import drafts, tasks
from storage.tables.reminders import preferences, reminders
from storage.templates import Settings
from storage.types import Instant

_OF_PERSON = select(preferences).where(
    preferences.c.workspace_id == bindparam("workspace"), preferences.c.person_id == bindparam("person")
)
_HELD = (
    select(reminders.c.person_id)
    .where(reminders.c.workspace_id == bindparam("workspace"), reminders.c.person_id == bindparam("person"))
    .with_for_update()
)
_AGAIN = bindparam("again", type_=Instant)
_BACK_DRAFTS = (
    update(drafts)
    .where(
        drafts.c.workspace_id == bindparam("workspace"),
        drafts.c.owner_id == bindparam("person"),
        drafts.c.snoozed_until <= bindparam("now"),
        drafts.c.state == DraftState.OPEN,
    )
    .values(snoozed_until=_AGAIN)
)
_BACK_TASKS = (
    update(tasks)
    .where(
        tasks.c.workspace_id == bindparam("workspace"),
        tasks.c.salesperson_id == bindparam("person"),
        tasks.c.snoozed_until <= bindparam("now"),
        tasks.c.closed_at.is_(None),
    )
    .values(snoozed_until=_AGAIN)
)


class Reminders:
    """The reminders of a workspace."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def preferences(self, person: PersonId) -> Preferences:
        """Return what a person chose, the defaults where he chose nothing."""
        asked = {"workspace": self._access.workspace, "person": person}
        row = self._access.connection.execute(_OF_PERSON, asked).mappings().one_or_none()
        return self.policy().preferences if row is None else _preferences(row)

    def policy(self) -> Policy:
        """Return how people are reminded who chose nothing."""
        written = Settings(self._access).get(POLICY)
        return (Policy.parsed(written) if written else None) or Policy()

    def prefer(self, person: PersonId, chosen: Preferences) -> None:
        """Keep what a person chose."""
        values = _columns(chosen)
        statement = self._access.upsert(preferences).values(
            workspace_id=self._access.workspace, person_id=person, **values
        )
        self._access.connection.execute(
            statement.on_conflict_do_update(index_elements=["workspace_id", "person_id"], set_=values)
        )

    def hold(self, person: PersonId) -> None:
        """Let other processes that look at the same person wait until we end."""
        self._access.connection.execute(_HELD, {"workspace": self._access.workspace, "person": person})

    def bring_back(self, person: PersonId, now: datetime, again: datetime | None) -> None:
        """End the snoozes of a person that are over, or put them off until `again`."""
        mine = {"workspace": self._access.workspace, "person": person, "now": now, "again": again}
        for statement in (_BACK_DRAFTS, _BACK_TASKS):
            self._access.connection.execute(statement, mine)

    def look_at(self, person: PersonId, at: datetime) -> None:
        """Look at this moment whether something waits for a person."""
        statement = self._access.upsert(reminders).values(
            workspace_id=self._access.workspace, person_id=person, next_at=at
        )
        self._access.connection.execute(
            statement.on_conflict_do_update(
                index_elements=["workspace_id", "person_id"], set_={"next_at": at}
            )
        )

    def look_at_followers(self, at: datetime) -> None:
        """Look at this moment whether something waits for those who chose nothing."""
        chose = select(preferences.c.person_id).where(self._access.mine(preferences))
        self._access.connection.execute(
            update(reminders)
            .where(self._access.mine(reminders), reminders.c.person_id.not_in(chose))
            .values(next_at=at)
        )

    def enroll(self, person: PersonId, at: datetime) -> None:
        """Begin to look after somebody; who is looked after already stays as he is."""
        self._access.connection.execute(
            self._access.insert_once(reminders, "person_id"),
            {"workspace_id": self._access.workspace, "person_id": person, "next_at": at},
        )

    def claim(self, person: PersonId, seen: datetime, next_at: datetime, day: date | None) -> bool:
        """Move on to the next look; False when another process was first. `day` is the one reminded of."""
        values: dict[str, Any] = {"next_at": next_at}
        moved = self._access.connection.execute(
            update(reminders)
            .where(
                self._access.mine(reminders),
                reminders.c.person_id == person,
                reminders.c.next_at == seen,
            )
            .values(**(values if day is None else values | {"last_day": day}))
        )
        return bool(moved.rowcount)

    def forget(self, person: PersonId) -> None:
        """Stop looking after somebody who has left."""
        self._access.connection.execute(
            delete(reminders).where(self._access.mine(reminders), reminders.c.person_id == person)
        )


def _preferences(row: Row) -> Preferences:
    return Preferences(
        days=frozenset(int(day) for day in row["days"]),
        starts=row["starts"],
        ends=row["ends"],
        days_off=tuple(
            (date.fromisoformat(first), date.fromisoformat(last)) for first, last in row["days_off"]
        ),
        zone=row["zone"],
        country=row["country"],
        language=row["language"],
        reminders=row["reminders"],
    )


def _columns(chosen: Preferences) -> dict[str, Any]:
    return {
        "days": "".join(str(day) for day in sorted(chosen.days)),
        "starts": chosen.starts,
        "ends": chosen.ends,
        "days_off": [[first.isoformat(), last.isoformat()] for first, last in chosen.days_off],
        "zone": chosen.zone,
        "country": chosen.country,
        "language": chosen.language,
        "reminders": chosen.reminders,
    }
