"""Files in the app's direct message."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handlers.payloads.screens import cleaned

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that somebody sent to the app's direct message; its content is still at Slack.

    `kind` is Slack's word for what it is: `csv`, `xlsx`, `email`.
    """

    id: str
    name: str
    kind: str
    said_at: str = ""
    """When the message came that it stands in: the same file sent again is another message."""

    @property
    def ending(self) -> str:
        """The ending of its name, in small letters; Slack's word where it has none."""
        return (self.name.rpartition(".")[2] if "." in self.name else self.kind).casefold()


def is_idle_talk(body: Body) -> bool:
    """Whether something was said that asks for nothing: what people write to the app, what the app says itself."""
    return (body.get("event") or {}).get("type") == "message" and not sent_files(body)


def sent_files(body: Body) -> tuple[SentFile, ...]:
    """Return the files that somebody sent to the app's direct message; what the app said itself has none."""
    event = body.get("event") or {}
    if event.get("type") != "message" or event.get("channel_type") != "im" or event.get("bot_id"):
        return ()
    apps = {one.get("user_id") for one in body.get("authorizations") or () if one.get("is_bot")}
    if event.get("user") in apps or event.get("subtype") not in (None, "file_share"):
        return ()
    at = str(event.get("ts") or "")
    files = (_sent_file(one, at) for one in event.get("files") or ())
    return tuple(file for file in files if file.id)


def _sent_file(written: Body, at: str) -> SentFile:
    name = cleaned(written.get("name") or written.get("title"))
    return SentFile(str(written.get("id") or ""), name, str(written.get("filetype") or ""), at)
