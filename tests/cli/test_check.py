import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
import yaml
from seat import MANIFEST
from terminal import Ended, Terminal

from bot.manifest import NEEDED, OPTIONAL, manifest_for, shipped
from bot.playground.seeds import demo_workspace
from bot.playground.server import Server
from bot.settings import Settings, SettingsError

ALL = frozenset(scope.name for scope in (*NEEDED, *OPTIONAL))


@pytest.fixture
def granted(request: pytest.FixtureRequest) -> Iterator[Server]:
    with Server(MANIFEST, demo_workspace(), scopes=getattr(request, "param", ALL)) as server:
        yield server


def lines(ended: Ended) -> list[tuple[str, str]]:
    """Every line as its state and its words."""
    return [(line.split()[0], line.partition(" ")[2].strip()) for line in ended.said.splitlines()]


def test_when_nothing_is_missing_every_line_is_ok(terminal: Terminal, granted: Server) -> None:
    terminal.joins(granted)
    ended = terminal.runs("check")
    assert ended.code == 0
    assert {state for state, _ in lines(ended)} == {"ok"}
    whats = [words.partition(":")[0] for _, words in lines(ended)]
    assert whats == ["settings", "database", "bot token", "scopes", "app token", "manifest", "health"]


def test_without_anything_it_says_what_to_do(terminal: Terminal) -> None:
    ended = terminal.runs("check")
    assert ended.code == 1
    missing = [words for state, words in lines(ended) if state == "missing"]
    assert [words.split()[1] for words in missing] == ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]
    assert not list(terminal.folder.iterdir()), "checking makes no file"


@pytest.mark.parametrize("granted", [ALL - {"im:write", "im:history"}], indirect=True)
def test_a_missing_scope_and_what_is_lost_without_an_optional_one(
    terminal: Terminal, granted: Server
) -> None:
    terminal.joins(granted)
    ended = terminal.runs("check")
    assert ended.code == 1
    states = {words.partition(" (")[0]: state for state, words in lines(ended)}
    assert states["scope: im:write"] == "missing"
    assert states["optional scope: im:history"] == "less"
    assert "may come twice" in ended.said


@pytest.mark.parametrize("granted", [ALL - {"im:history"}], indirect=True)
def test_without_an_optional_scope_the_bot_may_run(terminal: Terminal, granted: Server) -> None:
    terminal.joins(granted)
    assert terminal.runs("check").code == 0


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SLACK_BOT_TOKEN", "xoxb-canary", "Slack refuses SLACK_BOT_TOKEN (invalid_auth)"),
        ("SLACK_APP_TOKEN", "xapp-canary", "Slack refuses SLACK_APP_TOKEN (invalid_auth)"),
        ("SLACK_API_URL", "http://127.0.0.1:9/", "Slack can't be reached"),
        (
            "DATABASE_URL",
            "postgresql://eva:canary@127.0.0.1:9/x",
            "postgresql://eva:…@127.0.0.1:9/x can't be reached",
        ),
        ("SLACK_SIGNING_SECRET", "canary", "SALESLOG_URL is missing"),
        ("PORT", "canary", "PORT can't be used"),
    ],
)
def test_what_is_wrong_is_named_without_its_secret(
    name: str, value: str, words: str, terminal: Terminal, granted: Server
) -> None:
    terminal.joins(granted)
    ended = terminal.runs("check", **{name: value})
    assert ended.code == 1
    assert words in ended.said
    assert "canary" not in ended.said + ended.complained


def test_the_manifest_is_printed_as_it_is_shipped(terminal: Terminal) -> None:
    assert yaml.safe_load(terminal.runs("manifest").said) == shipped()


def test_commands_are_called_as_the_settings_say() -> None:
    manifest = manifest_for(
        Settings(
            _env_file=None, command_log="/saleslog", command_contact="/kontakt", command_segment="/utvalg"
        )
    )
    assert [one["command"] for one in manifest["features"]["slash_commands"]] == [
        "/saleslog",
        "/kontakt",
        "/utvalg",
    ]


def test_with_a_public_address_everything_goes_there() -> None:
    settings = Settings(_env_file=None, url="https://log.example/", signing_secret="x")
    manifest = manifest_for(settings)
    where = "https://log.example/slack/events"
    assert {one["url"] for one in manifest["features"]["slash_commands"]} == {where}
    assert manifest["settings"]["event_subscriptions"]["request_url"] == where
    assert manifest["settings"]["interactivity"]["message_menu_options_url"] == where
    assert manifest["settings"]["socket_mode_enabled"] is False
    schema = json.loads(Path("tests/architecture/manifest.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema).validate(manifest)


def test_http_mode_without_an_address_is_told() -> None:
    with pytest.raises(SettingsError, match="SALESLOG_URL"):
        manifest_for(Settings(_env_file=None, signing_secret="x"))


def test_the_scopes_that_are_explained_are_those_of_the_manifest() -> None:
    scopes = shipped()["oauth_config"]["scopes"]
    assert scopes["bot"] == [scope.name for scope in NEEDED]
    assert scopes["bot_optional"] == [scope.name for scope in OPTIONAL]
