"""Our vocabulary over Slack's blocks: what a person typed stands in rich text or plain text, never in markup."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    MarkdownTextObject,
    Option,
    OverflowMenuElement,
    PlainTextObject,
    RichTextBlock,
    SectionBlock,
)
from slack_sdk.models.blocks.block_elements import InteractiveElement

from bot.text import escaped

BUTTON_LIMIT = 75
OPTION_LIMIT = 75
TITLE_LIMIT = 24
HEADER_LIMIT = 150
TEXT_LIMIT = 3000
MESSAGE_BLOCKS = 50
CHART_TITLE, CHART_LABEL, CHART_CATEGORIES = 50, 20, 20
TABLE_ROWS = 100
VIEW_BLOCKS = 100

Payload = dict[str, Any]


class Part(NamedTuple):
    """A stretch of text in a line, shown literally."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    """Where it leads when it is pressed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen: a short label, a value of ours."""

    label: str
    value: str


class Plain(PlainTextObject):
    """A plain text within its limit: `clip` saw to that, so nothing is left to check when it is written."""

    def to_dict(self) -> Payload:
        """Return it as Slack takes it."""
        return {"type": self.type, "text": self.text, "emoji": False}


class Line(RichTextBlock):
    """Stretches of text, written as they were made: the models would look for the class of each again."""

    def __init__(self, stretches: Sequence[Payload], block_id: str | None) -> None:
        super().__init__(elements=[], block_id=block_id)
        self._stretches = list(stretches)

    def to_dict(self) -> Payload:
        """Return it as Slack takes it."""
        section = {"type": "rich_text_section", "elements": self._stretches}
        named = {"block_id": self.block_id} if self.block_id else {}
        return {"type": "rich_text", "elements": [section], **named}


class Offered(Option):
    """An option made of a `Choice`: nothing is left to check when it is written."""

    def to_dict(self, option_type: str = "block") -> Payload:  # noqa: ARG002 - the models' signature
        """Return it as Slack takes it."""
        return {"text": {"type": "plain_text", "text": self.text, "emoji": False}, "value": self.value}


class Figures(Block):
    """A chart or a table: blocks that the models do not know."""

    def __init__(self, written: Payload) -> None:
        super().__init__(type=str(written["type"]))
        self._written = written

    def to_dict(self) -> Payload:
        """Return it as Slack takes it."""
        return self._written


def clip(text: str, limit: int) -> str:
    """Return `text`, shortened to `limit` characters with an ellipsis; never empty, since Slack refuses that."""
    whole = text.strip() or "–"
    return whole if len(whole) <= limit else whole[: limit - 1].rstrip() + "…"


def plain(text: str, limit: int) -> PlainTextObject:
    """Return a plain text, shown literally."""
    return Plain(text=clip(text, limit), emoji=False)


def bold(text: str) -> Part:
    """Return a stretch in bold."""
    return Part(text, bold=True)


def fact(label: str, value: str) -> list[Part | str]:
    """Return a label with its value."""
    return [bold(label), f"  {value}"]


def quote(text: str, limit: int = 200) -> Part:
    """Return a text between quotation marks, in one line."""
    return Part(f"“{clip(' '.join(text.split()), limit)}”", italic=True)


def line(*parts: Part | str, block_id: str | None = None) -> RichTextBlock:
    """Return one line (or more, where a part has line breaks); strings are shown literally."""
    pieces = [part if isinstance(part, Part) else Part(part) for part in parts]
    elements = [_stretch(piece) for piece in pieces if piece.text]
    return Line(elements or [_stretch(Part(" "))], block_id)


def lines(*rows: Sequence[Part | str]) -> RichTextBlock:
    """Return several lines in one block."""
    parts: list[Part | str] = []
    for row in rows:
        parts += ["\n", *row] if parts else row
    return line(*parts)


def item(what: Sequence[Part | str], beside: InteractiveElement, block_id: str) -> SectionBlock:
    """Return one thing of a list, shown literally, with its button or menu on the same line.

    Slack lets nothing stand beside rich text: what was bold or italic is plain here.
    """
    words = "".join(part.text if isinstance(part, Part) else part for part in what)
    return SectionBlock(text=plain(words, TEXT_LIMIT), accessory=beside, block_id=block_id)


def markup(mrkdwn: str) -> SectionBlock:
    """Return Slack markup that a page of ours rendered."""
    return SectionBlock(text=MarkdownTextObject(text=clip(mrkdwn, TEXT_LIMIT), verbatim=True))


def header(text: str) -> HeaderBlock:
    """Return a headline."""
    return HeaderBlock(text=plain(text, HEADER_LIMIT))


def small(*texts: str) -> ContextBlock:
    """Return small grey print, shown literally."""
    return ContextBlock(elements=[plain(text, 2000) for text in texts])


def divider() -> DividerBlock:
    """Return a thin line."""
    return DividerBlock()


def actions(*elements: InteractiveElement | None, block_id: str | None = None) -> ActionsBlock:
    """Return a row of buttons and menus; None leaves a place out."""
    return ActionsBlock(elements=[element for element in elements if element is not None], block_id=block_id)


def button(label: str, action: str, value: object = "") -> ButtonElement:
    """Return a button with a verb on it."""
    return ButtonElement(text=plain(label, BUTTON_LIMIT), action_id=action, value=str(value) or None)


def named(label: str, name: str, action: str, value: object) -> ButtonElement:
    """Return a button that a screen reader calls by its full `name`, where several have the same label."""
    return ButtonElement(
        text=plain(label, BUTTON_LIMIT),
        action_id=action,
        value=str(value),
        accessibility_label=clip(name, BUTTON_LIMIT),
    )


def primary(label: str, action: str, value: object = "") -> ButtonElement:
    """Return the one button of a screen that is meant to be pressed."""
    return ButtonElement(
        text=plain(label, BUTTON_LIMIT), action_id=action, value=str(value) or None, style="primary"
    )


def danger(label: str, action: str, value: object, ask: ConfirmObject) -> ButtonElement:
    """Return a button that asks before it acts."""
    return ButtonElement(
        text=plain(label, BUTTON_LIMIT),
        action_id=action,
        value=str(value) or None,
        style="danger",
        confirm=ask,
    )


def ask(title: str, text: str, yes: str, no: str) -> ConfirmObject:
    """Return the question of a dangerous button."""
    return ConfirmObject(
        title=plain(title, 100), text=plain(text, 300), confirm=plain(yes, 30), deny=plain(no, 30)
    )


def more(action: str, *choices: Choice) -> OverflowMenuElement:
    """Return the ⋯ menu; each choice's value is `verb:subject` and reaches the verb's listener."""
    return OverflowMenuElement(action_id=action, options=[option(choice) for choice in choices[:5]])


def option(choice: Choice) -> Option:
    """Return one option of a menu or select."""
    return Offered(text=plain(choice.label, OPTION_LIMIT), value=choice.value)


def options(choices: Iterable[Choice]) -> list[Option]:
    """Return at most a hundred options, which is all that Slack takes."""
    return [option(choice) for choice in choices][:100]


def chart(title: str, categories: Sequence[str], series: Mapping[str, Sequence[int]]) -> Figures:
    """Return bars side by side: one group for each category, in it one bar of each series."""
    labels = _distinct(categories)
    drawn = [
        {
            "name": clip(name, CHART_LABEL),
            "data": [{"label": label, "value": value} for label, value in zip(labels, values, strict=True)],
        }
        for name, values in series.items()
    ]
    bars = {"type": "bar", "series": drawn, "axis_config": {"categories": labels}}
    return Figures({"type": "data_visualization", "title": clip(title, CHART_TITLE), "chart": bars})


def table(caption: str, head: Sequence[str], rows: Sequence[Sequence[str | int]]) -> Figures:
    """Return a table; the first cell of a row names it. A message holds one."""
    cells = [[_cell(value) for value in row] for row in (head, *rows[:TABLE_ROWS])]
    return Figures(
        {"type": "data_table", "caption": clip(caption, 150), "row_header_column_index": 0, "rows": cells}
    )


def message(*blocks: Block | None) -> Payload:
    """Return a message; its top-level text says the same as its blocks (screen readers, notifications)."""
    written = [block.to_dict() for block in blocks if block is not None][:MESSAGE_BLOCKS]
    return {"blocks": written, "text": escaped(spoken(written)), "mrkdwn": False}


def spoken(blocks: Iterable[dict[str, Any]], limit: int = TEXT_LIMIT) -> str:
    """Return what blocks say, as plain text; buttons are left out."""
    said = (_spoken(block) for block in blocks if block["type"] != "actions")
    return clip("\n".join(text for text in said if text), limit)


def _spoken(node: Any) -> str:
    if isinstance(node, list):
        return "".join(_spoken(child) for child in node)
    if not isinstance(node, dict):
        return ""
    text = node.get("text")
    if isinstance(text, str):
        return text
    return _spoken(text) if text else _spoken(node.get("elements"))


def _distinct(labels: Sequence[str]) -> list[str]:
    """Return labels within their limit, each once: who is called like another gets a number."""
    found: list[str] = []
    for label in labels:
        name, number = clip(label, CHART_LABEL), 1
        while name in found:
            number += 1
            name = f"{clip(label, CHART_LABEL - 4)} {number}"
        found.append(name)
    return found


def _cell(value: str | int) -> Payload:
    if isinstance(value, int):
        return {"type": "raw_number", "value": value}
    return {"type": "raw_text", "text": clip(value, 75)}


def _stretch(part: Part) -> dict[str, Any]:
    style = {name: True for name in ("bold", "italic") if getattr(part, name)}
    kind = {"type": "link", "url": part.link} if part.link else {"type": "text"}
    return {**kind, "text": part.text[:TEXT_LIMIT], **({"style": style} if style else {})}
