"""Methods of `files`."""

from dataclasses import replace

from bot.playground.answers import bot_message
from bot.playground.files import StoredFile
from bot.playground.methods.call import Args, Desk, Method
from bot.playground.people import ChannelKind
from bot.playground.profiles import file_object
from bot.playground.shapes import Json, SlackError


def upload_url(desk: Desk, args: Args) -> Json:
    name, length = args.required("filename"), args.number("length", 0)
    if not length:
        raise SlackError("invalid_arguments", "missing required field: length")
    file = desk.workspace.files.announce(name, desk.bot_user, desk.workspace.clock.now())
    return {"upload_url": f"{desk.workspace.address}/upload/v1/{file.id}", "file_id": file.id}


def complete_upload(desk: Desk, args: Args) -> Json:
    """Without a channel the files stay private; with one a message shows them."""
    entries = args.values.get("files")
    if not isinstance(entries, list) or not entries:
        raise SlackError("invalid_arguments", "missing required field: files")
    files = [_completed(desk, entry) for entry in entries]
    for channel in _channels(args):
        files = _shared(desk, files, channel, args)
    return {"files": [file_object(desk.workspace, file) for file in files]}


def file_info(desk: Desk, args: Args) -> Json:
    file = desk.workspace.files.file(args.required("file", "file_not_found"))
    if not sees(desk, file):
        raise SlackError("file_not_found")
    return {"file": file_object(desk.workspace, file), "comments": []}


def sees(desk: Desk, file: StoredFile) -> bool:
    """A file that is shared nowhere was given to the app in a form."""
    channels = [desk.workspace.directory.channel(one) for one in file.channels]
    is_shared_with_it = not channels or any(desk.bot_user in channel.members for channel in channels)
    return file.owner == desk.bot_user or is_shared_with_it


METHODS = {
    "files.getUploadURLExternal": Method(upload_url, ("files:write",)),
    "files.completeUploadExternal": Method(complete_upload, ("files:write",)),
    "files.info": Method(file_info, ("files:read",)),
}


def _completed(desk: Desk, entry: Json) -> StoredFile:
    file = desk.workspace.files.file(str(entry.get("id", "")))
    if file.is_complete or not file.content:
        raise SlackError("file_not_found" if file.is_complete else "file_update_failed")
    return desk.workspace.files.put(replace(file, title=entry.get("title") or file.name, is_complete=True))


def _channels(args: Args) -> list[str]:
    named = args.text("channel_id") or args.text("channels")
    return [channel for channel in named.split(",") if channel]


def _shared(desk: Desk, files: list[StoredFile], wanted: str, args: Args) -> list[StoredFile]:
    directory = desk.workspace.directory
    channel = directory.direct(wanted) if wanted.startswith("U") else directory.channel(wanted)
    if desk.bot_user not in channel.members:
        raise SlackError("not_in_channel" if channel.kind is ChannelKind.PUBLIC else "channel_not_found")
    shared = [desk.workspace.files.share(file.id, channel.id) for file in files]
    comment = args.text("initial_comment") or ", ".join(file.title for file in files)
    body = {"text": comment, "blocks": args.values.get("blocks"), "thread_ts": args.text("thread_ts")}
    message = bot_message(desk.workspace, channel.id, body)
    desk.workspace.messages.post(replace(message, files=tuple(file.id for file in files)))
    return shared
