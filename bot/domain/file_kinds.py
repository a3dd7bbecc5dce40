"""What kinds of files can be attached, by their names (`domain.md` 1.15, `reliability.md` 7)."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.attachments import NAME_LIMIT, Fault, refused


class FileKind(StrEnum):
    """A kind of file; the value is its ending."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    PNG = "png"
    JPG = "jpg"
    GIF = "gif"
    TXT = "txt"
    CSV = "csv"
    EML = "eml"


_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES: Mapping[FileKind, str] = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: f"{_OFFICE}.wordprocessingml.document",
    FileKind.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
    FileKind.PPTX: f"{_OFFICE}.presentationml.presentation",
    FileKind.PNG: "image/png",
    FileKind.JPG: "image/jpeg",
    FileKind.GIF: "image/gif",
    FileKind.TXT: "text/plain",
    FileKind.CSV: "text/csv",
    FileKind.EML: "message/rfc822",
}
_ENDINGS = {kind.value: kind for kind in FileKind} | {"jpeg": FileKind.JPG, "jpe": FileKind.JPG}
ENDINGS = tuple(_ENDINGS)
"""What a file may end in; Slack takes them as the filter of its dialog."""

WITH_MACROS = frozenset({"docm", "dotm", "xlsm", "xltm", "xlam", "xlsb", "pptm", "potm", "ppsm", "ppam"})
_OLD_OFFICE = frozenset({"doc", "dot", "xls", "xlt", "ppt", "pps", "rtf"})
_JOINERS = frozenset("\u200c\u200d")
"""Emoji and some scripts need them; they steer nothing."""


@dataclass(frozen=True, slots=True)
class FileName:
    """What a file is called, and the kind that it says it is."""

    name: str
    kind: FileKind


def named(name: str) -> FileName:
    """Return a file's name as it can be kept.

    Raises:
        Refusal: it leads elsewhere or hides something, or it is of no kind that can be attached.
    """
    plain = unicodedata.normalize("NFC", "".join(map(_plain, name))).strip()
    if any(_steers(one) for one in plain):
        raise refused(Fault.NAME)
    stem, _, ending = plain.rpartition(".")
    kind = _ENDINGS.get(ending.casefold())
    if kind is None or not stem.strip(" ."):
        raise _unknown(ending.casefold())
    return FileName(f"{stem.strip()[: NAME_LIMIT - len(ending) - 1]}.{ending.casefold()}", kind)


def _plain(one: str) -> str:
    """Return a sign as it can be kept: any kind of blank as a blank."""
    return " " if unicodedata.category(one) == "Zs" else one


def _steers(one: str) -> bool:
    """Whether a sign leads into a folder, or changes how others are read."""
    return one in "/\\" or (not one.isprintable() and one not in _JOINERS)


def _unknown(ending: str) -> Exception:
    if ending in WITH_MACROS:
        return refused(Fault.MACROS)
    if ending in _OLD_OFFICE:
        return refused(Fault.OLD_OFFICE)
    return refused(Fault.KIND, ", ".join(kind.value for kind in FileKind))
