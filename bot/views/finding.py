"""What `/log find` answers: how the line was understood, what was not, and what was found."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from slack_sdk.models.blocks import ActionsBlock, Block

from bot.domain.entries import Asked
from bot.domain.find import Key, Sense, Understanding, Unread
from bot.domain.ids import PersonId
from bot.domain.messages import n_
from bot.text import Text
from bot.views import kit
from bot.views.asked import for_button
from bot.views.entry_lists import Shown, blocks, counted, number_of
from bot.views.filter_words import Names, conditions, understood
from bot.views.ids import Action
from bot.views.kit import Payload

_FIRST = 20  # the list below has buttons of its own, told apart by smaller numbers
_HINTS = {
    Key.WITH: n_('with: takes the name of a contact, as in with:anna or with:"Anna Berg".'),
    Key.BY: n_("by: takes me, team, all, or the name of a colleague."),
    Key.ON: n_('on: takes a day, as in on:fri, on:2026-11-21 or on:"21 nov".'),
    Key.FROM: n_("from: takes a day, as in from:1.11 or from:2026-11-01."),
    Key.TO: n_("to: takes a day, as in to:fri or to:2026-11-21."),
    Key.LAST: n_("last: takes a number of days, weeks, months or years, as in last:30d or last:2w."),
    Key.IS: n_("is: takes canceled, all or failed."),
    Key.AS: n_('as: takes an interaction template, as in as:call or as:"Outgoing call".'),
    Key.IN: n_("in: takes the number of a logged segment, as in in:SEG0012."),
    Key.CAMPAIGN: n_("campaign: takes the name of a campaign."),
    Key.OPPORTUNITY: n_("opportunity: takes the number of an opportunity, as in opportunity:OP000012."),
    Key.EVALUATION: n_("eval: takes an evaluation, as in eval:positive or eval:--."),
}


@dataclass(frozen=True, slots=True)
class Found:
    """How a line was understood; what it found, unless it is in doubt; and who may be meant by an unknown name."""

    read: Understanding
    names: Names
    shown: Shown | None
    near: Sequence[Sense] = ()


def message(found: Found, reader: PersonId, text: Text) -> Payload:
    """Return the answer."""
    if found.shown is None:
        return _question(found, reader, text)
    page = found.shown.page
    number = text("{n} found", n=page.count) if not page.uncounted else number_of(page, text)
    said = understood(page.asked.filter, found.names, found.shown.reader, text)
    headline = f"{said} · {counted(page, number, text)}"
    return kit.message(*_unread(found, text), *blocks(found.shown, text, headline))


def _question(found: Found, reader: PersonId, text: Text) -> Payload:
    read = found.read
    kept = conditions(read.filter, found.names, reader, text)
    which = text("Which {who}?", who=read.doubt.value if read.doubt else "")
    return kit.message(
        kit.lines([kit.bold(which)], *([[text("I kept: {what}.", what=kept)]] if kept else [])),
        _buttons(read.senses, read),
        kit.small(text("Another one? Write more of the name.")),
    )


def _buttons(senses: Sequence[Sense], read: Understanding) -> ActionsBlock:
    return kit.actions(
        *(
            kit.button(
                sense.name, f"{Action.ENTRIES}.{_FIRST + place}", for_button(Asked(sense.narrow(read.filter)))
            )
            for place, sense in enumerate(senses)
        )
    )


def _unread(found: Found, text: Text) -> list[Block]:
    said: list[Block] = [_remark(one, text) for one in found.read.unread]
    if found.near:
        said += [kit.line(text("Did you mean:")), _buttons(found.near, found.read)]
    return said


def _remark(unread: Unread, text: Text) -> Block:
    typed = kit.clip(unread.part.typed, 60)
    if unread.meant is not None:
        meant = replace(unread.part, value=unread.part.value.partition(":")[2], key=unread.meant)
        return kit.line(
            text("I did not understand “{word}”. Did you mean {meant}?", word=typed, meant=meant.typed)
        )
    hint = text(_HINTS[unread.part.key]) if unread.part.key else ""
    return kit.line(text("I did not understand “{word}”.", word=typed), f" {hint}")
