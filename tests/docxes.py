"""Word files, honest and hostile, made with zipfile; and letters read back with python-docx."""

import io
import zipfile
from collections.abc import Mapping

from docx import Document

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELS = "application/vnd.openxmlformats-package.relationships+xml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def a_docx(*paragraphs: str, header: str = "") -> bytes:
    """A file as Word saves it."""
    document = Document()
    for words in paragraphs:
        document.add_paragraph(words)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    return _saved(document)


def cut_into_runs(*pieces: str) -> bytes:
    """A file with one paragraph, cut into runs as Word cuts what was typed bit by bit."""
    document = Document()
    paragraph = document.add_paragraph()
    for piece in pieces:
        paragraph.add_run(piece).bold = len(piece) % 2 == 0
    return _saved(document)


def read(content: bytes) -> list[str]:
    """The paragraphs of a file."""
    return [paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs]


def page_header(content: bytes) -> str:
    return str(Document(io.BytesIO(content)).sections[0].header.paragraphs[0].text)


def parts(body: str = "<w:p/>") -> dict[str, str | bytes]:
    """The parts of the smallest file that Word opens."""
    return {
        "[Content_Types].xml": types(),
        "_rels/.rels": rels(("officeDocument", "word/document.xml", "")),
        "word/document.xml": f'{HEAD}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
    }


def types(main: str = MAIN, more: str = "") -> str:
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="{RELS}"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/>{more}</Types>'
    )


def rels(*each: tuple[str, str, str]) -> str:
    """Relationships: kind, target, mode."""
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"'
        f"{f' TargetMode={mode!r}'.replace(chr(39), chr(34)) if mode else ''}/>"
        for number, (kind, target, mode) in enumerate(each, 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def packed(members: Mapping[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def _saved(document: object) -> bytes:
    file = io.BytesIO()
    document.save(file)  # type: ignore[attr-defined]
    return file.getvalue()
