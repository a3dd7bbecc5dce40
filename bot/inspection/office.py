"""Documents, workbooks and presentations, looked at part by part: none is ever in memory as a whole."""

import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from bot.domain.attachments import Fault
from bot.domain.file_kinds import MEDIA_TYPES, FileKind
from bot.inspection.archive import (
    LONGEST,
    RELATIONSHIP,
    TYPES,
    Unfit,
    fetching,
    is_xml,
    opened,
    outside,
    refuse_programs,
)

MAINS = {
    FileKind.DOCX: f"{MEDIA_TYPES[FileKind.DOCX]}.main+xml",
    FileKind.XLSX: f"{MEDIA_TYPES[FileKind.XLSX]}.main+xml",
    FileKind.PPTX: f"{MEDIA_TYPES[FileKind.PPTX]}.main+xml",
}
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CELLS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CHUNK = 1 << 16


def look(kind: FileKind, content: bytes) -> None:
    """Look at a file of Office and at those that are embedded in it.

    Raises:
        Unfit: it is no harmless file of this kind.
    """
    _looked_at(kind, content, embedded=False)


def _looked_at(kind: FileKind, content: bytes, *, embedded: bool) -> None:
    reader = _Reader()
    with opened(content) as archive:
        names = [member.filename for member in archive.infolist() if not member.is_dir()]
        for name in filter(is_xml, names):
            _read(archive, name, reader)
        refuse_programs(names, reader.types)
        _refuse_others(kind, reader.types)
        inside = {name: one for name in names if (one := _office_kind(name)) is not None}
        if embedded and inside:
            raise Unfit(Fault.OBJECTS)
        for name, one in inside.items():
            _looked_at(one, archive.read(name), embedded=True)
    if reader.fetched:
        raise Unfit(Fault.OUTSIDE, reader.fetched[:LONGEST])


def _office_kind(name: str) -> FileKind | None:
    return next((kind for kind in MAINS if PurePosixPath(name.casefold()).suffix == f".{kind}"), None)


def _refuse_others(kind: FileKind, types: Mapping[str, str]) -> None:
    """Refuse what says of itself that it is something else, or nothing."""
    mains = [one for one in MAINS for said in types.values() if said == MAINS[one]]
    if mains == [kind]:
        return
    if mains and kind not in mains:
        raise Unfit(Fault.OTHER, f".{mains[0]}")
    raise Unfit(Fault.DAMAGED)


def _read(archive: zipfile.ZipFile, name: str, reader: "_Reader") -> None:
    parser = DefusedXMLParser(target=reader, forbid_dtd=True)
    reader.words = ""
    try:
        with archive.open(name) as part:
            while chunk := part.read(_CHUNK):
                parser.feed(chunk)
        parser.close()
    except DefusedXmlException as error:
        raise Unfit(Fault.ENTITIES) from error
    except (ParseError, LookupError) as error:
        raise Unfit(Fault.BROKEN) from error


class _Reader:
    """Hears what stands in the parts, and keeps what matters: their types, and what is fetched from elsewhere."""

    def __init__(self) -> None:
        self.types: dict[str, str] = {}
        self.fetched = ""
        self.words = ""
        self._instructs = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._instructs = tag == f"{_WORD}instrText"
        if tag == f"{TYPES}Override":
            self.types[attributes.get("PartName", "")] = attributes.get("ContentType", "")
        elif tag == f"{TYPES}Default":
            self.types[f".{attributes.get('Extension', '')}"] = attributes.get("ContentType", "")
        elif tag in (f"{_WORD}p", f"{_WORD}fldChar"):
            self.words = ""
        else:
            self.fetched = self.fetched or _fetched(tag, attributes)

    def data(self, words: str) -> None:
        if self._instructs and len(self.words) < LONGEST:
            self.words += words
            self.fetched = self.fetched or fetching(self.words)

    def end(self, _tag: str) -> None:
        self._instructs = False

    def close(self) -> None: ...


def _fetched(tag: str, attributes: Mapping[str, str]) -> str:
    """Return what an element fetches from elsewhere, empty where nothing."""
    if tag == RELATIONSHIP:
        return outside(attributes)
    if tag == f"{_WORD}fldSimple":
        return fetching(attributes.get(f"{_WORD}instr", ""))
    if tag == f"{_CELLS}ddeLink":
        return f"DDE {attributes.get('ddeService', '')}"
    return f"connection {attributes.get('name', '')}" if tag == f"{_CELLS}connection" else ""
