"""Importing contacts from a file, and taking an import back (`product.md` 11)."""

from pathlib import Path

from bot.domain.ids import ImportId, WorkspaceId
from bot.domain.import_results import Report, Reverted
from bot.domain.messages import Refusal
from bot.domain.people import Person
from bot.services.import_check import Checking
from bot.services.import_report import Progress
from bot.services.import_revert import Reverting
from bot.services.import_run import Importing
from storage.store import Store

__all__ = ["ContactImport", "Progress", "Report", "Reverted"]


class ContactImport:
    """Imports contacts."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def check(
        self,
        workspace: WorkspaceId,
        source: Path,
        *,
        progress: Progress | None = None,
        errors_to: Path | None = None,
    ) -> Report:
        """Tell what `run` would do; nothing is written but the error file.

        Raises:
            Refusal: the file can't be read, or its titles are unknown.
        """
        return Checking(self._store, workspace, source, progress).report(errors_to)

    def run(
        self,
        workspace: WorkspaceId,
        actor: Person | None,
        source: Path,
        *,
        progress: Progress | None = None,
        errors_to: Path | None = None,
    ) -> Report:
        """Import a file; faulty rows go to `errors_to`. What is done when it breaks off stays; again completes it.

        Raises:
            Refusal: the file can't be read, or its titles are unknown.
            Busy: others kept the database from being written.
        """
        return Importing(self._store, workspace, source, progress).report(actor, errors_to)

    def revert(self, workspace: WorkspaceId, actor: Person | None, import_id: ImportId) -> Reverted:
        """Delete what an import made and give back what it changed, as far as nobody touched it since.

        Raises:
            Refusal: there is no such import, it was taken back before, or something is being done to it in Slack.
        """
        with self._store.read(workspace) as work:
            order = work.import_orders.of_import(import_id)
        if order is not None:
            raise Refusal("Something is being done to the import of {file}. Wait a moment.", file=order.file)
        return Reverting(self._store, workspace, import_id).reverted(actor)
