"""Acknowledging a request, in time even where the answer takes longer than Slack waits."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, Timer
from typing import Any
from uuid import uuid4

import slack_bolt

PATIENCE_SECONDS = 1.5
SETTLING_SECONDS = 0.5
"""An acknowledgement and a call travel on ways of their own: a call sooner than this might be overtaken."""


class Ack:
    """An acknowledgement that counts the first time only: what a listener answered stays answered."""

    def __init__(self, ack: slack_bolt.Ack) -> None:
        self._ack = ack
        self._given = False
        self._lock = Lock()
        self._since = 0.0
        self._waiting = ""

    def __call__(self, **answer: object) -> None:
        """Acknowledge, if nobody has; `answer` is what Slack takes with it."""
        self.first(**answer)

    def first(self, **answer: object) -> bool:
        """Acknowledge, if nobody has; return whether nobody had."""
        with self._lock:
            if self._given:
                return False
            self._given = True
            self._since = time.monotonic()
            self._ack(**answer)  # type: ignore[arg-type]
            return True

    @contextmanager
    def showing(self, view: dict[str, Any], action: str = "update") -> Iterator[None]:
        """Acknowledge with `view` if what stands inside takes longer than Slack waits."""
        external = uuid4().hex
        waiting = {**view, "external_id": external}
        timer = Timer(PATIENCE_SECONDS, self._show, (external, action, waiting))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()

    def shown(self) -> str:
        """Return the external id of the view that waits for its answer once Slack has it, empty without one."""
        if self._waiting:
            time.sleep(max(0.0, self._since + SETTLING_SECONDS - time.monotonic()))
        return self._waiting

    def _show(self, external: str, action: str, view: dict[str, Any]) -> None:
        if self.first(response_action=action, view=view):
            self._waiting = external
