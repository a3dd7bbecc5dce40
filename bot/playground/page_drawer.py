"""The developers' drawer: what went over the wires, newest first, and the log."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice

from bot.playground.journal import Call, Journal, Line, Sent
from bot.playground.page_reader import Reader
from bot.playground.shapes import Json

SHOWN_AT_MOST = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """`key` fetches the whole payload; `outward` is from Slack to the app."""

    key: str
    name: str
    detail: str
    at: str
    moment: float
    outward: bool
    failed: bool


@dataclass(frozen=True, slots=True)
class LogLine:
    level: str
    text: str
    at: str


@dataclass(frozen=True, slots=True)
class Drawer:
    lines: tuple[LogLine, ...]
    entries: tuple[Entry, ...]


def drawer_of(journal: Journal, reader: Reader) -> Drawer:
    newest = sorted(_entries(journal, reader), key=lambda entry: entry.moment, reverse=True)
    lines = [_log_line(line, reader) for line in journal.lines[-SHOWN_AT_MOST:]]
    return Drawer(tuple(reversed(lines)), tuple(newest[:SHOWN_AT_MOST]))


def payload(journal: Journal, key: str) -> Json | None:
    """The whole record behind an entry."""
    kind, _, number = key.partition("-")
    records: dict[str, list[Sent] | list[Call]] = {"sent": journal.sent, "call": journal.calls}
    known = records.get(kind, [])
    if not number.isdecimal() or int(number) >= len(known):
        return None
    return asdict(known[int(number)])


def pretty(record: Json) -> str:
    return json.dumps(record, indent=2, ensure_ascii=False, default=str)


def _entries(journal: Journal, reader: Reader) -> Iterator[Entry]:
    for number, sent in islice(enumerate(journal.sent), max(0, len(journal.sent) - SHOWN_AT_MOST), None):
        yield _sent_entry(number, sent, reader)
    for number, call in islice(enumerate(journal.calls), max(0, len(journal.calls) - SHOWN_AT_MOST), None):
        yield _call_entry(number, call, reader)


def _sent_entry(number: int, sent: Sent, reader: Reader) -> Entry:
    inner = sent.payload.get("event", sent.payload)
    name = str(sent.payload.get("command") or inner.get("type") or sent.kind)
    detail = sent.error or f"acknowledged in {sent.seconds * 1000:.0f} ms"
    return Entry(
        f"sent-{number}", name, detail, _at(sent.at, reader), sent.at, outward=True, failed=not sent.acked
    )


def _call_entry(number: int, call: Call, reader: Reader) -> Entry:
    failed = call.status >= 400 or not call.ok  # noqa: PLR2004 - from 400 on HTTP means errors
    detail = str(call.answer.get("error") or ("ok" if call.ok else call.status))
    return Entry(
        f"call-{number}", call.method, detail, _at(call.at, reader), call.at, outward=False, failed=failed
    )


def _log_line(line: Line, reader: Reader) -> LogLine:
    return LogLine(line.level, line.text, _at(line.at, reader))


def _at(seconds: float, reader: Reader) -> str:
    return f"{reader.moment(seconds):%H:%M:%S}"
