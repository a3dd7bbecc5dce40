"""The workspace that the demo and the tests start with."""

from dataclasses import dataclass

from bot.playground.messages import Message
from bot.playground.people import Channel, ChannelKind, Member, UserGroup
from bot.playground.state import Workspace

EVA, WIM, MAX, ADA = "U0EVA00001", "U0WIM00001", "U0MAX00001", "U0ADA00001"
GUEST, LEFT, OTHER_BOT = "U0GUY00001", "U0ZOE00001", "U0BOT00001"
SALES, GENERAL = "C0SALES001", "C0GENERAL1"

PEOPLE = (
    Member(
        EVA,
        "eva",
        "Eva Lindqvist-Bakke",
        "eva@nordvik.example",
        "Europe/Oslo",
        "en-GB",
        "Salesperson",
        "2f855a",
    ),
    Member(
        WIM,
        "wim",
        "Wim Peeters",
        "wim@nordvik.example",
        "Europe/Brussels",
        "nl-BE",
        "Salesperson",
        "b7791f",
    ),
    Member(
        MAX,
        "max",
        "Max Aubert",
        "max@nordvik.example",
        "Europe/Brussels",
        "en-GB",
        "Sales manager",
        "6b46c1",
    ),
    Member(
        ADA,
        "ada",
        "Ada Nygård",
        "ada@nordvik.example",
        "Europe/Oslo",
        "nb-NO",
        "Administrator",
        "c53030",
        is_admin=True,
        is_owner=True,
    ),
    Member(
        GUEST,
        "guy",
        "Guy Lambert",
        "guy@partner.example",
        "Europe/Brussels",
        "fr-BE",
        "Guest",
        is_restricted=True,
    ),
    Member(LEFT, "zoe", "Zoë Claes", "zoe@nordvik.example", "Europe/Brussels", "nl-BE", deleted=True),
    Member(OTHER_BOT, "standup", "Standup", is_bot=True),
)


@dataclass(frozen=True, slots=True)
class _Said:
    channel: str
    author: str
    minutes_ago: float
    text: str
    answer_to: int | None = None


_SAID = (
    _Said(GENERAL, ADA, 300, "Morning! The lift is out of order until noon, take the stairs by the canteen."),
    _Said(GENERAL, MAX, 260, "Cake at three for Wim's first year with us :cake:"),
    _Said(SALES, EVA, 200, "Fjordbygg asked for the new price list again. I'll ring Anna this afternoon."),
    _Said(SALES, MAX, 190, "Good. Tell her that the 2027 list is final on Friday.", answer_to=2),
    _Said(
        SALES,
        WIM,
        95,
        "Just off the phone with De Brug NV: they are happy with the delivery and want a quote for 40 more.",
    ),
    _Said(SALES, OTHER_BOT, 60, "Standup: 3 of 3 answered."),
)


def demo_workspace(ahead: float = 0.0) -> Workspace:
    """Four people to act as, a guest, one who left, another bot, two channels with some talk.

    Its clock is `ahead` of the machine's by so many seconds.
    """
    workspace = Workspace()
    workspace.clock.shift(ahead)
    for member in PEOPLE:
        workspace.directory.put_member(member)
    everybody = frozenset(member.id for member in PEOPLE if not member.deleted)
    _put_channel(workspace, SALES, "sales", everybody - {GUEST} | {workspace.app.bot_user})
    _put_channel(workspace, GENERAL, "general", everybody)
    for user in (EVA, WIM, MAX, ADA):
        workspace.directory.direct(user)
    workspace.directory.put_group(UserGroup("S0SALES001", "sales-team", "Sales team", (EVA, WIM, MAX)))
    _talk(workspace)
    return workspace


def _put_channel(workspace: Workspace, channel: str, name: str, members: frozenset[str]) -> None:
    workspace.directory.put_channel(Channel(channel, name, ChannelKind.PUBLIC, members))


def _talk(workspace: Workspace) -> None:
    stamps: list[str] = []
    for said in _SAID:
        ts = f"{workspace.clock.now() - said.minutes_ago * 60:.6f}"
        stamps.append(ts)
        thread = stamps[said.answer_to] if said.answer_to is not None else ""
        workspace.messages.post(Message(said.channel, ts, said.author, said.text, thread_ts=thread))
