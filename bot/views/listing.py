"""Where a row of a list stands, written into its block: what is pressed there changes the list in place."""

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.ids import OperationId, TaskId


class Where(StrEnum):
    """The lists of things that wait."""

    DRAFTS = "drafts"
    TASKS = "tasks"
    TASK = "task"
    """A message about one follow-up."""
    REMINDER = "reminder"
    HOME = "home"


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as it stands before somebody: `of` is the contact it is filtered by, or the task it is about."""

    where: Where
    of: int = 0
    page: int = 0

    def turned(self, page: int) -> "Listing":
        """Return another page of the same list."""
        return replace(self, page=page)

    def block(self, subject: object = "") -> str:
        """Return the block id of what the list says about `subject`."""
        return f"{self.where}.{self.of}.{self.page}.{subject}"

    @classmethod
    def read(cls, block: str) -> "Listing | None":
        """Return the list in which a block stands, None when it stands in none."""
        where, _, rest = block.partition(".")
        of, _, rest = rest.partition(".")
        page, separator, _ = rest.partition(".")
        if where not in set(Where) or not separator or not (of.isdecimal() and page.isdecimal()):
            return None
        return cls(Where(where), int(of), int(page))


@dataclass(frozen=True, slots=True)
class Said:
    """What was just done, told at the top of a list, and how it can be taken back or gone on with."""

    words: str
    operation: OperationId | None = None
    log: TaskId | None = None
