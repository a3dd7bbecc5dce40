"""Letters, for admins: which interaction template has one; and how far a zip of letters has come."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import Block, InputBlock
from slack_sdk.models.blocks.block_elements import FileInputElement

from bot.domain.attachments import LetterOf
from bot.domain.letters import FIELDS
from bot.text import Text
from bot.views import ids, kit
from bot.views.forms import Meta, modal
from bot.views.ids import Action, Callback
from bot.views.kit import Choice

FILE = "letter"
SHOWN = 90


def page(letters: Sequence[LetterOf], text: Text) -> dict[str, Any]:
    """Return the page with a line for each template."""
    rest = len(letters) - SHOWN
    more = text.count("… and {n} more template.", "… and {n} more templates.", rest) if rest > 0 else ""
    return modal(
        Callback.NOTICE,
        text("Letters"),
        [
            kit.line(
                text("A Word letter on an interaction template is merged for each contact of a segment.")
            ),
            *(_line(one, text) for one in letters[:SHOWN]),
            kit.small(more) if more else None,
        ],
        close=text("Close"),
    )


def _line(one: LetterOf, text: Text) -> Block:
    block_id = f"letter.{one.template}"
    if one.letter is None:
        words = text("{template} · no letter", template=one.description)
        return kit.item([words], kit.button(text("Attach a letter"), Action.ATTACH, one.template), block_id)
    choices = (
        Choice(text("Show"), ids.verb(Action.SHOW_LETTER, one.template)),
        Choice(text("Replace…"), ids.verb(Action.ATTACH, one.template)),
        Choice(text("Remove"), ids.verb(Action.REMOVE_LETTER, one.template)),
    )
    words = text(
        "{template} · {letter}, {size} kB",
        template=one.description,
        letter=one.letter.name,
        size=max(1, one.letter.size // 1000),
    )
    return kit.item([words], kit.more(Action.MORE, *choices), block_id)


def form(one: LetterOf, meta: Meta, wrong: str, text: Text) -> dict[str, Any]:
    """Return the form for a file; `wrong` is what stands against the last one."""
    hint = text("Up to 5 MB, without macros. Fields: {fields}", fields=", ".join((*FIELDS, "text")))
    file = InputBlock(
        block_id=FILE,
        optional=False,
        label=kit.plain(text("Word document (.docx)"), 2000),
        element=FileInputElement(action_id=ids.FIELD, filetypes=["docx"], max_files=1),
        hint=kit.plain(hint, 2000),
    )
    return modal(
        Callback.ATTACH,
        text("Attach a letter"),
        [
            kit.line(text("To each contact of a segment with this template: "), kit.bold(one.description)),
            kit.line(kit.bold(text("Not attached: ")), wrong) if wrong else None,
            file,
        ],
        submit=text("Attach"),
        close=text("Cancel"),
        meta=meta,
    )


def looking(text: Text) -> dict[str, Any]:
    """Return what stands there while the file is looked at."""
    return _said(text("Looking at the letter…"), text)


def attached(one: LetterOf, text: Text) -> dict[str, Any]:
    """Return what is said once the letter hangs."""
    name = one.letter.name if one.letter else ""
    return _said(text("{letter} belongs to “{template}” now.", letter=name, template=one.description), text)


def sent(text: Text) -> dict[str, Any]:
    """Return what is said when the letter is on its way."""
    return _said(text("The letter comes into your direct message."), text)


def _said(words: str, text: Text) -> dict[str, Any]:
    return modal(Callback.NOTICE, text("Letters"), [kit.line(words)], close=text("Close"))
