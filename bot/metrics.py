"""What the bot counts, for Prometheus: numbers of requests, acts and seconds, never whose (`docs/operations.md`)."""

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

from bot.domain.deliveries import Settlement
from bot.pulse import Pulse

_ANSWER_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 2.5, 3.0)
_DATABASE_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0)


class Metrics:
    """The counters of one program; what the database knows is asked for when somebody looks."""

    def __init__(self, pulse: Pulse | None = None) -> None:
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)
        if pulse is not None:
            registry.register(pulse)
        self._requests = _counter(
            registry, "requests", "Requests of Slack by status of the answer.", "status"
        )
        self._refused = _counter(registry, "refused", "Requests that were not let in, by reason.", "reason")
        self._deliveries = _counter(
            registry, "deliveries", "Tries to send a message, by what became of it.", "state"
        )
        self._seconds = Histogram(
            "saleslog_answer_seconds",
            "Time until a request is acknowledged; Slack waits three seconds.",
            buckets=_ANSWER_SECONDS,
            registry=registry,
        )
        self._database = Histogram(
            "saleslog_database_seconds",
            "Time of a transaction, waiting for its turn included.",
            ["access"],
            buckets=_DATABASE_SECONDS,
            registry=registry,
        )
        self._alive = Gauge(
            "saleslog_alive", "Whether a part of the bot is alive.", ["part"], registry=registry
        )

    def answered(self, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        self._requests.labels(str(int(status))).inc()
        self._seconds.observe(seconds)

    def refused(self, reason: str) -> None:
        """Count a request that was not let in."""
        self._refused.labels(reason).inc()

    def settled(self, settlement: Settlement) -> None:
        """Count a try to send a message."""
        self._deliveries.labels(settlement.state.value).inc()

    def transacted(self, access: str, seconds: float) -> None:
        """Count a transaction of the database."""
        self._database.labels(access).observe(seconds)

    def alive(self, part: str, *, alive: bool) -> None:
        """Note whether a part of the bot is alive."""
        self._alive.labels(part).set(float(alive))

    def exposition(self) -> bytes:
        """Return everything in Prometheus' text format."""
        return generate_latest(self._registry)


def _counter(registry: CollectorRegistry, name: str, meaning: str, label: str) -> Counter:
    return Counter(f"saleslog_{name}", meaning, [label], registry=registry)
