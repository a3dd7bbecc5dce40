"""The preview of a segment: who gets what, who can't be logged and why, page by page (screens: Segment)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.blocks.block_elements import OverflowMenuElement

from bot.domain.contacts import Contact
from bot.domain.criteria import Counted
from bot.domain.ids import SegmentId
from bot.domain.messages import Message
from bot.domain.personal_lines import is_personal
from bot.domain.runs import WHY, Checked, Faulty
from bot.domain.segment_values import Fault, Values
from bot.domain.segments import Line, Segment
from bot.text import Text
from bot.views import kit
from bot.views.forms import modal
from bot.views.ids import SEPARATOR, Action, Callback, verb
from bot.views.kit import Choice, Part
from bot.views.segment_lines import who
from bot.views.segments import contacts, title

ROWS = 10
NAMED = 3
QUOTED = 120
_BLOCK = "preview"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a preview; every block bears it, so that what is pressed changes the page in place."""

    segment: SegmentId
    page: int = 0
    faulty: bool = False
    """Only what can't be logged."""

    def turned(self, page: int) -> "Sheet":
        """Return another page of the same preview."""
        return replace(self, page=page)

    def block(self, subject: object = "") -> str:
        """Return the block id of what stands on the page about `subject`."""
        return f"{_BLOCK}.{self.segment}.{self.page}.{int(self.faulty)}.{subject}"

    @classmethod
    def read(cls, block: str) -> "Sheet | None":
        """Return the page on which a block stands, None when it stands on none."""
        parts = block.split(".")
        if parts[0] != _BLOCK or not all(part.isdecimal() for part in parts[1:4]) or not parts[3:]:
            return None
        return cls(SegmentId(int(parts[1])), int(parts[2]), parts[3] == "1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line as it would be logged; `text` with its fields filled in, as typed where they can't be."""

    line: Line
    contact: Contact | None
    values: Values
    template: str
    salesperson: str
    text: str
    fault: Fault | None = None
    detail: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Previewed:
    """One page; `count` lines belong to the whole preview."""

    sheet: Sheet
    segment: Segment
    checked: Checked
    rows: Sequence[Row]
    count: int
    said: str = ""

    @property
    def last(self) -> int:
        """The last page."""
        return max(0, self.count - 1) // ROWS


def page(previewed: Previewed, text: Text) -> dict[str, Any]:
    """Return a page of the preview."""
    return modal(
        Callback.PREVIEW,
        text("Preview"),
        [
            kit.line(kit.bold(previewed.said)) if previewed.said else None,
            _head(previewed, text),
            *_faults(previewed, text),
            *(block for row in previewed.rows for block in _row(row, previewed.sheet, text)),
            None if previewed.rows else kit.line(Part(_empty(previewed, text), italic=True)),
            *_foot(previewed, text),
        ],
        close=text("Close"),
    )


def whole_text(row: Row, text: Text) -> dict[str, Any]:
    """Return the whole text of one line, as it is written to the contact."""
    pieces = [row.text[start : start + kit.TEXT_LIMIT] for start in range(0, len(row.text), kit.TEXT_LIMIT)]
    return modal(
        Callback.NOTICE,
        text("Text"),
        [
            kit.lines([kit.bold(who(row.contact, text))], [f"{row.template} · {row.values.description}"]),
            *([kit.line(_why(row.fault, row.detail, text))] if row.fault else []),
            *(kit.line(piece) for piece in pieces),
            None if row.text.strip() else kit.line(Part(text("This line has no text."), italic=True)),
        ],
        close=text("Close"),
    )


def skipped(segment: Segment, found: Sequence[tuple[str, Counted]], text: Text) -> dict[str, Any]:
    """Return who was left out when contacts were added, for each criteria action that left somebody out."""
    rows = [row for words, counted in found for row in _left_out(words, counted, text)]
    return modal(
        Callback.NOTICE,
        text("Skipped"),
        [
            kit.line(kit.bold(title(segment, text))),
            *([kit.lines(*rows)] if rows else [kit.line(text("Nobody was skipped."))]),
            kit.small(text("As the criteria find them today.")),
        ],
        close=text("Close"),
    )


def csv_name(segment: Segment) -> str:
    """Return what the exported preview is called."""
    return f"{segment.number}.csv"


def reason(row: Row, text: Text) -> str:
    """Return why a line can't be logged, empty where it can."""
    return _why(row.fault, row.detail, text) if row.fault else ""


def _head(previewed: Previewed, text: Text) -> Block:
    total = contacts(previewed.checked.total, text)
    pages = text("page {page} of {last}", page=previewed.sheet.page + 1, last=previewed.last + 1)
    return kit.lines([kit.bold(title(previewed.segment, text))], [f"{total} · {pages}"])


def _faults(previewed: Previewed, text: Text) -> list[Block]:
    checked, sheet = previewed.checked, previewed.sheet
    if not checked.faulty:
        return []
    count = text.count("{n} line can't be logged", "{n} lines can't be logged", checked.faulty)
    named = "; ".join(_named(one, text) for one in checked.first[:NAMED])
    more = checked.faulty - len(checked.first[:NAMED])
    rest = text(" and {n} more", n=more) if more > 0 else ""
    address = text("A missing e-mail address counts only when attachments are sent.")
    return [
        kit.item(
            [text("{count}: {named}{rest}.", count=count, named=named, rest=rest)],
            kit.button(text("All lines"), Action.PREVIEW, sheet.segment)
            if sheet.faulty
            else kit.primary(text("Mend"), Action.MEND, sheet.segment),
            sheet.block("faults"),
        ),
        *([kit.small(address)] if checked.faults.get(Fault.NO_ADDRESS) else []),
    ]


def _named(faulty: Faulty, text: Text) -> str:
    why = text(WHY[faulty.fault])
    return f"{faulty.name} {why}" if faulty.name else text("line {n}: {why}", n=faulty.line, why=why)


def _row(row: Row, sheet: Sheet, text: Text) -> tuple[Block, Block]:
    line = row.line.number
    name = text("Edit the line of {name}", name=who(row.contact, text))
    said = row.text if row.text.strip() else row.values.description
    parts: list[Part | str] = [
        kit.bold(who(row.contact, text)),
        f" · {row.template or text('no interaction template')} · ",
        kit.quote(said, QUOTED),
    ]
    parts += [" · ", Part(text("personal"), italic=True)] if is_personal(row.line) else []
    parts += ["\n", kit.bold(_why(row.fault, row.detail, text))] if row.fault else []
    return (
        kit.line(*parts),
        kit.actions(
            kit.named(text("Edit line"), name, Action.EDIT_LINE, f"{sheet.segment}{SEPARATOR}{line}"),
            _menu(row, sheet, text),
            block_id=sheet.block(line),
        ),
    )


def _menu(row: Row, sheet: Sheet, text: Text) -> OverflowMenuElement:
    subject = (sheet.segment, row.line.number)
    choices = [Choice(text("Whole text"), verb(Action.LINE_TEXT, *subject))]
    if is_personal(row.line):
        choices.append(Choice(text("As the header"), verb(Action.LINE_AS_HEADER, *subject)))
    choices.append(Choice(text("Remove from the segment"), verb(Action.REMOVE_LINE, *subject)))
    return kit.more(Action.MORE, *choices)


def _why(fault: Fault, detail: Message | None, text: Text) -> str:
    why = text("Can't be logged: {why}.", why=text(WHY[fault]))
    return f"⚠ {why} {text.say(detail)}" if detail else f"⚠ {why}"


def _empty(previewed: Previewed, text: Text) -> str:
    if previewed.sheet.faulty:
        return text("Every line can be logged.")
    return text("No contacts yet.")


def _foot(previewed: Previewed, text: Text) -> list[Block]:
    sheet, last = previewed.sheet, previewed.last
    back = kit.button(text("Previous"), f"{Action.PREVIEW_PAGE}.1", max(0, sheet.page - 1))
    on = kit.button(text("Next"), f"{Action.PREVIEW_PAGE}.2", sheet.page + 1)
    return [
        kit.actions(
            back if sheet.page else None,
            on if sheet.page < last else None,
            kit.button(text("Export"), Action.PREVIEW_EXPORT, sheet.segment),
            kit.button(text("Skipped"), Action.SKIPPED, sheet.segment),
            block_id=sheet.block("foot"),
        )
    ]


def _left_out(words: str, counted: Counted, text: Text) -> list[list[Part | str]]:
    if not (counted.excluded or counted.blocked):
        return []
    why = [text("{n} excluded from segments", n=counted.excluded)] if counted.excluded else []
    why += [text("{n} privacy blocked", n=counted.blocked)] if counted.blocked else []
    more = counted.excluded + counted.blocked - len(counted.skipped)
    names = ", ".join(counted.skipped) + (text(" and {n} more", n=more) if more > 0 else "")
    return [[kit.bold(words), f": {', '.join(why)}: {names}"]]
