from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import chromium, launched
from tests.conftest import missing
from tests.playground.page.stage import Stage, seated


@pytest.fixture
def stage() -> Iterator[Stage]:
    stage = Stage()
    with stage.server:
        yield stage


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
def eva(browser: Browser, stage: Stage) -> Iterator[Page]:
    """Eva on a laptop, in #sales."""
    page = seated(browser, stage)
    yield page
    page.context.close()
