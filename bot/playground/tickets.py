"""What Slack hands out for a short use: triggers (3 s, once) and response URLs (30 minutes, five times)."""

import secrets
from dataclasses import dataclass, replace

from bot.playground.clock import Clock
from bot.playground.ids import new_id
from bot.playground.shapes import SlackError

TRIGGER_LIFE = 3.0
RESPONSE_URL_LIFE = 30 * 60.0
RESPONSE_URL_USES = 5


@dataclass(frozen=True, slots=True)
class Trigger:
    id: str
    user: str
    born: float
    is_used: bool = False


@dataclass(frozen=True, slots=True)
class ResponseUrl:
    """Answers to one act: where they appear, for whom, and the message that they may replace."""

    secret: str
    user: str
    channel: str
    born: float
    original_ts: str = ""
    uses: int = 0


class Triggers:
    def __init__(self, clock: Clock) -> None:
        self.life = TRIGGER_LIFE
        self._clock = clock
        self._known: dict[str, Trigger] = {}

    def issue(self, user: str) -> str:
        trigger_id = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**10)}.{secrets.token_hex(16)}"
        self._known[trigger_id] = Trigger(trigger_id, user, self._clock.elapsed())
        return trigger_id

    def exchange(self, id: str) -> str:
        """The user of the trigger, which is then used up; errors are Slack's."""
        trigger = self._known.get(id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.is_used:
            raise SlackError("exchanged_trigger_id")
        if self._clock.elapsed() - trigger.born > self.life:
            raise SlackError("expired_trigger_id")
        self._known[id] = replace(trigger, is_used=True)
        return trigger.user


class ResponseUrls:
    def __init__(self, clock: Clock, team: str) -> None:
        self._clock = clock
        self._team = team
        self._known: dict[str, ResponseUrl] = {}

    def issue(self, user: str, channel: str, original_ts: str = "") -> str:
        """The path of a new response URL."""
        secret = secrets.token_urlsafe(18)
        self._known[secret] = ResponseUrl(secret, user, channel, self._clock.elapsed(), original_ts)
        return f"/actions/{self._team}/{new_id('')}/{secret}"

    def use(self, secret: str) -> ResponseUrl:
        """Counts one use; errors are `expired_url` and `used_url`."""
        url = self._known.get(secret)
        if url is None or self._clock.elapsed() - url.born > RESPONSE_URL_LIFE:
            raise SlackError("expired_url")
        if url.uses >= RESPONSE_URL_USES:
            raise SlackError("used_url")
        self._known[secret] = replace(url, uses=url.uses + 1)
        return url
