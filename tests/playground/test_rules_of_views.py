"""Views: each rule by one shape that Slack refuses and one that it takes."""

from typing import Any

import pytest

from bot.playground.rules import problems_in_options, problems_in_view
from tests.playground.blocks import (
    BUTTON,
    CONTAINER,
    OPTIONS,
    PIE,
    RICH,
    SELECT,
    TABLE,
    Block,
    accessory,
    actions,
    confirm,
    header,
    section,
)
from tests.playground.forms import TEXT, field, modal, option, plain

TAKEN_IN_MODALS: dict[str, list[Block]] = {
    "nothing": [],
    "section": [section("x" * 3000)],
    "fields": [{"type": "section", "fields": [plain("x")] * 10}],
    "header": [header("x" * 150)],
    "rich text": [RICH],
    "inputs": [field("a", TEXT), field("b", {"type": "file_input"}), field("c", SELECT)],
    "dispatching text": [
        field(
            "a",
            {**TEXT, "dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]}},
            dispatch_action=True,
        )
    ],
    "external select with an initial option": [
        field("a", {"type": "external_select", "min_query_length": 0, "initial_option": option("One")})
    ],
    "initial option of a group": [
        field(
            "a",
            {
                "type": "static_select",
                "option_groups": [{"label": plain("G"), "options": OPTIONS}],
                "initial_option": OPTIONS[1],
            },
        )
    ],
    "alert": [{"type": "alert", "text": plain("Mind the gap"), "level": "warning"}],
    "same action id in two blocks": [field("a", TEXT), field("b", TEXT)],
    "a hundred blocks": [section("x")] * 100,
    "pickers": [
        field("a", {"type": "datepicker", "initial_date": "2026-11-21"}),
        field("b", {"type": "timepicker", "initial_time": "09:05"}),
    ],
}

REFUSED_IN_MODALS: dict[str, tuple[list[Block], str]] = {
    "too many blocks": ([section("x")] * 101, "/view/blocks"),
    "long section": ([section("x" * 3001)], "/view/blocks/0/text/text"),
    "empty text": ([section("")], "/view/blocks/0/text/text"),
    "section of nothing": ([{"type": "section"}], "/view/blocks/0"),
    "eleven fields": ([{"type": "section", "fields": [plain("x")] * 11}], "/view/blocks/0/fields"),
    "long header": ([header("x" * 151)], "/view/blocks/0/text/text"),
    "mrkdwn header": ([{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}], "0/text/type"),
    "unknown block": ([{"type": "sektion"}], "/view/blocks/0/type"),
    "unknown key": ([section("x", txt="y")], "/view/blocks/0/txt"),
    "block id twice": ([section("x", block_id="a"), section("y", block_id="a")], "/view/blocks/1/block_id"),
    "action id twice": ([actions(BUTTON, BUTTON)], "/view/blocks/0"),
    "long block id": ([section("x", block_id="a" * 256)], "/view/blocks/0/block_id"),
    "26 elements": ([actions(*[{**BUTTON, "action_id": f"a{n}"} for n in range(26)])], "0/elements"),
    "long button": ([actions({**BUTTON, "text": plain("x" * 76)})], "elements/0/text/text"),
    "long value": ([actions({**BUTTON, "value": "x" * 2001})], "elements/0/value"),
    "button style": ([actions({**BUTTON, "style": "blue"})], "elements/0/style"),
    "button in an input": ([field("a", BUTTON)], "/element/type"),
    "text input in a section": ([accessory({**TEXT, "action_id": "it"})], "/accessory/type"),
    "text input in actions": ([actions({**TEXT, "action_id": "it"})], "/elements/0/type"),
    "long option": ([field("a", {**SELECT, "options": [option("x" * 76)]})], "options/0/text/text"),
    "long option value": (
        [field("a", {**SELECT, "options": [{"text": plain("x"), "value": "v" * 151}]})],
        "options/0/value",
    ),
    "101 options": ([field("a", {**SELECT, "options": [option(f"{n}") for n in range(101)]})], "/options"),
    "no options": ([field("a", {**SELECT, "options": []})], "/options"),
    "options and groups": (
        [field("a", {**SELECT, "option_groups": [{"label": plain("G"), "options": OPTIONS}]})],
        "/element",
    ),
    "static select without options": ([field("a", {"type": "static_select"})], "/element"),
    "initial option from elsewhere": (
        [field("a", {**SELECT, "initial_option": option("Three")})],
        "/initial_option",
    ),
    "checkboxes beyond ten": (
        [field("a", {"type": "checkboxes", "options": [option(f"{n}") for n in range(11)]})],
        "/options",
    ),
    "six in an overflow": (
        [actions({"type": "overflow", "action_id": "o", "options": [option(f"{n}") for n in range(6)]})],
        "/options",
    ),
    "options of an external select": ([field("a", {**SELECT, "type": "external_select"})], "/options"),
    "more initial than allowed": (
        [
            field(
                "a",
                {
                    "type": "multi_static_select",
                    "options": OPTIONS,
                    "initial_options": OPTIONS,
                    "max_selected_items": 1,
                },
            )
        ],
        "/element",
    ),
    "impossible date": ([field("a", {"type": "datepicker", "initial_date": "2026-02-30"})], "/initial_date"),
    "other date": ([field("a", {"type": "datepicker", "initial_date": "20260203"})], "/initial_date"),
    "impossible time": ([field("a", {"type": "timepicker", "initial_time": "24:00"})], "/initial_time"),
    "time with seconds": ([field("a", {"type": "timepicker", "initial_time": "09:00:00"})], "/initial_time"),
    "instant in milliseconds": (
        [field("a", {"type": "datetimepicker", "initial_date_time": 1_795_000_000_000})],
        "/initial_date_time",
    ),
    "lengths that cross": ([field("a", {**TEXT, "min_length": 5, "max_length": 4})], "/min_length"),
    "initial value too long": (
        [field("a", {**TEXT, "max_length": 2, "initial_value": "abc"})],
        "/initial_value",
    ),
    "dispatch config on a select": (
        [field("a", {**SELECT, "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]}})],
        "/dispatch_action_config",
    ),
    "dispatch config without dispatching": (
        [field("a", {**TEXT, "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]}})],
        "/dispatch_action_config",
    ),
    "unknown dispatch trigger": (
        [
            field(
                "a",
                {**TEXT, "dispatch_action_config": {"trigger_actions_on": ["on_blur"]}},
                dispatch_action=True,
            )
        ],
        "/trigger_actions_on/0",
    ),
    "long placeholder": ([field("a", {**TEXT, "placeholder": plain("x" * 151)})], "/placeholder/text"),
    "long label": ([field("a", TEXT, label=plain("x" * 2001))], "/label/text"),
    "mrkdwn label": ([field("a", TEXT, label={"type": "mrkdwn", "text": "x"})], "/label/type"),
    "confirm title": (
        [actions({**BUTTON, "confirm": confirm(title=plain("x" * 101))})],
        "/confirm/title/text",
    ),
    "confirm button": ([actions({**BUTTON, "confirm": confirm(deny=plain("x" * 31))})], "/confirm/deny/text"),
    "half a confirm": ([actions({**BUTTON, "confirm": {"title": plain("x")}})], "/confirm"),
    "two with focus": (
        [field("a", {**TEXT, "focus_on_load": True}), field("b", {**TEXT, "focus_on_load": True})],
        "/view/blocks/1/element",
    ),
    "image of two sources": (
        [{"type": "image", "alt_text": "x", "image_url": "https://x", "slack_file": {"id": "F1"}}],
        "/view/blocks/0",
    ),
    "image without words": ([{"type": "image", "image_url": "https://x"}], "/view/blocks/0"),
    "rich text of nothing": ([{"type": "rich_text", "elements": []}], "/elements"),
    "rich text with unknown style": (
        [
            {
                "type": "rich_text",
                "elements": [
                    {
                        "type": "rich_text_section",
                        "elements": [{"type": "text", "text": "x", "style": {"loud": True}}],
                    }
                ],
            }
        ],
        "/style/loud",
    ),
    "eleven in a context": ([{"type": "context", "elements": [plain("x")] * 11}], "/elements"),
    "table in a modal": ([TABLE], "/view/blocks/0/type"),
    "markdown in a modal": ([{"type": "markdown", "text": "x"}], "/view/blocks/0/type"),
    "chart in a modal": ([PIE], "/view/blocks/0/type"),
    "workflow button in a modal": (
        [
            actions(
                {
                    "type": "workflow_button",
                    "text": plain("x"),
                    "workflow": {"trigger": {"url": "https://x"}},
                }
            )
        ],
        "/elements/0/type",
    ),
    "button that is no object": ([actions("go")], "/elements/0/type"),
    "value that is no string": ([actions({**BUTTON, "value": 7})], "/elements/0/value"),
    "label that is no object": ([field("a", TEXT, label="x")], "/label/type"),
    "flag that is no boolean": ([field("a", {**TEXT, "multiline": "yes"})], "/multiline"),
    "length that is no number": ([field("a", {**TEXT, "max_length": "7"})], "/max_length"),
    "length out of range": ([field("a", {**TEXT, "max_length": 3001})], "/max_length"),
    "options that are no list": ([field("a", {**SELECT, "options": "One"})], "/options"),
    "confirm that is no object": ([actions({**BUTTON, "confirm": "Sure?"})], "/confirm"),
    "decimals where none are allowed": (
        [field("a", {"type": "number_input", "is_decimal_allowed": False, "initial_value": "1.5"})],
        "/element",
    ),
    "number with words": (
        [field("a", {"type": "number_input", "is_decimal_allowed": True, "min_value": "two"})],
        "/min_value",
    ),
    "numbers that cross": (
        [
            field(
                "a", {"type": "number_input", "is_decimal_allowed": False, "min_value": "3", "max_value": "2"}
            )
        ],
        "/element",
    ),
    "number input that says nothing of decimals": ([field("a", {"type": "number_input"})], "/element"),
    "eleven files": ([field("a", {"type": "file_input", "max_files": 11})], "/max_files"),
    "collapsed but not collapsible": ([{**CONTAINER, "default_collapsed": True}], "/default_collapsed"),
}


@pytest.mark.parametrize("blocks", TAKEN_IN_MODALS.values(), ids=TAKEN_IN_MODALS)
def test_taken_in_modals(blocks: list[Block]) -> None:
    assert problems_in_view(modal(*blocks), "modal") == []


@pytest.mark.parametrize(("blocks", "at"), REFUSED_IN_MODALS.values(), ids=REFUSED_IN_MODALS)
def test_refused_in_modals(blocks: list[Block], at: str) -> None:
    problems = problems_in_view(modal(*blocks), "modal")
    assert any(problem.endswith(f"{at}]") for problem in problems), problems


@pytest.mark.parametrize(
    ("more", "at"),
    [
        ({"title": plain("x" * 25)}, "/view/title/text"),
        ({"submit": plain("x" * 25)}, "/view/submit/text"),
        ({"close": plain("")}, "/view/close/text"),
        ({"private_metadata": "x" * 3001}, "/view/private_metadata"),
        ({"callback_id": "x" * 256}, "/view/callback_id"),
        ({"submit": None}, "/view/submit"),
        ({"type": "home"}, "/view/type"),
        ({"colour": "red"}, "/view/colour"),
        ({"blocks": None}, "/view/blocks"),
        ({"title": None}, "/view"),
    ],
)
def test_refused_around_the_blocks(more: dict[str, Any], at: str) -> None:
    problems = problems_in_view(modal(field("a", TEXT), **more), "modal")
    assert any(problem.endswith(f"{at}]") for problem in problems), problems


def test_home_has_no_buttons_below_and_no_datetimepicker() -> None:
    home = {"type": "home", "blocks": [actions({"type": "datetimepicker", "action_id": "w"})]}
    assert len(problems_in_view(home, "home")) == 1
    assert problems_in_view({"type": "home", "blocks": [PIE]}, "home") == []
    assert problems_in_view({"type": "home", "blocks": [], "submit": plain("x")}, "home")


def test_options_of_a_suggestion() -> None:
    assert problems_in_options({"options": []}) == []
    assert problems_in_options({"options": OPTIONS}) == []
    assert problems_in_options({"options": [option("x")] * 101})
    assert problems_in_options({})
    assert problems_in_options(
        {"options": OPTIONS, "option_groups": [{"label": plain("x"), "options": OPTIONS}]}
    )
