"""What is done again and again: the jobs, and how often the clock looks at them."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from bot.clock import Clock
from bot.jobs.backups import back_up
from bot.jobs.board import Board, Job
from bot.jobs.departures import notice_departures
from bot.jobs.digests import send_digests
from bot.jobs.letters import note_letters
from bot.jobs.long import long_jobs
from bot.jobs.mailbox import read_mailbox
from bot.jobs.purge import delete, purge
from bot.jobs.remind import remind
from bot.jobs.removals import finish_removals
from bot.jobs.teams import follow_groups
from bot.jobs.tidy import tidy
from bot.presence import Presence
from bot.scheduler import Tick
from bot.settings import Settings
from bot.user_groups import UserGroups
from storage.jobs import JobRows
from storage.store import Store

LOOK = timedelta(seconds=20)
OFTEN = timedelta(seconds=15)
DEMO_LOOK = timedelta(seconds=1)
FIVE_MINUTES = timedelta(minutes=5)
HOURLY = timedelta(hours=1)


def jobs_of(
    settings: Settings,
    services: Mapping[str, Any],
    clock: Clock,
    presence: Presence,
    groups: UserGroups,
) -> tuple[Job, ...]:
    """Return what is done again and again, each once for all processes."""
    return (
        Job("remind", OFTEN, lambda: remind(services["reminders"], presence.quiet_until)),
        Job(
            "departures",
            HOURLY,
            lambda: notice_departures(services["reminders"], services["people"], presence.has_left),
        ),
        Job("teams", HOURLY, lambda: follow_groups(services["following"], groups)),
        *long_jobs(services, OFTEN),
        *_mailbox(settings, services),
        Job("digest", OFTEN, lambda: send_digests(services["digest_rounds"])),
        Job("delete", OFTEN, lambda: delete(services["deletions"])),
        Job("contacts", OFTEN, lambda: finish_removals(services["removals"])),
        Job("letters", OFTEN, lambda: note_letters(services["settling"])),
        Job("purge", HOURLY, lambda: purge(services["purge"])),
        Job("tidy", HOURLY, lambda: tidy(services["tidying"])),
        Job("backup", HOURLY, lambda: back_up(settings.database_url, settings.backups, clock.now())),
    )


def _mailbox(settings: Settings, services: Mapping[str, Any]) -> tuple[Job, ...]:
    """Return the job that reads the mailbox, where there is one."""
    mailbox = settings.mailbox
    if mailbox is None:
        return ()
    return (Job("mailbox", FIVE_MINUTES, lambda: read_mailbox(mailbox, services["mails"])),)


def ticks_of(settings: Settings, store: Store, jobs: Sequence[Job]) -> list[Tick]:
    """Return the looks at the jobs; the demo looks every second, since its clock can be moved."""
    board, every = Board(JobRows(store)), DEMO_LOOK if settings.clock_offset_file else LOOK
    return [Tick(job.name, every, partial(board.look, job)) for job in jobs]
