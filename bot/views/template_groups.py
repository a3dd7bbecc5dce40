"""Interaction groups on the screen, for admins (`domain.md` 1.2)."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.interactions import Group
from bot.domain.template_lists import GroupLine
from bot.text import Text
from bot.views import kit
from bot.views.forms import modal
from bot.views.ids import Action, Callback, verb
from bot.views.kit import Choice
from bot.views.template_words import figures

SHOWN = 90


def groups(shown: Sequence[GroupLine], text: Text, said: str = "") -> dict[str, Any]:
    """Return the groups; `said` tells what was just done."""
    rest = len(shown) - SHOWN
    more = text.count("… and {n} more group.", "… and {n} more groups.", rest) if rest > 0 else ""
    return modal(
        Callback.NOTICE,
        text("Interaction groups"),
        [
            kit.line(said) if said else None,
            *(_line(one, text) for one in shown[:SHOWN]),
            kit.small(more) if more else None,
            kit.actions(
                kit.primary(text("New group"), Action.NEW_GROUP),
                kit.button(text("All templates"), Action.TEMPLATES),
            ),
        ],
        close=text("Close"),
    )


def _line(one: GroupLine, text: Text) -> Block:
    parts = [one.group.description, one.group.code]
    parts.append(text.count("{n} template", "{n} templates", one.templates))
    parts += [figures(one.figures, text)] if one.figures else []
    choices = [Choice(text("Edit"), verb(Action.EDIT_GROUP, one.group.id))]
    if not one.templates:
        choices.append(Choice(text("Delete"), verb(Action.DELETE_GROUP, one.group.id)))
    return kit.item([" · ".join(parts)], kit.more(Action.MORE, *choices), f"group.{one.group.id}")


def deleted(one: Group, text: Text) -> str:
    """Return what is said when a group is gone."""
    return text("{group} is deleted.", group=one.description)
