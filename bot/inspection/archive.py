"""What is packed into a file of Office, looked at before any of it is used (`reliability.md` 7)."""

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from urllib.parse import urlsplit

from bot.domain.attachments import MOST_MEMBERS, MOST_RATIO, MOST_UNPACKED, RATIO_FROM, Fault

CONTENT_TYPES = "[Content_Types].xml"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_HYPERLINK = "/hyperlink"
_SCHEMES = frozenset({"http", "https", "mailto", "tel", ""})
_FETCHING = re.compile(
    r"^\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|DATABASE|RD|MACROBUTTON)\b",
    re.IGNORECASE,
)
_MACROS = ("vbaproject", "vbadata", "macroenabled", "macrosheet", ".docm", ".xlsm", ".pptm", ".xlsb")
_OBJECTS = ("activex/", ".bin", "oleobject", ".exe", ".scr")
_PRINTER = "/printersettings/"
_UNREADABLE = (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, OSError, ValueError)
LONGEST = 60


class Unfit(Exception):  # noqa: N818 - the trade's word, as in Refusal
    """The file can't be kept."""

    def __init__(self, fault: Fault, what: str = "") -> None:
        super().__init__(fault)
        self.fault = fault
        self.what = what


@contextmanager
def opened(content: bytes) -> Iterator[zipfile.ZipFile]:
    """Open an archive whose list of contents is found harmless; what is read inside may still be broken.

    Raises:
        Unfit: DAMAGED where it is no archive, or what else is wrong with it.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _refuse_unsafe(archive.infolist())
            yield archive
    except _UNREADABLE as error:
        raise Unfit(Fault.DAMAGED) from error
    except RuntimeError as error:
        raise Unfit(Fault.LOCKED) from error


def is_xml(name: str) -> bool:
    """Whether a part is XML."""
    return name.casefold().endswith((".xml", ".rels"))


def refuse_programs(names: Iterable[str], types: Mapping[str, str]) -> None:
    """Refuse macros, controls and embedded objects; a printer's settings are none.

    Raises:
        Unfit: there is one.
    """
    parts = [name.casefold() for name in names]
    if any(sign in name for name in (*parts, *map(str.casefold, types.values())) for sign in _MACROS):
        raise Unfit(Fault.MACROS)
    if any(sign in name for name in parts if _PRINTER not in name for sign in _OBJECTS):
        raise Unfit(Fault.OBJECTS)


def outside(relationship: Mapping[str, str]) -> str:
    """Return what a relationship fetches from outside; where a hyperlink leads is the reader's choice."""
    target, kind = relationship.get("Target", ""), relationship.get("Type", "")
    if relationship.get("TargetMode", "").casefold() != "external":
        return ""
    if kind.endswith(_HYPERLINK) and _scheme(target) in _SCHEMES:
        return ""
    return f"{kind.rpartition('/')[2]} {target}"


def fetching(instruction: str) -> str:
    """Return the instruction of one of Word's fields where it fetches something."""
    return instruction.strip() if _FETCHING.match(instruction) else ""


def _refuse_unsafe(members: Sequence[zipfile.ZipInfo]) -> None:
    names = [member.filename.casefold() for member in members]
    sizes = sum(member.file_size for member in members)
    if any(member.flag_bits & 1 for member in members):
        raise Unfit(Fault.LOCKED)
    if len(members) > MOST_MEMBERS or sizes > MOST_UNPACKED or any(map(_is_bomb, members)):
        raise Unfit(Fault.UNPACKS)
    if len(names) > len(set(names)):
        raise Unfit(Fault.TWICE)
    if any(not name or "\\" in name or name.startswith("/") or ".." in name.split("/") for name in names):
        raise Unfit(Fault.BROKEN)


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    return member.file_size > max(RATIO_FROM, MOST_RATIO * member.compress_size)


def _scheme(target: str) -> str:
    try:
        return urlsplit(target).scheme.casefold()
    except ValueError:
        return "?"
