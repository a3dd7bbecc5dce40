"""Plain texts, tables and e-mails: nothing in them but text, no formulas, no programs."""

import codecs
import email
import re
from email.message import Message

from bot.domain.attachments import Fault
from bot.domain.file_kinds import WITH_MACROS, FileKind
from bot.inspection.archive import LONGEST, Unfit
from bot.inspection.signs import refuse_no_text

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_GUESSES = ("utf-8", "cp1252", "latin-1")
_STEERING = re.compile("[\x00-\x08\x0b\x0e-\x1f]")
_DOS_END = "\x1a"
_CELL = re.compile(r"(?:^|[,;\t|])[ \"]*+([=+\-@][^,;\t\r\n]*)", re.MULTILINE)
_CALLS = re.compile(r"[A-Za-z_.]\(|\|[^|]*!")
"""A function, or a link to another program: a phone number and a negative amount have neither."""
_HEADER = re.compile(r"[!-9;-~]+:")
_RUN = "exe scr com pif bat cmd js jse vbs vbe wsf wsh ps1 psm1 msi msp jar hta cpl lnk url iso img reg"
_PROGRAMS = WITH_MACROS.union(_RUN.split())


def look(kind: FileKind, content: bytes) -> None:
    """Look at a text.

    Raises:
        Unfit: it holds something else, or more.
    """
    text = _decoded(content)
    refuse_no_text(text)
    if kind is FileKind.CSV:
        _refuse_formulas(text)
    if kind is FileKind.EML:
        _refuse_programs(text, content)


def _decoded(content: bytes) -> str:
    marked = next((name for mark, name in _MARKS.items() if content.startswith(mark)), None)
    for name in (marked,) if marked else _GUESSES:
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if _STEERING.search(text.removesuffix(_DOS_END)):
            break
        return text
    raise Unfit(Fault.NO_TEXT)


def _refuse_formulas(text: str) -> None:
    """Refuse cells that a spreadsheet would run, by whatever it may take for the separator."""
    for found in _CELL.finditer(text):
        cell = found[1].strip().rstrip("\"'")
        if _is_formula(cell):
            line = text.count("\n", 0, found.start(1)) + 1
            raise Unfit(Fault.FORMULA, f"{line}: {cell}"[:LONGEST])


def _is_formula(cell: str) -> bool:
    if cell.startswith("="):
        return bool(cell.strip("= "))
    return _CALLS.search(cell) is not None


def _refuse_programs(text: str, content: bytes) -> None:
    if not _HEADER.match(text):
        raise Unfit(Fault.DAMAGED)
    try:
        names = [part.get_filename() for part in _parts(content)]
    except (RecursionError, ValueError, LookupError) as error:
        raise Unfit(Fault.DAMAGED) from error
    for name in filter(None, names):
        if name.rpartition(".")[2].strip().casefold() in _PROGRAMS:
            raise Unfit(Fault.PROGRAM, name[:LONGEST])


def _parts(content: bytes) -> list[Message]:
    return list(email.message_from_bytes(content).walk())
