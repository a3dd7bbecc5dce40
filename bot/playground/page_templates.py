"""Block Kit and the page as HTML: the templates and what they may call."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from bot.playground import page_charts
from bot.playground.page_choices import ChoiceGroup
from bot.playground.page_emoji import with_emoji
from bot.playground.page_mrkdwn import mrkdwn
from bot.playground.page_reader import Reader
from bot.playground.page_rich import rich_text
from bot.playground.page_screen import Screen
from bot.playground.shapes import Json

_TEMPLATES = Path(__file__).with_name("templates")
_OWN_FILE = re.compile(r"^http://(?:127\.0\.0\.1|localhost):\d+/files-pri/\w+-(F\w+)/")
_SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


class Templates:
    def __init__(self) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {
            "mrkdwn": mrkdwn,
            "rich_text": rich_text,
            "plain": plain,
            "words": words,
            "markdown": markdown,
            "json": json.dumps,
            "safe_url": safe_url,
            "source": source,
            "slices": page_charts.slices,
            "plot": page_charts.plot,
            "figures": page_charts.table,
            "description": lambda chart, title: page_charts.description(title, chart),
        }

    def render(self, template: str, values: dict[str, Any]) -> str:
        return self._environment.get_template(template).render(values)

    def blocks(self, blocks: list[Json], screen: Screen) -> str:
        """Blocks alone; every block and element must have its id."""
        module: Any = self._environment.get_template("blocks.html").module
        return str(module.blocks(blocks, screen))

    def options(self, groups: tuple[ChoiceGroup, ...], prefix: str, held: list[Any]) -> str:
        return self.render("suggestions.html", {"groups": groups, "prefix": prefix, "held": held})


def plain(text: Json) -> Markup:
    """A `plain_text` object: as typed, save for named emoji where the app wants them."""
    return escape(with_emoji(text["text"]) if text.get("emoji") else text["text"])


def words(text: Json, reader: Reader) -> Markup:
    """A text object of either kind."""
    return mrkdwn(text["text"], reader) if text["type"] == "mrkdwn" else plain(text)


def markdown(text: str) -> Markup:
    """Standard Markdown, with HTML in it shown as typed."""
    return Markup(MarkdownIt("js-default", {"linkify": False}).render(text))  # noqa: S704 - it escapes HTML


def source(image: Json) -> str:
    """Where the picture of an image lies: a path when it was uploaded here, else its address elsewhere."""
    file = image.get("slack_file") or {}
    if file.get("id"):
        return f"/page/files/{quote(file['id'])}"
    url = str(image.get("image_url") or file.get("url") or "")
    own = _OWN_FILE.search(url)
    return f"/page/files/{own[1]}" if own else url


def safe_url(url: str) -> str:
    return url if urlsplit(url).scheme in _SAFE_SCHEMES else "#"
