"""What a file is by its bytes, whatever its name says; and whether it is two things at once."""

import re
import zipfile
from io import BytesIO

from bot.domain.attachments import Fault
from bot.domain.file_kinds import FileKind
from bot.inspection.archive import Unfit

_BEGINNINGS = {
    b"%PDF-": "PDF",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF87a": "GIF",
    b"GIF89a": "GIF",
    b"PK\x03\x04": "ZIP",
    b"MZ": "EXE",
    b"\x7fELF": "ELF",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "OLE",
    b"Rar!\x1a": "RAR",
    b"7z\xbc\xaf\x27\x1c": "7Z",
    b"\x1f\x8b": "GZIP",
    b"{\\rtf": "RTF",
}
_EXPECTED = {
    FileKind.PDF: "PDF",
    FileKind.PNG: "PNG",
    FileKind.JPG: "JPEG",
    FileKind.GIF: "GIF",
    FileKind.DOCX: "ZIP",
    FileKind.XLSX: "ZIP",
    FileKind.PPTX: "ZIP",
}
_ENDS = {FileKind.PDF: b"%%EOF", FileKind.PNG: b"IEND", FileKind.JPG: b"\xff\xd9", FileKind.GIF: b";"}
_PICTURES = (FileKind.PNG, FileKind.JPG, FileKind.GIF)
_MARKUP = re.compile(rb"<(?:script|html|!doctype html|\?php)\b", re.IGNORECASE)
_SCRIPTS = re.compile(rb"/(?:JavaScript|Launch)(?=[\s/(<\[>])")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HEAD = 1024


def refuse_others(kind: FileKind, content: bytes) -> None:
    """Refuse what is not of this kind, or of another one besides; of texts see `bot.inspection.texts`.

    Raises:
        Unfit: it is.
    """
    found = _begins(content)
    if found != _EXPECTED[kind]:
        raise _mistaken(kind, content, found)
    if kind in _ENDS and _ENDS[kind] not in content[_HEAD // 128 :]:
        raise Unfit(Fault.DAMAGED)
    other = _besides(kind, content)
    if other:
        raise Unfit(Fault.SEVERAL, f"{found}, {other}")
    script = _SCRIPTS.search(content) if kind is FileKind.PDF else None
    if script:
        raise Unfit(Fault.SCRIPT, script[0].decode())


def refuse_no_text(text: str) -> None:
    """Refuse a text that another program would take for something else.

    Raises:
        Unfit: it would.
    """
    head = text[:_HEAD].lstrip().encode("utf-8", "replace")
    found = _begins(head) if not head.startswith(b"MZ") else ""
    if _MARKUP.match(head):
        found = "HTML"
    if found:
        raise Unfit(Fault.OTHER, found)


def _begins(content: bytes) -> str:
    return next((name for sign, name in _BEGINNINGS.items() if content.startswith(sign)), "")


def _mistaken(kind: FileKind, content: bytes, found: str) -> Unfit:
    """Return what is wrong with a file that begins as another kind does, or as none."""
    if found == "OLE" and _EXPECTED[kind] == "ZIP":
        return Unfit(Fault.LOCKED if _ENCRYPTED in content else Fault.OLD_OFFICE)
    if not found and _MARKUP.match(content[:_HEAD].lstrip()):
        return Unfit(Fault.OTHER, "HTML")
    return Unfit(Fault.OTHER, found) if found else Unfit(Fault.DAMAGED)


def _besides(kind: FileKind, content: bytes) -> str:
    """Return what else a file is, empty where it is what it is alone."""
    if _EXPECTED[kind] != "ZIP" and _is_archive(content):
        return "ZIP"
    if kind is not FileKind.PDF and b"%PDF-" in content[:_HEAD]:
        return "PDF"
    markup = _MARKUP.search(content if kind in _PICTURES else content[:_HEAD])
    return "HTML" if markup else ""


def _is_archive(content: bytes) -> bool:
    """Whether a program that unpacks would find something in it; four bytes by chance are nothing."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return bool(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
