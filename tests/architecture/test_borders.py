"""Where each library may be known, and that the contracts of imports hold."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

FILES = [path for folder in ("bot", "handlers", "storage") for path in Path(folder).rglob("*.py")]
KNOWN_IN = {
    "sqlalchemy": ("storage/",),
    "alembic": ("storage/",),
    "sqlite3": ("storage/",),
    "psycopg": ("storage/",),
    "slack_bolt": ("handlers/", "bot/app.py", "bot/bolt.py", "bot/web.py", "bot/socket_mode.py"),
    "apscheduler": ("bot/scheduler.py",),
    "typer": ("bot/cli.py",),
    "dateparser": ("bot/dates.py", "bot/almanac.py"),
    "holidays": ("bot/dates.py", "bot/almanac.py"),
    "uvicorn": ("bot/serving.py", "bot/playground/"),
    "pydantic_settings": ("bot/settings.py",),
}
CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
}
READS_THE_TIME = ("bot/clock.py", "bot/playground/", "bot/socket_mode.py")  # the last one measures how long


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported(path: Path) -> frozenset[str]:
    """The top-level names of what a file imports, anywhere in it."""
    nodes = tuple(ast.walk(tree(path)))
    plain = (alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names)
    froms = (node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and not node.level)
    return frozenset(name.partition(".")[0] for name in (*plain, *froms))


@pytest.mark.parametrize("library", KNOWN_IN)
def test_a_library_is_known_in_its_places_only(library: str) -> None:
    elsewhere = [
        str(path)
        for path in FILES
        if library in imported(path) and not str(path).startswith(KNOWN_IN[library])
    ]
    assert elsewhere == []


def test_the_domain_imports_the_standard_library_and_itself() -> None:
    others = {
        f"{path}: {name}"
        for path in Path("bot/domain").glob("*.py")
        for name in imported(path)
        if name not in sys.stdlib_module_names and name != "bot"
    }
    assert others == set()


def test_the_clock_is_read_in_one_place() -> None:
    found = [
        f"{path}:{node.lineno}"
        for path in FILES
        if not str(path).startswith(READS_THE_TIME)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in CLOCKS
    ]
    assert found == []


def test_imports_run_one_way() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-logo"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
