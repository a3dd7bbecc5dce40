import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import chromium, launched
from tests.conftest import missing
from tests.journeys.desk import CUSTOMERS, Desk, opened


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; for one module only, since its event loop would be in the way of tests that run their own."""
    path = chromium()
    if path is None:
        missing("browser", "no Chromium here")
        return
    with launched(path) as browser:
        yield browser


@pytest.fixture
def empty_desk(browser: Browser, sqlite_template: Path, tmp_path: Path) -> Iterator[Desk]:
    """A workspace in which Saleslog was installed a moment ago."""
    for file in sqlite_template.parent.glob("saleslog.db*"):
        shutil.copy(file, tmp_path / file.name)
    with opened(browser, tmp_path / "saleslog.db") as desk:
        yield desk


@pytest.fixture
def desk(empty_desk: Desk) -> Desk:
    """The same with a few customers in it."""
    empty_desk.knows(*CUSTOMERS)
    return empty_desk
