"""The bell: a service rings it after a commit, so that what is to be said is said at once."""

from collections.abc import Iterable
from typing import Protocol

from bot.domain.ids import PersonId, WorkspaceId
from bot.domain.people import Person


class Bell(Protocol):
    """Wakes the outbox of this process; other processes look by themselves every two seconds."""

    def ring(self) -> None:
        """Say that deliveries are due."""

    def home_changed(self, workspace: WorkspaceId, person: PersonId) -> None:
        """Say that somebody's App Home is no longer what it was."""


def homes_changed(bell: Bell, actor: Person, others: Iterable[PersonId | None]) -> None:
    """Say that what somebody did shows on his App Home, and on those of others; nobody twice."""
    for person in {actor.id, *others}:
        if person is not None:
            bell.home_changed(actor.workspace, person)
