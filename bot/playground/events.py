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
        return self._told("app_home_opened", event)

    def said(self, user: str, channel: str, text: str, files: tuple[str, ...]) -> Outcome | None:
        for file_id in files:
            self._workspace.files.share(file_id, channel)
        message = self._workspace.messages.post(Message(channel, "", user, text, files=files))
        return self.heard(message)

    def heard(self, message: Message) -> Outcome | None:
        """The app hears a message of a conversation that it is in."""
        channel = self._workspace.directory.channel(message.channel)
        if self._workspace.app.bot_user not in channel.members or message.is_ephemeral:
            return None
        name, channel_type = _HEARD_AS[channel.kind]
        event = {
            **self._payloads.message(message),
            "channel": channel.id,
            "channel_type": channel_type,
            "event_ts": message.ts,
        }
        if message.files:
            event |= {"subtype": "file_share", "files": self._file_objects(message)}
        return self._told(name, event)

    def changed(self, member: Member) -> Outcome | None:
        self._workspace.directory.put_member(member)
        told = user_object(self._workspace, member, self._manifest.scopes)
        event = {"type": "user_change", "user": told, "cache_ts": int(self._workspace.clock.now())}
        return self._told("user_change", event)

    def _told(self, name: str, event: Json) -> Outcome | None:
        if name not in self._manifest.events:
            return None
        return self._post.send(EnvelopeKind.EVENT, self._payloads.event(event))

    def _file_objects(self, message: Message) -> list[Json]:
        return [file_object(self._workspace, self._workspace.files.file(one)) for one in message.files]
