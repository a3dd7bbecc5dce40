"""Text as Slack sends it when it names people, channels and links."""

import html
import re

from bot.playground.people import Directory

_NAMED = re.compile(r"(?<![\w<&;])([@#])([\w.\-åäæöøÅÄÆÖØ]+)|https?://[^\s<>|]+")


def escaped(text: str, directory: Directory) -> str:
    """`@eva` as `<@U…>`, `#sales` as `<#C…|sales>`, links within angle brackets; the rest as entities."""
    return _NAMED.sub(lambda match: _reference(match, directory), html.escape(text, quote=False))


def _reference(match: re.Match[str], directory: Directory) -> str:
    if match[1] is None:
        return f"<{match[0]}>"
    return _person(match, directory) if match[1] == "@" else _channel(match, directory)


def _person(match: re.Match[str], directory: Directory) -> str:
    member = next((m for m in directory.members() if m.name == match[2].casefold()), None)
    return f"<@{member.id}>" if member else match[0]


def _channel(match: re.Match[str], directory: Directory) -> str:
    channel = directory.channel_named(match[2])
    return f"<#{channel.id}|{channel.name}>" if channel else match[0]
