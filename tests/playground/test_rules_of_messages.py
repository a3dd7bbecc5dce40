"""Messages: each rule by one shape that Slack refuses and one that it takes."""

import pytest

from bot.playground.rules import problems_in_message
from tests.playground.blocks import (
    BARS,
    CONTAINER,
    DATA_TABLE,
    OPTIONS,
    PIE,
    RICH,
    TABLE,
    Block,
    accessory,
    chart,
    raw,
    section,
    series,
)
from tests.playground.forms import field, plain

TAKEN_IN_MESSAGES: dict[str, list[Block]] = {
    "table": [TABLE],
    "data table": [DATA_TABLE],
    "charts": [PIE, BARS],
    "markdown": [{"type": "markdown", "text": "x" * 12_000}],
    "container": [CONTAINER],
    "overflow": [accessory({"type": "overflow", "action_id": "o", "options": OPTIONS})],
}

REFUSED_IN_MESSAGES: dict[str, tuple[list[Block], str]] = {
    "too many blocks": ([section("x")] * 51, "/blocks"),
    "two tables": ([TABLE, DATA_TABLE], "/blocks"),
    "table of 101 rows": ([{"type": "table", "rows": [[raw("x")]] * 101}], "/blocks/0/rows"),
    "table of 21 cells": ([{"type": "table", "rows": [[raw("x")] * 21]}], "/blocks/0/rows/0"),
    "empty cell": ([{"type": "table", "rows": [[raw("")]]}], "/blocks/0/rows/0/0/text"),
    "long table": ([{"type": "table", "rows": [[raw("x" * 5001), raw("x" * 5000)]]}], "/blocks/0/rows"),
    "data table without a row": ([{**DATA_TABLE, "rows": [[raw("Who")]]}], "/blocks/0/rows"),
    "uneven data table": ([{**DATA_TABLE, "rows": [[raw("Who")], [raw("a"), raw("b")]]}], "/blocks/0/rows"),
    "rich header cell": ([{**DATA_TABLE, "rows": [[RICH], [raw("a")]]}], "/blocks/0/rows/0/0"),
    "data table without caption": ([{"type": "data_table", "rows": DATA_TABLE["rows"]}], "/blocks/0"),
    "page size": ([{**DATA_TABLE, "page_size": 101}], "/page_size"),
    "three charts": ([PIE, PIE, BARS], "/blocks"),
    "long chart title": ([{**PIE, "title": "x" * 51}], "/title"),
    "thirteen segments": ([chart(type="pie", segments=[{"label": "x", "value": 1}] * 13)], "/segments"),
    "negative segment": ([chart(type="pie", segments=[{"label": "x", "value": -1}])], "/segments"),
    "segment without a number": (
        [chart(type="pie", segments=[{"label": "x", "value": "1"}])],
        "/segments/0/value",
    ),
    "labels beside the axis": (
        [chart(type="line", series=series("Tue"), axis_config={"categories": ["Mon"]})],
        "/series/0/data",
    ),
    "series of one name": (
        [chart(type="area", series=series("Mon") * 2, axis_config={"categories": ["Mon"]})],
        "/series",
    ),
    "donut": ([chart(type="donut", segments=[])], "/chart/type"),
    "markdown in sum": ([{"type": "markdown", "text": "x" * 6001}] * 2, "/blocks"),
    "alert": ([{"type": "alert", "text": plain("x")}], "/blocks/0/type"),
    "email input": ([field("a", {"type": "email_text_input"})], "/blocks/0/element/type"),
    "bad block in a container": ([{**CONTAINER, "child_blocks": [section("")]}], "/child_blocks/0/text/text"),
    "block id twice through a container": (
        [section("x", block_id="a"), {**CONTAINER, "child_blocks": [section("x", block_id="a")]}],
        "/child_blocks/0/block_id",
    ),
}


@pytest.mark.parametrize("blocks", TAKEN_IN_MESSAGES.values(), ids=TAKEN_IN_MESSAGES)
def test_taken_in_messages(blocks: list[Block]) -> None:
    assert problems_in_message({"text": "x", "blocks": blocks}) == []


@pytest.mark.parametrize(("blocks", "at"), REFUSED_IN_MESSAGES.values(), ids=REFUSED_IN_MESSAGES)
def test_refused_in_messages(blocks: list[Block], at: str) -> None:
    problems = problems_in_message({"text": "x", "blocks": blocks})
    assert any(problem.endswith(f"{at}]") for problem in problems), problems
