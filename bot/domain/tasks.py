"""Tasks: follow-ups with a due date (`domain.md` 1.13)."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from bot.domain.ids import CampaignId, ContactId, EntryId, PersonId, TaskId

DESCRIPTION_LIMIT = 200


class TaskKind(StrEnum):
    """What is to be done."""

    TASK = "task"
    MEETING = "meeting"
    PHONE_CALL = "phone_call"


class TaskStatus(StrEnum):
    """How far it has come."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CANCELED = "canceled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A follow-up; `due` is a day of its salesperson's own calendar."""

    id: TaskId
    kind: TaskKind
    description: str
    due: date
    due_time: time | None = None
    status: TaskStatus = TaskStatus.NOT_STARTED
    contact: ContactId | None = None
    salesperson: PersonId
    entry: EntryId | None = None
    campaign: CampaignId | None = None
    snoozed_until: datetime | None = None
    revision: int = 0

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.status not in (TaskStatus.COMPLETED, TaskStatus.CANCELED)
