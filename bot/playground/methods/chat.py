"""Methods of `chat`."""

from dataclasses import replace

from bot.playground.answers import bot_message
from bot.playground.ids import blocks_with_ids
from bot.playground.messages import Message
from bot.playground.methods.call import Args, Desk, Method
from bot.playground.people import Channel, ChannelKind
from bot.playground.rules import problems_in_message
from bot.playground.shapes import Json, SlackError

TEXT_LIMIT = 40_000


def post_message(desk: Desk, args: Args) -> Json:
    channel = _writable(desk, args.required("channel", "channel_not_found"))
    _check_body(args)
    message = desk.workspace.messages.post(bot_message(desk.workspace, channel.id, dict(args.values)))
    desk.happenings.posted(message)
    return {"channel": channel.id, "ts": message.ts, "message": desk.payloads.message(message)}


def post_ephemeral(desk: Desk, args: Args) -> Json:
    channel = _writable(desk, args.required("channel", "channel_not_found"))
    user = desk.workspace.directory.member(args.required("user", "user_not_found"))
    if user.id not in channel.members:
        raise SlackError("user_not_in_channel")
    _check_body(args)
    message = bot_message(desk.workspace, channel.id, dict(args.values))
    posted = desk.workspace.messages.post(replace(message, only_for=user.id))
    return {"message_ts": posted.ts}


def update(desk: Desk, args: Args) -> Json:
    """Blocks, attachments and metadata that are not given stay."""
    original = _own_message(desk, args, "cant_update_message")
    _check_body(args)
    problems = problems_in_message({"text": original.text, **args.values})
    if problems:
        raise SlackError("invalid_blocks", *problems)
    changed = desk.workspace.messages.edit(original.channel, original.ts, lambda old: _changed(old, args))
    desk.happenings.edited(original, changed)
    told = desk.payloads.message(changed)
    return {"channel": changed.channel, "ts": changed.ts, "text": changed.text, "message": told}


def delete(desk: Desk, args: Args) -> Json:
    original = _own_message(desk, args, "cant_delete_message")
    desk.workspace.messages.delete(original.channel, original.ts)
    desk.happenings.deleted(original)
    return {"channel": original.channel, "ts": original.ts}


def permalink(desk: Desk, args: Args) -> Json:
    channel = desk.workspace.directory.channel(args.required("channel", "channel_not_found"))
    message = desk.workspace.messages.message(channel.id, args.required("message_ts", "message_not_found"))
    path = f"/archives/{channel.id}/p{message.ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": f"{desk.workspace.address}{path}"}


METHODS = {
    "chat.postMessage": Method(post_message, ("chat:write",)),
    "chat.postEphemeral": Method(post_ephemeral, ("chat:write",)),
    "chat.update": Method(update, ("chat:write",)),
    "chat.delete": Method(delete, ("chat:write",)),
    "chat.getPermalink": Method(permalink),
}


def _writable(desk: Desk, wanted: str) -> Channel:
    directory = desk.workspace.directory
    channel = directory.direct(wanted) if wanted.startswith(("U", "W")) else directory.channel(wanted)
    if channel.is_archived:
        raise SlackError("is_archived")
    if channel.kind is ChannelKind.DIRECT:
        _refuse_unreachable(desk, channel)
    elif desk.bot_user not in channel.members and not _may_write_anywhere(desk, channel):
        raise SlackError("not_in_channel")
    return channel


def _may_write_anywhere(desk: Desk, channel: Channel) -> bool:
    return channel.kind is ChannelKind.PUBLIC and "chat:write.public" in desk.scopes


def _refuse_unreachable(desk: Desk, channel: Channel) -> None:
    others = [desk.workspace.directory.member(one) for one in channel.members if one != desk.bot_user]
    if desk.bot_user not in channel.members:
        raise SlackError("channel_not_found")
    if not desk.manifest.has_messages:
        raise SlackError("messages_tab_disabled")
    if any(member.deleted for member in others):
        raise SlackError("account_inactive")
    if any(member.is_bot for member in others):
        raise SlackError("cannot_dm_bot")


def _check_body(args: Args) -> None:
    if len(args.text("text")) > TEXT_LIMIT:
        raise SlackError("msg_too_long")
    metadata = args.values.get("metadata")
    if metadata and not _is_metadata(metadata):
        raise SlackError("invalid_metadata_format")


def _is_metadata(metadata: object) -> bool:
    if not isinstance(metadata, dict):
        return False
    has_type = isinstance(metadata.get("event_type"), str) and bool(metadata["event_type"])
    return has_type and isinstance(metadata.get("event_payload"), dict)


def _own_message(desk: Desk, args: Args, error: str) -> Message:
    channel = desk.workspace.directory.channel(args.required("channel", "channel_not_found"))
    message = desk.workspace.messages.message(channel.id, args.required("ts", "message_not_found"))
    if message.is_ephemeral:
        raise SlackError("message_not_found")
    if message.author != desk.bot_user:
        raise SlackError(error)
    return message


def _changed(old: Message, args: Args) -> Message:
    given = args.values
    blocks = blocks_with_ids(given["blocks"] or ()) if "blocks" in given else old.blocks
    return replace(
        old,
        text=args.text("text", old.text),
        blocks=tuple(blocks),
        metadata=(given["metadata"] or None) if "metadata" in given else old.metadata,
        attachments=tuple(given["attachments"] or ()) if "attachments" in given else old.attachments,
    )
