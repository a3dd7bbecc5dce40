"""Every setting of Saleslog, from the environment and `.env`; the only place that reads them."""

import os
import re
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NamedTuple
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.mailbox import Mailbox, place_of


class Mode(StrEnum):
    """How Slack reaches us."""

    SOCKET = "Socket Mode"
    HTTP = "HTTP mode"


class LogLevel(StrEnum):
    """How much is written to the log."""

    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"


ENV_FILE = "SALESLOG_ENV_FILE"
SHORTEST_SECRET = 16
_COMMAND = re.compile(r"/[^\s/A-Z]{1,31}")
_HIDDEN = "…"
_REASONS = {
    "int_parsing": "a whole number is needed",
    "bool_parsing": "it is either true or false",
    "enum": f"it is one of {', '.join(LogLevel)}",
}


class SettingsError(Exception):
    """Settings that can't be used; each sentence names one and its cure, never its value."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


class Documented(NamedTuple):
    """One setting as the documents list it."""

    name: str
    default: str
    meaning: str


class Settings(BaseSettings):
    """The settings by the names that the environment gives them."""

    model_config = SettingsConfigDict(
        extra="ignore",
        frozen=True,
        populate_by_name=True,
        env_ignore_empty=True,
        env_file_encoding="utf-8",
        hide_input_in_errors=True,
    )

    bot_token: SecretStr | None = Field(
        default=None, alias="SLACK_BOT_TOKEN", description="The app's bot token (`xoxb-…`); needed to run."
    )
    app_token: SecretStr | None = Field(
        default=None,
        alias="SLACK_APP_TOKEN",
        description="The app-level token (`xapp-…`, scope `connections:write`); needed in Socket Mode.",
    )
    signing_secret: SecretStr | None = Field(
        default=None,
        alias="SLACK_SIGNING_SECRET",
        description="When set, Slack reaches the bot by HTTP instead of Socket Mode, and signs with it.",
    )
    api_url: str = Field(
        default="https://slack.com/api/", alias="SLACK_API_URL", description="Where Slack's Web API is."
    )
    database_url: str = Field(
        default="sqlite:///var/saleslog.db",
        alias="DATABASE_URL",
        description="A `sqlite:///` file or a `postgresql://` address.",
        repr=False,
    )
    admins: Annotated[frozenset[str], NoDecode] = Field(
        default=frozenset(),
        alias="SALESLOG_ADMINS",
        description="Slack ids or e-mails, comma separated; empty: the workspace's own admins and owners.",
    )
    guests_allowed: bool = Field(
        default=False, alias="SALESLOG_ALLOW_GUESTS", description="Whether guests may use the bot."
    )
    command_log: str = Field(
        default="/log", alias="SALESLOG_COMMAND_LOG", description="Name of the command `/log`."
    )
    command_contact: str = Field(
        default="/contact", alias="SALESLOG_COMMAND_CONTACT", description="Name of the command `/contact`."
    )
    command_segment: str = Field(
        default="/segment", alias="SALESLOG_COMMAND_SEGMENT", description="Name of the command `/segment`."
    )
    url: str | None = Field(
        default=None,
        alias="SALESLOG_URL",
        description="The public address of HTTP mode (`https://…`); `saleslog manifest` writes it down.",
    )
    host: str = Field(
        default="127.0.0.1", alias="HOST", description="Where HTTP mode, health and metrics are."
    )
    port: int | None = Field(
        default=None,
        alias="PORT",
        ge=0,
        le=65535,
        description="The port there: 3000 in HTTP mode; in Socket Mode there is none unless it is set.",
    )
    documents_secret: SecretStr | None = Field(
        default=None,
        alias="SALESLOG_DOCUMENTS_SECRET",
        description="When set, `POST /documents` takes documents that are signed with it, on the port above.",
    )
    imap_url: str | None = Field(
        default=None,
        alias="SALESLOG_IMAP_URL",
        description="A mailbox whose e-mails are logged, as in `imaps://log%40example.com@mail.example.com/INBOX`.",
        repr=False,
    )
    imap_password: SecretStr | None = Field(
        default=None, alias="SALESLOG_IMAP_PASSWORD", description="The password of that mailbox."
    )
    imap_done: str = Field(
        default="",
        alias="SALESLOG_IMAP_DONE",
        description="The folder into which e-mails go that were read; empty: they stay, marked as read.",
    )
    log_level: LogLevel = Field(
        default=LogLevel.INFO, alias="LOG_LEVEL", description="`DEBUG`, `INFO`, `WARNING` or `ERROR`."
    )
    backups: Path = Field(
        default=Path("var/backups"),
        alias="SALESLOG_BACKUPS",
        description="Where the nightly backups of a SQLite database are kept (seven of them).",
    )
    exports: Path = Field(
        default=Path("var/exports"),
        alias="SALESLOG_EXPORTS",
        description="Where CSV files wait until they are delivered; several bots on one machine share it.",
    )
    clock_offset_file: Path | None = Field(
        default=None,
        alias="SALESLOG_CLOCK_OFFSET_FILE",
        description="The demo's time machine; read only with the demo's database and a local Web API.",
    )

    @property
    def mode(self) -> Mode:
        """HTTP when there is a signing secret, else Socket Mode."""
        return Mode.HTTP if self.signing_secret else Mode.SOCKET

    @property
    def mailbox(self) -> Mailbox | None:
        """The mailbox whose e-mails are logged, None without one."""
        if self.imap_url is None:
            return None
        password = self.imap_password.get_secret_value() if self.imap_password else ""
        return Mailbox(place_of(self.imap_url), password, self.imap_done)

    @property
    def database_shown(self) -> str:
        """The database's address without its password."""
        password = urlsplit(self.database_url).password
        return self.database_url.replace(f":{password}@", f":{_HIDDEN}@") if password else self.database_url

    def wanting(self) -> list[str]:
        """Return a sentence for each setting without which the bot can't run."""
        sentences = []
        if self.bot_token is None:
            sentences.append("SLACK_BOT_TOKEN is missing: copy it (xoxb-…) from the app's OAuth page.")
        if self.mode is Mode.SOCKET and self.app_token is None:
            sentences.append("SLACK_APP_TOKEN is missing: make one (xapp-…) with connections:write.")
        if self.documents_secret is not None and self.mode is Mode.SOCKET and self.port is None:
            sentences.append("PORT is missing: documents are taken there, as SALESLOG_DOCUMENTS_SECRET asks.")
        if self.imap_url is not None and self.imap_password is None:
            sentences.append("SALESLOG_IMAP_PASSWORD is missing: the mailbox needs one.")
        return sentences

    @field_validator("bot_token")
    @classmethod
    def _a_bot_token(cls, token: SecretStr | None) -> SecretStr | None:
        return _beginning(token, "xoxb-", "the bot token from the app's OAuth page")

    @field_validator("app_token")
    @classmethod
    def _an_app_token(cls, token: SecretStr | None) -> SecretStr | None:
        return _beginning(token, "xapp-", "an app-level token from the app's Basic Information page")

    @field_validator("documents_secret")
    @classmethod
    def _a_long_secret(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and len(secret.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError(f"at least {SHORTEST_SECRET} letters and digits are needed, as random as can be")
        return secret

    @field_validator("admins", mode="before")
    @classmethod
    def _separated(cls, names: str | Iterable[str]) -> frozenset[str]:
        given = names.split(",") if isinstance(names, str) else names
        return frozenset(name.strip().casefold() for name in given if name.strip())

    @field_validator("command_log", "command_contact", "command_segment")
    @classmethod
    def _a_command(cls, name: str) -> str:
        command = "/" + name.strip().removeprefix("/")
        if not _COMMAND.fullmatch(command):
            raise ValueError("a command is a slash and up to 31 small letters without spaces, as in /log")
        return command

    @field_validator("api_url")
    @classmethod
    def _an_address(cls, url: str) -> str:
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
            raise ValueError("an address is needed, as in https://slack.com/api/")
        return url.rstrip("/") + "/"

    @field_validator("imap_url")
    @classmethod
    def _a_mailbox(cls, url: str | None) -> str | None:
        if url is not None:
            place_of(url)
        return url

    @field_validator("url")
    @classmethod
    def _a_public_address(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith("https://"):
            raise ValueError("Slack only calls addresses that begin with https://")
        return url and url.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _a_database(cls, url: str) -> str:
        if url.startswith("sqlite:///") and url.removeprefix("sqlite:///") not in ("", ":memory:"):
            return url
        if url.startswith(("postgresql://", "postgresql+psycopg://")):
            return url
        raise ValueError(
            "a file as in sqlite:///var/saleslog.db is needed, or postgresql://user:password@host/name"
        )


def read_settings() -> Settings:
    """Read the environment and `.env` (another file when SALESLOG_ENV_FILE names one; none when it is empty).

    Raises:
        SettingsError: something there can't be used.
    """
    try:
        return Settings(_env_file=os.environ.get(ENV_FILE, ".env") or None)
    except ValidationError as error:
        raise SettingsError([_sentence(fault) for fault in error.errors()]) from None


def documented() -> list[Documented]:
    """Return every setting with its default and meaning, in the order of this file."""
    return [
        Documented(field.alias or name, _written(field.default), field.description or "")
        for name, field in Settings.model_fields.items()
    ]


def _beginning(token: SecretStr | None, prefix: str, what: str) -> SecretStr | None:
    if token is not None and not token.get_secret_value().startswith(prefix):
        raise ValueError(f"it should begin with {prefix}; this is {what}")
    return token


def _sentence(fault: ErrorDetails) -> str:
    reason = _REASONS.get(fault["type"]) or fault["msg"].removeprefix("Value error, ").removeprefix(
        "Input should be "
    )
    return f"{fault['loc'][0]} can't be used: {reason}."


def _written(default: object) -> str:
    if default is None or default == frozenset():
        return ""
    return str(default).lower() if isinstance(default, bool) else str(default)
