"""What the bot counts, for Prometheus: numbers of requests and seconds, never whose."""

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 2.5, 3.0)


class Metrics:
    """The counters of one program."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        self._answered = Counter(
            "saleslog_requests",
            "Requests of Slack by the status of the answer.",
            ["status"],
            registry=self._registry,
        )
        self._refused = Counter(
            "saleslog_refused",
            "Requests that the guard refused, by reason.",
            ["reason"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "saleslog_answer_seconds",
            "Time until a request is acknowledged; Slack waits three seconds.",
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._alive = Gauge(
            "saleslog_alive", "Whether a part of the bot is alive.", ["part"], registry=self._registry
        )

    def answered(self, status: int, seconds: float) -> None:
        """Count a request that Bolt answered."""
        self._answered.labels(str(status)).inc()
        self._seconds.observe(seconds)

    def refused(self, reason: str) -> None:
        """Count a request that was not let in."""
        self._refused.labels(reason).inc()

    def alive(self, part: str, *, alive: bool) -> None:
        """Note whether a part of the bot is alive."""
        self._alive.labels(part).set(float(alive))

    def exposition(self) -> bytes:
        """Return everything in Prometheus' text format."""
        return generate_latest(self._registry)
