"""Tables and charts."""

from typing import Any

from bot.playground.checks.objects import ID
from bot.playground.checks.rich import RICH_TEXT_BLOCK
from bot.playground.checks.scene import (
    Keys,
    Scene,
    Shape,
    by_type,
    flag,
    many,
    number,
    one_of,
    string,
    whole,
)
from bot.playground.shapes import Json

TABLE_CHARACTERS = 10_000
_CELLS: Keys = {
    "raw_text": Shape({"text": string(TABLE_CHARACTERS)}),
    "raw_number": Shape({"value": number}, {"text": string(TABLE_CHARACTERS)}),
    "rich_text": RICH_TEXT_BLOCK,
}
_CELL = by_type(_CELLS)
_COLUMN = Shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": flag})


def rows_are_even(scene: Scene, at: str, block: Json) -> None:
    if len({len(row) for row in block["rows"]}) > 1:
        scene.refuse(f"{at}/rows", "every row must have the same number of cells")


def header_is_plain(scene: Scene, at: str, block: Json) -> None:
    for place, cell in enumerate(block["rows"][0]):
        if cell["type"] == "rich_text":
            scene.refuse(f"{at}/rows/0/{place}", "a header cell must not be rich_text")


def characters_fit(scene: Scene, at: str, block: Json) -> None:
    if characters_of(block) > TABLE_CHARACTERS:
        scene.refuse(f"{at}/rows", f"no more than {TABLE_CHARACTERS} characters allowed")


def characters_of(block: Any) -> int:
    """All characters that the cells show."""
    if isinstance(block, dict):
        own = block.get("text", block.get("value", ""))
        shown = 0 if isinstance(own, dict) else len(str(own))
        inner = (value for value in block.values() if isinstance(value, dict | list))
        return shown + sum(map(characters_of, inner))
    return sum(map(characters_of, block)) if isinstance(block, list) else 0


TABLE = Shape(
    {"rows": many(many(_CELL, 1, 20), 1, 100)},
    {"block_id": ID, "column_settings": many(_COLUMN, 1, 20)},
    (characters_fit,),
)
DATA_TABLE = Shape(
    {"rows": many(many(_CELL, 1, 20), 2, 101), "caption": string(TABLE_CHARACTERS)},
    {"block_id": ID, "page_size": whole(1, 100), "row_header_column_index": whole(0, 19)},
    (rows_are_even, header_is_plain, characters_fit),
)

_LABEL = string(20)
_POINT = Shape({"label": _LABEL, "value": number})
_SERIES = Shape({"name": _LABEL, "data": many(_POINT, 1, 20)})
_AXES = Shape({"categories": many(_LABEL, 1, 20)}, {"x_label": string(50), "y_label": string(50)})


def series_fit_axes(scene: Scene, at: str, chart: Json) -> None:
    names = [series["name"] for series in chart["series"]]
    if len(set(names)) != len(names):
        scene.refuse(f"{at}/series", "names of series must be unique")
    categories = chart["axis_config"]["categories"]
    for place, series in enumerate(chart["series"]):
        if [point["label"] for point in series["data"]] != categories:
            scene.refuse(f"{at}/series/{place}/data", "labels must be the categories of the axis")


def segments_are_not_negative(scene: Scene, at: str, chart: Json) -> None:
    if any(segment["value"] < 0 for segment in chart["segments"]):
        scene.refuse(f"{at}/segments", "values of segments must not be negative")


_XY = Shape({"series": many(_SERIES, 1, 12), "axis_config": _AXES}, {}, (series_fit_axes,))
_CHARTS: Keys = {
    "pie": Shape({"segments": many(_POINT, 1, 12)}, {}, (segments_are_not_negative,)),
    "bar": _XY,
    "line": _XY,
    "area": _XY,
}
CHART = Shape({"title": string(50), "chart": by_type(_CHARTS)}, {"block_id": ID})
