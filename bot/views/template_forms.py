"""The forms of interaction groups, templates and their languages, for admins (`domain.md` 1.1, 1.2)."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.ids import GroupId, TemplateId
from bot.domain.interactions import Group, Template, Translation
from bot.domain.template_forms import TemplateField
from bot.domain.template_lists import TemplateChoices
from bot.text import Text
from bot.views import kit
from bot.views.forms import Fields, Meta, modal
from bot.views.ids import Callback
from bot.views.kit import Choice
from bot.views.template_words import TEMPLATE_FIELDS, WIZARD_ACTIONS
from bot.views.words import CORRESPONDENCES, FLOWS, INITIATORS, language_name

LANGUAGE = "template_language"
_NEW = Template(id=TemplateId(0), group=GroupId(0), code="", description="")
"""What a new template begins with: Email, as in `domain.md` 1.1."""


def form(meta: Meta, shown: TemplateChoices, text: Text) -> dict[str, Any]:
    """Return the form of a template; without one that of a new one."""
    return modal(
        Callback.TEMPLATE,
        text("Edit template") if shown.template else text("New template"),
        [*_first(meta, shown, text), *_defaults(meta, shown, text)],
        submit=text("Save"),
        close=text("Cancel"),
        meta=meta,
    )


def _first(meta: Meta, shown: TemplateChoices, text: Text) -> list[Block | None]:
    fields, one = Fields(meta), shown.template
    groups = [Choice(f"{group.description} · {group.code}", str(group.id)) for group in shown.groups]
    chosen = str(one.group) if one else None
    hint = text("At most 10 characters. In one line it is written behind as:, as in as:OUTGOING.")
    words = text(
        "What people choose it by, and what the interaction is called until they write something else."
    )
    return [
        _line(fields, TemplateField.CODE, one.code if one else "", text, hint),
        fields.select(TemplateField.GROUP, _label(TemplateField.GROUP, text), groups, chosen, optional=False),
        _line(fields, TemplateField.DESCRIPTION, one.description if one else "", text, words),
    ]


def _defaults(meta: Meta, shown: TemplateChoices, text: Text) -> list[Block | None]:
    fields, one = Fields(meta), shown.template
    minutes = "" if one is None or one.duration is None else str(one.duration)
    return [
        fields.line(TemplateField.DURATION, _label(TemplateField.DURATION, text), minutes),
        fields.line(TemplateField.COST, _label(TemplateField.COST, text), one.cost if one else ""),
        _select(fields, TemplateField.FLOW, one, FLOWS, text),
        _select(fields, TemplateField.INITIATED_BY, one, INITIATORS, text),
        _select(fields, TemplateField.CORRESPONDENCE, one, CORRESPONDENCES, text),
        fields.flag(
            TemplateField.IGNORE_CONTACT,
            _label(TemplateField.IGNORE_CONTACT, text),
            ticked=one is not None and one.ignore_contact,
            hint=text("Without this tick, each contact's own correspondence type comes first."),
        ),
        _language(fields, one, text),
        _select(fields, TemplateField.WIZARD_ACTION, one, WIZARD_ACTIONS, text),
        kit.small(text("Open and Merge: nothing is logged while no document hangs on the template.")),
        _campaign(fields, shown, text),
    ]


def _line(fields: Fields, field: TemplateField, value: str, text: Text, hint: str) -> Block:
    return fields.line(field, _label(field, text), value, optional=False, hint=hint)


def _select(
    fields: Fields,
    field: TemplateField,
    one: Template | None,
    words: Mapping[Any, str],
    text: Text,
) -> Block | None:
    choices = [Choice(text(word), value.value) for value, word in words.items()]
    return fields.select(field, _label(field, text), choices, getattr(one or _NEW, field.value))


def _language(fields: Fields, one: Template | None, text: Text) -> Block:
    chosen = Choice(language_name(one.language, text), one.language) if one and one.language else None
    label = _label(TemplateField.LANGUAGE, text)
    return fields.search(LANGUAGE, label, text("Search by name"), chosen, optional=True)


def _campaign(fields: Fields, shown: TemplateChoices, text: Text) -> Block | None:
    choices = [Choice(f"{one.number} · {one.description}", str(one.id)) for one in shown.campaigns]
    campaign = shown.template.campaign if shown.template else None
    label = _label(TemplateField.CAMPAIGN, text)
    return fields.select(TemplateField.CAMPAIGN, label, choices, str(campaign) if campaign else None)


def language_form(meta: Meta, one: Translation | None, text: Text) -> dict[str, Any]:
    """Return the form of a template's language; without one that of another language."""
    fields = Fields(meta)
    which = (
        kit.line(kit.bold(language_name(one.language, text)))
        if one
        else fields.search(LANGUAGE, text("Language"), text("Search by name"), None)
    )
    return modal(
        Callback.TEMPLATE_LANGUAGE,
        text("Language"),
        [
            which,
            fields.line(
                TemplateField.DESCRIPTION,
                _label(TemplateField.DESCRIPTION, text),
                one.description if one else "",
                hint=text("What the interaction is called in this language. Empty: as in the template."),
            ),
        ],
        submit=text("Save"),
        close=text("Cancel"),
        meta=meta,
    )


def group_form(meta: Meta, one: Group | None, text: Text) -> dict[str, Any]:
    """Return the form of an interaction group; without one that of a new one."""
    fields = Fields(meta)
    hint = text("At most 10 characters.")
    words = text("The heading under which its templates stand.")
    return modal(
        Callback.GROUP,
        text("Interaction group") if one else text("New group"),
        [
            _line(fields, TemplateField.CODE, one.code if one else "", text, hint),
            _line(fields, TemplateField.DESCRIPTION, one.description if one else "", text, words),
        ],
        submit=text("Save"),
        close=text("Cancel"),
        meta=meta,
    )


def _label(field: TemplateField, text: Text) -> str:
    return text(TEMPLATE_FIELDS[field])
