"""A look at what is packed into a .docx file, before anything in it is merged (`reliability.md` 7)."""

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from bot.domain.attachments import MOST_BYTES, Fault
from bot.inspection.archive import (
    CONTENT_TYPES,
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

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_INSTRUCTIONS = (f"{WORD}instrText", f"{WORD}fldChar")
_WRITTEN = re.compile(
    r"application/vnd\.openxmlformats-officedocument\.wordprocessingml\."
    r"(document\.main|header|footer|footnotes|endnotes)\+xml"
)


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
        self.trees = {name: _tree(part) for name, part in self.parts.items() if is_xml(name)}
        types = _content_types(self.trees.get(CONTENT_TYPES))
        refuse_programs(self.parts, types)
        self.written = _written(types, self.parts)
        _refuse_outside(self.trees)


def _unpacked(content: bytes) -> dict[str, bytes]:
    try:
        with opened(content) as archive:
            return {one.filename: archive.read(one) for one in archive.infolist() if not one.is_dir()}
    except Unfit as unfit:
        raise Unfit(Fault.NOT_DOCX if unfit.fault is Fault.DAMAGED else unfit.fault) from unfit


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
    named = {one.get("PartName", "").lstrip("/"): one for one in tree.iter(f"{TYPES}Override")}
    endings = {f".{one.get('Extension', '')}": one for one in tree.iter(f"{TYPES}Default")}
    return {name: one.get("ContentType", "") for name, one in (endings | named).items()}


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
            raise Unfit(Fault.OUTSIDE, what[:LONGEST])


def _links(tree: Element) -> Iterator[str]:
    """Yield what is fetched from outside the file."""
    yield from filter(None, (outside(one.attrib) for one in tree.iter(RELATIONSHIP)))


def _fetching(tree: Element) -> Iterator[str]:
    """Yield fields of Word that fetch something; one may be cut into pieces."""
    for simple in tree.iter(f"{WORD}fldSimple"):
        if what := fetching(simple.get(f"{WORD}instr", "")):
            yield what
    for paragraph in tree.iter(f"{WORD}p"):
        words = ""
        for piece in (one for one in paragraph.iter() if one.tag in _INSTRUCTIONS):
            words = words + (piece.text or "") if piece.tag == _INSTRUCTIONS[0] else ""
            if what := fetching(words):
                yield what
