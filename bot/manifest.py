"""The app manifest for the settings, and what each scope is for."""

from pathlib import Path
from typing import Any, NamedTuple

import yaml

from bot.settings import Mode, Settings, SettingsError

EVENTS_PATH = "/slack/events"
_HERE = Path(__file__).parent
_PLACES = (_HERE / "app_manifest.yml", _HERE.parent / "app_manifest.yml")
"""Where the manifest lies in an installed wheel, and in the repository."""

Manifest = dict[str, Any]


class Scope(NamedTuple):
    """A permission that the app asks for."""

    name: str
    reason: str
    without: str


NEEDED = (
    Scope("commands", "the commands and shortcuts", "nothing works"),
    Scope("chat:write", "confirmations and reminders", "nobody hears what was logged"),
    Scope("im:write", "opening the direct message", "answers that come later don't arrive"),
    Scope(
        "files:read",
        "files that are uploaded: letters, attachments, lists, e-mails",
        "files only by the command line",
    ),
    Scope("files:write", "the CSV of what is deleted", "no canceled entry is ever deleted"),
    Scope("users:read", "names, time zones, languages, who left", "nobody is recognised"),
    Scope("users:read.email", "matching members with imported salespeople", "salespeople exist twice"),
)
OPTIONAL = (
    Scope(
        "im:history",
        "reading files sent to the direct message; looking whether a message arrived when Slack did not answer",
        "lists come through the form, e-mails through the mailbox; a broken-off message may come twice",
    ),
    Scope(
        "dnd:read",
        "leaving people alone in their do-not-disturb hours",
        "reminders follow the working hours alone",
    ),
    Scope(
        "channels:read",
        "looking who reads a channel before a digest goes there",
        "digests come to the direct message only",
    ),
    Scope(
        "groups:read",
        "the same for private channels",
        "digests come to the direct message, or to public channels",
    ),
    Scope(
        "usergroups:read",
        "teams that follow a Slack user group",
        "admins add and take out the members of teams by hand",
    ),
)


def shipped() -> Manifest:
    """Return the manifest as it is shipped: Socket Mode, the commands' own names."""
    place = next(place for place in _PLACES if place.exists())
    manifest: Manifest = yaml.safe_load(place.read_text(encoding="utf-8"))
    return manifest


def manifest_for(settings: Settings) -> Manifest:
    """Return the manifest with the settings' command names, for HTTP when there is a public address.

    Raises:
        SettingsError: HTTP mode is on, but the address is not known.
    """
    if settings.mode is Mode.HTTP and settings.url is None:
        raise SettingsError(
            ["SALESLOG_URL is missing: HTTP mode needs the public address, as in https://log.example."]
        )
    manifest = shipped()
    names = {
        "/log": settings.command_log,
        "/contact": settings.command_contact,
        "/segment": settings.command_segment,
    }
    for command in manifest["features"]["slash_commands"]:
        command["command"] = names[command["command"]]
    return manifest if settings.url is None else _by_http(manifest, settings.url + EVENTS_PATH)


def written(manifest: Manifest) -> str:
    """Return the manifest as YAML, in the order of the shipped one."""
    return yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, width=110)


def _by_http(manifest: Manifest, url: str) -> Manifest:
    for command in manifest["features"]["slash_commands"]:
        command["url"] = url
    settings = manifest["settings"]
    settings["socket_mode_enabled"] = False
    settings["event_subscriptions"] = {"request_url": url, **settings["event_subscriptions"]}
    settings["interactivity"] |= {"request_url": url, "message_menu_options_url": url}
    return manifest
