"""Charts and tables in words, for a Slack that refuses these blocks: the same figures, nothing left out."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.views import kit
from bot.views.kit import Part, Payload

CHART, TABLE = "data_visualization", "data_table"
REFUSALS = frozenset({"invalid_blocks", "invalid_arguments"})
"""What Slack says to a message or a view with a block that it does not take."""


def in_words(payload: Payload) -> Payload:
    """Return a view or a message with its charts and tables as lines."""
    return {**payload, "blocks": [_written(block) for block in payload["blocks"]]}


def has_figures(payload: Payload) -> bool:
    """Whether a chart or a table stands in a view or a message."""
    return any(block["type"] in (CHART, TABLE) for block in payload["blocks"])


def _written(block: Payload) -> Payload:
    if block["type"] == CHART:
        return _lines(block["title"], [_series(one) for one in block["chart"]["series"]])
    if block["type"] == TABLE:
        head, *rows = ([_cell(cell) for cell in row] for row in block["rows"])
        return _lines(block["caption"], [_row(head, row) for row in rows])
    return block


def _lines(title: str, said: Sequence[str]) -> Payload:
    words: list[Part | str] = [kit.bold(title), *(f"\n{one}" for one in said)]
    return kit.line(*words).to_dict()


def _series(series: Mapping[str, Any]) -> str:
    return f"{series['name']}: " + ", ".join(f"{one['label']} {one['value']}" for one in series["data"])


def _row(head: Sequence[str], row: Sequence[str]) -> str:
    figures = (f"{name} {value}" for name, value in zip(head[1:], row[1:], strict=True))
    return f"{row[0]}: {', '.join(figures)}"


def _cell(cell: Mapping[str, Any]) -> str:
    return str(cell.get("text", cell.get("value", "")))
