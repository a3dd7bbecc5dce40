"""Acknowledging a request."""

import slack_bolt


class Ack:
    """An acknowledgement that counts the first time only: what a listener answered stays answered."""

    def __init__(self, ack: slack_bolt.Ack) -> None:
        self._ack = ack
        self._given = False

    def __call__(self, **answer: object) -> None:
        """Acknowledge, if nobody has; `answer` is what Slack takes with it."""
        if not self._given:
            self._given = True
            self._ack(**answer)  # type: ignore[arg-type]
