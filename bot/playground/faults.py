"""Slack on a bad day: what the Web API and the response URLs do wrong on demand."""

import threading
from dataclasses import dataclass, replace
from enum import StrEnum


class FaultKind(StrEnum):
    SLOW = "slow"
    RATE_LIMITED = "rate_limited"
    BROKEN = "broken"
    SILENT = "silent"
    LOST_REPLY = "lost_reply"


@dataclass(frozen=True, slots=True)
class Fault:
    """`method` is a method of the Web API, "response_url", "upload", "download", or "" for all of them.

    `times` counts down; None means until `clear`. `seconds` is the delay, or the Retry-After.
    """

    kind: FaultKind
    seconds: float = 0.0
    method: str = ""
    times: int | None = None


class Faults:
    """Several may stand at once: each call meets every one that fits it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._standing: list[Fault] = []

    def slow(self, seconds: float, method: str = "", times: int | None = None) -> None:
        """Answers, but only after `seconds`."""
        self._add(Fault(FaultKind.SLOW, seconds, method, times))

    def rate_limited(self, retry_after: int, method: str = "", times: int | None = 1) -> None:
        """429 with Retry-After."""
        self._add(Fault(FaultKind.RATE_LIMITED, retry_after, method, times))

    def broken(self, method: str = "", times: int | None = 1) -> None:
        """500 without having done anything."""
        self._add(Fault(FaultKind.BROKEN, 0.0, method, times))

    def silent(self, method: str = "", times: int | None = 1) -> None:
        """Never answers and does nothing; the client must give up."""
        self._add(Fault(FaultKind.SILENT, 0.0, method, times))

    def lost_reply(self, method: str = "", times: int | None = 1) -> None:
        """Does what was asked, but the connection breaks before the answer."""
        self._add(Fault(FaultKind.LOST_REPLY, 0.0, method, times))

    def clear(self) -> None:
        with self._lock:
            self._standing.clear()

    def standing(self) -> tuple[Fault, ...]:
        with self._lock:
            return tuple(self._standing)

    def meet(self, method: str) -> dict[FaultKind, Fault]:
        """The faults of this call, counted as used."""
        with self._lock:
            met = [fault for fault in self._standing if fault.method in ("", method)]
            used = [_used(fault) if fault in met else fault for fault in self._standing]
            self._standing = [fault for fault in used if fault.times != 0]
        return {fault.kind: fault for fault in met}

    def _add(self, fault: Fault) -> None:
        with self._lock:
            self._standing.append(fault)


def _used(fault: Fault) -> Fault:
    return fault if fault.times is None else replace(fault, times=fault.times - 1)
