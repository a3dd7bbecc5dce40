"""Methods of `conversations`."""

from bot.playground.messages import Message
from bot.playground.methods.call import Args, Desk, Method, page_of
from bot.playground.people import Channel, ChannelKind
from bot.playground.profiles import file_object
from bot.playground.shapes import Json, SlackError


def open_direct(desk: Desk, args: Args) -> Json:
    directory = desk.workspace.directory
    if args.text("channel"):
        return {"channel": _told(desk, directory.channel(args.text("channel")))}
    users = args.required("users", "users_list_not_supplied").split(",")
    if len(users) > 1:
        raise SlackError("invalid_user_combination")
    member = directory.member(users[0])
    if member.deleted:
        raise SlackError("user_disabled")
    if member.is_bot:
        raise SlackError("cannot_dm_bot")
    channel = directory.direct(member.id)
    return {"channel": _told(desk, channel) if args.flag("return_im") else {"id": channel.id}}


def channel_info(desk: Desk, args: Args) -> Json:
    return {"channel": _told(desk, _known(desk, args, "read"))}


def channel_list(desk: Desk, args: Args) -> Json:
    wanted = args.text("types", "public_channel").split(",")
    kinds = [kind for kind, name in _TYPES.items() if name in wanted]
    channels = [
        _told(desk, channel) for channel in desk.workspace.directory.channels() if channel.kind in kinds
    ]
    page, cursor = page_of(channels, args, 100)
    return {"channels": page, "response_metadata": {"next_cursor": cursor}}


def members(desk: Desk, args: Args) -> Json:
    known = sorted(_known(desk, args, "read").members)
    page, cursor = page_of([{"id": member} for member in known], args, 100)
    return {"members": [one["id"] for one in page], "response_metadata": {"next_cursor": cursor}}


def history(desk: Desk, args: Args) -> Json:
    """Newest first."""
    channel = _readable(desk, args)
    newest_first = [m for m in reversed(desk.workspace.messages.history(channel.id)) if _is_between(m, args)]
    return _paged(desk, newest_first, args)


def replies(desk: Desk, args: Args) -> Json:
    """Oldest first, the parent at the head."""
    channel, parent = _readable(desk, args), args.required("ts", "thread_not_found")
    thread = [m for m in desk.workspace.messages.history(channel.id) if parent in (m.ts, m.thread_ts)]
    if not thread:
        raise SlackError("thread_not_found")
    return _paged(desk, thread, args)


METHODS = {
    "conversations.open": Method(open_direct, ("im:write",)),
    "conversations.info": Method(channel_info),
    "conversations.list": Method(channel_list, ("channels:read", "groups:read", "im:read")),
    "conversations.members": Method(members),
    "conversations.history": Method(history),
    "conversations.replies": Method(replies),
}

_TYPES = {
    ChannelKind.PUBLIC: "public_channel",
    ChannelKind.PRIVATE: "private_channel",
    ChannelKind.DIRECT: "im",
}


def _known(desk: Desk, args: Args, right: str) -> Channel:
    channel = desk.workspace.directory.channel(args.required("channel", "channel_not_found"))
    desk.require_for(channel, right)
    if channel.kind is not ChannelKind.PUBLIC and desk.bot_user not in channel.members:
        raise SlackError("channel_not_found")
    return channel


def _readable(desk: Desk, args: Args) -> Channel:
    channel = _known(desk, args, "history")
    if desk.bot_user not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _is_between(message: Message, args: Args) -> bool:
    oldest, latest = args.text("oldest"), args.text("latest")
    if args.flag("inclusive") and message.ts in (oldest, latest):
        return True
    after = not oldest or float(message.ts) > float(oldest)
    return after and (not latest or float(message.ts) < float(latest))


def _paged(desk: Desk, messages: list[Message], args: Args) -> Json:
    told = [_told_message(desk, message, args) for message in messages]
    page, cursor = page_of(told, args, 100)
    metadata = {"response_metadata": {"next_cursor": cursor}} if cursor else {}
    return {"messages": page, "has_more": bool(cursor), **metadata}


def _told_message(desk: Desk, message: Message, args: Args) -> Json:
    told = desk.payloads.message(message)
    if message.metadata and args.flag("include_all_metadata"):
        told["metadata"] = message.metadata
    if message.files:
        files = desk.workspace.files
        told["files"] = [file_object(desk.workspace, files.file(one)) for one in message.files]
    return told


def _told(desk: Desk, channel: Channel) -> Json:
    is_member = desk.bot_user in channel.members
    told: Json = {"id": channel.id, "is_archived": channel.is_archived, "is_member": is_member}
    told |= {
        "is_channel": channel.kind is ChannelKind.PUBLIC,
        "is_private": channel.kind is not ChannelKind.PUBLIC,
        "is_im": channel.kind is ChannelKind.DIRECT,
        "is_shared": channel.is_shared,
        "is_ext_shared": channel.is_shared,
        "context_team_id": desk.workspace.team.id,
    }
    if channel.kind is ChannelKind.DIRECT:
        return {**told, "user": next((one for one in channel.members if one != desk.bot_user), "")}
    named = {"name": channel.name, "name_normalized": channel.name, "num_members": len(channel.members)}
    return {**told, **named, "topic": {"value": channel.topic, "creator": "", "last_set": 0}}
