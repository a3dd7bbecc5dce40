"""What a segment's message offers to change who is in."""

from slack_sdk.models.blocks.block_elements import ButtonElement

from bot.domain.segments import Action as Criteria
from bot.domain.segments import ActionKind, Segment
from bot.text import Text
from bot.views import ids, kit
from bot.views.ids import SEPARATOR, Action
from bot.views.kit import Choice

SIGNS = {ActionKind.REDUCE: "−", ActionKind.REMOVE_ONE: "−"}


def add_button(segment: Segment, text: Text, *, first: bool) -> ButtonElement:
    """Return the button **Add contacts** of a segment's message; `first`: it is what is to be done now."""
    return (kit.primary if first else kit.button)(text("Add contacts"), Action.ADD_CONTACTS, segment.id)


def choices(segment: Segment, text: Text) -> list[Choice]:
    """Return what the ⋯ of a segment's message offers: as much as Slack takes."""
    return [
        Choice(text("Reduce contacts"), ids.verb(Action.REDUCE_CONTACTS, segment.id)),
        Choice(text("Refine contacts"), ids.verb(Action.REFINE_CONTACTS, segment.id)),
        Choice(text("Save criteria"), ids.verb(Action.SAVE_CRITERIA, segment.id)),
        Choice(text("Reuse criteria"), ids.verb(Action.REUSE_CRITERIA, segment.id)),
        Choice(text("Paste a list"), ids.verb(Action.PASTE_LIST, segment.id)),
    ]


def signed(action: Criteria, text: Text) -> str:
    """Return an action with what it does: who joins, leaves, or stays alone."""
    if action.kind is ActionKind.REFINE:
        return text("refined to {words}", words=action.words)
    return f"{SIGNS.get(action.kind, '+')} {action.words}"


def go_back_button(segment: Segment, last: Criteria, text: Text) -> ButtonElement:
    """Return the button **Go back**, which asks; it carries the number of the action that it takes back."""
    words = kit.clip(signed(last, text), 120)
    return ButtonElement(
        text=kit.plain(text("Go back"), kit.BUTTON_LIMIT),
        action_id=Action.GO_BACK,
        value=f"{segment.id}{SEPARATOR}{last.number}",
        confirm=kit.ask(
            text("Go back?"),
            text("Takes back “{words}”, with every line as it was before.", words=words),
            text("Go back"),
            text("Leave it"),
        ),
    )
