"""A terminal, and a Slack workspace to run against."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from seat import MANIFEST
from terminal import Terminal
from zygote import Zygote

from bot.playground.seeds import demo_workspace
from bot.playground.server import Server


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    zygote = Zygote()
    yield zygote
    zygote.ends()


@pytest.fixture
def terminal(tmp_path: Path, zygote: Zygote) -> Iterator[Terminal]:
    """A terminal in an empty folder, without settings."""
    terminal = Terminal(tmp_path, zygote)
    yield terminal
    terminal.leave()


@pytest.fixture
def slack() -> Iterator[Server]:
    with Server(MANIFEST, demo_workspace()) as server:
        yield server
