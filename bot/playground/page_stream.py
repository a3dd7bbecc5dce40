"""Tells an open page which of its parts changed, by server-sent events."""

import json
from collections.abc import AsyncIterator

from bot.playground.changes import Change, ChangeKind
from bot.playground.page_faces import HOME
from bot.playground.state import Workspace

QUIET = 15.0


async def stream(workspace: Workspace, user: str, where: str) -> AsyncIterator[str]:
    """One event `{"parts": […]}` per change that this person sees; a comment after each quiet while."""
    yield ": hello\n\n"
    async for change in workspace.changes.follow(QUIET):
        parts = parts_changed(change, user, where) if change else []
        if parts:
            yield f"data: {json.dumps({'parts': parts})}\n\n"
        elif change is None:
            yield ": still here\n\n"


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
