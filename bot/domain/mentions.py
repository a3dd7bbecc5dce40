"""Text as Slack sends it: mentions and links in angle brackets, three characters escaped (`slack.md` 3)."""

import re
from dataclasses import dataclass
from enum import StrEnum

MARKUP = r"<(?:[@#!]|https?:|mailto:|tel:)[^<>]*>"

_SENT = re.compile(r"<([@#!]|(?=https?:|mailto:|tel:))([^<>|]*)(?:\|([^<>]*))?>|&(amp|lt|gt);")
_MENTION = re.compile(r"<([@#])([A-Z0-9]+)(?:\|([^<>]*))?>")
_NAMES = {"amp": "&", "lt": "<", "gt": ">"}
_SIGNS = {"!": "@"}


class Mentioned(StrEnum):
    """What is mentioned, by the sign that people type."""

    PERSON = "@"
    CHANNEL = "#"


@dataclass(frozen=True, slots=True)
class Mention:
    """A person or a channel by its Slack id; the name is empty where Slack keeps it to itself."""

    kind: Mentioned
    id: str
    name: str


def mentions(sent: str) -> tuple[Mention, ...]:
    """Return whom and what a text from Slack mentions, in its order."""
    return tuple(Mention(Mentioned(sign), id_, name) for sign, id_, name in _MENTION.findall(sent))


def as_typed(sent: str) -> str:
    """Return a text from Slack as it was typed: names instead of ids, links as shown, nothing escaped."""
    return _SENT.sub(_typed, sent)


def unescaped(sent: str) -> str:
    """Return a text from Slack with its three escaped characters restored and its brackets left alone."""
    return sent.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def as_sent(typed: str) -> str:
    """Return a plain text as Slack would send it."""
    return typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _typed(found: re.Match[str]) -> str:
    sign, target, label, name = found.groups()
    if name:
        return _NAMES[name]
    said = unescaped(label or target)
    return said if sign and said.startswith("@") else _SIGNS.get(sign, sign) + said
