"""How far a command has come: a bar with rows a second, where somebody is looking."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text


class _Speed(ProgressColumn):
    """Rows a second."""

    def render(self, task: Task) -> Text:
        seconds = task.elapsed or 0
        rows = int(task.fields["rows"])
        return Text(f"{rows:,} rows · {int(rows / seconds) if seconds else 0:,}/s")


class Bar:
    """How far a file has been read or written."""

    def __init__(self, progress: Progress, file: Path) -> None:
        self._progress = progress
        self._task = progress.add_task(file.name, total=1.0, rows=0)

    def at(self, rows: int, share: float) -> None:
        """Show the rows done and the share of the file."""
        self._progress.update(self._task, completed=share, rows=rows)


@contextmanager
def bar_of(file: Path) -> Iterator[Bar]:
    """Show a bar as long as something is done with a file."""
    columns = (TextColumn("{task.description}"), BarColumn(), _Speed(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield Bar(progress, file)
