"""A look at what is packed into a .docx file, before anything in it is used (`reliability.md` 7)."""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from bot.domain.attachments import (
    MOST_BYTES,
    MOST_MEMBERS,
    MOST_RATIO,
    MOST_UNPACKED,
    RATIO_FROM,
    Fault,
)

CONTENT_TYPES = "[Content_Types].xml"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_INSTRUCTIONS = (f"{WORD}instrText", f"{WORD}fldChar")
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_HYPERLINK = "/hyperlink"
_SCHEMES = frozenset({"http", "https", "mailto", "tel", ""})
_WRITTEN = re.compile(
    r"application/vnd\.openxmlformats-officedocument\.wordprocessingml\."
    r"(document\.main|header|footer|footnotes|endnotes)\+xml"
)
_FETCHING = re.compile(
    r"^\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|DATABASE|RD|MACROBUTTON)\b",
    re.IGNORECASE,
)
_MACROS = ("vbaproject", "vbadata", "macroenabled")
_OBJECTS = ("activex/", ".bin", "oleobject", ".exe", ".scr")
_UNREADABLE = (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, OSError, ValueError)


class Unfit(Exception):  # noqa: N818 - the trade's word, as in Refusal
    """The file can't be a letter."""

    def __init__(self, fault: Fault, what: str = "") -> None:
        super().__init__(fault)
        self.fault = fault
        self.what = what


class Package:
    """The parts of a .docx file that was found harmless."""

    def __init__(self, content: bytes) -> None:
        """Look at everything.

        Raises:
            Unfit: it is no .docx file, or not a harmless one.
        """
        if len(content) > MOST_BYTES:
            raise Unfit(Fault.TOO_LARGE)
        self.parts = _unpacked(content)
        self.trees = {name: _tree(part) for name, part in self.parts.items() if _is_xml(name)}
        types = _content_types(self.trees.get(CONTENT_TYPES))
        _refuse_programs(self.parts, types)
        self.written = _written(types, self.parts)
        _refuse_outside(self.trees)


def _unpacked(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            _refuse_unsafe(members)
            return {member.filename: archive.read(member) for member in members if not member.is_dir()}
    except _UNREADABLE as error:
        raise Unfit(Fault.NOT_DOCX) from error
    except RuntimeError as error:
        raise Unfit(Fault.LOCKED) from error


def _refuse_unsafe(members: Sequence[zipfile.ZipInfo]) -> None:
    names = [member.filename.casefold() for member in members]
    sizes = sum(member.file_size for member in members)
    if any(member.flag_bits & 1 for member in members):
        raise Unfit(Fault.LOCKED)
    if len(members) > MOST_MEMBERS or sizes > MOST_UNPACKED or any(map(_is_bomb, members)):
        raise Unfit(Fault.UNPACKS)
    if len(names) > len(set(names)):
        raise Unfit(Fault.TWICE)
    if any("\\" in name or name.startswith("/") or ".." in name.split("/") for name in names):
        raise Unfit(Fault.BROKEN)


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    return member.file_size > max(RATIO_FROM, MOST_RATIO * member.compress_size)


def _is_xml(name: str) -> bool:
    return name.casefold().endswith((".xml", ".rels"))


def _tree(part: bytes) -> Element:
    try:
        tree: Element = fromstring(part, forbid_dtd=True)
    except DefusedXmlException as error:
        raise Unfit(Fault.ENTITIES) from error
    except (ParseError, ValueError, LookupError) as error:
        raise Unfit(Fault.BROKEN) from error
    return tree


def _content_types(tree: Element | None) -> Mapping[str, str]:
    """Return the type of each part by its name, and that of each ending by the ending."""
    if tree is None:
        raise Unfit(Fault.NOT_DOCX)
    named = {one.get("PartName", "").lstrip("/"): one for one in tree.iter(f"{_TYPES}Override")}
    endings = {f".{one.get('Extension', '')}": one for one in tree.iter(f"{_TYPES}Default")}
    return {name: one.get("ContentType", "") for name, one in (endings | named).items()}


def _refuse_programs(parts: Mapping[str, bytes], types: Mapping[str, str]) -> None:
    seen = [name.casefold() for name in (*parts, *types.values())]
    if any(sign in name for name in seen for sign in _MACROS):
        raise Unfit(Fault.MACROS)
    if any(sign in name for name in map(str.casefold, parts) for sign in _OBJECTS):
        raise Unfit(Fault.OBJECTS)


def _written(types: Mapping[str, str], parts: Mapping[str, bytes]) -> Mapping[str, str]:
    """Return the parts in which something is written, each with its kind."""
    found = {name: kind for name, said in types.items() if name in parts and (kind := _kind(said))}
    if list(types.values()).count(MAIN) != 1 or "document" not in found.values():
        raise Unfit(Fault.NOT_DOCX)
    return found


def _kind(content_type: str) -> str:
    match = _WRITTEN.fullmatch(content_type)
    return match[1].partition(".")[0] if match else ""


def _refuse_outside(trees: Mapping[str, Element]) -> None:
    for name, tree in trees.items():
        what = next(_links(tree) if name.casefold().endswith(".rels") else _fetching(tree), "")
        if what:
            raise Unfit(Fault.OUTSIDE, what[:60])


def _links(tree: Element) -> Iterator[str]:
    """Yield what is fetched from outside the file; where a hyperlink leads is the reader's choice."""
    for one in tree.iter(_RELATIONSHIP):
        target, kind = one.get("Target", ""), one.get("Type", "")
        if one.get("TargetMode", "").casefold() != "external":
            continue
        if not kind.endswith(_HYPERLINK) or _scheme(target) not in _SCHEMES:
            yield f"{kind.rpartition('/')[2]} {target}"


def _scheme(target: str) -> str:
    try:
        return urlsplit(target).scheme.casefold()
    except ValueError:
        return "?"


def _fetching(tree: Element) -> Iterator[str]:
    """Yield fields of Word that fetch something; one may be cut into pieces."""
    for simple in tree.iter(f"{WORD}fldSimple"):
        if _FETCHING.match(words := simple.get(f"{WORD}instr", "")):
            yield words.strip()
    for paragraph in tree.iter(f"{WORD}p"):
        words = ""
        for piece in (one for one in paragraph.iter() if one.tag in _INSTRUCTIONS):
            words = words + (piece.text or "") if piece.tag == _INSTRUCTIONS[0] else ""
            if _FETCHING.match(words):
                yield words.strip()
