"""Slack's limits and shapes, and what of a message, a view or a list of options breaks them."""

from typing import Literal

from bot.playground.shapes import Json


def problems_in_message(payload: Json) -> list[str]:
    """What Slack would refuse in the arguments of a message; each problem ends with a JSON pointer."""
    return []


def problems_in_view(view: Json, surface: Literal["modal", "home"]) -> list[str]:
    return []


def problems_in_options(answer: Json) -> list[str]:
    return []
