"""Slack's rich text as HTML."""

from collections.abc import Callable

from markupsafe import Markup, escape

from bot.playground.page_emoji import emoji
from bot.playground.page_mrkdwn import broadcast, date, link, mention
from bot.playground.page_reader import Reader
from bot.playground.shapes import Json

_STYLES = {"bold": "b", "italic": "i", "strike": "s", "underline": "u", "code": "code", "highlight": "mark"}
_LINKED = ("https://", "http://", "mailto:", "tel:")


def rich_text(block: Json, reader: Reader) -> Markup:
    return Markup().join(_part(part, reader) for part in block.get("elements", ()))


def rich_text_words(block: Json) -> str:
    """What a plain field shows of it: one line per section or list item."""
    parts = [part for part in block.get("elements", ()) if isinstance(part, dict)]
    return "\n".join(_words(part) for part in parts)


def _words(part: Json) -> str:
    if part["type"] == "rich_text_list":
        return rich_text_words(part)
    return "".join(str(element.get("text", "")) for element in part.get("elements", ()))


def _part(part: Json, reader: Reader) -> Markup:
    inner = Markup().join(_inline(element, reader) for element in part.get("elements", ()))
    match part["type"]:
        case "rich_text_list":
            return _list(part, reader)
        case "rich_text_quote":
            return Markup("<blockquote>{}</blockquote>").format(inner)
        case "rich_text_preformatted":
            return Markup("<pre>{}</pre>").format(inner)
    return Markup('<div class="section-text">{}</div>').format(inner)


def _list(part: Json, reader: Reader) -> Markup:
    tag = "ol" if part.get("style") == "ordered" else "ul"
    items = Markup().join(
        Markup("<li>{}</li>").format(_part(item, reader)) for item in part.get("elements", ())
    )
    indent, start = int(part.get("indent", 0)), int(part.get("offset", 0)) + 1
    opening = Markup('<{} class="indent-{}"{}>').format(
        tag, min(indent, 8), Markup(' start="{}"').format(start) if tag == "ol" else ""
    )
    return opening + items + Markup("</{}>").format(tag)


def _inline(element: Json, reader: Reader) -> Markup:
    shape = _ELEMENTS.get(element["type"])
    html = shape(element, reader) if shape else escape(str(element.get("text", "")))
    for style, tag in _STYLES.items():
        if element.get("style", {}).get(style):
            html = Markup("<{}>{}</{}>").format(tag, html, tag)
    return html


def _link(element: Json, _: Reader) -> Markup:
    url = str(element["url"])
    label = str(element.get("text") or url)
    return link(url, label) if url.startswith(_LINKED) else escape(label)


def _date(element: Json, reader: Reader) -> Markup:
    return date(str(element["timestamp"]), str(element["format"]), str(element.get("url", "")), reader)


_ELEMENTS: dict[str, Callable[[Json, Reader], Markup]] = {
    "link": _link,
    "date": _date,
    "emoji": lambda element, _: escape(emoji(element["name"])),
    "user": lambda element, reader: mention(
        element["user_id"], f"@{reader.name(element['user_id'])}", reader
    ),
    "channel": lambda element, reader: mention(
        element["channel_id"], f"#{reader.name(element['channel_id'])}", reader
    ),
    "usergroup": lambda element, reader: mention(
        element["usergroup_id"], f"@{reader.name(element['usergroup_id'])}", reader
    ),
    "broadcast": lambda element, _: broadcast(element["range"]),
    "color": lambda element, _: escape(element["value"]),
}
