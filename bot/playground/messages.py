"""What was said, where, and who can see it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bot.playground.changes import ChangeKind, Changes
from bot.playground.clock import Clock
from bot.playground.shapes import Json, SlackError, Values


@dataclass(frozen=True, slots=True)
class Message:
    """`author` is a member id, or "slackbot" for Slack's own words; `only_for` names the one who sees it."""

    channel: str
    ts: str
    author: str
    text: str
    blocks: tuple[Json, ...] = ()
    metadata: Json | None = None
    only_for: str = ""
    edited_ts: str = ""
    thread_ts: str = ""
    files: tuple[str, ...] = ()
    bot_id: str = ""
    attachments: tuple[Json, ...] = field(default=())

    @property
    def is_ephemeral(self) -> bool:
        return bool(self.only_for)


SLACKBOT = "slackbot"


class Messages:
    def __init__(self, changes: Changes, clock: Clock) -> None:
        self._changes = changes
        self._clock = clock
        self._by_channel: dict[str, dict[str, Message]] = {}
        self._values: dict[tuple[str, str, str], Values] = {}

    def post(self, draft: Message) -> Message:
        """Keeps the message, with a new `ts` when it has none."""
        message = draft if draft.ts else replace(draft, ts=self._clock.stamp())
        return self._keep(message)

    def edit(self, channel: str, ts: str, change: Callable[[Message], Message]) -> Message:
        return self._keep(replace(change(self.message(channel, ts)), edited_ts=self._clock.stamp()))

    def delete(self, channel: str, ts: str) -> None:
        self.message(channel, ts)
        del self._by_channel[channel][ts]
        self._changes.tell(ChangeKind.MESSAGE, channel)

    def message(self, channel: str, ts: str) -> Message:
        found = self._by_channel.get(channel, {}).get(ts)
        if found is None:
            raise SlackError("message_not_found")
        return found

    def history(self, channel: str) -> tuple[Message, ...]:
        """What everybody in the channel sees, oldest first."""
        return tuple(m for m in self._all(channel) if not m.is_ephemeral)

    def seen_by(self, user: str, channel: str) -> tuple[Message, ...]:
        """What this person sees in the channel, oldest first, ephemeral messages included."""
        return tuple(m for m in self._all(channel) if m.only_for in ("", user))

    def values(self, user: str, message: Message) -> Values:
        """What this person chose in the message's fields since it last changed."""
        return self._values.get((user, message.channel, message.ts), {})

    def put_values(self, user: str, message: Message, values: Values) -> None:
        self._values[user, message.channel, message.ts] = values

    def reload(self, user: str) -> None:
        """Drops what was only for this person, as a restart of Slack's client does."""
        for channel, messages in self._by_channel.items():
            gone = [ts for ts, message in messages.items() if message.only_for == user]
            for ts in gone:
                del messages[ts]
            self._changes.tell(ChangeKind.MESSAGE, channel)

    def _all(self, channel: str) -> list[Message]:
        return sorted(self._by_channel.get(channel, {}).values(), key=lambda message: message.ts)

    def _keep(self, message: Message) -> Message:
        self._by_channel.setdefault(message.channel, {})[message.ts] = message
        self._changes.tell(ChangeKind.MESSAGE, message.channel)
        return message
