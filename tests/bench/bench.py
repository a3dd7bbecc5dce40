"""What all benches share: medians beside a floor of the same run, printed as one Markdown table."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

FULL = 1_000_000
SMALL = 20_000


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much of everything."""

    contacts: int = FULL
    runs: int = 3
    seconds: float = 4.0


QUICK = Sizes(contacts=SMALL, runs=2, seconds=1.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One measured figure; `ratio` is to the floor of the same run."""

    work: str
    figure: str
    floor: str = "–"
    ratio: float | None = None
    reach: str = ""
    reached: bool | None = None


def measure(work: Callable[[], object], times: int) -> list[float]:
    """Return the seconds that each call took."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return taken


def beside(
    work: Callable[[], object], floor: Callable[[], object], times: int
) -> tuple[list[float], list[float]]:
    """Return the seconds of both, called in turn, so that a busy machine is busy for both."""
    pairs = [(measure(work, 1)[0], measure(floor, 1)[0]) for _ in range(times)]
    return [ours for ours, _ in pairs], [bare for _, bare in pairs]


def percentile(values: Iterable[float], share: float) -> float:
    """Return the value below which `share` of all are."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def middle(runs: Iterable[Sequence[float]], share: float = 0.5) -> float:
    """Return the median over the runs of each run's percentile."""
    return median(percentile(run, share) for run in runs)


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms" if seconds < 0.01 else f"{seconds * 1000:.0f} ms"


def table(lines: Iterable[Line]) -> str:
    """Return the lines as a Markdown table."""
    rows = [
        "| work | figure | floor | ratio | reach | reached |",
        "|---|---|---|---|---|---|",
        *(f"| {' | '.join(_cells(line))} |" for line in lines),
    ]
    return "\n".join(rows)


def _cells(line: Line) -> tuple[str, ...]:
    ratio = "–" if line.ratio is None else f"{line.ratio:.2f}"
    verdict = {None: "–", True: "reached", False: "**not reached**"}[line.reached]
    return line.work, line.figure, line.floor, ratio, line.reach or "–", verdict
