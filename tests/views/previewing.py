"""The preview of a segment and the form of one of its lines."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.domain.attachments import DOCX, Attachment, LetterOf
from bot.domain.criteria import Counted
from bot.domain.ids import AttachmentId, ContactId, GroupId, PersonId, SegmentId, TemplateId
from bot.domain.interactions import Evaluation
from bot.domain.messages import Message
from bot.domain.personal_lines import typed_of
from bot.domain.runs import Checked, Faulty
from bot.domain.segment_values import Fault, values_for
from bot.domain.segments import Line, Segment
from bot.views import preview, segment_lines
from bot.views.preview import Previewed, Row, Sheet
from bot.views.segment_lines import Edited
from tests.views.things import META, NOW, PHONE, TEXT, TODAY, Say, anna, eva, outgoing

Page = Callable[[Say], dict[str, Any]]
SHEET = Sheet(SegmentId(12))


def segment(say: Say) -> Segment:
    return Segment(
        id=SegmentId(12),
        number="SEG0012",
        description=say("Autumn mailing"),
        owner=PersonId(3),
        salesperson=PersonId(3),
        day=TODAY,
        template=TemplateId(11),
        text=say("Dear {{ contact.name }},"),
        created_at=NOW,
        changed_at=NOW,
    )


def row(say: Say, line: Line, **facts: Any) -> Row:
    plain: dict[str, Any] = {
        "line": line,
        "contact": anna(say) if line.contact else None,
        "values": values_for(segment(say), line, outgoing(say), anna(say)),
        "template": say("Outgoing call"),
        "salesperson": say("Eva Lind"),
        "text": say("Dear Anna Berg,"),
    }
    return Row(**plain | facts)


def rows(say: Say) -> list[Row]:
    mistake = Message("{field} is not a field.", {"field": say("{{ nmae }}")})
    return [
        row(say, Line(number=1, contact=ContactId(5))),
        row(say, Line(number=2, contact=ContactId(5), description=say("For Anna")), text=""),
        row(say, Line(number=3, contact=ContactId(5)), fault=Fault.TEXT, detail=mistake),
        row(say, Line(number=4, contact=None), fault=Fault.GONE),
        row(say, Line(number=5, contact=ContactId(5)), template="", fault=Fault.NO_TEMPLATE),
    ]


def checked(say: Say) -> Checked:
    named = [Faulty(number, say("Kari Nes"), say("Fjordbygg AS"), Fault.NO_ADDRESS) for number in range(4)]
    first = (Faulty(9, "", "", Fault.GONE), *named)
    return Checked(segment=segment(say), fit=209, faults={Fault.NO_ADDRESS: 4, Fault.GONE: 1}, first=first)


def previewed(say: Say, **facts: Any) -> Previewed:
    plain: dict[str, Any] = {
        "sheet": SHEET.turned(1),
        "segment": segment(say),
        "checked": checked(say),
        "rows": rows(say),
        "count": 214,
    }
    return Previewed(**plain | facts)


def edited(say: Say, **facts: Any) -> Edited:
    line = Line(number=1, contact=ContactId(5), evaluation=Evaluation.POSITIVE, attachment=8)
    letter = Attachment(id=AttachmentId(8), name=say("autumn.docx"), media_type=DOCX, size=9)
    plain: dict[str, Any] = {
        "segment": segment(say),
        "number": 1,
        "mark": 1,
        "typed": typed_of(values_for(segment(say), line, outgoing(say), anna(say))),
        "shares": True,
        "contact": anna(say),
        "salesperson": eva(say),
        "groups": {GroupId(1): PHONE},
        "templates": [outgoing(say), replace(outgoing(say), id=TemplateId(12), description=say("Visit"))],
        "letters": [LetterOf(template=TemplateId(11), code="X", description=say("Mailing"), letter=letter)],
    }
    return Edited(**plain | facts)


def many(say: Say) -> Previewed:
    return previewed(say, rows=[row(say, Line(number=one, contact=ContactId(5))) for one in range(1, 11)])


def left_out(say: Say) -> dict[str, Any]:
    counted = Counted(adds=214, already=12, excluded=2, blocked=1, skipped=(say("Kari Nes"), say("Ola Moe")))
    found = [(say("city Bergen or Oslo"), counted), (say("city Molde"), Counted(adds=3))]
    return preview.skipped(segment(say), found, TEXT)


MODALS: dict[str, Page] = {
    "preview": lambda say: preview.page(previewed(say, said="Removed."), TEXT),
    "preview, ten lines": lambda say: preview.page(many(say), TEXT),
    "preview, faulty ones": lambda say: preview.page(
        previewed(say, sheet=replace(SHEET, faulty=True), rows=rows(say)[3:4], count=1), TEXT
    ),
    "preview, nobody": lambda say: preview.page(
        previewed(say, rows=[], sheet=SHEET, count=0, checked=Checked(segment=segment(say), fit=0)), TEXT
    ),
    "preview, whole text": lambda say: preview.whole_text(rows(say)[2], TEXT),
    "preview, no text": lambda say: preview.whole_text(rows(say)[1], TEXT),
    "preview, skipped": left_out,
    "segment line": lambda say: segment_lines.form(META, edited(say), TEXT),
    "segment line, changed meanwhile": lambda say: segment_lines.form(
        META, edited(say), TEXT, segment_lines.changed_meanwhile(TEXT)
    ),
    "segment line, contact deleted": lambda say: segment_lines.form(
        META,
        edited(say, contact=None, shares=False, letters=(), segment=replace(segment(say), template=None)),
        TEXT,
    ),
}
