"""Tells an open page which of its parts changed, by server-sent events."""

import asyncio
import json
from collections.abc import AsyncIterator

from bot.playground.changes import Change, ChangeKind
from bot.playground.page_faces import HOME
from bot.playground.state import Workspace

QUIET = 15.0
EVERYTHING = ("bar", "side", "conversation", "home", "modal", "drawer")


async def stream(workspace: Workspace, user: str, where: str) -> AsyncIterator[str]:
    """An event `{"parts": […]}` with every part at first, then with what changed; a comment when all is quiet.

    It listens before it speaks, so that nothing is missed between the page and its first event.
    """
    waiting: asyncio.Queue[Change] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    silence = workspace.changes.listen(lambda change: _put(loop, waiting, change))
    try:
        yield _event(EVERYTHING)
        while True:
            yield await _next(waiting, user, where)
    finally:
        silence()


def _put(loop: asyncio.AbstractEventLoop, waiting: asyncio.Queue[Change], change: Change) -> None:
    """From whichever thread changed something, also while the server stops."""
    if not loop.is_closed():
        loop.call_soon_threadsafe(waiting.put_nowait, change)


async def _next(waiting: asyncio.Queue[Change], user: str, where: str) -> str:
    try:
        changes = [await asyncio.wait_for(waiting.get(), QUIET)]
    except TimeoutError:
        return ": still here\n\n"
    while not waiting.empty():
        changes.append(waiting.get_nowait())
    parts = dict.fromkeys(part for change in changes for part in parts_changed(change, user, where))
    return _event(tuple(parts)) if parts else ": elsewhere\n\n"


def _event(parts: tuple[str, ...]) -> str:
    return f"data: {json.dumps({'parts': parts})}\n\n"


def parts_changed(change: Change, user: str, where: str) -> list[str]:
    is_mine, is_here = change.about == user, change.about == where
    parts = {
        ChangeKind.MESSAGE: ["conversation", "side"] if is_here else ["side"],
        ChangeKind.VIEW: ["modal"] if is_mine else [],
        ChangeKind.HOME: ["home"] if is_mine and where == HOME else [],
        ChangeKind.CLOCK: ["bar", "conversation"],
        ChangeKind.PERSON: ["side", "conversation"],
        ChangeKind.LOG: ["drawer"],
    }
    return parts.get(change.kind, [])
