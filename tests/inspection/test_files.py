"""A file is what its name says, and harmless, or is refused with its reason (`reliability.md` 7)."""

import io
import random
from email.message import EmailMessage

import pytest
from docxes import HEAD, packed, parts, rels, types
from openpyxl import Workbook

from bot.domain.attachments import MOST_ATTACHED
from bot.domain.file_kinds import FileKind, named
from bot.domain.messages import Refusal
from bot.inspection.quarantine import inspect
from bot.inspection.verdict import verdict

CELLS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(17) + b"\0\0\0\0IEND\xaeB`\x82"
JPG = b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(40) + b"\xff\xd9"
DTD = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'


def a_workbook(*rows: tuple[object, ...]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def a_package(main: str, **more: str | bytes) -> bytes:
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": types(main),
        "_rels/.rels": rels(("officeDocument", "main.xml", "")),
    }
    return packed(members | {name.replace("__", "/"): content for name, content in more.items()})


def a_mail(name: str = "", content: bytes = b"x") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "anna@fjordbygg.example", "Offer"
    mail.set_content("Thank you.")
    if name:
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def with_archive(content: bytes) -> bytes:
    """The file, with a zip behind it that any unpacker finds."""
    return content + packed({"run.bat": "del *"})


HONEST = {
    "a PDF": ("pdf", PDF),
    "a picture": ("png", PNG),
    "a photograph": ("jpg", JPG + b"what a telephone adds"),
    "a document with a link": (
        "docx",
        packed(
            parts() | {"word/_rels/document.xml.rels": rels(("hyperlink", "https://a.example", "External"))}
        ),
    ),
    "a workbook": ("xlsx", a_workbook(("Sum", "=SUM(B2:B3)"), ("Oslo", -3))),
    "a workbook that was printed": (
        "xlsx",
        a_package(SHEETS, xl__printerSettings__printerSettings1=b"", **{"xl/printerSettings/p1.bin": b"x"}),
    ),
    "a presentation with a chart": (
        "pptx",
        a_package(SLIDES, **{"ppt/embeddings/Sheet1.xlsx": a_workbook((1, 2))}),
    ),
    "a text": ("txt", "Møte på fredag – kl. 14".encode("cp1252")),
    "a text of Windows": ("txt", "Møte".encode("utf-16")),
    "a table": (
        "csv",
        b'Name;Phone;Balance\nAnna;"+47 (0) 900 00 000";-12,50\nBo;+47 911 (mobile);=\n"-none";- call (soon);@bo\n',
    ),
    "a table of ours": ("csv", b"Name\n'=SUM(A1)\n"),
    "an e-mail": ("eml", a_mail("offer.pdf", PDF)),
}
HOSTILE = {
    "nothing of a PDF": ("pdf", b"Dear Anna", "damaged", ""),
    "half a PDF": ("pdf", PDF[:30], "damaged", ""),
    "a program as PDF": ("pdf", b"MZ\x90\0" + bytes(100), "other", "EXE"),
    "a page as PDF": ("pdf", b" <html><script>1</script>", "other", "HTML"),
    "a picture as workbook": ("xlsx", PNG, "other", "PNG"),
    "a workbook as document": ("docx", a_workbook((1,)), "other", ".xlsx"),
    "any archive as document": ("docx", packed({"a.txt": "x"}), "damaged", ""),
    "an old document": ("docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(90), "old_office", ""),
    "a locked workbook": (
        "xlsx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "locked",
        "",
    ),
    "a PDF and an archive": ("pdf", with_archive(PDF), "several", "PDF, ZIP"),
    "a picture and an archive": ("jpg", with_archive(JPG), "several", "JPEG, ZIP"),
    "a picture and a page": ("png", PNG + b"<script>alert(1)</script>", "several", "PNG, HTML"),
    "a document and a PDF": (
        "docx",
        packed({"%PDF-1.7": "x"} | parts()),
        "several",
        "ZIP, PDF",
    ),
    "a PDF that runs": (
        "pdf",
        PDF.replace(b"/Type", b"/S /JavaScript /JS (app.alert\\(1\\)) /Type"),
        "script",
        "/JavaScript",
    ),
    "macros": ("xlsx", a_package(SHEETS, **{"xl/vbaProject.bin": b"x"}), "macros", ""),
    "macros by type": (
        "pptx",
        a_package("application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"),
        "macros",
        "",
    ),
    "macros inside": (
        "pptx",
        a_package(SLIDES, **{"ppt/embeddings/a.xlsx": a_package(SHEETS, **{"xl/vbaProject.bin": b"x"})}),
        "macros",
        "",
    ),
    "an object": ("pptx", a_package(SLIDES, **{"ppt/embeddings/oleObject1.bin": b"x"}), "objects", ""),
    "entities": ("xlsx", a_package(SHEETS, **{"xl/a.xml": f"{HEAD}{DTD}<a>&b;</a>"}), "entities", ""),
    "broken XML": ("xlsx", a_package(SHEETS, **{"xl/a.xml": f"{HEAD}<a>"}), "broken", ""),
    "a bomb": ("xlsx", a_package(SHEETS, **{"xl/a.xml": b" " * 20_000_000}), "unpacks", ""),
    "many parts": (
        "pptx",
        a_package(SLIDES, **{f"ppt/{one}.png": b"x" for one in range(1_000)}),
        "unpacks",
        "",
    ),
    "another program": (
        "xlsx",
        a_package(
            SHEETS,
            **{"xl/a.xml": f'<externalLink xmlns="{CELLS}"><ddeLink ddeService="cmd"/></externalLink>'},
        ),
        "outside",
        "DDE cmd",
    ),
    "another workbook": (
        "xlsx",
        a_package(
            SHEETS,
            **{
                "xl/externalLinks/_rels/a.xml.rels": rels(("externalLinkPath", "file://x/b.xlsx", "External"))
            },
        ),
        "outside",
        "externalLinkPath file://x/b.xlsx",
    ),
    "a field that runs": (
        "docx",
        packed(parts("<w:p><w:instrText> DD</w:instrText><w:instrText>EAUTO c:\\cmd</w:instrText></w:p>")),
        "outside",
        "DDEAUTO c:\\cmd",
    ),
    "a part without a name": ("xlsx", a_package(SHEETS, X=b"x").replace(b"X", b"\0"), "broken", ""),
    "a way out": ("xlsx", a_package(SHEETS, **{"xl/../../etc/x": "x"}), "broken", ""),
    "a text with more": ("txt", b"a\0b", "no_text", ""),
    "a page as text": ("txt", b"\n<!DOCTYPE html><p>", "other", "HTML"),
    "a formula": (
        "csv",
        b'Name;Note\nAnna;"=HYPERLINK(""http://x"")"\n',
        "formula",
        '2: =HYPERLINK(""http://x"")',
    ),
    "a call": ("csv", b"a,-2+SUM(A1)\n", "formula", "1: -2+SUM(A1)"),
    "a link to a program": ("csv", b"a\tb\n\t+cmd|' /C calc'!A0\n", "formula", "2: +cmd|' /C calc'!A0"),
    "another separator": ("csv", b"a;b,@SUM(1)\n", "formula", "1: @SUM(1)"),
    "an e-mail with a program": ("eml", a_mail("offer.pdf.exe"), "program", "offer.pdf.exe"),
    "no e-mail": ("eml", b"Dear you", "damaged", ""),
}


@pytest.mark.parametrize("what", HONEST)
def test_an_ordinary_file_passes(what: str) -> None:
    kind, content = HONEST[what]
    assert verdict(kind, content) == {}


@pytest.mark.parametrize("what", HOSTILE)
def test_another_one_is_refused_with_its_reason(what: str) -> None:
    kind, content, fault, found = HOSTILE[what]
    assert verdict(kind, content) == {"fault": fault, "what": found}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Offer.PDF", "Offer.pdf"),
        ("photo.jpeg", "photo.jpeg"),
        ("Skjermbilde 14.03\u202fPM.png", "Skjermbilde 14.03 PM.png"),
        ("ZOE\u0308.txt", "ZOË.txt"),
        ("👩\u200d💼.png", "👩\u200d💼.png"),
        (f"{'a' * 300}.csv", f"{'a' * 96}.csv"),
    ],
)
def test_names_are_kept_as_they_can_be_read(typed: str, kept: str) -> None:
    assert named(typed).name == kept


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("../../etc/passwd.txt", "a folder"),
        ("C:\\temp\\offer.pdf", "a folder"),
        ("offer\x07.pdf", "hidden signs"),
        ("offer\u202efdp.exe.pdf", "hidden signs"),
        ("offer.pdf.exe", "These can: pdf, docx"),
        ("offer", "These can: pdf"),
        (".pdf", "These can: pdf"),
        ("offer.doc", "old format"),
        ("offer.xlsm", "macros"),
        ("page.html", "These can: pdf"),
    ],
)
def test_names_that_mislead_are_refused(typed: str, reason: str) -> None:
    with pytest.raises(Refusal) as refusal:
        named(typed)
    message = refusal.value.message
    assert reason in message.text.format(**message.values)


@pytest.mark.parametrize(
    ("kind", "content", "reason"),
    [
        (FileKind.CSV, b"a;=1+1", "1: =1+1"),
        (FileKind.PDF, b"", "empty"),
        (FileKind.PDF, bytes(MOST_ATTACHED + 1), "larger than 10 MB"),
    ],
)
def test_files_are_looked_at_in_a_process_of_their_own(kind: FileKind, content: bytes, reason: str) -> None:
    with pytest.raises(Refusal) as refusal:
        inspect(kind, content)
    message = refusal.value.message
    assert reason in message.text.format(**message.values)


@pytest.mark.soak
def test_a_large_workbook_is_never_in_memory_as_a_whole() -> None:
    """Forty megabytes of cells would take more than a gigabyte as a tree."""
    dice = random.Random(7)
    cells = "".join(f'<c r="A{dice.randrange(9999)}"><v>{dice.randrange(99)}</v></c>' for _ in range(900_000))
    inspect(FileKind.XLSX, a_package(SHEETS, **{"xl/a.xml": f'<sheet xmlns="{CELLS}">{cells}</sheet>'}))
