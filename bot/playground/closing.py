"""Closing modals: by the close button, by the X."""

from bot.playground.delivery import EnvelopeKind
from bot.playground.payloads import Payloads
from bot.playground.post import Outcome, Post
from bot.playground.state import Workspace
from bot.playground.views import OpenView


class Closing:
    def __init__(self, workspace: Workspace, payloads: Payloads, post: Post) -> None:
        self._workspace = workspace
        self._payloads = payloads
        self._post = post

    def close(self, view: OpenView) -> Outcome | None:
        """One view, or the stack when the view says `clear_on_close`."""
        if view.spec.get("clear_on_close"):
            return self.close_all(view.user)
        self._workspace.views.close(view.id)
        if not view.spec.get("notify_on_close"):
            return None
        return self._post.send(EnvelopeKind.INTERACTIVE, self._payloads.view_closed(view))

    def close_all(self, user: str) -> Outcome | None:
        stack = self._workspace.stack(user)
        self._workspace.views.clear(user)
        if not stack or not stack[0].spec.get("notify_on_close"):
            return None
        return self._post.send(EnvelopeKind.INTERACTIVE, self._payloads.stack_closed(stack[0]))
