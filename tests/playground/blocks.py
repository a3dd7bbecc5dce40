"""Blocks and elements for the tests of the rules."""

from typing import Any

from tests.playground.forms import option, plain

Block = dict[str, Any]
BUTTON = {"type": "button", "text": plain("Go"), "action_id": "go"}
OPTIONS = [option("One"), option("Two")]
SELECT = {"type": "static_select", "action_id": "it", "options": OPTIONS}


def section(text: str, **more: Any) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def accessory(element: Block) -> Block:
    return section("x", accessory=element)


def actions(*elements: Any) -> Block:
    return {"type": "actions", "elements": list(elements)}


def header(text: str) -> Block:
    return {"type": "header", "text": plain(text)}


def confirm(**more: Any) -> Block:
    texts = {"title": "Sure?", "text": "Really", "confirm": "Yes", "deny": "No"}
    return {key: plain(text) for key, text in texts.items()} | more


def raw(text: str) -> Block:
    return {"type": "raw_text", "text": text}


def chart(**chart: Any) -> Block:
    return {"type": "data_visualization", "title": "Week", "chart": chart}


def series(*labels: str) -> list[Block]:
    return [{"name": "Calls", "data": [{"label": label, "value": 1} for label in labels]}]


TABLE = {"type": "table", "rows": [[raw("a"), raw("b")]]}
DATA_TABLE = {"type": "data_table", "caption": "Week", "rows": [[raw("Who")], [raw("Eva")]]}
PIE = chart(type="pie", segments=[{"label": "Calls", "value": 3}])
BARS = chart(type="bar", series=series("Mon"), axis_config={"categories": ["Mon"]})
RICH = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "Hi"}]}],
}
CONTAINER = {"type": "container", "title": plain("Box"), "child_blocks": [section("x")]}
