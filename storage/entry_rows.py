"""How an entry lies in its row."""

from typing import Any

from bot.domain.documents import Document, DocumentType
from bot.domain.entries import Listed
from bot.domain.ids import DraftId, EntryId, FormId, TemplateId
from bot.domain.interactions import Correspondence, Entry, Evaluation, Flow, Initiator
from bot.domain.operations import CancelReason
from bot.domain.people import Ties
from storage.access import Row


def listed_of(row: Row, comments: tuple[str, ...]) -> Listed:
    """Return an entry with the names and ties that its row carries."""
    ties = Ties(
        logged_by=row["logged_by"],
        salesperson=row["salesperson_id"],
        contact_salesperson=row["contact_salesperson"],
        company_salesperson=row["company_salesperson"],
    )
    company = row["company_name"] if row["company_id"] != row["contact_id"] else None
    return Listed(
        entry=entry_of(row, comments),
        ties=ties,
        contact_name=row["contact_name"] or "",
        company_name=company or "",
        template_name=row["template_name"] or "",
        salesperson_name=row["salesperson_name"] or "",
    )


def entry_of(row: Row, comments: tuple[str, ...]) -> Entry:
    """Return the domain value of a row."""
    return Entry(
        id=EntryId(row["id"]),
        number=row["number"],
        contact=row["contact_id"],
        company=row["company_id"],
        template=row["template_id"] and TemplateId(row["template_id"]),
        group=row["group_id"],
        description=row["description"],
        day=row["date"],
        at=row["time"],
        evaluation=Evaluation(row["evaluation"]) if row["evaluation"] else None,
        attempt_failed=row["attempt_failed"],
        salesperson=row["salesperson_id"],
        logged_by=row["logged_by"],
        logged_at=row["logged_at"],
        correspondence=Correspondence(row["correspondence"]) if row["correspondence"] else None,
        flow=Flow(row["flow"]) if row["flow"] else None,
        initiated_by=Initiator(row["initiated_by"]) if row["initiated_by"] else None,
        duration=row["duration"],
        cost=row["cost"],
        language=row["language"],
        campaign=row["campaign_id"],
        opportunity=row["opportunity_id"],
        task=row["task_id"],
        document=_document(row),
        attachment=row["attachment_id"],
        attached_at=row["attached_at"],
        form=row["form_id"] and FormId(row["form_id"]),
        draft=row["draft_id"] and DraftId(row["draft_id"]),
        canceled_at=row["canceled_at"],
        canceled_by=row["canceled_by"],
        cancel_reason=CancelReason(row["cancel_reason"]) if row["cancel_reason"] else None,
        revision=row["revision"],
        comments=comments,
    )


def columns(entry: Entry) -> dict[str, Any]:
    """Return the columns that hold a new entry."""
    return {
        "id": entry.id,
        "number": entry.number,
        "contact_id": entry.contact,
        "company_id": entry.company,
        "template_id": entry.template,
        "group_id": entry.group,
        "description": entry.description,
        "subject": entry.description,
        "date": entry.day,
        "time": entry.at,
        "evaluation": entry.evaluation,
        "attempt_failed": entry.attempt_failed,
        "salesperson_id": entry.salesperson,
        "logged_by": entry.logged_by,
        "logged_at": entry.logged_at,
        "correspondence": entry.correspondence,
        "flow": entry.flow,
        "initiated_by": entry.initiated_by,
        "duration": entry.duration,
        "cost": entry.cost,
        "language": entry.language,
        "campaign_id": entry.campaign,
        "opportunity_id": entry.opportunity,
        "task_id": entry.task,
        **_of_document(entry.document),
        "attachment_id": entry.attachment,
        "form_id": entry.form,
        "draft_id": entry.draft,
    }


def _document(row: Row) -> Document | None:
    known, number = row["document_type"], row["document_number"]
    if known is None and number is None:
        return None
    return Document(
        type=DocumentType(known) if known else None,
        number=number or "",
        version=row["document_version"],
        occurrence=row["document_occurrence"],
    )


def _of_document(document: Document | None) -> dict[str, Any]:
    told = document or Document()
    return {
        "document_type": told.type,
        "document_number": None if document is None else document.number,
        "document_version": told.version,
        "document_occurrence": told.occurrence,
    }
