"""Open modals and App Homes: stacks of three, hashes, and what people filled in."""

import secrets
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.playground.changes import ChangeKind, Changes
from bot.playground.ids import new_id, with_ids
from bot.playground.shapes import Json, SlackError, Values
from bot.playground.values import starting_values, surviving_values

STACK_LIMIT = 3


class Surface(StrEnum):
    MODAL = "modal"
    HOME = "home"


@dataclass(frozen=True, slots=True)
class OpenView:
    """One view as a person has it before them.

    `spec` is the view as the app sent it, every block and action id filled in; `values` the full state of its
    fields; `errors` the messages at blocks (by block id); `notice` what Slack says above the buttons.
    """

    id: str
    user: str
    surface: Surface
    spec: Json
    values: Values
    hash: str
    root_id: str
    previous_id: str | None = None
    errors: dict[str, str] = field(default_factory=dict)
    notice: str = ""

    @property
    def blocks(self) -> list[Json]:
        return list(self.spec.get("blocks", ()))

    @property
    def external_id(self) -> str:
        return str(self.spec.get("external_id") or "")

    @property
    def callback_id(self) -> str:
        return str(self.spec.get("callback_id") or "")


class Views:
    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self._stacks: dict[str, list[OpenView]] = {}
        self._homes: dict[str, OpenView] = {}

    def stack(self, user: str) -> tuple[OpenView, ...]:
        """The modals of this person, the root first, the one on top last."""
        return tuple(self._stacks.get(user, ()))

    def top(self, user: str) -> OpenView | None:
        stack = self.stack(user)
        return stack[-1] if stack else None

    def home(self, user: str) -> OpenView | None:
        return self._homes.get(user)

    def view(self, id: str) -> OpenView:
        return self._find("id", id)

    def view_with_external_id(self, external_id: str) -> OpenView:
        return self._find("external_id", external_id)

    def open(self, user: str, spec: Json) -> OpenView:
        """A new stack with this view; one that was open is gone, and nobody is told."""
        self._refuse_used_external_id(spec)
        view = _fresh_view(user, spec, Surface.MODAL)
        self._stacks[user] = [view]
        return self._changed(view)

    def push(self, user: str, spec: Json) -> OpenView:
        stack = self._stacks.get(user, [])
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= STACK_LIMIT:
            raise SlackError("push_limit_reached")
        self._refuse_used_external_id(spec)
        view = _fresh_view(user, spec, Surface.MODAL)
        view = replace(view, root_id=stack[0].id, previous_id=stack[-1].id)
        stack.append(view)
        return self._changed(view)

    def update(self, id: str, spec: Json, hash: str = "") -> OpenView:
        """The view with new content; what was filled in stays where block and action ids stay."""
        old = self.view(id)
        if hash and hash != old.hash:
            raise SlackError("hash_conflict")
        if spec.get("external_id") not in (None, "", old.external_id):
            self._refuse_used_external_id(spec)
        return self.put(_with_content(old, spec))

    def publish(self, user: str, spec: Json, hash: str = "") -> OpenView:
        old = self.home(user)
        if hash and (old is None or hash != old.hash):
            raise SlackError("hash_conflict")
        view = _with_content(old, spec) if old else _fresh_view(user, spec, Surface.HOME)
        self._homes[user] = view
        return self._changed(view)

    def put(self, view: OpenView) -> OpenView:
        """Replaces the view of the same id."""
        if view.surface is Surface.HOME:
            self._homes[view.user] = view
            return self._changed(view)
        stack = self._stacks.get(view.user, [])
        for place, open_view in enumerate(stack):
            if open_view.id == view.id:
                stack[place] = view
        return self._changed(view)

    def notice(self, id: str, text: str) -> None:
        """What Slack itself says in the view; nothing when it is gone meanwhile."""
        view = next((view for view in self._all() if view.id == id), None)
        if view:
            self.put(replace(view, notice=text))

    def close(self, id: str) -> None:
        """Takes the view off its stack, with whatever was pushed onto it."""
        user = self.view(id).user
        stack = self._stacks.get(user, [])
        at = next((place for place, view in enumerate(stack) if view.id == id), len(stack))
        del stack[at:]
        self._changes.tell(ChangeKind.VIEW, user)

    def clear(self, user: str) -> None:
        if self._stacks.pop(user, None):
            self._changes.tell(ChangeKind.VIEW, user)

    def _all(self) -> list[OpenView]:
        stacked = [view for stack in tuple(self._stacks.values()) for view in tuple(stack)]
        return stacked + list(self._homes.values())

    def _find(self, attribute: str, wanted: str) -> OpenView:
        for view in self._all():
            if wanted and getattr(view, attribute) == wanted:
                return view
        raise SlackError("not_found")

    def _refuse_used_external_id(self, spec: Json) -> None:
        external_id = spec.get("external_id")
        if external_id and any(view.external_id == external_id for view in self._all()):
            raise SlackError("duplicate_external_id")

    def _changed(self, view: OpenView) -> OpenView:
        kind = ChangeKind.HOME if view.surface is Surface.HOME else ChangeKind.VIEW
        self._changes.tell(kind, view.user)
        return view


def _fresh_view(user: str, spec: Json, surface: Surface) -> OpenView:
    view_id = new_id("V")
    spec = with_ids(spec)
    values = starting_values(spec.get("blocks", ()))
    return OpenView(view_id, user, surface, spec, values, _new_hash(), root_id=view_id)


def _with_content(old: OpenView, spec: Json) -> OpenView:
    spec = with_ids(spec)
    values = surviving_values(old.values, spec.get("blocks", ()))
    return replace(old, spec=spec, values=values, hash=_new_hash(), errors={}, notice="")


def _new_hash() -> str:
    return f"{secrets.randbelow(10**10):010d}.{secrets.token_hex(4)}"
