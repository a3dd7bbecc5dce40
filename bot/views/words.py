"""The field's standard words for values (`product.md` 2)."""

from bot import places
from bot.domain.contacts import ContactType
from bot.domain.documents import DOCUMENT_WORDS, Document
from bot.domain.interactions import Correspondence, Evaluation, Flow, Initiator
from bot.domain.messages import n_
from bot.domain.people import Person, Role
from bot.text import Text, spoken

EVALUATIONS = {
    Evaluation.VERY_POSITIVE: n_("Very Positive"),
    Evaluation.POSITIVE: n_("Positive"),
    Evaluation.NEUTRAL: n_("Neutral"),
    Evaluation.NEGATIVE: n_("Negative"),
    Evaluation.VERY_NEGATIVE: n_("Very Negative"),
}
CORRESPONDENCES = {Correspondence.HARD_COPY: n_("Hard Copy"), Correspondence.EMAIL: n_("Email")}
FLOWS = {Flow.OUTBOUND: n_("Outbound"), Flow.INBOUND: n_("Inbound")}
INITIATORS = {Initiator.US: n_("Us"), Initiator.THEM: n_("Them")}
CONTACT_TYPES = {ContactType.COMPANY: n_("Company"), ContactType.PERSON: n_("Person")}
CONTACT_FIELDS = {
    "name": n_("Name"),
    "company_name": n_("Company"),
    "job_title": n_("Job title"),
    "email": n_("E-mail"),
    "phone": n_("Phone"),
    "mobile": n_("Mobile phone"),
    "address": n_("Address"),
    "post_code": n_("Post code"),
    "city": n_("City"),
    "country": n_("Country"),
    "exclude_from_segment": n_("Exclude from segment"),
    "privacy_blocked": n_("Privacy blocked"),
    "minor": n_("Minor"),
    "parental_consent": n_("Parental consent received"),
}
"""The fields of a contact that can be edited, in the order of the form."""
CONTACT_LABELS = {
    **CONTACT_FIELDS,
    "company": n_("Company"),
    "email2": n_("Second e-mail"),
    "territory": n_("Territory"),
    "language": n_("Language"),
    "salesperson": n_("Salesperson"),
    "correspondence": n_("Correspondence type"),
    "salutation": n_("Salutation"),
    "organizational_level": n_("Organizational level"),
}
"""Every field of a contact that a person may read."""
RECORDED = n_("recorded automatically")
TOO_LONG = n_(
    "Slack shows only the first 3,000 characters. The rest is kept, as long as you leave this text as it is."
)
MORNING_ENDS, DAY_ENDS = 12, 18
ROLES = {Role.SALESPERSON: n_("Salesperson"), Role.MANAGER: n_("Manager"), Role.ADMIN: n_("Admin")}


def document_words(document: Document | None, text: Text) -> str:
    """Return which document it is, as in "Sales invoice 103021 / 2"; empty without one."""
    if document is None:
        return ""
    return f"{text(DOCUMENT_WORDS[document.type]) if document.type else ''} {document.label}".strip()


def greeting(person: Person, text: Text) -> str:
    """Return "Good morning, Eva"."""
    hour, name = text.now.hour, person.name.split(" ")[0]
    if hour < MORNING_ENDS:
        return text("Good morning, {name}", name=name)
    if hour < DAY_ENDS:
        return text("Good afternoon, {name}", name=name)
    return text("Good evening, {name}", name=name)


def language_name(code: str, text: Text) -> str:
    """Return a language in the language of our words, with its code."""
    return f"{places.language_in(code, spoken(text.locale))} ({code})"
