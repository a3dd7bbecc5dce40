"""Importing contacts: the form with the list of imports, and the one message about a file (`product.md` 11)."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement, InputBlock
from slack_sdk.models.blocks.block_elements import FileInputElement

from bot.domain.import_orders import LIMITS, ImportOrder
from bot.domain.import_results import Past, Report, Reverted
from bot.text import Text
from bot.views import ids, kit
from bot.views.forms import Meta, modal
from bot.views.ids import Action, Callback
from bot.views.kit import Payload

FILE = "sheet"
COLUMNS = (
    "No., Type, Name, Company Name, Phone No., Mobile Phone No., E-Mail, City, Salesperson, Mailing Groups"
)
NAMED = 10
LONGEST = 300
"""Letters of a line that lists columns or names."""


def form(meta: Meta, past: Sequence[Past], text: Text) -> dict[str, Any]:
    """Return the form for a file, with the latest imports below."""
    return modal(
        Callback.IMPORT_CONTACTS,
        text("Import contacts"),
        [
            kit.line(text("You see what would change before anything is written.")),
            _input(text),
            kit.small(
                text(
                    "The first line names the columns, in English, Dutch or Norwegian: {columns} …",
                    columns=COLUMNS,
                )
            ),
            kit.header(text("Imported lately")) if past else None,
            *(_past(one, text) for one in past),
        ],
        submit=text("Look through"),
        close=text("Close"),
        meta=meta,
    )


def _input(text: Text) -> InputBlock:
    hint = text(
        "Up to 10 MB. A larger one (up to {size} MB or {rows} rows) you send into our direct message.",
        size=LIMITS.most_bytes // 1_000_000,
        rows=f"{LIMITS.most_rows:,}",
    )
    return InputBlock(
        block_id=FILE,
        optional=False,
        label=kit.plain(text("List of contacts (.csv or .xlsx)"), 2000),
        element=FileInputElement(action_id=ids.FIELD, filetypes=["csv", "xlsx"], max_files=1),
        hint=kit.plain(hint, 2000),
    )


def _past(past: Past, text: Text) -> Block:
    one = past.imported
    when = text.moment(one.ended_at) if one.ended_at else ""
    by = text("by {name}", name=one.by) if one.by else text("at the command line")
    words = f"{one.file} · {when} · {by} · {_written(one.counts, text)}"
    block = f"imported.{one.id}"
    if one.reverted_at is not None:
        return kit.line(words, " · ", text("taken back"), block_id=block)
    if past.at_work:
        return kit.line(words, " · ", text("being taken back"), block_id=block)
    return kit.item([words], _revert(one.id, one.counts, text), block)


def taken(file: str, text: Text) -> dict[str, Any]:
    """Return what stands in the form's place once the file is given."""
    words = text("{file} is being looked through. What is found comes into our direct message.", file=file)
    return modal(Callback.NOTICE, text("Import contacts"), [kit.line(words)], close=text("Close"))


def looking(order: ImportOrder, rows: int, text: Text) -> Payload:
    """Return how far a file is looked through."""
    words = text("Looking through {file} …", file=order.file)
    if rows:
        words = text("Looking through {file}: {rows} rows …", file=order.file, rows=f"{rows:,}")
    return kit.message(kit.line(words), kit.actions(_forget(order, text)))


def found(order: ImportOrder, report: Report, text: Text) -> Payload:
    """Return what a file would change, with the question whether it shall."""
    return kit.message(
        kit.lines(
            [kit.bold(order.file), " · ", text.count("{n} row", "{n} rows", report.rows)],
            [_counted(_of(report), text)],
            *_columns(report, text),
        ),
        _faults(report, text),
        kit.actions(
            kit.primary(_import_label(report, text), Action.IMPORT_FILE, order.id),
            _forget(order, text),
        ),
    )


def nothing(order: ImportOrder, report: Report, text: Text) -> Payload:
    """Return that a file would change nothing, and why."""
    words = text("Nothing in {file} is new: every contact is as it stands there.", file=order.file)
    if report.new + report.changed:
        words = text("{file} has too many faulty rows to be imported. Correct them first.", file=order.file)
    elif report.faulty:
        words = text("Nothing in {file} can be imported.", file=order.file)
    elif not report.rows:
        words = text("{file} names its columns, but has no rows.", file=order.file)
    return kit.message(
        kit.lines([kit.bold(words)], [_counted(_of(report), text)], *_columns(report, text)),
        _faults(report, text),
        kit.small(_corrected(text)) if report.faulty else None,
    )


def importing(order: ImportOrder, place: int, text: Text) -> Payload:
    """Return how far an import has come, with **Stop**."""
    words = text(
        "Importing {file}: {done} of {total} …", file=order.file, done=f"{place:,}", total=f"{order.total:,}"
    )
    sure = kit.ask(
        text("Stop importing?"),
        text("What is imported so far stays. You can take it back, or send the file again to go on."),
        text("Stop"),
        text("Go on"),
    )
    stop = kit.danger(text("Stop"), Action.STOP_IMPORT, order.id, sure)
    return kit.message(kit.line(kit.bold(words)), kit.actions(stop))


