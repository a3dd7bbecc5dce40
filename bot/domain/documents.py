"""Documents and other acts that are recorded with a template of the setup (`domain.md` 1.3, 1.14)."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.messages import n_


class DocumentType(StrEnum):
    """What a document is; an entry that no document made has none."""

    SALES_QUOTE = "sales_quote"
    SALES_BLANKET_ORDER = "sales_blanket_order"
    SALES_ORDER_CONFIRMATION = "sales_order_confirmation"
    SALES_INVOICE = "sales_invoice"
    SALES_SHIPMENT_NOTE = "sales_shipment_note"
    SALES_CREDIT_MEMO = "sales_credit_memo"
    SALES_STATEMENT = "sales_statement"
    SALES_REMINDER = "sales_reminder"
    SERVICE_ORDER_CREATE = "service_order_create"
    SERVICE_ORDER_POST = "service_order_post"
    PURCHASE_QUOTE = "purchase_quote"
    PURCHASE_BLANKET_ORDER = "purchase_blanket_order"
    PURCHASE_ORDER = "purchase_order"
    PURCHASE_INVOICE = "purchase_invoice"
    PURCHASE_RECEIPT = "purchase_receipt"
    PURCHASE_CREDIT_MEMO = "purchase_credit_memo"
    COVER_SHEET = "cover_sheet"
    SALES_RETURN_ORDER = "sales_return_order"
    SALES_FINANCE_CHARGE_MEMO = "sales_finance_charge_memo"
    SALES_RETURN_RECEIPT = "sales_return_receipt"
    PURCHASE_RETURN_SHIPMENT = "purchase_return_shipment"
    PURCHASE_RETURN_ORDER_CONFIRMATION = "purchase_return_order_confirmation"
    SERVICE_CONTRACT = "service_contract"
    SERVICE_CONTRACT_QUOTE = "service_contract_quote"
    SERVICE_QUOTE = "service_quote"
    SALES_DRAFT_INVOICE = "sales_draft_invoice"


class Act(StrEnum):
    """What else is recorded with a template of the setup, without being a document."""

    EMAIL = "email"
    INCOMING_EMAIL = "incoming_email"
    PHONE_CALL = "phone_call"
    MEETING_INVITATION = "meeting_invitation"


Recorded = DocumentType | Act
"""What finds its template in the setup."""

RECORDED: tuple[Recorded, ...] = (*DocumentType, *Act)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Which document an entry tells of; `type` is None where nobody knows its word."""

    type: DocumentType | None = None
    number: str = ""
    version: int | None = None
    occurrence: int | None = None

    @property
    def label(self) -> str:
        """Its number, with the version where there is one."""
        return f"{self.number} / {self.version}" if self.version else self.number


DOCUMENT_WORDS = {
    DocumentType.SALES_QUOTE: n_("Sales quote"),
    DocumentType.SALES_BLANKET_ORDER: n_("Sales blanket order"),
    DocumentType.SALES_ORDER_CONFIRMATION: n_("Sales order confirmation"),
    DocumentType.SALES_INVOICE: n_("Sales invoice"),
    DocumentType.SALES_SHIPMENT_NOTE: n_("Sales shipment note"),
    DocumentType.SALES_CREDIT_MEMO: n_("Sales credit memo"),
    DocumentType.SALES_STATEMENT: n_("Sales statement"),
    DocumentType.SALES_REMINDER: n_("Sales reminder"),
    DocumentType.SERVICE_ORDER_CREATE: n_("Service order created"),
    DocumentType.SERVICE_ORDER_POST: n_("Service order posted"),
    DocumentType.PURCHASE_QUOTE: n_("Purchase quote"),
    DocumentType.PURCHASE_BLANKET_ORDER: n_("Purchase blanket order"),
    DocumentType.PURCHASE_ORDER: n_("Purchase order"),
    DocumentType.PURCHASE_INVOICE: n_("Purchase invoice"),
    DocumentType.PURCHASE_RECEIPT: n_("Purchase receipt"),
    DocumentType.PURCHASE_CREDIT_MEMO: n_("Purchase credit memo"),
    DocumentType.COVER_SHEET: n_("Cover sheet"),
    DocumentType.SALES_RETURN_ORDER: n_("Sales return order"),
    DocumentType.SALES_FINANCE_CHARGE_MEMO: n_("Sales finance charge memo"),
    DocumentType.SALES_RETURN_RECEIPT: n_("Sales return receipt"),
    DocumentType.PURCHASE_RETURN_SHIPMENT: n_("Purchase return shipment"),
    DocumentType.PURCHASE_RETURN_ORDER_CONFIRMATION: n_("Purchase return order confirmation"),
    DocumentType.SERVICE_CONTRACT: n_("Service contract"),
    DocumentType.SERVICE_CONTRACT_QUOTE: n_("Service contract quote"),
    DocumentType.SERVICE_QUOTE: n_("Service quote"),
    DocumentType.SALES_DRAFT_INVOICE: n_("Sales draft invoice"),
}

ACT_WORDS = {
    Act.EMAIL: n_("E-mail"),
    Act.INCOMING_EMAIL: n_("Incoming e-mail"),
    Act.PHONE_CALL: n_("Phone call"),
    Act.MEETING_INVITATION: n_("Meeting invitation"),
}
