"""Pasting lists, saving and reusing criteria, going back: what stands beside the criteria of a segment."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from slack_sdk.models.blocks import Block, InputBlock

from bot.domain.criteria import Saved
from bot.domain.pasted import Pasted
from bot.domain.segments import Action as Criteria
from bot.domain.segments import Segment
from bot.text import Text
from bot.views import kit
from bot.views.forms import Fields, Meta, modal
from bot.views.ids import Callback
from bot.views.kit import Choice
from bot.views.segment_menu import signed
from bot.views.segments import title

PASTED, MEANT = "pasted", "meant"
CODE, DESCRIPTION, SAVED = "criteria_code", "criteria_description", "saved_criteria"
ASKED_AT_ONCE = 15
"""Ambiguous lines on one page; the others come back with the next one."""
MOST_ALIKE = 99
NOBODY = "0"
_LINE = 90


def paste_form(meta: Meta, segment: Segment, text: Text) -> dict[str, Any]:
    """Return the form to paste a list."""
    return _pasting(meta, segment, [], [_list(meta, "", text("One contact a line"), text)], text)


def mend_form(meta: Meta, segment: Segment, pasted: Pasted, text: Text) -> dict[str, Any]:
    """Return what a list came to, with the lines that nobody can tell, to be mended."""
    again = meta.forced(PASTED)
    asked, rest = pasted.ambiguous[:ASKED_AT_ONCE], pasted.ambiguous[ASKED_AT_ONCE:]
    left = [*pasted.later, *pasted.not_found, *(line for line, _ in rest)]
    carried = replace(again, revision=len(asked))
    blocks: list[Block] = [_which(carried, number, *one, text) for number, one in enumerate(asked)]
    if left:
        blocks.append(_list(carried, "\n".join(left), text("Mend these lines"), text))
    return _pasting(carried, segment, _told(pasted, text), blocks, text)


def result(pasted: Pasted, text: Text) -> dict[str, Any]:
    """Return what a list came to, where nothing is to be mended."""
    return modal(Callback.NOTICE, text("Paste a list"), _told(pasted, text), close=text("Close"))


def asked_about(meta: Meta) -> list[str]:
    """Return the names of the selects of a page that asks about ambiguous lines."""
    return [meant(meta, number) for number in range(meta.revision)]


def meant(meta: Meta, number: int) -> str:
    """Return the name of the select for one ambiguous line: another one on each page."""
    return f"{MEANT}{meta.revisions.get(PASTED, 0)}_{number}"


def save_form(meta: Meta, segment: Segment, actions: Sequence[Criteria], text: Text) -> dict[str, Any]:
    """Return the form to save criteria."""
    fields = Fields(meta)
    return modal(
        Callback.SAVE_CRITERIA,
        text("Save criteria"),
        [
            kit.line(kit.bold(title(segment, text)), "\n", "\n".join(signed(one, text) for one in actions)),
            fields.line(
                CODE, text("Code"), "", optional=False, hint=text("As in AUTUMN; at most 20 characters.")
            ),
            fields.line(DESCRIPTION, text("Description"), segment.description),
        ],
        submit=text("Save"),
        close=text("Close"),
        meta=meta,
    )


def saved(code: str, text: Text) -> dict[str, Any]:
    """Return that criteria were saved, and what for."""
    words = text("Saved as {code}. “Reuse criteria” in any segment's ⋯ replays them.", code=code)
    return modal(Callback.NOTICE, text("Save criteria"), [kit.line(words)], close=text("Close"))


def reuse_form(
    meta: Meta, segment: Segment, actions: int, saved: Sequence[Saved], text: Text
) -> dict[str, Any]:
    """Return the form to reuse saved criteria."""
    if not saved:
        nothing = text("No criteria are saved yet. “Save criteria” keeps those of a segment.")
        return modal(Callback.NOTICE, text("Reuse criteria"), [kit.line(nothing)], close=text("Close"))
    return modal(
        Callback.REUSE_CRITERIA,
        text("Reuse criteria"),
        [
            kit.line(kit.bold(title(segment, text)), "\n", _warning(actions, text)),
            Fields(meta).select(
                SAVED, text("Saved criteria"), [_saved(one) for one in saved], None, optional=False
            ),
        ],
        submit=text("Reuse"),
        close=text("Close"),
        meta=meta,
    )


def _pasting(
    meta: Meta, segment: Segment, told: Sequence[Block], blocks: Sequence[Block], text: Text
) -> dict[str, Any]:
    return modal(
        Callback.PASTE_LIST,
        text("Paste a list"),
        [kit.line(kit.bold(title(segment, text))), *told, *blocks],
        submit=text("Add"),
        close=text("Close"),
        meta=meta,
    )


def _list(meta: Meta, lines: str, label: str, text: Text) -> InputBlock:
    block = Fields(meta).paragraph(PASTED, label, lines, text("The list is longer than Slack shows here."))
    if not lines:
        words = text("A number, an e-mail address, or a name: Anna Berg, or Anna Berg (Fjordbygg AS).")
        block.hint = kit.plain(words, 2000)
    return block


def _which(meta: Meta, number: int, line: str, who: Sequence[Any], text: Text) -> Block:
    options = [Choice(f"{one.label} · {one.number}", str(one.id)) for one in who[:MOST_ALIKE]]
    options.append(Choice(text("None of these"), NOBODY))
    label = text("Who is “{line}”?", line=kit.clip(line, _LINE))
    block = Fields(meta).select(meant(meta, number), label, options, None, optional=False)
    return block or kit.small(label)


def _told(pasted: Pasted, text: Text) -> list[Block]:
    rows = [text.count("{n} contact was added.", "{n} contacts were added.", pasted.added)]
    if pasted.already:
        rows.append(text("Already in: {n}.", n=pasted.already))
    if pasted.excluded:
        rows.append(text("Excluded from segments: {names}.", names=_names(pasted.excluded, text)))
    if pasted.blocked:
        rows.append(text("Privacy blocked: {names}.", names=_names(pasted.blocked, text)))
    if pasted.not_found:
        rows.append(
            text.count("{n} line fits no contact.", "{n} lines fit no contact.", len(pasted.not_found))
        )
    if pasted.later:
        rows.append(
            text.count(
                "{n} line is still to be read. “Add” goes on with it.",
                "{n} lines are still to be read. “Add” goes on with them.",
                len(pasted.later),
            )
        )
    return [kit.line("\n".join(rows))]


def _names(names: Sequence[str], text: Text) -> str:
    shown = [kit.clip(name, 60) for name in names[:10]]
    more = [text("{n} more", n=len(names) - 10)] if len(names) > 10 else []  # noqa: PLR2004 - as many as shown
    return ", ".join([*shown, *more])


def _saved(one: Saved) -> Choice:
    return Choice(f"{one.code} · {one.description}" if one.description else one.code, str(one.id))


def _warning(actions: int, text: Text) -> str:
    if not actions:
        return text("The criteria are replayed on today's contacts.")
    return text("The criteria are replayed on today's contacts, on top of what is in the segment already.")
