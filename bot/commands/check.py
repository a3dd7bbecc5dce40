"""`saleslog check`: one line for each thing that the bot needs, ok or what to do."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rich.console import Console
from rich.text import Text
from slack_sdk import WebClient

from bot.app import web_client
from bot.commands.endings import NOT_NOW, Ending
from bot.domain.messages import Refusal
from bot.jobs.mailbox import MOST
from bot.mailbox import MailboxRefused, MailboxUnreachable
from bot.manifest import NEEDED, OPTIONAL, manifest_for
from bot.running import CantRun, port_of, slack_asked
from bot.settings import Mode, Settings, SettingsError, read_settings
from storage.state import Schema, schema_of


class State(StrEnum):
    """How a thing stands."""

    OK = "ok"
    LESS = "less"
    MISSING = "missing"


STYLES = {State.OK: "green", State.LESS: "yellow", State.MISSING: "red"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One line."""

    state: State
    what: str
    words: str


def check() -> None:
    """Print every finding; end with 1 when something is missing."""
    console = Console(highlight=False, soft_wrap=True)
    states = set()
    for finding in findings():
        states.add(finding.state)
        mark = Text(f"{finding.state:8}", style=STYLES[finding.state])
        console.print(mark + Text(f"{finding.what}: {finding.words}"))
    if State.MISSING in states:
        raise Ending(code=NOT_NOW)


def findings() -> Iterator[Finding]:
    """Look at one thing after another."""
    try:
        settings = read_settings()
    except SettingsError as error:
        yield from (_missing("settings", sentence) for sentence in error.sentences)
        return
    yield from _settings(settings)
    yield _database(settings)
    yield from _slack(settings)
    yield _manifest(settings)
    yield _inspections(settings)
    yield from _documents(settings)
    yield from of_mailbox(settings)


def _settings(settings: Settings) -> Iterator[Finding]:
    if wanting := settings.wanting():
        yield from (_missing("settings", sentence) for sentence in wanting)
    else:
        yield _ok("settings", f"complete for {settings.mode}")


def _database(settings: Settings) -> Finding:
    name = settings.database_shown
    try:
        state = schema_of(settings.database_url)
    except (Refusal, OSError):
        return _missing("database", f"{name} can't be reached. Is DATABASE_URL right, and the server up?")
    words = {
        Schema.CURRENT: f"{name}, schema up to date",
        Schema.EMPTY: f"{name} is empty; it is filled at the first start",
        Schema.OLDER: f"{name} has an older schema: stop the bot and run saleslog db upgrade",
        Schema.UNKNOWN: f"{name} has a newer schema: install the newer Saleslog again",
    }
    good = state in (Schema.CURRENT, Schema.EMPTY)
    return _ok("database", words[state]) if good else _missing("database", words[state])


def _slack(settings: Settings) -> Iterator[Finding]:
    if settings.bot_token is not None:
        yield from _asked("bot token", lambda: _bot_token(web_client(settings)))
    if settings.mode is Mode.SOCKET and settings.app_token is not None:
        token = settings.app_token.get_secret_value()
        yield from _asked("app token", lambda: [_app_token(web_client(settings), token)])


def _asked(what: str, ask: Callable[[], list[Finding]]) -> list[Finding]:
    try:
        return ask()
    except SettingsError as error:
        return [_missing(what, sentence) for sentence in error.sentences]
    except CantRun as error:
        return [_missing(what, str(error))]


def _bot_token(client: WebClient) -> list[Finding]:
    with slack_asked("SLACK_BOT_TOKEN", "copy it anew from the app's OAuth page; is the app installed?"):
        answer = client.auth_test()
    granted = _granted(dict(answer.headers))
    return [_ok("bot token", f"@{answer.get('user')} in {answer.get('team')}"), *_scopes(granted)]


def _granted(headers: Mapping[str, str]) -> set[str]:
    written = next((value for name, value in headers.items() if name.lower() == "x-oauth-scopes"), "")
    return {name.strip() for name in written.split(",")}


def _scopes(granted: set[str]) -> Iterator[Finding]:
    """Compare with the manifest; a scope that is only optional leaves its feature out, with a sentence."""
    wanting = [scope for scope in NEEDED if scope.name not in granted]
    for scope in wanting:
        yield _missing(
            "scope", f"{scope.name} ({scope.reason}): {scope.without}. Add it and install the app again"
        )
    if not wanting:
        yield _ok("scopes", ", ".join(scope.name for scope in NEEDED))
    for scope in OPTIONAL:
        if scope.name not in granted:
            yield Finding(State.LESS, "optional scope", f"{scope.name} ({scope.reason}): {scope.without}")


def _app_token(client: WebClient, token: str) -> Finding:
    with slack_asked("SLACK_APP_TOKEN", "make an app-level token with the scope connections:write."):
        client.apps_connections_open(app_token=token)
    return _ok("app token", "Socket Mode can be opened")


def _manifest(settings: Settings) -> Finding:
    try:
        features = manifest_for(settings)["features"]
    except SettingsError as error:
        return _missing("manifest", " ".join(error.sentences))
    commands = ", ".join(command["command"] for command in features["slash_commands"])
    return _ok(
        "manifest",
        f"the app must have {commands} and {len(features['shortcuts'])} shortcuts: saleslog manifest",
    )


def _inspections(settings: Settings) -> Finding:
    """Say where those ask who look after the bot."""
    port = port_of(settings)
    if port is None:
        return _ok("health", "nowhere to be asked; PORT gives it one, with figures for Prometheus")
    where = _address(settings, port)
    return _ok("health", f"{where}/health, figures for Prometheus at {where}/metrics")


def _documents(settings: Settings) -> Iterator[Finding]:
    """Say where documents are taken in."""
    port = port_of(settings)
    if settings.documents_secret is not None and port is not None:
        where = _address(settings, port)
        yield _ok("documents", f"taken at {where}/documents, described at {where}/openapi.json")


def _address(settings: Settings, port: int) -> str:
    return f"http://{f'[{settings.host}]' if ':' in settings.host else settings.host}:{port}"


def of_mailbox(settings: Settings) -> Iterator[Finding]:
    """Look whether the mailbox lets us in."""
    mailbox = settings.mailbox
    if mailbox is None:
        return
    where = f"{mailbox.place.user} at {mailbox.place.host}, {mailbox.place.folder}"
    try:
        with mailbox.opened() as folder:
            yield _ok("mailbox", f"{where}: {len(folder.unread(MOST))} unread")
    except MailboxUnreachable:
        yield _missing("mailbox", f"{where} does not answer. Is SALESLOG_IMAP_URL right, and the server up?")
    except MailboxRefused:
        yield _missing(
            "mailbox", f"{where} does not let us in. Are user, SALESLOG_IMAP_PASSWORD and folder right?"
        )


def _ok(what: str, words: str) -> Finding:
    return Finding(State.OK, what, words)


def _missing(what: str, words: str) -> Finding:
    return Finding(State.MISSING, what, words)
