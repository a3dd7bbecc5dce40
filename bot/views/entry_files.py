"""The file of an entry: what is said of it, the form to attach one, and what is said then."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import InputBlock
from slack_sdk.models.blocks.block_elements import FileInputElement

from bot.domain.attachments import Attachment
from bot.domain.entries import Listed
from bot.domain.file_kinds import ENDINGS, FileKind
from bot.domain.ids import OperationId
from bot.text import Text
from bot.views import ids, kit
from bot.views.confirmations import headline
from bot.views.forms import Meta, modal
from bot.views.ids import Action, Callback
from bot.views.kit import Part, Payload

FILE = "file"
_KILO = 1000


def label(attached: Attachment, text: Text) -> str:
    """Return a file's name and size."""
    return f"{attached.name} · {size(attached.size, text)}"


def read_only_label(attached: Attachment, text: Text) -> str:
    """Return the same of a file that an entry was logged with."""
    return f"{label(attached, text)} · {text('read-only since it was logged')}"


def size(count: int, text: Text) -> str:
    """Return how large a file is."""
    if count < _KILO * _KILO:
        return text("{n} kB", n=max(1, count // _KILO))
    written = f"{count / (_KILO * _KILO):.1f}".replace(".", text.decimal_mark)
    return text("{n} MB", n=written)


def form(listed: Listed, attached: Attachment | None, meta: Meta, wrong: str, text: Text) -> dict[str, Any]:
    """Return the form for a file; `wrong` is what stands against the last one."""
    kinds = ", ".join(kind.value for kind in FileKind)
    return modal(
        Callback.ATTACH_FILE,
        text("Attach file"),
        [
            kit.line(*headline(listed, text)),
            kit.line(*_replaces(attached, text)) if attached else None,
            kit.line(kit.bold(text("Not attached: ")), wrong) if wrong else None,
            InputBlock(
                block_id=FILE,
                optional=False,
                label=kit.plain(text("File"), 2000),
                element=FileInputElement(action_id=ids.FIELD, filetypes=list(ENDINGS), max_files=1),
                hint=kit.plain(text("Up to 10 MB: {kinds}.", kinds=kinds), 2000),
            ),
        ],
        submit=text("Replace") if attached else text("Attach"),
        close=text("Cancel"),
        meta=meta,
    )


def _replaces(attached: Attachment, text: Text) -> Sequence[Part | str]:
    return (text("This file takes the place of: "), kit.bold(label(attached, text)))


def looking(text: Text) -> dict[str, Any]:
    """Return what stands there while the file is looked at."""
    return _said(text("Looking at the file…"), text)


def attached(name: str, text: Text) -> dict[str, Any]:
    """Return what is said once the file hangs."""
    return _said(text("{file} is attached now.", file=name), text)


def sent(text: Text) -> dict[str, Any]:
    """Return what is said when a file is on its way."""
    return _said(text("The file comes into your direct message."), text)


def done(listed: Listed, name: str, operation: OperationId | None, text: Text) -> Payload:
    """Return the message about a file that was attached, or taken off (no name); with **Undo** while that lasts."""
    said = text("✓ Attached:") if name else text("✓ File taken off.")
    return kit.message(
        kit.lines([kit.bold(said), f" {name}" if name else ""], headline(listed, text)),
        kit.actions(
            kit.button(text("Undo"), Action.UNDO, operation) if operation else None,
            kit.button(text("Open entry"), Action.OPEN_ENTRY, listed.entry.id),
        ),
    )


def _said(words: str, text: Text) -> dict[str, Any]:
    return modal(Callback.NOTICE, text("Attachment"), [kit.line(words)], close=text("Close"))
