"""What the database knows, as Prometheus wants it; looked up at most every ten seconds, however many ask."""

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.clock import Clock
from bot.domain.deliveries import DeliveryState
from bot.domain.jobs import JobRun
from bot.domain.messages import Refusal
from bot.domain.vitals import Vitals

KEPT = timedelta(seconds=10)
_WAITING = (DeliveryState.DUE, DeliveryState.SENDING, DeliveryState.UNKNOWN)
_TIMES: dict[str, tuple[str, Callable[[JobRun], datetime | None]]] = {
    "started": ("When a job began last.", lambda run: run.started_at),
    "ended": ("When a job went well last.", lambda run: run.ended_at),
    "failed": ("When a job failed last.", lambda run: run.failed_at),
}


class Pulse(Collector):
    """The database's figures; where it does not answer there are none."""

    def __init__(self, read: Callable[[], Vitals], clock: Clock) -> None:
        self._read = read
        self._clock = clock
        self._lock = threading.Lock()
        self._felt: tuple[datetime, Vitals] | None = None
        self._logged = 0

    def collect(self) -> Iterator[Metric]:
        """Yield every figure."""
        vitals = self._now()
        if vitals is None:
            return
        yield CounterMetricFamily(
            "saleslog_entries_logged", "Interaction log entries that were ever logged.", self._logged
        )
        yield _gauge("drafts_waiting", "Postponed interactions.", vitals.drafts)
        yield _waiting(vitals)
        yield _gauge(
            "deliveries_overdue_seconds",
            "How long the first waiting message could have been sent already.",
            vitals.overdue.total_seconds(),
        )
        for name, (meaning, at) in _TIMES.items():
            yield _moments(f"saleslog_job_{name}_timestamp_seconds", meaning, at, vitals)
        yield _failing(vitals)

    def describe(self) -> Iterator[Metric]:
        """Promise nothing: the registry would ask the database for it at the start."""
        yield from ()

    def _now(self) -> Vitals | None:
        with self._lock:
            now = self._clock.now()
            if self._felt is not None and abs(now - self._felt[0]) < KEPT:
                return self._felt[1]
            try:
                vitals = self._read()
            except Refusal:
                return None
            self._felt = now, vitals
            self._logged = max(self._logged, vitals.entries)
            return vitals


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(f"saleslog_{name}", meaning, value)


def _waiting(vitals: Vitals) -> Metric:
    family = GaugeMetricFamily(
        "saleslog_deliveries_waiting", "Messages that are not settled, by state.", labels=["state"]
    )
    for state in _WAITING:
        family.add_metric([state.value], vitals.waiting.get(state, 0))
    return family


def _moments(name: str, meaning: str, at: Callable[[JobRun], datetime | None], vitals: Vitals) -> Metric:
    family = GaugeMetricFamily(name, meaning, labels=["job"])
    for run in vitals.jobs:
        if (moment := at(run)) is not None:
            family.add_metric([run.name], moment.timestamp())
    return family


def _failing(vitals: Vitals) -> Metric:
    family = GaugeMetricFamily(
        "saleslog_job_failing", "Whether the last run of a job failed.", labels=["job"]
    )
    for run in vitals.jobs:
        family.add_metric([run.name], float(bool(run.error)))
    return family
