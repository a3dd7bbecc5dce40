"""What lines come to once they have inherited from their segment: `bot.domain.segment_values` in SQL."""

from typing import Any

from sqlalchemy import Boolean, ColumnElement, FromClause, and_, bindparam, case, func, literal, or_

from bot.domain.interactions import Correspondence
from bot.domain.segment_values import Fault
from storage.tables.contacts import contacts
from storage.tables.segments import segment_lines, segments
from storage.tables.templates import interaction_templates, template_languages
from storage.types import Id

lines, headers = segment_lines, segments
templates = interaction_templates.alias("used_template")
translations = template_languages.alias("used_language")
met = contacts.alias("met")
employers = contacts.alias("employer")

SENDING = bindparam("sending", type_=Boolean)
"""Whether letters and mails are made: then a mail needs an address."""

_shares = lines.c.template_id.is_(None)
WORKSPACE = bindparam("workspace", type_=Id)
SEGMENT = bindparam("segment", type_=Id)


def _own_or_header(own: ColumnElement[Any], header: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.coalesce(own, case((_shares, header)))


template_id = func.coalesce(lines.c.template_id, headers.c.template_id)
salesperson_id = func.coalesce(
    lines.c.salesperson_id, case((_shares, headers.c.salesperson_id)), met.c.salesperson_id
)
_described = case(
    (_shares, headers.c.description), else_=func.coalesce(templates.c.description, headers.c.description)
)
description = func.coalesce(func.nullif(lines.c.description, ""), _described)
text = func.coalesce(lines.c.text, case((_shares, headers.c.text)), "")
correspondence = case(
    (lines.c.correspondence.is_not(None), lines.c.correspondence),
    (
        and_(_shares, headers.c.ignore_contact, headers.c.correspondence.is_not(None)),
        headers.c.correspondence,
    ),
    (
        and_(templates.c.id.is_not(None), or_(templates.c.ignore_contact, met.c.correspondence.is_(None))),
        templates.c.correspondence,
    ),
    else_=met.c.correspondence,
)
_without_address = and_(correspondence == Correspondence.EMAIL, met.c.email == "")
sent_by = case((_without_address, None), else_=correspondence)
company_id = case((met.c.type == "person", met.c.company_id), else_=met.c.id)
day = func.coalesce(lines.c.date, headers.c.date)
campaign_id = _own_or_header(lines.c.campaign_id, headers.c.campaign_id)
language = _own_or_header(lines.c.language, headers.c.language)

COLUMNS: dict[str, ColumnElement[Any]] = {
    "contact_id": met.c.id,
    "company_id": company_id,
    "template_id": template_id,
    "group_id": templates.c.group_id,
    "description": description,
    "subject": description,
    "date": day,
    "evaluation": lines.c.evaluation,
    "attempt_failed": lines.c.attempt_failed,
    "salesperson_id": salesperson_id,
    "correspondence": sent_by,
    "flow": _own_or_header(lines.c.flow, headers.c.flow),
    "initiated_by": _own_or_header(lines.c.initiated_by, headers.c.initiated_by),
    "duration": _own_or_header(lines.c.duration, headers.c.duration),
    "cost": func.coalesce(lines.c.cost, case((_shares, headers.c.cost)), ""),
    "language": language,
    "campaign_id": campaign_id,
    "attachment_id": func.coalesce(
        lines.c.attachment_id, translations.c.attachment_id, templates.c.attachment_id
    ),
}
"""The columns of the entry that a line becomes."""

fault = case(
    (met.c.id.is_(None), Fault.GONE.value),
    (
        or_(met.c.privacy_blocked, func.coalesce(employers.c.privacy_blocked, literal(False))),
        Fault.BLOCKED.value,
    ),
    (template_id.is_(None), Fault.NO_TEMPLATE.value),
    (func.coalesce(~templates.c.active, literal(False)), Fault.RETIRED.value),
    (salesperson_id.is_(None), Fault.NO_SALESPERSON.value),
    (description == "", Fault.NO_DESCRIPTION.value),
    (and_(SENDING, _without_address), Fault.NO_ADDRESS.value),
    else_=None,
)

own_text = and_(lines.c.text.is_not(None), lines.c.text != "")
takes_header_text = and_(_shares, lines.c.text.is_(None))


def joined() -> FromClause:
    """Return the lines of `SEGMENT` with all that they inherit from."""
    return (
        lines.join(
            headers,
            and_(headers.c.workspace_id == lines.c.workspace_id, headers.c.id == lines.c.segment_id),
        )
        .outerjoin(met, and_(met.c.workspace_id == lines.c.workspace_id, met.c.id == lines.c.contact_id))
        .outerjoin(
            employers,
            and_(employers.c.workspace_id == met.c.workspace_id, employers.c.id == met.c.company_id),
        )
        .outerjoin(
            templates,
            and_(templates.c.workspace_id == lines.c.workspace_id, templates.c.id == template_id),
        )
        .outerjoin(
            translations,
            and_(
                translations.c.workspace_id == lines.c.workspace_id,
                translations.c.template_id == template_id,
                translations.c.language == language,
            ),
        )
    )


def present() -> ColumnElement[bool]:
    """Return the condition that a line is in `SEGMENT`."""
    return and_(
        lines.c.workspace_id == WORKSPACE, lines.c.segment_id == SEGMENT, lines.c.removed_by.is_(None)
    )
