"""CSV files: written page by page, and harmless in a spreadsheet (`reliability.md` 7)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from defusedcsv import csv

from bot.domain.ids import WorkspaceId
from bot.domain.purge import Selection
from storage.canceled import Mark
from storage.canceled_sheet import HEADER, page
from storage.store import Store

ROWS_AT_ONCE = 2_000


def write(store: Store, workspace: WorkspaceId, chosen: Selection, path: Path) -> int:
    """Write the canceled entries of a selection to `path`; return how many there were."""
    return write_rows(store, path, HEADER, _pages(store, workspace, chosen))


def write_rows(
    store: Store, path: Path, header: Sequence[str], pages: Iterable[Sequence[Sequence[object]]]
) -> int:
    """Write rows to `path`, which is whole or not there; return how many there were."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part, count = path.with_name(f"{path.name}.{store.ids()}.part"), 0
    with part.open("w", encoding="utf-8-sig", newline="") as file:
        writer: Any = csv.writer(file)
        writer.writerow(header)
        for rows in pages:
            writer.writerows([_cell(value) for value in row] for row in rows)
            count += len(rows)
    part.replace(path)
    return count


def _pages(store: Store, workspace: WorkspaceId, chosen: Selection) -> Iterator[list[tuple[object, ...]]]:
    """Yield the rows of each page; each is read in a short transaction of its own."""
    mark: Mark | None = Mark(chosen.after)
    while mark is not None:
        with store.read(workspace) as work:
            found = page(work.access, chosen, mark, ROWS_AT_ONCE)
        yield found.rows
        mark = found.mark


def _cell(value: object) -> object:
    """Return a value as a spreadsheet takes it; it reads nothing as a formula."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, str) and value[:1] in {"\t", "\r"}:
        return f"'{value}"
    return value
