"""The parts of a workbook around its cells, as Office Open XML wants them."""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import quoteattr

PLAIN, HEADING, DAY, TIME, MOMENT, MONEY = range(6)
"""Styles, in the order in which they stand in the workbook."""

_BUILT_IN_FORMATS = {DAY: 14, TIME: 20, MOMENT: 22, MONEY: 4}
"""Formats that Excel writes as is usual where the reader lives."""

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_ALPHABET = 26


def letters(column: int) -> str:
    """Return the name of a column, counted from 0: A to Z, then AA."""
    more, last = divmod(column, _ALPHABET)
    return (letters(more - 1) if more else "") + chr(ord("A") + last)


def sheet_path(sheet: int) -> str:
    """Return where a sheet stands in the archive."""
    return f"xl/{_sheet(sheet)}"


def sheet_head(widths: Sequence[int]) -> str:
    """Return what stands before the rows of a sheet: the first row stays in view, columns have their widths."""
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(widths, 1)
    )
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{columns}</cols><sheetData>"
    )


def sheet_tail(last: str) -> str:
    """Return what stands after the rows of a sheet, whose last cell is `last`: it can be filtered."""
    return f'</sheetData><autoFilter ref="A1:{last}"/></worksheet>'


def around(titles: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the other parts of a workbook that has these sheets, each with its path."""
    sheets = list(enumerate(titles, 1))
    yield "[Content_Types].xml", _content_types(len(titles))
    yield (
        "_rels/.rels",
        _relations([f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>']),
    )
    named = "".join(
        f'<sheet name={quoteattr(title)} sheetId="{number}" r:id="r{number}"/>' for number, title in sheets
    )
    yield (
        "xl/workbook.xml",
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{named}</sheets></workbook>',
    )
    targets = [
        f'<Relationship Id="r{number}" Type="{_OFFICE}/worksheet" Target="{_sheet(number)}"/>'
        for number, _ in sheets
    ]
    styles = f'<Relationship Id="styles" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    yield "xl/_rels/workbook.xml.rels", _relations([*targets, styles])
    yield "xl/styles.xml", _styles()


def _sheet(number: int) -> str:
    return f"worksheets/sheet{number}.xml"


def _relations(relations: Sequence[str]) -> str:
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(relations)}</Relationships>'


def _content_types(sheets: int) -> str:
    kinds = {"workbook": "sheet.main", "styles": "styles"}
    overrides = {f"/xl/{name}.xml": f"{_TYPE}.{kind}+xml" for name, kind in kinds.items()}
    overrides |= {f"/{sheet_path(number)}": f"{_TYPE}.worksheet+xml" for number in range(1, sheets + 1)}
    parts = "".join(f'<Override PartName="{path}" ContentType="{kind}"/>' for path, kind in overrides.items())
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}</Types>'
    )


def _styles() -> str:
    looks = "".join(
        f'<xf numFmtId="{_BUILT_IN_FORMATS.get(style, 0)}" fontId="{int(style == HEADING)}" fillId="0" '
        'borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>'
        for style in (PLAIN, HEADING, DAY, TIME, MOMENT, MONEY)
    )
    font = '<sz val="11"/><name val="Calibri"/><family val="2"/>'
    return (
        f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font>{font}</font><font><b/>{font}</font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="6">{looks}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
