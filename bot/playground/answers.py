"""Messages that answer an act: by response URL, or together with the acknowledgement of a command."""

from dataclasses import replace

from bot.playground.ids import blocks_with_ids
from bot.playground.messages import Message
from bot.playground.rules import problems_in_message
from bot.playground.shapes import Json, SlackError
from bot.playground.state import Workspace
from bot.playground.tickets import ResponseUrl


def post_answer(workspace: Workspace, url: ResponseUrl, body: Json) -> None:
    """Posts, replaces or deletes as `body` asks; what Slack refuses raises SlackError."""
    if body.get("delete_original"):
        _delete_original(workspace, url)
    else:
        _say(workspace, url, body)


def bot_message(workspace: Workspace, channel: str, body: Json) -> Message:
    """What the bot says in `body`, not yet posted."""
    problems = problems_in_message(body) + unknown_blocks(workspace, body)
    if problems:
        raise SlackError("invalid_blocks", *problems)
    if not body.get("text") and not body.get("blocks") and not body.get("attachments"):
        raise SlackError("no_text")
    return Message(
        channel,
        "",
        workspace.app.bot_user,
        text=str(body.get("text") or ""),
        blocks=tuple(blocks_with_ids(body.get("blocks") or ())),
        metadata=body.get("metadata"),
        thread_ts=str(body.get("thread_ts") or ""),
        bot_id=workspace.app.bot_id,
        attachments=tuple(body.get("attachments") or ()),
    )


def unknown_blocks(workspace: Workspace, body: Json) -> list[str]:
    """Of a message or a view: the blocks that this Slack does not know."""
    types = [str(block.get("type")) for block in body.get("blocks") or () if isinstance(block, dict)]
    return [f"unsupported type: {one}" for one in types if one in workspace.unknown_blocks]


def _say(workspace: Workspace, url: ResponseUrl, body: Json) -> None:
    message = bot_message(workspace, url.channel, body)
    if body.get("replace_original") and url.original_ts:
        _replace_original(workspace, url, message)
        return
    only_for = "" if body.get("response_type") == "in_channel" else url.user
    workspace.messages.post(replace(message, only_for=only_for))


def _replace_original(workspace: Workspace, url: ResponseUrl, message: Message) -> None:
    def changed(original: Message) -> Message:
        return replace(message, ts=original.ts, only_for=original.only_for, thread_ts=original.thread_ts)

    workspace.messages.edit(url.channel, _own_original(workspace, url).ts, changed)


def _delete_original(workspace: Workspace, url: ResponseUrl) -> None:
    workspace.messages.delete(url.channel, _own_original(workspace, url).ts)


def _own_original(workspace: Workspace, url: ResponseUrl) -> Message:
    original = workspace.messages.message(url.channel, url.original_ts)
    if original.author != workspace.app.bot_user:
        raise SlackError("cant_update_message")
    return original
