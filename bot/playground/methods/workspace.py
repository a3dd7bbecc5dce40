"""Methods of `auth`, `apps`, `team`, `bots`, `api`."""

from bot.playground.methods.call import Args, Desk, Method
from bot.playground.shapes import Json, SlackError


def auth_test(desk: Desk, _args: Args) -> Json:
    team, app = desk.workspace.team, desk.workspace.app
    return {
        "url": f"{desk.workspace.address}/",
        "team": team.name,
        "user": app.handle,
        "team_id": team.id,
        "user_id": app.bot_user,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


def open_connection(desk: Desk, _args: Args) -> Json:
    return {"url": desk.socket_url()}


def team_info(desk: Desk, _args: Args) -> Json:
    team = desk.workspace.team
    return {"team": {"id": team.id, "name": team.name, "domain": team.domain, "icon": {}}}


def bot_info(desk: Desk, args: Args) -> Json:
    app = desk.workspace.app
    if args.text("bot", app.bot_id) != app.bot_id:
        raise SlackError("bot_not_found")
    told = {"id": app.bot_id, "deleted": False, "name": app.name, "app_id": app.app_id}
    return {"bot": {**told, "user_id": app.bot_user, "icons": {}}}


def api_test(_desk: Desk, args: Args) -> Json:
    if args.text("error"):
        raise SlackError(args.text("error"))
    return {"args": dict(args.values)}


METHODS = {
    "auth.test": Method(auth_test),
    "apps.connections.open": Method(open_connection, is_for_app_token=True),
    "team.info": Method(team_info, ("team:read",)),
    "bots.info": Method(bot_info, ("users:read",)),
    "api.test": Method(api_test),
}
