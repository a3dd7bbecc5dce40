"""Files of many rows: written page by page, whole or not there (`reliability.md` 7)."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bot.domain.entry_exports import Column
from bot.domain.ids import WorkspaceId
from bot.domain.purge import Selection
from bot.sheets import comma, excel
from bot.sheets.cells import Cell, Layout, Pages, whole
from bot.text import Text
from bot.views.entry_sheet import EntryRows
from storage.canceled import Mark
from storage.canceled_sheet import page
from storage.store import Store

ROWS_AT_ONCE = 2_000


def write(store: Store, workspace: WorkspaceId, chosen: Selection, path: Path) -> int:
    """Write the canceled entries of a selection to `path`; return how many there were."""
    rows = EntryRows(Text("en-GB", "UTC", store.clock.now()), tuple(Column))
    return write_rows(store, path, rows.layout.heading, _pages(store, workspace, chosen, rows))


def write_rows(
    store: Store,
    path: Path,
    header: Sequence[str],
    pages: Iterable[Sequence[Sequence[object]]],
    dialect: comma.Dialect = comma.ENGLISH,
) -> int:
    """Write rows to a CSV file, which is whole or not there; return how many there were."""
    with whole(path, store.ids()) as part:
        return comma.write_rows(part, header, pages, dialect)


def write_workbook(store: Store, path: Path, layout: Layout, pages: Pages) -> tuple[int, int]:
    """Write rows to an Excel workbook, which is whole or not there; return how many there were, on how many sheets."""
    with whole(path, store.ids()) as part:
        return excel.write_rows(part, layout, pages)


def _pages(
    store: Store, workspace: WorkspaceId, chosen: Selection, rows: EntryRows
) -> Iterator[list[list[Cell]]]:
    """Yield the rows of each page; each is read in a short transaction of its own."""
    mark: Mark | None = Mark(chosen.after)
    while mark is not None:
        with store.read(workspace) as work:
            found = page(work.access, chosen, mark, ROWS_AT_ONCE)
        yield rows.written(found.rows)
        mark = found.mark
