"""The words of interaction groups and templates."""

from bot.domain.documents import ACT_WORDS, DOCUMENT_WORDS, Act, Recorded
from bot.domain.interactions import WizardAction
from bot.domain.messages import Message, n_
from bot.domain.template_forms import TemplateField
from bot.domain.template_lists import Figures
from bot.text import Text
from bot.views import kit
from bot.views.words import CORRESPONDENCES, FLOWS, INITIATORS

TEMPLATE_FIELDS = {
    TemplateField.CODE: n_("Code"),
    TemplateField.GROUP: n_("Interaction group"),
    TemplateField.DESCRIPTION: n_("Description"),
    TemplateField.DURATION: n_("Duration (min.)"),
    TemplateField.COST: n_("Cost"),
    TemplateField.FLOW: n_("Information flow"),
    TemplateField.INITIATED_BY: n_("Initiated by"),
    TemplateField.CORRESPONDENCE: n_("Correspondence type"),
    TemplateField.IGNORE_CONTACT: n_("Ignore contact's correspondence type"),
    TemplateField.LANGUAGE: n_("Language"),
    TemplateField.WIZARD_ACTION: n_("Wizard action"),
    TemplateField.CAMPAIGN: n_("Campaign"),
}
WIZARD_ACTIONS = {
    WizardAction.OPEN: n_("Open"),
    WizardAction.IMPORT: n_("Import"),
    WizardAction.MERGE: n_("Merge"),
}
_TICKS = {"True": n_("Yes"), "False": n_("No")}
_VALUES: dict[str, dict[str, str]] = {
    TemplateField.FLOW: {one.value: word for one, word in FLOWS.items()},
    TemplateField.INITIATED_BY: {one.value: word for one, word in INITIATORS.items()},
    TemplateField.CORRESPONDENCE: {one.value: word for one, word in CORRESPONDENCES.items()},
    TemplateField.WIZARD_ACTION: {one.value: word for one, word in WIZARD_ACTIONS.items()},
    TemplateField.IGNORE_CONTACT: _TICKS,
}
_SHOWN = 60


def change(field: TemplateField, old: str, new: str) -> Message:
    """Return what became of a field, as in `Duration (min.): 15 → 20`."""
    words = {"field": Message(TEMPLATE_FIELDS[field]), "old": _word(field, old), "new": _word(field, new)}
    return Message(n_("{field}: {old} → {new}"), dict(words))


def _word(field: TemplateField, value: str) -> object:
    known = _VALUES.get(field, {}).get(value)
    return Message(known) if known else kit.clip(value, _SHOWN)


def figures(found: Figures, text: Text) -> str:
    """Return statistics in words, as in `12 interactions · 3 h · 240.00`; parts that are nothing are left out."""
    if not found.interactions:
        return text("not used yet")
    parts = [text.count("{n} interaction", "{n} interactions", found.interactions)]
    parts += [text.minutes(found.minutes)] if found.minutes else []
    parts += [text("cost {amount}", amount=f"{found.cost:,.2f}")] if found.cost else []
    return " · ".join(parts)


def recorded_word(recorded: Recorded) -> str:
    """Return the word for a document or another act, to be translated where it is said."""
    return ACT_WORDS[recorded] if isinstance(recorded, Act) else DOCUMENT_WORDS[recorded]
