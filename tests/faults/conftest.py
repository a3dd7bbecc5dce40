"""Bots that are killed, starved and lied to, against a Slack that is there all the time."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hatchery import Hatchery
from seat import MANIFEST

from bot.playground.seeds import demo_workspace
from bot.playground.server import Server


@pytest.fixture
def slack() -> Iterator[Server]:
    with Server(MANIFEST, demo_workspace()) as server:
        yield server


@pytest.fixture
def hatchery(tmp_path: Path) -> Iterator[Hatchery]:
    with Hatchery(tmp_path / "bots.log") as hatchery:
        yield hatchery
