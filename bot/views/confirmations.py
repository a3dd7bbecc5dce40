"""What is said after an act: one message for each form, updated in place (screens: After Log, Quick log)."""

from dataclasses import dataclass, replace

from slack_sdk.models.blocks import ActionsBlock, Block, OverflowMenuElement

from bot.domain.entries import Listed
from bot.domain.ids import FormId, OperationId
from bot.domain.interactions import Form
from bot.domain.tasks import Task
from bot.text import Text
from bot.views import kit
from bot.views.ids import Action, verb
from bot.views.kit import Choice, Part, Payload
from bot.views.words import EVALUATIONS

FIRST_WORDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A logged interaction as its confirmation tells it."""

    listed: Listed
    operation: OperationId
    undoable: bool
    task: Task | None = None
    quick: bool = False
    remark: str = ""


def logged(done: Done, text: Text) -> Payload:
    """Return the confirmation; **Undo** first, and **Cancel entry** in ⋯ once that is over."""
    return kit.message(
        kit.lines([kit.bold(text("✓ Logged:")), " ", *headline(done.listed, text)], details(done, text)),
        kit.small(done.remark) if done.remark else None,
        _what_can_be_done(done, text),
    )


def no_longer_undoable(words: Payload, done: Done, text: Text) -> Payload:
    """Return the same confirmation as it reads when its ten minutes are over."""
    buttons = _what_can_be_done(replace(done, undoable=False), text).to_dict()
    return {**words, "blocks": [*words["blocks"][:-1], buttons]}


def _what_can_be_done(done: Done, text: Text) -> ActionsBlock:
    entry = done.listed.entry.id
    return kit.actions(
        kit.button(text("Undo"), Action.UNDO, done.operation) if done.undoable else None,
        kit.button(text("Edit"), Action.EDIT_ENTRY, entry) if done.undoable and done.quick else None,
        kit.button(text("Follow up"), Action.FOLLOW_UP, entry) if done.task is None else None,
        _rest(done, text),
    )


def headline(listed: Listed, text: Text) -> list[Part | str]:
    """Return `Outgoing call · Anna Berg (Fjordbygg AS)`."""
    who = listed.contact_label or text("(contact deleted)")
    return [kit.bold(template_words(listed, text)), " · ", who]


def template_words(listed: Listed, text: Text) -> str:
    """Return what kind of interaction it was."""
    return listed.template_name or text("(no template)")


def details(done: Done, text: Text) -> list[Part | str]:
    """Return `Today 14:03 · 15 min · Positive · “Agreed the price list”`."""
    entry = done.listed.entry
    when = text.day(entry.day) + (f" {text.time(entry.at)}" if entry.at else "")
    parts = [when]
    parts += [text.minutes(entry.duration)] if entry.duration else []
    parts += [text(EVALUATIONS[entry.evaluation])] if entry.evaluation else []
    parts += [text("attempt failed")] if entry.attempt_failed else []
    parts += [text("follow-up {day}", day=text.day_within(done.task.due))] if done.task else []
    said = [kit.quote(entry.comment)] if entry.comment.strip() else _own_words(done.listed)
    return [" · ".join(parts), *(piece for part in said for piece in (" · ", part))]


def _own_words(listed: Listed) -> list[Part]:
    if listed.entry.description == listed.template_name:
        return []
    return [kit.quote(listed.entry.description)]


def _rest(done: Done, text: Text) -> OverflowMenuElement:
    entry = done.listed.entry
    name = done.listed.contact_name.split(" ")[0]
    choices = [
        Choice(text("Edit result"), verb(Action.EDIT_RESULT, entry.id)),
        Choice(text("Open entry"), verb(Action.OPEN_ENTRY, entry.id)),
        Choice(text("Log another for {name}", name=name), verb(Action.LOG_CONTACT, entry.contact)),
    ]
    if entry.opportunity is None:
        choices.append(Choice(text("Create opportunity"), verb(Action.OPPORTUNITY_OF_ENTRY, entry.id)))
    if not done.undoable:
        choices.append(Choice(text("Cancel entry"), verb(Action.CANCEL_ENTRY, entry.id)))
    return kit.more(Action.MORE, *choices)


def undone(listed: Listed | None, given_back: FormId | None, left: list[str], text: Text) -> Payload:
    """Return what the confirmation becomes after Undo; `left` names what somebody changed meanwhile."""
    said = text("Undone. The draft is back.") if given_back else text("Undone.")
    what = headline(listed, text) if listed else []
    return kit.message(
        kit.lines([kit.bold(said), " ", *what], *([row] for row in left)),
        kit.actions(kit.button(text("Resume"), Action.RESUME, given_back)) if given_back else None,
    )


def canceled(listed: Listed, operation: OperationId, text: Text) -> Payload:
    """Return what the confirmation becomes after **Cancel entry**."""
    return kit.message(
        kit.lines([kit.bold(text("Canceled:")), " ", *headline(listed, text)]),
        kit.actions(
            kit.button(text("Undo"), Action.UNDO, operation),
            kit.button(text("Log it again"), Action.LOG_AGAIN, listed.entry.id),
        ),
    )


def postponed(form: Form, form_id: FormId, name: str, text: Text) -> Payload:
    """Return the quiet message after a form was closed half-way."""
    return kit.message(
        kit.line(
            kit.bold(text("Postponed:")),
            " ",
            _postponed(form, name, text),
            text(". It waits under /log drafts."),
        ),
        kit.actions(
            kit.button(text("Resume"), Action.RESUME, form_id),
            kit.button(text("Discard"), Action.DISCARD_DRAFT, form_id),
        ),
    )


def _postponed(form: Form, name: str, text: Text) -> Part | str:
    """Return template and contact; where neither is chosen, the first words that were typed."""
    known = " · ".join(part for part in (form.description.strip(), name) if part)
    if known:
        return known
    return kit.quote(form.comment, FIRST_WORDS) if form.comment.strip() else text("an interaction")


def discarded(form_id: FormId, text: Text) -> Payload:
    """Return what a draft's message becomes after **Discard**."""
    return kit.message(
        kit.line(kit.bold(text("Discarded."))),
        kit.actions(kit.button(text("Undo"), Action.UNDISCARD, form_id)),
    )


def resumed_elsewhere(text: Text) -> Payload:
    """Return what a draft's message becomes when the form was finished somewhere else."""
    return kit.message(kit.line(text("This interaction has been logged meanwhile.")))


def sentence(words: str, *blocks: Block) -> Payload:
    """Return a message of one sentence, with what may follow."""
    return kit.message(kit.line(words), *blocks)
