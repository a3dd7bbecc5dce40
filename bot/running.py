"""`saleslog run`: the bot from the first look at its settings to a clean stop."""

import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPException
from typing import Protocol

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from starlette.routing import Route

from bot.app import Saleslog, build, web_client
from bot.documents import DocumentsDoor, routes
from bot.serving import Serving
from bot.settings import Mode, Settings, SettingsError
from bot.socket_mode import SocketMode
from bot.web import SlackDoor, with_slack, without_slack
from storage.running import running
from storage.state import Schema, answers, fill_empty, schema_of

HTTP_PORT = 3000
SWITCH_SECONDS = 0.0005
"""How long a busy thread may let the others wait; Python's 5 ms would keep the one writer waiting at each statement."""
_log = logging.getLogger(__name__)


class CantRun(Exception):  # noqa: N818 - it is said to people as it stands
    """Why the bot can't run, and what to do."""


class Receiver(Protocol):
    """Something that hears the world for us."""

    @property
    def alive(self) -> bool:
        """Whether it hears."""

    def open(self) -> None:
        """Begin to hear."""

    def close(self) -> None:
        """Hear nothing more, and finish what was heard."""


def run(settings: Settings, stop: threading.Event) -> None:
    """Run until `stop` is set; what was acknowledged is finished then.

    Raises:
        SettingsError: a token is missing, or Slack refuses it.
        CantRun: the database, the port or Slack is not there for us.
        AlreadyRunning: another bot has this database.
    """
    if wanting := settings.wanting():
        raise SettingsError(wanting)
    sys.setswitchinterval(SWITCH_SECONDS)
    with running(settings.database_url):
        prepare_database(settings.database_url)
        name = introduced(web_client(settings))
        with _started(build(settings)) as saleslog, _heard(receivers(saleslog, settings)):
            _log.info("%s runs in %s on %s", name, settings.mode, settings.database_shown)
            stop.wait()
            _log.info("stopping: finishing what was acknowledged")
    _log.info("stopped")


def prepare_database(url: str) -> None:
    """Fill an empty database.

    Raises:
        CantRun: its schema is another version's.
    """
    fill_empty(url)
    schema = schema_of(url)
    if schema is Schema.OLDER:
        raise CantRun(
            "The database's schema is older than this program. Bring it up to date: saleslog db upgrade"
        )
    if schema is Schema.UNKNOWN:
        raise CantRun("The database's schema is newer than this program. Install the newer Saleslog again.")


def introduced(client: WebClient) -> str:
    """Return who we are in which workspace, as Slack says.

    Raises:
        SettingsError: Slack refuses the bot token.
        CantRun: Slack does not answer.
    """
    with slack_asked("SLACK_BOT_TOKEN", "copy it anew from the app's OAuth page; is the app installed?"):
        answer = client.auth_test()
    return f"@{answer.get('user')} in {answer.get('team')}"


@contextmanager
def slack_asked(token: str, cure: str) -> Iterator[None]:
    """Turn what Slack answers to a token into a sentence."""
    try:
        yield
    except SlackApiError as error:
        code = str(error.response.get("error"))
        if error.response.status_code == 200:  # noqa: PLR2004 - Slack refuses with 200
            raise SettingsError([f"Slack refuses {token} ({code}): {cure}"]) from None
        raise CantRun(
            f"Slack answers {error.response.status_code} ({code}). Try again in a moment."
        ) from None
    except (OSError, HTTPException) as error:
        raise CantRun(f"Slack can't be reached ({type(error).__name__}). Is SLACK_API_URL right?") from None


def receivers(saleslog: Saleslog, settings: Settings) -> list[Receiver]:
    """Return what hears for us: Slack's connection or a port, and a port for health where one is set."""
    metrics, heard, port = saleslog.metrics, list[Receiver](), port_of(settings)

    def parts() -> dict[str, bool]:
        return {
            "database": answers(saleslog.store),
            "scheduler": saleslog.scheduler.alive,
            "slack": all(one.alive for one in heard),
        }

    if settings.mode is Mode.HTTP:
        secret = settings.signing_secret.get_secret_value() if settings.signing_secret else ""
        door = SlackDoor(saleslog.bolt.dispatch, secret, saleslog.store.clock)
        others = documents_door(saleslog, settings)
        heard.append(Serving(with_slack(door, parts, metrics, others), settings.host, port or 0))
        return heard
    token = settings.app_token.get_secret_value() if settings.app_token else ""
    heard.append(SocketMode(saleslog.bolt, token, metrics.answered))
    if port is None:
        return heard
    inspected = without_slack(parts, metrics, saleslog.store.clock, documents_door(saleslog, settings))
    return [*heard, Serving(inspected, settings.host, port)]


def documents_door(saleslog: Saleslog, settings: Settings) -> list[Route]:
    """Return where documents are taken in, nothing where no secret is set to sign them with."""
    if settings.documents_secret is None:
        return []
    door = DocumentsDoor(
        documents=saleslog.services["documents"],
        secret=settings.documents_secret.get_secret_value(),
        clock=saleslog.store.clock,
        refused=saleslog.metrics.refused,
    )
    return routes(door)


def port_of(settings: Settings) -> int | None:
    """Return the port that is listened at, if one is."""
    return HTTP_PORT if settings.port is None and settings.mode is Mode.HTTP else settings.port


@contextmanager
def _started(saleslog: Saleslog) -> Iterator[Saleslog]:
    saleslog.start()
    try:
        yield saleslog
    finally:
        saleslog.stop()


@contextmanager
def _heard(receivers: list[Receiver]) -> Iterator[None]:
    with ExitStack() as opened:
        for receiver in receivers:
            opened.callback(receiver.close)
            _open(receiver)
        yield


def _open(receiver: Receiver) -> None:
    if isinstance(receiver, SocketMode):
        with slack_asked("SLACK_APP_TOKEN", "make an app-level token with the scope connections:write."):
            receiver.open()
        return
    try:
        receiver.open()
    except OSError as error:
        raise CantRun(f"The port can't be taken: {error.strerror}. Set PORT to another one.") from None
