"""Names and pictures of who speaks, and links to where one can go."""

from dataclasses import dataclass
from urllib.parse import urlencode

from bot.playground.messages import SLACKBOT, Message
from bot.playground.people import Member
from bot.playground.state import Workspace

HOME = "home"
_APP_COLOR, _SLACK_COLOR = "0f766e", "64748b"


@dataclass(frozen=True, slots=True)
class Face:
    """`url` makes the page be this person, or shows this app."""

    id: str
    name: str
    detail: str = ""
    color: str = _SLACK_COLOR
    initials: str = ""
    url: str = ""
    latest: str = ""
    is_app: bool = False


@dataclass(frozen=True, slots=True)
class Door:
    """A channel in the side column; `latest` is the `ts` of the last message that one sees there."""

    id: str
    name: str
    url: str
    latest: str


def address(user: str, where: str) -> str:
    return "/?" + urlencode({"as": user, "in": where})


def face_of(member: Member, where: str = "") -> Face:
    detail = member.title or ("Guest" if member.is_restricted else "")
    city = member.tz.rpartition("/")[2].replace("_", " ")
    return Face(
        id=member.id,
        name=member.real_name,
        detail=" · ".join(filter(None, (detail, city))),
        color=member.color,
        initials=member.initials,
        url=address(member.id, where),
    )


def app_face(workspace: Workspace, url: str = "", latest: str = "") -> Face:
    app = workspace.app
    return Face(app.bot_user, app.name, color=_APP_COLOR, url=url, latest=latest, is_app=True)


def author_of(workspace: Workspace, message: Message) -> Face:
    if message.author == workspace.app.bot_user:
        return app_face(workspace)
    if message.author == SLACKBOT:
        return Face(SLACKBOT, "Slack", initials="S")
    return face_of(workspace.directory.member(message.author))
