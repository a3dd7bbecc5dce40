"""One of everything that Block Kit has, for looking at and for tests of the page."""

from typing import Any

from bot.playground.shapes import Json
from tests.playground.forms import field, option, plain


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(text: str, **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": text.lower().replace(" ", "_"), **more}


def header(text: str) -> Json:
    return {"type": "header", "text": plain(text)}


COLOURS = [option(name) for name in ("Green", "Amber", "Blue")]
HOSTILE = "<!channel> <@U1> *_~ </script><b>x</b> &amp; {{ 7*7 }} \u202eright to left\u202c `"
ESCAPED = HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

ASKING = {
    "title": plain("Discard this draft?"),
    "text": mrkdwn("What you typed for *Anna Berg* is gone then."),
    "confirm": plain("Discard"),
    "deny": plain("Keep it"),
    "style": "danger",
}
OVERFLOW = {"type": "overflow", "action_id": "more", "options": [option("Edit result"), option("Open entry")]}

TEXTS: list[Json] = [
    header("Logged: Outgoing call"),
    section(
        "*Anna Berg* (Fjordbygg AS) _15 min_ ~not~ `code` :tada: <https://example.com|a link>\n> quoted\nplain"
    ),
    section("```\nfixed  width\n```"),
    section(
        "<@U0EVA00001> and <#C0SALES001> and <!here> at <!date^1795269600^{date_short_pretty} {time}|then>"
    ),
    section(ESCAPED),
    {"type": "section", "text": plain(HOSTILE)},
    {
        "type": "section",
        "fields": [mrkdwn("*Who*\nAnna Berg"), mrkdwn("*When*\nToday 14:03"), plain("Plain")],
    },
    {"type": "divider"},
    {"type": "context", "elements": [mrkdwn("Logged by <@U0EVA00001>"), plain("· from Slack")]},
    section("With a button", accessory=button("Undo")),
    section("With a menu", accessory=OVERFLOW),
    {
        "type": "actions",
        "elements": [
            button("Log interaction", style="primary", value="log"),
            button("Discard", style="danger", confirm=ASKING),
            button("Website", url="https://example.com"),
            {**OVERFLOW, "action_id": "more2"},
        ],
    },
    {"type": "image", "image_url": "https://example.com/x.png", "alt_text": "A map", "title": plain("Where")},
    {
        "type": "markdown",
        "text": "## Heading\n\n**bold** and [a link](https://example.com)\n\n- one\n- two\n\n<b>no</b>",
    },
]

RICH: Json = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "Bold", "style": {"bold": True}},
                {"type": "text", "text": " and "},
                {"type": "user", "user_id": "U0WIM00001"},
                {"type": "text", "text": " in "},
                {"type": "channel", "channel_id": "C0SALES001"},
                {"type": "emoji", "name": "wave"},
                {"type": "link", "url": "https://example.com", "text": "link"},
                {"type": "broadcast", "range": "here"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "ordered",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": f"Item {n}"}]}
                for n in (1, 2)
            ],
        },
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "Quoted"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "a  b"}]},
    ],
}
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri"]


def series(name: str, *values: float) -> Json:
    return {"name": name, "data": [{"label": d, "value": v} for d, v in zip(DAYS, values, strict=True)]}


def chart(kind: str) -> Json:
    rows = [series("This week", 3, 5, 2, 8, 4), series("Last week", 4, 4, 6, 1, 2)]
    drawn = {"type": kind, "series": rows, "axis_config": {"categories": DAYS, "y_label": "Interactions"}}
    return {"type": "data_visualization", "title": "Interactions per day", "chart": drawn}


PIE: Json = {
    "type": "data_visualization",
    "title": "By template",
    "chart": {
        "type": "pie",
        "segments": [
            {"label": "Call", "value": 31},
            {"label": "Visit", "value": 12},
            {"label": "E-mail", "value": 21},
        ],
    },
}
ROWS = [["Salesperson", "Interactions"], ["Eva", 31], ["Wim", 17]]


def cell(value: str | int) -> Json:
    return (
        {"type": "raw_text", "text": value}
        if isinstance(value, str)
        else {"type": "raw_number", "value": value}
    )


TABLE: Json = {"type": "table", "rows": [[cell(str(v)) for v in row] for row in ROWS]}
DATA_TABLE: Json = {
    "type": "data_table",
    "caption": "This week",
    "rows": [[cell(v) for v in row] for row in ROWS],
}
LAYOUTS: list[Json] = [
    RICH,
    TABLE,
    DATA_TABLE,
    PIE,
    chart("bar"),
    chart("line"),
    chart("area"),
    {
        "type": "container",
        "title": plain("North team"),
        "subtitle": plain("Week 47"),
        "is_collapsible": True,
        "child_blocks": [section("Inside the container")],
    },
    {
        "type": "card",
        "title": mrkdwn("SEG0012"),
        "subtitle": mrkdwn("Autumn mailing"),
        "body": mrkdwn("214 contacts"),
        "actions": [button("Open")],
    },
]

FIELDS: list[Json] = [
    field(
        "Contact", {"type": "external_select", "min_query_length": 0, "placeholder": plain("Search contacts")}
    ),
    field(
        "Interaction template", {"type": "static_select", "options": COLOURS, "initial_option": COLOURS[0]}
    ),
    field(
        "Grouped",
        {"type": "static_select", "option_groups": [{"label": plain("Warm"), "options": COLOURS[1:2]}]},
    ),
    field("Description", {"type": "plain_text_input", "initial_value": "Outgoing call", "max_length": 30}),
    field(
        "Comment",
        {"type": "plain_text_input", "multiline": True},
        optional=True,
        hint=plain("Say it in your words"),
    ),
    field("Date", {"type": "datepicker", "initial_date": "2026-11-21"}),
    field("Time", {"type": "timepicker", "initial_time": "14:03"}),
    field("Moment", {"type": "datetimepicker"}, optional=True),
    field("Result", {"type": "radio_buttons", "options": COLOURS[:2]}, optional=True),
    field("Flags", {"type": "checkboxes", "options": [option("Attempt failed")]}, optional=True),
    field("Languages", {"type": "multi_static_select", "options": COLOURS, "initial_options": COLOURS[:1]}),
    field("Salesperson", {"type": "users_select", "initial_user": "U0EVA00001"}),
    field("Channel", {"type": "conversations_select"}, optional=True),
    field("Cost", {"type": "number_input", "is_decimal_allowed": True}, optional=True),
    field("E-mail", {"type": "email_text_input"}, optional=True),
    field("Website", {"type": "url_text_input"}, optional=True),
    field("Notes", {"type": "rich_text_input"}, optional=True),
    field("Attachment", {"type": "file_input", "max_files": 2}, optional=True),
    {"type": "alert", "level": "warning", "text": mrkdwn("You logged this *4 min ago*. Add anyway?")},
]