def done(order: ImportOrder, counts: Mapping[str, int], text: Text) -> Payload:
    """Return what an import came to, with the way back."""
    words = text("✓ Imported {file}.", file=order.file)
    return kit.message(
        kit.lines([kit.bold(words)], [_counted(counts, text)]),
        kit.small(_corrected(text)) if counts.get("faulty") else None,
        _way_back(order, counts, text),
    )


def stopped(order: ImportOrder, text: Text) -> Payload:
    """Return how far an import came that somebody stopped."""
    words = text(
        "Stopped {file} after {done} of {total} rows.",
        file=order.file,
        done=f"{order.place:,}",
        total=f"{order.total:,}",
    )
    return kit.message(
        kit.lines([kit.bold(words)], [_counted(order.counts, text)]),
        kit.small(text("What is imported stays. Send the file again to import the rest.")),
        _way_back(order, order.counts, text),
    )


def forgotten(order: ImportOrder, text: Text) -> Payload:
    """Return that nothing is imported."""
    return kit.message(kit.line(text("{file} is forgotten. Nothing was imported.", file=order.file)))


def reverting(order: ImportOrder, place: int, text: Text) -> Payload:
    """Return how far an import is taken back."""
    words = text(
        "Taking {file} back: {done} of {total} …",
        file=order.file,
        done=f"{place:,}",
        total=f"{order.total:,}",
    )
    return kit.message(kit.line(kit.bold(words)))


def reverted(order: ImportOrder, result: Reverted, text: Text) -> Payload:
    """Return what taking an import back came to, with the names of who stayed."""
    deleted = text.count("{n} contact was deleted", "{n} contacts were deleted", result.deleted)
    restored = text.count("{n} has again what it had", "{n} have again what they had", result.restored)
    words = text("The import of {file} is taken back.", file=order.file)
    return kit.message(
        kit.lines([kit.bold(words)], [f"{deleted}, {restored}."]),
        kit.line(_stayed(result, text)) if result.stayed else None,
    )


def broken_off(order: ImportOrder, why: str, text: Text) -> Payload:
    """Return that something goes no further, and why."""
    words = text("{file} goes no further: {why}", file=order.file, why=why)
    return kit.message(kit.line(words))


def _stayed(result: Reverted, text: Text) -> str:
    names = ", ".join(result.names[:NAMED])
    more = result.stayed - len(result.names[:NAMED])
    if more > 0:
        names = text("{names} and {n} more", names=names, n=more)
    return text.count(
        "{n} stayed, since it was changed or used meanwhile: {names}.",
        "{n} stayed, since they were changed or used meanwhile: {names}.",
        result.stayed,
        names=names,
    )


def _of(report: Report) -> dict[str, int]:
    return {name: getattr(report, name) for name in ("new", "changed", "unchanged", "faulty")}


def _counted(counts: Mapping[str, int], text: Text) -> str:
    return text(
        "{new} new, {changed} changed, {unchanged} unchanged, {faulty} faulty",
        **{name: f"{counts.get(name, 0):,}" for name in ("new", "changed", "unchanged", "faulty")},
    )


def _written(counts: Mapping[str, int], text: Text) -> str:
    return text(
        "{new} new, {changed} changed",
        new=f"{counts.get('new', 0):,}",
        changed=f"{counts.get('changed', 0):,}",
    )


def _columns(report: Report, text: Text) -> list[list[str]]:
    known = kit.clip(", ".join(report.known_columns), LONGEST)
    rows = [[text("Understood: {columns}", columns=known)]]
    if report.unknown_columns:
        ignored = kit.clip(", ".join(report.unknown_columns), LONGEST)
        rows.append([text("Ignored: {columns}", columns=ignored)])
    return rows


def _faults(report: Report, text: Text) -> Block | None:
    if not report.faults:
        return None
    rows = [
        [text("• Row {place}: {why}", place=f"{place:,}", why=kit.clip(text.say(why), LONGEST))]
        for place, why in report.faults
    ]
    more = report.faulty - len(report.faults)
    rest = [[text("… and {n} more.", n=f"{more:,}")]] if more > 0 else []
    words = text.count("{n} row can't be taken over:", "{n} rows can't be taken over:", report.faulty)
    return kit.lines([kit.bold(words)], *rows, *rest)


def _corrected(text: Text) -> str:
    return text(
        "The file below has the faulty rows, each with its reason. Correct them there, and send it to me."
    )


def _import_label(report: Report, text: Text) -> str:
    return text.count("Import {n} contact", "Import {n} contacts", report.new + report.changed)


def _forget(order: ImportOrder, text: Text) -> ButtonElement:
    return kit.button(text("Forget it"), Action.FORGET_FILE, order.id)


def _way_back(order: ImportOrder, counts: Mapping[str, int], text: Text) -> Block | None:
    if order.subject is None or not counts.get("new", 0) + counts.get("changed", 0):
        return None
    return kit.actions(_revert(order.subject, counts, text))


def _revert(wanted: int, counts: Mapping[str, int], text: Text) -> ButtonElement:
    sure = kit.ask(
        text("Take this import back?"),
        text(
            "{new} new contacts are deleted, with the companies made for them; {changed} get back what they had. "
            "Who was changed or used since stays, and is named.",
            new=f"{counts.get('new', 0):,}",
            changed=f"{counts.get('changed', 0):,}",
        ),
        text("Revert"),
        text("Keep it"),
    )
    return kit.danger(text("Revert"), Action.REVERT_IMPORT, wanted, sure)
