"""What people who have left leave behind: offered to those to whom it falls (`product.md` 5)."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.domain.departures import LeftBehind
from bot.text import Text
from bot.views import kit
from bot.views.ids import Action
from bot.views.listing import Listing

MOST = 3
"""How many people are named at once; the others follow when their turn comes."""


def rows(left: Sequence[LeftBehind], text: Text, listing: Listing) -> list[Block]:
    """Return "Wim has left: 3 postponed interactions and 2 follow-ups [Take over]" for each of them."""
    return [
        kit.item(
            [_what(one, text)],
            kit.named(
                text("Take over"),
                text("Take over what {name} left behind", name=one.person.name),
                Action.TAKE_OVER,
                one.person.id,
            ),
            listing.block(f"left{one.person.id}"),
        )
        for one in left[:MOST]
    ]


def taken(one: LeftBehind, text: Text) -> str:
    """Return what is said when somebody has taken over."""
    return text("You took over from {name}: {what}.", name=one.person.name, what=_things(one, text))


def _what(one: LeftBehind, text: Text) -> str:
    return text("{name} has left: {what}", name=one.person.name, what=_things(one, text))


def _things(one: LeftBehind, text: Text) -> str:
    drafts = text.count("{n} postponed interaction", "{n} postponed interactions", one.drafts)
    tasks = text.count("{n} follow-up", "{n} follow-ups", one.tasks)
    if not one.drafts or not one.tasks:
        return drafts if one.drafts else tasks
    return text("{drafts} and {tasks}", drafts=drafts, tasks=tasks)
