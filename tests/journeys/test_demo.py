"""`saleslog demo` as anybody starts it: a process of its own, 2,000 contacts, the bot as its child."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.desk import seated
from tests.journeys.screen import Screen

pytestmark = pytest.mark.browser

STOPPED_WITHIN = 15


@dataclass(frozen=True)
class Running:
    process: subprocess.Popen[str]
    address: str

    def children(self) -> list[int]:
        threads = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [int(child) for thread in threads for child in thread.read_text().split()]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "demo", "--port", str(port), "--browser", "none"],
        cwd=tmp_path_factory.mktemp("demo"),
        env=os.environ | {"PYTHONPATH": str(Path.cwd())},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    line = next(line for line in process.stdout if "http://" in line)
    yield Running(process, re.findall(r"http://\S+", line)[0])
    process.terminate()
    process.wait(STOPPED_WITHIN)
    process.stdout.close()


@pytest.fixture
def eva(browser: Browser, demo: Running) -> Screen:
    return seated(browser, demo.address)


def test_two_thousand_contacts_are_there_to_be_searched(eva: Screen) -> None:
    form = eva.logs()
    contact = form.get_by_role("combobox", name="Contact", exact=True)
    contact.click()
    expect(form.get_by_role("option").first).to_be_visible()
    contact.fill("bergen")
    expect(form.get_by_role("option", name="Bergen")).not_to_have_count(0)
    eva.presses("Dismiss")


def test_a_restarted_bot_answers_again(eva: Screen, demo: Running) -> None:
    before = demo.children()
    eva.page.get_by_role("button", name="Restart bot").click()
    expect(eva.page.get_by_text("The bot was restarted.")).to_be_visible(timeout=20_000)
    eva.writes("/log help")
    eva.said("opens the form.")
    assert len(before) == len(demo.children()) == 1
    assert before != demo.children()


def test_a_week_later_today_is_another_day(eva: Screen) -> None:
    shown = eva.page.locator(".bar-clock")
    before = (shown.get_attribute("datetime") or "")[:10]
    eva.page.get_by_role("button", name="+1 week").click()
    expect(shown).not_to_have_attribute("datetime", re.compile(before))
    form = eva.logs()
    expect(form.get_by_label("Date")).to_have_value((shown.get_attribute("datetime") or "")[:10])
    form.get_by_role("combobox", name="Contact", exact=True).click()
    form.get_by_role("option").first.click()
    eva.chooses_template("outg", "Outgoing call")
    eva.presses("Log")
    eva.closed()
    expect(eva.said("Logged: Outgoing call")).to_contain_text("Today")


def test_ctrl_c_ends_both_processes(demo: Running) -> None:
    children = demo.children()
    assert len(children) == 1
    demo.process.send_signal(signal.SIGINT)
    assert demo.process.wait(STOPPED_WITHIN) == 0
    assert not [child for child in children if Path(f"/proc/{child}").exists()]
