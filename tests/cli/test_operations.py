"""docs/operations.md does what it says: its commands are run, its unit is read."""

import configparser
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

DOCUMENT = Path("docs/operations.md").read_text(encoding="utf-8")
UNIT = Path("docs/saleslog.service")
PROGRAM = f"{sys.executable} -m bot.cli"


def _commands() -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", DOCUMENT, re.DOTALL)
    return [line for block in blocks for line in block.strip().splitlines()]


@pytest.fixture
def folder(tmp_path: Path, sqlite_url: str) -> Path:
    """A folder like a checkout's, with a database in it."""
    (tmp_path / "var").mkdir()
    shutil.copy(sqlite_url.removeprefix("sqlite:///"), tmp_path / "var" / "saleslog.db")
    return tmp_path


def test_every_step_works_in_the_order_of_the_document(folder: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd()), "DATABASE_URL": "sqlite:///var/saleslog.db"}
    ours = [command for command in _commands() if command.startswith(".venv/bin/saleslog")]
    assert len(ours) == 4
    for command in ours:
        line = command.replace(".venv/bin/saleslog", PROGRAM)
        done = subprocess.run(
            line.split(), cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    for copy in ("before.db", "before-upgrade.db"):
        with sqlite3.connect(folder / "var" / copy) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()


def test_the_rest_are_targets_that_there_are() -> None:
    made = {command for command in _commands() if not command.startswith(".venv/bin/saleslog")}
    assert made == {"make setup"}
    assert "\nsetup:" in Path("Makefile").read_text(encoding="utf-8")


def test_the_unit_starts_what_there_is_and_stops_it_kindly() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(UNIT, encoding="utf-8")
    service = unit["Service"]
    assert service["ExecStart"] == f"{service['WorkingDirectory']}/.venv/bin/saleslog run"
    assert "KillSignal" not in service
    assert service["ReadWritePaths"] == f"{service['WorkingDirectory']}/var"
