"""What an admin finds on App Home as still to be done."""

from collections.abc import Mapping

from bot.domain.checklist import BACKUP, LOOKED_AT, Checklist, Look, failing, old_backup
from bot.domain.jobs import JobRun
from bot.domain.people import Person
from bot.domain.reminder_policy import POLICY
from bot.services.bell import Bell, homes_changed
from bot.services.jobs import LOOKED_BACK, SHOWN
from bot.services.people import VISIBILITY
from bot.services.purge import admin_only
from storage.store import Store
from storage.work import Work

DECIDED = {Look.VISIBILITY: VISIBILITY, Look.REMINDERS: POLICY}
"""Settings that are decided, and so looked at, once there is a value."""


class Checklists:
    """Remembers what admins have looked at."""

    def __init__(self, store: Store, bell: Bell) -> None:
        self._store = store
        self._bell = bell

    def looked(self, actor: Person, look: Look) -> None:
        """Take a line off every admin's list.

        Raises:
            Refusal: the actor is no admin.
        """
        admin_only(actor)
        with self._store.begin(actor.workspace) as work:
            seen = _looked_at(work)
            if look in seen:
                return
            work.settings.put(LOOKED_AT, sorted({*seen, look.value}))
            admins = [admin.id for admin in work.people.admins()]
        homes_changed(self._bell, actor, admins)


def checklist(work: Work, runs: Mapping[str, JobRun]) -> Checklist:
    """Return what is not done in this workspace; the jobs are those of the whole program."""
    now, teams = work.access.clock.now(), work.weeks.leaders_by_team()
    return Checklist(
        no_contacts=not work.contacts.any(),
        no_teams=not teams,
        leaderless=tuple(sorted(name for name, leaders in teams if not leaders)),
        unseen=_unseen(work, with_digests=bool(teams)),
        failed=failing(runs.values()),
        old_backup=old_backup(runs.get(BACKUP), now),
        undelivered=len(work.failures.since(now - LOOKED_BACK, SHOWN)),
    )


def _unseen(work: Work, *, with_digests: bool) -> tuple[Look, ...]:
    """Return what nobody has looked at; there is no digest without a team."""
    seen = _looked_at(work)
    decided = {look for look, key in DECIDED.items() if work.settings.get(key) is not None}
    known = {*seen, *decided, *([] if with_digests else [Look.DIGESTS])}
    return tuple(look for look in Look if look not in known)


def _looked_at(work: Work) -> frozenset[str]:
    return frozenset(work.settings.get(LOOKED_AT) or ())
