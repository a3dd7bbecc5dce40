"""Interaction groups and templates on the screen, for admins (`domain.md` 1.1, 1.2)."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement

from bot import places
from bot.domain.attachments import LetterOf
from bot.domain.entries import Asked, Filter
from bot.domain.interactions import Group, Template, Translation
from bot.domain.template_lists import NONE, Statistics, TemplateList, TemplatePage
from bot.text import Text
from bot.views import kit, letters
from bot.views.asked import written
from bot.views.forms import modal
from bot.views.ids import SEPARATOR, Action, Callback, verb
from bot.views.kit import Choice, Part
from bot.views.template_words import WIZARD_ACTIONS, figures, recorded_word
from bot.views.words import CORRESPONDENCES, FLOWS, INITIATORS, language_name


def templates(shown: TemplateList, text: Text, said: str = "") -> dict[str, Any]:
    """Return a page of the templates; `said` tells what was just done."""
    empty = text("There is no interaction template. Without one nothing can be logged.")
    large = text("The log is so large that counting takes a while: statistics follow.")
    return modal(
        Callback.NOTICE,
        text("Templates"),
        [
            kit.line(said) if said else None,
            None if shown.templates else kit.line(Part(empty, italic=True)),
            None if shown.statistics else kit.small(large),
            *_grouped(shown, text),
            kit.actions(
                kit.primary(text("New template"), Action.NEW_TEMPLATE),
                kit.button(text("Groups"), Action.GROUPS),
                *turns(shown.page, shown.pages, text),
            ),
        ],
        close=text("Close"),
    )


def _grouped(shown: TemplateList, text: Text) -> Iterator[Block]:
    for group, members in groupby(shown.templates, key=lambda one: one.group):
        yield _heading(shown.groups[group], shown.statistics, text)
        for one in members:
            yield _line(one, shown.statistics, text)


def _heading(group: Group, statistics: Statistics | None, text: Text) -> Block:
    counted = statistics and statistics.groups.get(group.id)
    used = f" · {figures(counted, text)}" if counted else ""
    return kit.line(kit.bold(group.description), f" · {group.code}{used}")


def _line(one: Template, statistics: Statistics | None, text: Text) -> Block:
    parts = [one.description, one.code]
    parts += [] if one.active else [text("retired")]
    parts += [figures(statistics.templates.get(one.id, NONE), text)] if statistics else []
    beside = kit.named(
        text("Open"), text("Open {template}", template=one.description), Action.OPEN_TEMPLATE, one.id
    )
    return kit.item([" · ".join(parts)], beside, f"template.{one.id}")


def turns(page: int, pages: int, text: Text) -> Iterator[ButtonElement]:
    """Return the buttons to the pages beside."""
    if page > 0:
        yield kit.button(text("Previous"), f"{Action.TEMPLATES}.1", page - 1)
    if page + 1 < pages:
        yield kit.button(text("Next"), f"{Action.TEMPLATES}.2", page + 1)


def template(shown: TemplatePage, text: Text, said: str = "") -> dict[str, Any]:
    """Return one template with its fields, statistics and languages; `said` tells what was just done."""
    one = shown.template
    return modal(
        Callback.NOTICE,
        text("Interaction template"),
        [
            kit.line(said) if said else None,
            kit.header(one.description),
            kit.lines(*_facts(shown, text)),
            _file(shown, text),
            *_warnings(shown, text),
            kit.divider(),
            kit.line(kit.bold(text("Languages"))),
            *_languages(shown, text),
            kit.actions(kit.button(text("Add a language"), Action.ADD_LANGUAGE, one.id)),
            kit.divider(),
            kit.actions(*_buttons(one, text), block_id=f"template.{one.id}"),
        ],
        close=text("Close"),
    )


def _facts(shown: TemplatePage, text: Text) -> Iterator[list[Part | str]]:
    one = shown.template
    yield kit.fact(text("Code"), one.code)
    yield kit.fact(text("Interaction group"), shown.group.description)
    counted = figures(shown.figures, text) if shown.figures else text("counting takes too long")
    yield kit.fact(text("Logged with it"), counted)
    for label, value in _values(shown, text):
        if value:
            yield kit.fact(label, value)


def _values(shown: TemplatePage, text: Text) -> Iterator[tuple[str, str]]:
    one, campaign = shown.template, shown.campaign
    yield text("Duration (min.)"), "" if one.duration is None else text.minutes(one.duration)
    yield text("Cost"), one.cost
    yield text("Information flow"), text(FLOWS[one.flow]) if one.flow else ""
    yield text("Initiated by"), text(INITIATORS[one.initiated_by]) if one.initiated_by else ""
    kind = text(CORRESPONDENCES[one.correspondence]) if one.correspondence else ""
    alone = text("{kind}, whatever the contact prefers", kind=kind or "–")
    yield text("Correspondence type"), alone if one.ignore_contact else kind
    yield text("Language"), language_name(one.language, text) if one.language else ""
    yield text("Wizard action"), text(WIZARD_ACTIONS[one.wizard_action]) if one.wizard_action else ""
    yield text("Campaign"), f"{campaign.number} · {campaign.description}" if campaign else ""
    yield text("Records"), ", ".join(text(recorded_word(kind)) for kind in shown.recorded)


def _warnings(shown: TemplatePage, text: Text) -> Iterator[Block]:
    one = shown.template
    if not one.active:
        words = text("Retired: nobody can choose it any more; what was logged with it stays.")
        yield kit.small(words)
    if one.lacks_document(one.language):
        words = text(
            "It demands a document and has none: nothing can be logged with it until one hangs on it."
        )
        yield kit.line(kit.bold(words))


def _languages(shown: TemplatePage, text: Text) -> Iterator[Block]:
    if not shown.template.translations:
        words = text("Only its own words. Contacts who have another language can get words of their own.")
        yield kit.line(Part(words, italic=True))
    for one in shown.template.translations:
        yield _language(shown, one, text)


def _language(shown: TemplatePage, one: Translation, text: Text) -> Block:
    subject = (shown.template.id, one.language)
    parts = [language_name(one.language, text), one.description or text("words as above")]
    parts += [name] if (name := _attachment(shown, one.attachment, text)) else []
    choices = (
        Choice(text("Edit"), verb(Action.EDIT_LANGUAGE, *subject)),
        *letters.choices(_held(shown, one.language, one.attachment), text),
        Choice(text("Remove language"), verb(Action.REMOVE_LANGUAGE, *subject)),
    )
    return kit.item([" · ".join(parts)], kit.more(Action.MORE, *choices), f"language.{one.language}")


def _file(shown: TemplatePage, text: Text) -> Block:
    """Return the line about the template's own file."""
    one = shown.template
    name = _attachment(shown, one.attachment, text) or text("none")
    choices = letters.choices(_held(shown, "", one.attachment), text)
    return kit.item(
        [text("Attachment: {file}", file=name)], kit.more(Action.MORE, *choices), f"attachment.{one.id}"
    )


