"""The app's manifest as far as a workspace acts by it."""

from dataclasses import dataclass

from bot.playground.shapes import Json


@dataclass(frozen=True, slots=True)
class Command:
    name: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False


@dataclass(frozen=True, slots=True)
class Shortcut:
    name: str
    callback_id: str
    description: str = ""
    is_global: bool = True


@dataclass(frozen=True, slots=True)
class Manifest:
    commands: tuple[Command, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    scopes: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    has_home: bool = False
    has_messages: bool = False

    @classmethod
    def read(cls, manifest: Json) -> "Manifest":
        """From the parsed file; optional scopes count as granted."""
        features, settings = manifest.get("features", {}), manifest.get("settings", {})
        tabs = features.get("app_home", {})
        return cls(
            commands=tuple(map(_command, features.get("slash_commands", ()))),
            shortcuts=tuple(map(_shortcut, features.get("shortcuts", ()))),
            scopes=_scopes(manifest),
            events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", ())),
            has_home=bool(tabs.get("home_tab_enabled", False)),
            has_messages=bool(tabs.get("messages_tab_enabled", False)),
        )

    def command(self, name: str) -> Command | None:
        return next((command for command in self.commands if command.name == name), None)

    def shortcut(self, callback_id: str) -> Shortcut | None:
        return next((one for one in self.shortcuts if one.callback_id == callback_id), None)


def _command(entry: Json) -> Command:
    return Command(
        entry["command"],
        entry.get("description", ""),
        entry.get("usage_hint", ""),
        bool(entry.get("should_escape", False)),
    )


def _shortcut(entry: Json) -> Shortcut:
    is_global = entry.get("type") == "global"
    return Shortcut(entry["name"], entry["callback_id"], entry.get("description", ""), is_global)


def _scopes(manifest: Json) -> frozenset[str]:
    scopes = manifest.get("oauth_config", {}).get("scopes", {})
    return frozenset((*scopes.get("bot", ()), *scopes.get("bot_optional", ())))
