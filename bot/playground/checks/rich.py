"""Rich text: sections, lists, preformatted text and quotes."""

from bot.playground.checks.objects import ID, URL
from bot.playground.checks.scene import (
    Keys,
    Shape,
    by_type,
    flag,
    many,
    one_of,
    pattern,
    string,
    whole,
)

LENGTH = 40_000
_STYLE = Shape(
    {},
    {
        "bold": flag,
        "italic": flag,
        "strike": flag,
        "code": flag,
        "underline": flag,
        "highlight": flag,
        "client_highlight": flag,
        "unlink": flag,
    },
)
_STYLED: Keys = {"style": _STYLE}

INLINE: Keys = {
    "text": Shape({"text": string(LENGTH)}, _STYLED),
    "link": Shape({"url": URL}, {**_STYLED, "text": string(LENGTH), "unsafe": flag}),
    "user": Shape({"user_id": ID}, _STYLED),
    "usergroup": Shape({"usergroup_id": ID}, _STYLED),
    "channel": Shape({"channel_id": ID}, _STYLED),
    "broadcast": Shape({"range": one_of("here", "channel", "everyone")}, _STYLED),
    "emoji": Shape({"name": string(255)}, {**_STYLED, "unicode": string(255), "skin_tone": whole(1, 6)}),
    "date": Shape(
        {"timestamp": whole(0, 10**12), "format": string(255)},
        {**_STYLED, "url": URL, "fallback": string(LENGTH)},
    ),
    "color": Shape({"value": pattern("#[0-9a-fA-F]{6}", "a colour such as #F405B3")}, _STYLED),
    "team": Shape({"team_id": ID}, _STYLED),
}
_INLINE = many(by_type(INLINE), 1, 1000)
_BORDER = whole(0, 1)
_SECTION = Shape({"elements": _INLINE})

PARTS: Keys = {
    "rich_text_section": _SECTION,
    "rich_text_list": Shape(
        {
            "elements": many(by_type({"rich_text_section": _SECTION}), 1, 1000),
            "style": one_of("bullet", "ordered"),
        },
        {"indent": whole(0, 8), "offset": whole(0, 10_000), "border": _BORDER},
    ),
    "rich_text_preformatted": Shape(
        {"elements": many(by_type(INLINE, ("text", "link")), 1, 1000)},
        {"border": _BORDER, "language": string(100)},
    ),
    "rich_text_quote": Shape({"elements": _INLINE}, {"border": _BORDER}),
}

RICH_TEXT_BLOCK = Shape({"elements": many(by_type(PARTS), 1, 1000)}, {"block_id": ID})
RICH_TEXT = by_type({"rich_text": RICH_TEXT_BLOCK})
