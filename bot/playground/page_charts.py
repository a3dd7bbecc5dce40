"""Charts of `data_visualization` as geometry: what to draw where, in units of a 480 × 240 picture."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.playground.shapes import Json

LEFT, TOP, RIGHT, BOTTOM = 44.0, 12.0, 470.0, 208.0
_CENTRE, _RADIUS = (120.0, 120.0), 104.0
_TICKS = 4


@dataclass(frozen=True, slots=True)
class Slice:
    path: str
    label: str
    value: str
    percent: int


@dataclass(frozen=True, slots=True)
class Bar:
    series: int
    x: float
    y: float
    width: float
    height: float
    title: str


@dataclass(frozen=True, slots=True)
class Curve:
    """`points` and `surface` are for a polyline and the polygon down to the axis."""

    series: int
    points: str
    surface: str
    dots: tuple[tuple[float, float, str], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A label at an axis, `at` in the direction of the axis."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Plot:
    categories: tuple[Mark, ...]
    levels: tuple[Mark, ...]
    bars: tuple[Bar, ...] = ()
    curves: tuple[Curve, ...] = ()


@dataclass(frozen=True, slots=True)
class _Scale:
    low: float
    high: float
    count: int

    def y(self, value: float) -> float:
        return round(BOTTOM - (value - self.low) / (self.high - self.low) * (BOTTOM - TOP), 1)

    def x(self, place: float) -> float:
        """The middle of a category's column, counted from 0."""
        return round(LEFT + (place + 0.5) * self.column, 1)

    @property
    def column(self) -> float:
        return (RIGHT - LEFT) / self.count


def slices(chart: Json) -> tuple[Slice, ...]:
    segments = chart["segments"]
    total = sum(float(segment["value"]) for segment in segments) or 1.0
    drawn, start = [], 0.0
    for segment in segments:
        share = float(segment["value"]) / total
        path = _slice_path(start, start + share)
        drawn.append(Slice(path, segment["label"], number(segment["value"]), round(share * 100)))
        start += share
    return tuple(drawn)


def plot(chart: Json) -> Plot:
    """Of a bar, line or area chart."""
    categories, series = _categories(chart), _rows(chart)
    levels = _levels([value for row in series for value in row])
    scale = _Scale(levels[0], levels[-1], max(len(categories), 1))
    marks = tuple(Mark(scale.x(place), name) for place, name in enumerate(categories))
    ticks = tuple(Mark(scale.y(level), number(level)) for level in levels)
    if chart["type"] == "bar":
        return Plot(marks, ticks, bars=_bars(chart, series, scale))
    return Plot(marks, ticks, curves=_curves(chart, series, scale))


def table(chart: Json) -> list[list[str]]:
    """The same figures in rows, the first one being the headings."""
    if chart["type"] == "pie":
        return [["", "Value"]] + [[one["label"], number(one["value"])] for one in chart["segments"]]
    names = [str(series["name"]) for series in chart["series"]]
    columns = list(zip(*_rows(chart), strict=True))
    rows = [[name, *map(number, column)] for name, column in zip(_categories(chart), columns, strict=True)]
    return [["", *names], *rows]


def description(title: str, chart: Json) -> str:
    """The chart in words."""
    headings, *rows = table(chart)
    said = []
    for row in rows:
        cells = zip(headings[1:], row[1:], strict=True)
        figures = [value if chart["type"] == "pie" else f"{name} {value}" for name, value in cells]
        said.append(f"{row[0]}: {', '.join(figures)}")
    return f"{chart['type'].capitalize()} chart, {title}. {'; '.join(said)}."


def number(value: float) -> str:
    return f"{value:,.10g}"


def _slice_path(start: float, end: float) -> str:
    if end - start >= 1 - 1e-9:
        x, y = _CENTRE[0], _CENTRE[1] - _RADIUS
        half = f"A{_RADIUS:g} {_RADIUS:g} 0 1 1"
        return f"M{x:g} {y:g}{half} {x:g} {y + 2 * _RADIUS:g}{half} {x:g} {y:g}Z"
    (x1, y1), (x2, y2) = _on_circle(start), _on_circle(end)
    large = int(end - start > 1 / 2)
    arc = f"A{_RADIUS:g} {_RADIUS:g} 0 {large} 1 {x2:.1f} {y2:.1f}"
    return f"M{_CENTRE[0]:g} {_CENTRE[1]:g}L{x1:.1f} {y1:.1f}{arc}Z"


def _on_circle(share: float) -> tuple[float, float]:
    angle = 2 * math.pi * share
    return _CENTRE[0] + _RADIUS * math.sin(angle), _CENTRE[1] - _RADIUS * math.cos(angle)


def _categories(chart: Json) -> list[str]:
    return [str(name) for name in chart["axis_config"]["categories"]]


def _rows(chart: Json) -> list[list[float]]:
    """The values of each series in the order of the categories."""
    rows = []
    for series in chart["series"]:
        values = {point["label"]: float(point["value"]) for point in series["data"]}
        rows.append([values.get(name, 0.0) for name in _categories(chart)])
    return rows


def _levels(values: Sequence[float]) -> list[float]:
    """Round numbers from at most the least value (or 0) to at least the greatest; of counted things whole ones."""
    low, high = min((0.0, *values)), max((0.0, *values))
    whole = all(value == int(value) for value in values)
    step = max(_round_step((high - low) / _TICKS or 1.0), 1.0 if whole else 0.0)
    first, last = math.floor(low / step), math.ceil(high / step) or 1
    return [level * step for level in range(first, last + 1)]


def _round_step(least: float) -> float:
    power: float = 10 ** math.floor(math.log10(least))
    return next((size * power for size in (1, 2, 5) if size * power >= least), 10 * power)


def _bars(chart: Json, rows: Sequence[Sequence[float]], scale: _Scale) -> tuple[Bar, ...]:
    width = scale.column * 0.72 / len(rows)
    bars = []
    for place, name in enumerate(_categories(chart)):
        for series, row in enumerate(rows):
            left = scale.x(place) + (series - len(rows) / 2) * width
            top, foot = scale.y(max(row[place], 0)), scale.y(min(row[place], 0))
            title = f"{chart['series'][series]['name']}, {name}: {number(row[place])}"
            bars.append(Bar(series, round(left, 1), top, round(width * 0.92, 1), round(foot - top, 1), title))
    return tuple(bars)


def _curves(chart: Json, rows: Sequence[Sequence[float]], scale: _Scale) -> tuple[Curve, ...]:
    curves = []
    for series, row in enumerate(rows):
        name = chart["series"][series]["name"]
        titles = [
            f"{name}, {one}: {number(value)}" for one, value in zip(_categories(chart), row, strict=True)
        ]
        dots = tuple(
            (scale.x(at), scale.y(value), title)
            for at, (value, title) in enumerate(zip(row, titles, strict=True))
        )
        points = " ".join(f"{x:g},{y:g}" for x, y, _ in dots)
        foot = scale.y(0)
        surface = f"{dots[0][0]:g},{foot:g} {points} {dots[-1][0]:g},{foot:g}" if dots else ""
        curves.append(Curve(series, points, surface, dots))
    return tuple(curves)
