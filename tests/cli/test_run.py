import json
import os
import signal
import urllib.request

import pytest
from seat import MANIFEST
from terminal import Terminal

from bot.playground.request_url import RequestUrl
from bot.playground.seeds import EVA, SALES, demo_workspace
from bot.playground.server import Server
from storage import schema

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


def port_of(line: str) -> int:
    return int(line.rsplit(":", 1)[1])


def test_help_comes_at_once(terminal: Terminal) -> None:
    before = os.times()
    assert "manifest" in terminal.runs_afresh("--help").said
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    assert spent <= 0.3, "seconds of the processor; on the clock it is about as much on an idle machine"


def test_without_tokens_it_says_which_are_missing(terminal: Terminal) -> None:
    ended = terminal.runs("run")
    assert ended.code == 2
    assert [line.split()[0] for line in ended.complained.splitlines()] == [
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
    ]
    assert not list(terminal.folder.iterdir())


@pytest.mark.parametrize(
    ("name", "value"), [("SLACK_BOT_TOKEN", "xoxb-canary"), ("SLACK_APP_TOKEN", "xapp-canary")]
)
def test_a_token_that_slack_refuses_ends_it_with_one_sentence(
    name: str, value: str, terminal: Terminal, slack: Server
) -> None:
    terminal.joins(slack)
    ended = terminal.runs("run", **{name: value})
    assert ended.code == 2
    (sentence,) = [line for line in ended.complained.splitlines() if not line.startswith("20")]
    assert sentence.startswith(f"Slack refuses {name} (invalid_auth)")
    assert "canary" not in ended.complained


def test_when_slack_is_not_there_it_says_so(terminal: Terminal, slack: Server) -> None:
    terminal.joins(slack)
    ended = terminal.runs("run", SLACK_API_URL="http://127.0.0.1:9/")
    assert ended.code == 1
    assert "Slack can't be reached" in ended.complained.splitlines()[-1]


def test_it_answers_and_stops_cleanly(terminal: Terminal, slack: Server) -> None:
    terminal.joins(slack)
    terminal.runs("db", "upgrade")
    bot = terminal.starts("run")
    bot.says("runs in Socket Mode")
    assert slack.acts.command(EVA, SALES, "/log help").acked
    assert bot.stop() == 0
    assert "stopped" in bot.log
    assert "Traceback" not in bot.log
    assert "ERROR" not in bot.log


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_what_was_acknowledged_is_finished_before_it_stops(
    how: signal.Signals, terminal: Terminal, slack: Server
) -> None:
    terminal.joins(slack)
    bot = terminal.starts("run")
    bot.says("runs in Socket Mode")
    slack.acts.command(EVA, SALES, "/log help")
    slack.faults.slow(1.0, "views.open")
    assert slack.acts.command(EVA, SALES, "/log").acked
    assert bot.stop(how) == 0
    assert slack.workspace.top(EVA) is not None
    assert "Traceback" not in bot.log


def test_a_second_one_on_the_same_file_is_refused_by_name(terminal: Terminal, slack: Server) -> None:
    terminal.joins(slack)
    bot = terminal.starts("run")
    bot.says("runs in Socket Mode")
    ended = terminal.runs("run")
    assert ended.code == 1
    assert f"process {bot.pid}" in ended.complained
    bot.stop(signal.SIGKILL)
    terminal.starts("run").says("runs in Socket Mode")


def test_an_older_schema_is_not_touched_and_the_cure_is_named(terminal: Terminal, slack: Server) -> None:
    terminal.joins(slack)
    terminal.runs("db", "upgrade")
    if schema.newest() == "0001":
        pytest.skip("there is only one version yet")
    schema.downgrade(f"sqlite:///{terminal.folder / 'var' / 'saleslog.db'}", "0001")
    ended = terminal.runs("run")
    assert ended.code == 1
    assert "saleslog db upgrade" in ended.complained
    assert terminal.runs("db", "upgrade").code == 0
    terminal.starts("run").says("runs in Socket Mode")


def test_in_http_mode_slack_reaches_it_by_signed_requests(terminal: Terminal) -> None:
    delivery = RequestUrl(SECRET)
    with Server(MANIFEST, demo_workspace(), delivery=delivery) as slack:
        terminal.joins(slack)
        bot = terminal.starts("run", SLACK_SIGNING_SECRET=SECRET, PORT="0")
        port = port_of(bot.says("listening on"))
        bot.says("runs in HTTP mode")
        delivery.url = f"http://127.0.0.1:{port}/slack/events"
        assert slack.acts.command(EVA, SALES, "/log").acked
        assert slack.workspace.wait_for(lambda: slack.workspace.top(EVA) is not None, 5)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health") as health:
            assert set(json.load(health).values()) == {"ok"}
        assert bot.stop() == 0


def test_a_taken_port_is_named(terminal: Terminal, slack: Server) -> None:
    terminal.joins(slack)
    port = slack.url.rsplit(":", 1)[1]
    ended = terminal.runs("run", SLACK_SIGNING_SECRET=SECRET, PORT=port)
    assert ended.code == 1
    assert "Address already in use" in ended.complained
    assert "PORT" in ended.complained


def test_in_socket_mode_health_is_served_where_a_port_is_set(terminal: Terminal, slack: Server) -> None:
    terminal.joins(slack)
    with Server(MANIFEST, demo_workspace()) as free:
        port = free.url.rsplit(":", 1)[1]
    bot = terminal.starts("run", PORT=port)
    bot.says("runs in Socket Mode")
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/health") as health:
        assert json.load(health) == {"database": "ok", "scheduler": "ok", "slack": "ok"}
    bot.stop()


def test_no_token_and_no_text_stand_in_the_log(terminal: Terminal, slack: Server) -> None:
    terminal.joins(slack)
    bot = terminal.starts("run", LOG_LEVEL="DEBUG")
    bot.says("runs in Socket Mode")
    slack.acts.command(EVA, SALES, "/log call Canary 15m confidential words")
    slack.acts.command(EVA, SALES, "/contact canary")
    bot.stop()
    for secret in (slack.workspace.app.bot_token, slack.workspace.app.app_token, "Canary", "confidential"):
        assert secret not in bot.log
    assert "/response/" not in bot.log
