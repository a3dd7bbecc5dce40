"""What the app hears through the Events API, as far as its manifest subscribes to it."""

from bot.playground.delivery import EnvelopeKind
from bot.playground.manifest import Manifest
from bot.playground.messages import Message
from bot.playground.payloads import Payloads
from bot.playground.people import ChannelKind, Member
from bot.playground.post import Outcome, Post
from bot.playground.profiles import file_object, user_object
from bot.playground.shapes import Json
from bot.playground.state import Workspace

_HEARD_AS = {
    ChannelKind.DIRECT: ("message.im", "im"),
    ChannelKind.PUBLIC: ("message.channels", "channel"),
    ChannelKind.PRIVATE: ("message.groups", "group"),
}


class Happenings:
    """What people do is told while they wait; what the bot itself did, a moment later."""

    def __init__(self, workspace: Workspace, manifest: Manifest, payloads: Payloads, post: Post) -> None:
        self._workspace = workspace
        self._manifest = manifest
        self._payloads = payloads
        self._post = post

    def opened(self, user: str, tab: str) -> Outcome | None:
        """The person opened the app's `tab`, "home" or "messages"."""
        channel = self._workspace.directory.direct(user).id
        event: Json = {"type": "app_home_opened", "user": user, "channel": channel, "tab": tab}
        home = self._workspace.home(user)
        if home and tab == "home":
            event["view"] = self._payloads.view(home, home.values)
        return self._told(event) if "app_home_opened" in self._manifest.events else None

    def said(self, user: str, channel: str, text: str, files: tuple[str, ...]) -> Outcome | None:
        for file_id in files:
            self._workspace.files.share(file_id, channel)
        message = self._workspace.messages.post(Message(channel, "", user, text, files=files))
        return self._told(self._said_event(message)) if self._hears(message) else None

    def changed(self, member: Member) -> Outcome | None:
        self._workspace.directory.put_member(member)
        if "user_change" not in self._manifest.events:
            return None
        told = user_object(self._workspace, member, self._manifest.scopes)
        told["locale"] = member.locale
        cached = int(self._workspace.clock.now())
        return self._told({"type": "user_change", "user": told, "cache_ts": cached})

    def posted(self, message: Message) -> None:
        """The app hears its own messages too."""
        if self._hears(message):
            self._told_later(self._said_event(message))

    def edited(self, old: Message, new: Message) -> None:
        if self._hears(new):
            told = {"message": self._payloads.message(new), "previous_message": self._payloads.message(old)}
            self._told_later(self._about_change("message_changed", new) | told)

    def deleted(self, message: Message) -> None:
        if self._hears(message):
            told = {"deleted_ts": message.ts, "previous_message": self._payloads.message(message)}
            self._told_later(self._about_change("message_deleted", message) | told)

    def _hears(self, message: Message) -> bool:
        channel = self._workspace.directory.channel(message.channel)
        is_there = self._workspace.app.bot_user in channel.members and not message.is_ephemeral
        return is_there and _HEARD_AS[channel.kind][0] in self._manifest.events

    def _said_event(self, message: Message) -> Json:
        told = {**self._payloads.message(message), **self._whereabouts(message), "event_ts": message.ts}
        if not message.files:
            return told
        files = [self._workspace.files.file(one) for one in message.files]
        shared = [file_object(self._workspace, file) for file in files]
        return {**told, "subtype": "file_share", "files": shared}

    def _about_change(self, subtype: str, message: Message) -> Json:
        ts = self._workspace.clock.stamp()
        change = {"type": "message", "subtype": subtype, "hidden": True, "ts": ts, "event_ts": ts}
        return {**change, **self._whereabouts(message)}

    def _whereabouts(self, message: Message) -> Json:
        channel = self._workspace.directory.channel(message.channel)
        return {"channel": channel.id, "channel_type": _HEARD_AS[channel.kind][1]}

    def _told(self, event: Json) -> Outcome:
        return self._post.send(EnvelopeKind.EVENT, self._payloads.event(event))

    def _told_later(self, event: Json) -> None:
        self._post.send_later(EnvelopeKind.EVENT, self._payloads.event(event))
