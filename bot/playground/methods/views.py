"""Methods of `views`."""

import json

from bot.playground.answers import unknown_blocks
from bot.playground.methods.call import Args, Desk, Method
from bot.playground.rules import problems_in_view
from bot.playground.shapes import Json, SlackError
from bot.playground.views import OpenView, Surface

VIEW_BYTES = 250_000


def open_view(desk: Desk, args: Args) -> Json:
    view = _checked(desk, args, Surface.MODAL)
    user = desk.workspace.triggers.exchange(args.required("trigger_id"))
    if desk.workspace.top(user):
        desk.workspace.journal.warn(
            "views.open while a modal is open is not supported: use views.push or views.update"
        )
    return _answer(desk, desk.workspace.views.open(user, view))


def push_view(desk: Desk, args: Args) -> Json:
    view = _checked(desk, args, Surface.MODAL)
    user = desk.workspace.triggers.exchange(args.required("trigger_id"))
    return _answer(desk, desk.workspace.views.push(user, view))


def update_view(desk: Desk, args: Args) -> Json:
    view = _checked(desk, args, Surface.MODAL)
    open_view = _addressed(desk, args)
    if open_view.surface is not Surface.MODAL:
        raise SlackError("not_found")
    return _answer(desk, desk.workspace.views.update(open_view.id, view, args.text("hash")))


def publish_view(desk: Desk, args: Args) -> Json:
    user = desk.workspace.directory.member(args.required("user_id"))
    view = _checked(desk, args, Surface.HOME)
    if not desk.manifest.has_home:
        raise SlackError("not_enabled")
    return _answer(desk, desk.workspace.views.publish(user.id, view, args.text("hash")))


METHODS = {
    "views.open": Method(open_view),
    "views.push": Method(push_view),
    "views.update": Method(update_view),
    "views.publish": Method(publish_view),
}


def _checked(desk: Desk, args: Args, surface: Surface) -> Json:
    view = args.mapping("view")
    if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES:
        raise SlackError("view_too_large")
    problems = problems_in_view(view, surface.value) + unknown_blocks(desk.workspace, view)
    if problems:
        raise SlackError("invalid_arguments", *problems)
    return view


def _addressed(desk: Desk, args: Args) -> OpenView:
    if args.text("view_id"):
        return desk.workspace.views.view(args.text("view_id"))
    return desk.workspace.views.view_with_external_id(args.required("external_id"))


def _answer(desk: Desk, view: OpenView) -> Json:
    return {"view": desk.payloads.view(view, view.values)}
