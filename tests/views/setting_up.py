"""Views of interaction groups and templates, of what records what, and of number series."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from bot.domain.attachments import Attachment
from bot.domain.documents import RECORDED, Act, DocumentType
from bot.domain.ids import AttachmentId, CampaignId, GroupId, TemplateId
from bot.domain.interactions import Correspondence, Group, Template, Translation, WizardAction
from bot.domain.number_series import Series, SeriesCode
from bot.domain.template_lists import (
    Figures,
    GroupLine,
    Statistics,
    TemplateChoices,
    TemplateList,
    TemplatePage,
)
from bot.views import number_series, template_forms, template_groups, template_setup, templates
from tests.views.things import META, PHONE, TEXT, Say, autumn, outgoing

Page = Callable[[Say], dict[str, Any]]
USED = Figures(1_234, 185, Decimal("1234.50"))


def meetings(say: Say) -> Group:
    return Group(id=GroupId(2), code=say("MEETING"), description=say("Meetings"))


def phone(say: Say) -> Group:
    return replace(PHONE, code=say("PHONE"), description=say("Phone"))


def golf(say: Say, number: int = 12, **facts: Any) -> Template:
    plain: dict[str, Any] = {
        "duration": 90,
        "cost": "99.50",
        "correspondence": Correspondence.EMAIL,
        "ignore_contact": True,
        "language": "en",
        "translations": (
            Translation(language="en"),
            Translation(language="nb", description=say("Golfdag"), attachment=8),
        ),
        "wizard_action": WizardAction.MERGE,
        "campaign": CampaignId(9),
        "attachment": 7,
    }
    return Template(
        id=TemplateId(number),
        group=GroupId(2),
        code=say("GOLF"),
        description=say("Golf event"),
        **plain | facts,
    )


def shown(say: Say, statistics: Statistics | None, page: int = 1) -> TemplateList:
    some = (outgoing(say), *(golf(say, number, active=number != 20) for number in range(12, 31)))
    return TemplateList(some, {GroupId(1): phone(say), GroupId(2): meetings(say)}, statistics, page, 3)


def counted() -> Statistics:
    return Statistics({TemplateId(11): USED, TemplateId(12): Figures(1)}, {GroupId(1): USED})


def attached(say: Say) -> dict[int, Attachment]:
    names = {7: say("golf.docx"), 8: say("golf nb.docx")}
    return {
        number: Attachment(id=AttachmentId(number), name=name, media_type="x", size=1)
        for number, name in names.items()
    }


def one(say: Say, template: Template, **facts: Any) -> TemplatePage:
    return TemplatePage(template=template, group=meetings(say), figures=USED, **facts)


def whole(say: Say) -> dict[str, Any]:
    everything = one(
        say,
        golf(say),
        campaign=autumn(say),
        attachments=attached(say),
        recorded=(Act.EMAIL, DocumentType.SALES_QUOTE),
    )
    return templates.template(everything, TEXT)


def bare(say: Say) -> dict[str, Any]:
    template = golf(
        say,
        active=False,
        duration=None,
        cost="",
        correspondence=None,
        ignore_contact=False,
        language=None,
        translations=(),
        campaign=None,
        attachment=None,
    )
    return templates.template(replace(one(say, template), figures=None), TEXT)


def choices(say: Say, template: Template | None) -> TemplateChoices:
    return TemplateChoices(
        template=template, groups=(meetings(say), phone(say)), campaigns=(autumn(say),) if template else ()
    )


def everything_recorded(say: Say) -> dict[str, Any]:
    return template_setup.form(META, dict.fromkeys(RECORDED, golf(say)), TEXT)


def group_lines(say: Say) -> list[GroupLine]:
    return [
        GroupLine(phone(say), 2, USED),
        GroupLine(meetings(say), 0, Figures()),
        *(GroupLine(replace(meetings(say), id=GroupId(number)), 1, None) for number in range(3, 99)),
    ]


SERIES = Series(code=SeriesCode.SEGMENT, prefix="SEG", next=12, digits=4, manual=True)
CONTACTS = Series(code=SeriesCode.CONTACT, prefix="CT", next=123_456, digits=6)

MODALS: dict[str, Page] = {
    "templates": lambda say: templates.templates(shown(say, counted()), TEXT),
    "templates, uncounted": lambda say: templates.templates(
        shown(say, None, page=0), TEXT, templates.deleted(golf(say), TEXT)
    ),
    "templates, none": lambda _: templates.templates(TemplateList((), {}, Statistics(), 0, 1), TEXT),
    "template": whole,
    "template, retired": bare,
    "template, new": lambda say: template_forms.form(META, choices(say, None), TEXT),
    "template, edit": lambda say: template_forms.form(META, choices(say, golf(say)), TEXT),
    "template, add a language": lambda _: template_forms.language_form(META, None, TEXT),
    "template, edit a language": lambda say: template_forms.language_form(
        META, golf(say).translations[1], TEXT
    ),
    "groups": lambda say: template_groups.groups(
        group_lines(say), TEXT, template_groups.deleted(phone(say), TEXT)
    ),
    "group, new": lambda _: template_forms.group_form(META, None, TEXT),
    "group, edit": lambda say: template_forms.group_form(META, phone(say), TEXT),
    "recording": everything_recorded,
    "number series": lambda _: number_series.page([SERIES, CONTACTS], TEXT),
    "number series, segments": lambda _: number_series.form(META, SERIES, TEXT),
    "number series, contacts": lambda _: number_series.form(META, CONTACTS, TEXT),
}
