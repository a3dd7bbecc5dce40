"""The files of interaction templates, for admins: which template has one, and the form to attach one."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import Block, InputBlock
from slack_sdk.models.blocks.block_elements import FileInputElement

from bot.domain.attachments import Attachment, LetterOf
from bot.domain.file_kinds import ENDINGS, FileKind
from bot.domain.letters import FIELDS
from bot.text import Text
from bot.views import ids, kit
from bot.views.entry_files import size
from bot.views.forms import Meta, modal
from bot.views.ids import SEPARATOR, Action, Callback
from bot.views.kit import Choice

FILE = "letter"
PLACE = "letter"
"""The lines of the page bear this name."""

SHOWN = 90


def page(letters: Sequence[LetterOf], text: Text) -> dict[str, Any]:
    """Return the page with a line for each template."""
    rest = len(letters) - SHOWN
    more = text.count("… and {n} more template.", "… and {n} more templates.", rest) if rest > 0 else ""
    return modal(
        Callback.NOTICE,
        text("Attachments"),
        [
            kit.line(
                text(
                    "A Word letter on an interaction template is merged for each contact of a segment; "
                    "any other file goes along as it is."
                )
            ),
            *(_line(one, text) for one in letters[:SHOWN]),
            kit.small(more) if more else None,
        ],
        close=text("Close"),
    )


def _line(one: LetterOf, text: Text) -> Block:
    block_id = f"{PLACE}.{one.template}"
    if one.letter is None:
        words = text("{template} · no attachment", template=one.description)
        return kit.item([words], kit.button(text("Attach file"), Action.ATTACH, one.template), block_id)
    words = text("{template} · {file}", template=one.description, file=label(one.letter, text))
    return kit.item([words], kit.more(Action.MORE, *choices(one, text)), block_id)


def label(attached: Attachment, text: Text) -> str:
    """Return a file's name and size."""
    return f"{attached.name}, {size(attached.size, text)}"


def choices(one: LetterOf, text: Text) -> list[Choice]:
    """Return what can be done about the file of a template, or of one of its languages."""
    place = subject(one)
    if one.letter is None:
        return [Choice(text("Attach file"), ids.verb(Action.ATTACH, *place))]
    return [
        Choice(text("Show attachment"), ids.verb(Action.SHOW_LETTER, *place)),
        Choice(text("Replace file"), ids.verb(Action.ATTACH, *place)),
        Choice(text("Remove file"), ids.verb(Action.REMOVE_LETTER, *place)),
    ]


def subject(one: LetterOf) -> tuple[object, ...]:
    """Return the template, and its language where it is one."""
    return (one.template, one.language) if one.language else (one.template,)


def place(value: str) -> tuple[str, str]:
    """Return the template and the language (empty: none of its own) that a button names."""
    template, _, language = value.partition(SEPARATOR)
    return template, language


def form(one: LetterOf, meta: Meta, wrong: str, text: Text) -> dict[str, Any]:
    """Return the form for a file; `wrong` is what stands against the last one."""
    kinds = ", ".join(kind.value for kind in FileKind)
    fields = ", ".join((*FIELDS, "text"))
    hint = text("Up to 10 MB, without macros: {kinds}. A Word letter: up to 5 MB, with the fields {fields}.")
    file = InputBlock(
        block_id=FILE,
        optional=False,
        label=kit.plain(text("File"), 2000),
        element=FileInputElement(action_id=ids.FIELD, filetypes=list(ENDINGS), max_files=1),
        hint=kit.plain(hint.format(kinds=kinds, fields=fields), 2000),
    )
    replaced = text("This file takes the place of: ")
    return modal(
        Callback.ATTACH,
        text("Attach file"),
        [
            kit.line(text("To each interaction with this template: "), kit.bold(_named(one))),
            kit.line(replaced, kit.bold(label(one.letter, text))) if one.letter else None,
            kit.line(kit.bold(text("Not attached: ")), wrong) if wrong else None,
            file,
        ],
        submit=text("Replace") if one.letter else text("Attach"),
        close=text("Cancel"),
        meta=meta,
    )


def _named(one: LetterOf) -> str:
    return f"{one.description} ({one.language})" if one.language else one.description


def looking(text: Text) -> dict[str, Any]:
    """Return what stands there while the file is looked at."""
    return _said(text("Looking at the file…"), text)


def attached(one: LetterOf, text: Text) -> dict[str, Any]:
    """Return what is said once the file hangs."""
    name = one.letter.name if one.letter else ""
    return _said(text("{file} belongs to “{template}” now.", file=name, template=_named(one)), text)


def sent(text: Text) -> dict[str, Any]:
    """Return what is said when the file is on its way."""
    return _said(text("The file comes into your direct message."), text)


def _said(words: str, text: Text) -> dict[str, Any]:
    return modal(Callback.NOTICE, text("Attachments"), [kit.line(words)], close=text("Close"))
