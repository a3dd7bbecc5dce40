"""What an admin finds on App Home as still to be done, read within somebody else's transaction."""

from collections.abc import Mapping

from bot.domain.checklist import BACKUP, Checklist, failing, old_backup
from bot.domain.jobs import JobRun
from bot.services.jobs import LOOKED_BACK, SHOWN
from storage.work import Work


def checklist(work: Work, runs: Mapping[str, JobRun]) -> Checklist:
    """Return what is not done in this workspace; the jobs are those of the whole program."""
    now, teams = work.access.clock.now(), work.weeks.leaders_by_team()
    return Checklist(
        no_contacts=not work.contacts.any(),
        no_teams=not teams,
        leaderless=tuple(sorted(name for name, leaders in teams if not leaders)),
        failed=failing(runs.values()),
        old_backup=old_backup(runs.get(BACKUP), now),
        undelivered=len(work.failures.since(now - LOOKED_BACK, SHOWN)),
    )
