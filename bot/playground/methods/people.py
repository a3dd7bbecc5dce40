"""Methods of `users`, `usergroups`, `dnd`."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.playground.methods.call import Args, Desk, Method, page_of
from bot.playground.people import Member, UserGroup
from bot.playground.profiles import user_object
from bot.playground.shapes import Json, SlackError

QUIET_FROM, QUIET_HOURS = 22, 10


def user_info(desk: Desk, args: Args) -> Json:
    member = desk.workspace.directory.member(args.required("user", "user_not_found"))
    return {"user": _told(desk, member, args)}


def user_list(desk: Desk, args: Args) -> Json:
    everybody = [_told(desk, member, args) for member in desk.workspace.directory.members()]
    page, cursor = page_of(everybody, args, 1000)
    now = int(desk.workspace.clock.now())
    return {"members": page, "cache_ts": now, "response_metadata": {"next_cursor": cursor}}


def lookup_by_email(desk: Desk, args: Args) -> Json:
    member = desk.workspace.directory.member_with_email(args.required("email", "users_not_found"))
    if member is None or member.deleted:
        raise SlackError("users_not_found")
    return {"user": _told(desk, member, args)}


def do_not_disturb(desk: Desk, args: Args) -> Json:
    """Everybody is quiet from ten in the evening to eight, in their own zone."""
    member = desk.workspace.directory.member(args.required("user", "user_not_found"))
    start, end = _next_quiet(desk.workspace.clock.now(), ZoneInfo(member.tz))
    return {
        "dnd_enabled": True,
        "next_dnd_start_ts": int(start.timestamp()),
        "next_dnd_end_ts": int(end.timestamp()),
    }


def group_list(desk: Desk, args: Args) -> Json:
    with_users = args.flag("include_users")
    return {"usergroups": [_group(desk, group, with_users) for group in desk.workspace.directory.groups()]}


def group_members(desk: Desk, args: Args) -> Json:
    wanted = args.required("usergroup", "no_such_subteam")
    group = next((one for one in desk.workspace.directory.groups() if one.id == wanted), None)
    if group is None:
        raise SlackError("no_such_subteam")
    return {"users": list(group.members)}


METHODS = {
    "users.info": Method(user_info, ("users:read",)),
    "users.list": Method(user_list, ("users:read",)),
    "users.lookupByEmail": Method(lookup_by_email, ("users:read.email",)),
    "dnd.info": Method(do_not_disturb, ("dnd:read",)),
    "usergroups.list": Method(group_list, ("usergroups:read",)),
    "usergroups.users.list": Method(group_members, ("usergroups:read",)),
}


def _told(desk: Desk, member: Member, args: Args) -> Json:
    told = user_object(desk.workspace, member, desk.scopes)
    return {**told, "locale": member.locale} if args.flag("include_locale") else told


def _next_quiet(now: float, zone: ZoneInfo) -> tuple[datetime, datetime]:
    here = datetime.fromtimestamp(now, zone)
    evening = here.replace(hour=QUIET_FROM, minute=0, second=0, microsecond=0)
    start = evening - timedelta(days=1)
    if start + timedelta(hours=QUIET_HOURS) <= here:
        start = evening
    return start, start + timedelta(hours=QUIET_HOURS)


def _group(desk: Desk, group: UserGroup, with_users: object) -> Json:
    told: Json = {
        "id": group.id,
        "team_id": desk.workspace.team.id,
        "handle": group.handle,
        "name": group.name,
    }
    told |= {"is_usergroup": True, "date_delete": 0, "user_count": len(group.members)}
    return {**told, "users": list(group.members)} if with_users else told
