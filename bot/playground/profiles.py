"""People and files as the Web API tells of them."""

from collections.abc import Set as AbstractSet
from datetime import datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from bot.playground.files import StoredFile
from bot.playground.people import Member
from bot.playground.shapes import Json
from bot.playground.state import Workspace


def user_object(workspace: Workspace, member: Member, scopes: AbstractSet[str]) -> Json:
    """Without the e-mail address unless the scopes allow it; `locale` is added by who was asked for it."""
    here = datetime.fromtimestamp(workspace.clock.now(), ZoneInfo(member.tz))
    offset = here.utcoffset()
    return {
        "id": member.id,
        "team_id": member.team_id or workspace.team.id,
        "name": member.name,
        "deleted": member.deleted,
        "color": member.color,
        "real_name": member.real_name,
        "tz": member.tz,
        "tz_label": here.tzname(),
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": _profile(workspace, member, scopes),
        "is_admin": member.is_admin,
        "is_owner": member.is_owner,
        "is_primary_owner": member.is_owner,
        "is_restricted": member.is_restricted,
        "is_ultra_restricted": False,
        "is_bot": member.is_bot,
        "is_app_user": member.is_bot,
        "updated": int(workspace.clock.now()),
    }


def file_object(workspace: Workspace, file: StoredFile) -> Json:
    base = f"{workspace.address}/files-pri/{workspace.team.id}-{file.id}"
    name = quote(file.name, safe="")
    return {
        "id": file.id,
        "created": int(file.created),
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype,
        "filetype": file.filetype,
        "size": len(file.content),
        "user": file.owner,
        "mode": "email" if file.email else "hosted",
        "is_external": False,
        "is_public": False,
        "url_private": f"{base}/{name}",
        "url_private_download": f"{base}/download/{name}",
        "permalink": f"{workspace.address}/files/{file.owner}/{file.id}/{name}",
        "channels": [one for one in file.channels if one.startswith("C")],
        "ims": [one for one in file.channels if one.startswith("D")],
        "file_access": "visible",
        **file.email,
    }


def _profile(workspace: Workspace, member: Member, scopes: AbstractSet[str]) -> Json:
    first, _, last = member.real_name.partition(" ")
    profile = {
        "real_name": member.real_name,
        "real_name_normalized": member.real_name,
        "display_name": member.name,
        "display_name_normalized": member.name,
        "first_name": first,
        "last_name": last,
        "title": member.title,
        "status_text": "",
        "status_emoji": "",
        "team": member.team_id or workspace.team.id,
    }
    if member.is_bot:
        return {**profile, "api_app_id": workspace.app.app_id, "bot_id": workspace.app.bot_id}
    return {**profile, "email": member.email} if "users:read.email" in scopes and member.email else profile
