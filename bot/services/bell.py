"""The bell: a service rings it after a commit, so that what is to be said is said at once."""

from typing import Protocol

from bot.domain.ids import PersonId, WorkspaceId


class Bell(Protocol):
    """Wakes the outbox of this process; other processes look by themselves every two seconds."""

    def ring(self) -> None:
        """Say that deliveries are due."""

    def home_changed(self, workspace: WorkspaceId, person: PersonId) -> None:
        """Say that somebody's App Home is no longer what it was."""
