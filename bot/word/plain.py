"""The letter of those who have none of their own: the address, the day, what is written to the contact, the sender."""

from bot.word.zips import archive, deflated

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LINES = (
    "{{ contact.name }}",
    "{{ contact.company }}",
    "{{ contact.address }}",
    "{{ contact.post_code }} {{ contact.city }}",
    "{{ contact.country }}",
    "",
    "{{ today }}",
    "",
    "{{ text }}",
    "",
    "{{ salesperson.name }}",
)


def plain_letter() -> bytes:
    """Return it as a .docx file with fields."""
    return archive([deflated(name, (_HEAD + xml).encode()) for name, xml in _parts().items()])


def _parts() -> dict[str, str]:
    written = "".join(f'<w:p><w:r><w:t xml:space="preserve">{line}</w:t></w:r></w:p>' for line in _LINES)
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types">'
            f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{written}</w:body></w:document>',
    }
