"""The form **Create interaction** (`product.md` 4): order and labels exactly as written there."""

from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, Block

from bot.domain.campaigns import Campaign, Opportunity
from bot.domain.contacts import Contact
from bot.domain.entries import Listed
from bot.domain.interactions import Field, Form, Group, Template
from bot.domain.people import Person
from bot.text import Text
from bot.views import calls, ids, kit
from bot.views.forms import Fields, Meta, modal
from bot.views.ids import Action, Callback
from bot.views.kit import Choice
from bot.views.words import (
    CORRESPONDENCES,
    EVALUATIONS,
    FLOWS,
    INITIATORS,
    TOO_LONG,
    language_name,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Everything that stands on the form: what is filled in, and what there is to choose."""

    meta: Meta
    form: Form
    contact: Contact | None
    groups: dict[Group, tuple[Template, ...]]
    template: Template | None
    retired: Template | None = None
    """The form's template if it can't be chosen any more."""

    salespeople: tuple[Person, ...]
    campaigns: tuple[Campaign, ...]
    opportunities: tuple[Opportunity, ...]
    saved: bool = False
    twin: Listed | None = None


def form(shown: Shown, text: Text) -> dict[str, Any]:
    """Return the modal."""
    return modal(
        Callback.INTERACTION,
        text("Create interaction"),
        [
            *_twin(shown, text),
            *(calls.outcomes(shown.meta.call, shown.form, text) if shown.meta.call else ()),
            *_first(shown, text),
            *(_more(shown, text) if shown.meta.more else ()),
            _saved(shown, text),
            _buttons(shown, text),
        ],
        submit=text("Log anyway") if shown.twin else text("Log"),
        close=text("Postpone"),
        meta=shown.meta,
        notify_on_close=True,
    )


def _twin(shown: Shown, text: Text) -> list[Block]:
    if shown.twin is None:
        return []
    ago = text.age(shown.twin.entry.logged_at)
    return [
        kit.line(
            kit.bold(text("You logged this {ago}. Add anyway?", ago=ago)),
            "\n",
            text(
                "{template} · {contact} is in the log already.",
                template=shown.twin.template_name,
                contact=shown.twin.contact_label,
            ),
            block_id="twin",
        )
    ]


def _first(shown: Shown, text: Text) -> list[Block | None]:
    fields, form = Fields(shown.meta), shown.form
    evaluations = [Choice(text(word), value) for value, word in EVALUATIONS.items()]
    return [
        _contact(shown, text),
        _template(shown, text),
        _retired(shown, text),
        fields.line(Field.DESCRIPTION, text("Description"), form.description, optional=False),
        fields.day(Field.DATE, text("Date"), form.day.isoformat() if form.day else None),
        _dated(form, text),
        fields.time(Field.TIME, text("Time"), form.at.strftime("%H:%M") if form.at else None),
        fields.select(Field.EVALUATION, text("Evaluation"), evaluations, form.evaluation),
        fields.flag(Field.ATTEMPT_FAILED, text("Attempt failed"), ticked=form.attempt_failed),
        fields.paragraph(Field.COMMENT, text("Comment"), form.comment, text(TOO_LONG)),
    ]


def _template(shown: Shown, text: Text) -> Block:
    """Return the select of templates, or what to do where there is none to choose: Slack takes no empty select."""
    if not shown.groups:
        words = text("There is no interaction template to choose. An admin makes one under /log setup.")
        return kit.line(kit.bold(words), block_id="no_template")
    label, chosen = text("Interaction template"), _value(shown.form.template)
    return Fields(shown.meta).grouped(Field.TEMPLATE, label, _templates(shown), chosen)


def _retired(shown: Shown, text: Text) -> Block | None:
    """Return why no template stands there, where the form was begun with one that is no longer in use."""
    if shown.retired is None:
        return None
    words = text(
        "“{template}” is no longer in use. Choose another interaction template.",
        template=shown.retired.description,
    )
    return kit.line(kit.bold(words), block_id="retired")


def _dated(form: Form, text: Text) -> Block | None:
    """Return what day it is dated, with the way to today, where that is another one."""
    if form.day is None or form.day == text.today:
        return None
    button = kit.button(text("Make it today"), Action.TODAY)
    return kit.item([text("Dated {day}.", day=text.short_day(form.day))], button, "dated")


def _contact(shown: Shown, text: Text) -> Block:
    if shown.meta.locked and shown.contact:
        return kit.lines([kit.bold(text("Contact"))], [where(shown.contact, text)])
    chosen = Choice(where(shown.contact, text), str(shown.contact.id)) if shown.contact else None
    hint = text("Name, company, e-mail or city")
    return Fields(shown.meta).search(Field.CONTACT, text("Contact"), hint, chosen)


def where(contact: Contact, text: Text) -> str:
    """Return who a contact is, as in `Anna Berg · Fjordbygg AS (Bergen)`."""
    place = f" ({contact.city})" if contact.city else ""
    company = contact.company_name if contact.is_person else text("company")
    return f"{contact.name} · {company}{place}" if company else f"{contact.name}{place}"


def _templates(shown: Shown) -> dict[str, list[Choice]]:
    return {
        group.description: [Choice(template.description, str(template.id)) for template in templates]
        for group, templates in shown.groups.items()
    }


def _more(shown: Shown, text: Text) -> list[Block | None]:
    fields, form = Fields(shown.meta), shown.form
    people = [Choice(person.name, str(person.id)) for person in shown.salespeople]
    kinds = [Choice(text(word), value) for value, word in CORRESPONDENCES.items()]
    flows = [Choice(text(word), value) for value, word in FLOWS.items()]
    starts = [Choice(text(word), value) for value, word in INITIATORS.items()]
    codes = shown.template.languages if shown.template else ()
    languages = [Choice(language_name(code, text), code) for code in codes]
    campaigns = [Choice(f"{one.number} · {one.description}", str(one.id)) for one in shown.campaigns]
    chances = [Choice(f"{one.number} · {one.description}", str(one.id)) for one in shown.opportunities]
    return [
        fields.select(
            Field.SALESPERSON,
            text("Salesperson"),
            people if len(people) > 1 else [],
            _value(form.salesperson),
        ),
        fields.select(Field.CORRESPONDENCE, text("Correspondence type"), kinds, form.correspondence),
        fields.select(Field.FLOW, text("Information flow"), flows, form.flow),
        fields.select(Field.INITIATED_BY, text("Initiated by"), starts, form.initiated_by),
        fields.line(Field.DURATION, text("Duration (min.)"), form.duration),
        fields.line(Field.COST, text("Cost"), form.cost),
        fields.select(Field.LANGUAGE, text("Language"), languages, form.language),
        fields.select(Field.CAMPAIGN, text("Campaign"), campaigns, _value(form.campaign)),
        fields.select(Field.OPPORTUNITY, text("Opportunity"), chances, _value(form.opportunity)),
    ]


def _saved(shown: Shown, text: Text) -> Block:
    line = text("Saved as you type: close any time, it waits under /log drafts.")
    if shown.saved:
        line = text("{line} Saved at {time}.", line=line, time=text.time(text.now.time()))
    return kit.small(line)


def _buttons(shown: Shown, text: Text) -> ActionsBlock:
    sure = kit.ask(
        text("Discard this interaction?"),
        text("What you typed here is thrown away. You can undo that right afterwards."),
        text("Discard"),
        text("Keep it"),
    )
    return kit.actions(
        None if shown.meta.more else kit.button(text("More fields"), Action.MORE_FIELDS),
        kit.danger(text("Discard"), Action.DISCARD, shown.meta.form_id, sure),
        block_id=ids.FORM_ACTIONS,
    )


def discarded(meta: Meta, text: Text) -> dict[str, Any]:
    """Return what the form becomes once it is thrown away."""
    return modal(
        Callback.DISCARDED,
        text("Discarded"),
        [
            kit.line(text("Discarded. Nothing of this interaction is kept.")),
            kit.actions(kit.button(text("Undo"), Action.UNDISCARD, meta.form_id)),
        ],
        close=text("Close"),
        meta=meta,
    )


def notice(title: str, words: str, text: Text) -> dict[str, Any]:
    """Return a modal that only says something."""
    return modal(Callback.NOTICE, title, [kit.line(words)], close=text("Close"))


def _value(identity: int | None) -> str | None:
    return None if identity is None else str(identity)