def _held(shown: TemplatePage, language: str, number: int | None) -> LetterOf:
    one = shown.template
    return LetterOf(
        template=one.id,
        code=one.code,
        description=one.description,
        language=language,
        letter=shown.attachments.get(number) if number is not None else None,
    )


def _attachment(shown: TemplatePage, number: int | None, text: Text) -> str:
    found = shown.attachments.get(number) if number is not None else None
    return letters.label(found, text) if found else ""


def _buttons(one: Template, text: Text) -> Iterator[ButtonElement]:
    yield kit.primary(text("Edit"), Action.EDIT_TEMPLATE, one.id)
    if one.active:
        yield kit.button(text("Retire"), Action.RETIRE_TEMPLATE, one.id)
    else:
        yield kit.button(text("Bring back"), Action.REVIVE_TEMPLATE, one.id)
    behind = written(Asked(Filter(template=one.id)))
    yield kit.button(text("Show interactions"), Action.ENTRIES, behind)
    yield kit.button(text("All templates"), Action.TEMPLATES)
    question = text("Only a template with which nothing was ever made can be deleted. It does not come back.")
    ask = kit.ask(
        text("Delete {template}?", template=kit.clip(one.description, 60)),
        question,
        text("Delete"),
        text("Keep it"),
    )
    yield kit.danger(text("Delete"), Action.DELETE_TEMPLATE, one.id, ask)


def deleted(one: Template, text: Text) -> str:
    """Return what is said when a template is gone."""
    return text("{template} is deleted.", template=one.description)


def languages_found(typed: str, text: Text) -> list[Choice]:
    """Return the languages whose names begin as typed."""
    found = places.languages_like(typed, text.locale, 100)
    return [Choice(language_name(code, text), code) for code in found]


def subject_of(value: str) -> tuple[str, str]:
    """Return template and language that a choice names."""
    template, _, language = value.partition(SEPARATOR)
    return template, language
