"""What the rows of a list of the setup make of what is there."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Protocol

from bot.domain.folding import fold
from bot.domain.ids import PersonId
from bot.domain.import_cells import Fault
from bot.domain.messages import Message
from bot.domain.setup_lists import Row
from storage.work import Work


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class Rows(Protocol):
    """Takes the rows of one list in one transaction; later rows find what earlier ones made."""

    def take(self, row: Row) -> Outcome:
        """Write what a row says, and return what became of it.

        Raises:
            Fault: it names what is not there, or breaks a rule.
        """


def refuse(problems: Mapping[Any, Message]) -> None:
    """Refuse a row in which something is wrong.

    Raises:
        Fault: something is.
    """
    for message in problems.values():
        raise Fault(message.text, **message.values)


def person_of(work: Work, named: str | None) -> PersonId | None:
    """Return the salesperson whom a row names by code or e-mail.

    Raises:
        Fault: nobody is called so.
    """
    if named is None:
        return None
    found = work.people.by_email(named) if "@" in named else work.people.by_code(named)
    if found is None:
        raise Fault("There is no salesperson “{name}”: write the code or the e-mail.", name=named)
    return found.id


def same(one: str, other: str) -> bool:
    """Whether two descriptions are the same but for capitals and accents."""
    return fold(one) == fold(other)
