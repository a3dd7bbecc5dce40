"""Rich text as Slack's editor writes it."""

from bot.playground.shapes import Json


def rich_text_of(text: str) -> Json:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}
