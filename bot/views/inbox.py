"""The inbox: what arrived by itself and asks, with its answers on buttons (`product.md` 11)."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.contacts import Contact
from bot.domain.documents import ACT_WORDS, DOCUMENT_WORDS, Act, Recorded
from bot.domain.ids import OperationId
from bot.domain.inbox import LONGEST_WORD, REASONS, Arrival, Kept, Question, Questions, Reason, Whom
from bot.domain.interactions import Template
from bot.text import Text
from bot.views import kit
from bot.views.forms import Fields, Meta, modal
from bot.views.ids import SEPARATOR, Action, Callback
from bot.views.kit import Part, Payload

CONTACT, TEMPLATE, ALWAYS = "inbox_contact", "inbox_template", "inbox_always"
CHOICES = 3
LEARNT = 20
_LABEL = 60


def page(asked: Questions, said: str, operation: OperationId | None, text: Text) -> dict[str, Any]:
    """Return the inbox; on top what was just done, and how it is taken back."""
    return modal(
        Callback.NOTICE,
        text("Inbox"),
        [
            *_said(said, operation, text),
            *(_empty(text) if not asked.shown else [_heading(asked, text)]),
            *(block for question in asked.shown for block in _question(question, asked.page, text)),
            _turns(asked, text),
            *_learnt(asked, text),
        ],
        close=text("Close"),
    )


def _said(said: str, operation: OperationId | None, text: Text) -> list[Block]:
    if not said:
        return []
    undo = [] if operation is None else [kit.button(text("Undo"), Action.INBOX_UNDO, operation)]
    row = [kit.actions(*undo, block_id="inbox.undo")] if undo else []
    return [kit.line(kit.bold(said)), *row, kit.divider()]


def _empty(text: Text) -> list[Block]:
    words = text("Nothing asks. Documents and e-mails that can't be recorded by themselves wait here.")
    return [kit.line(Part(words, italic=True))]


def _heading(asked: Questions, text: Text) -> Block:
    return kit.line(
        text.count(
            "{n} thing arrived that can't be recorded without you. The oldest comes first.",
            "{n} things arrived that can't be recorded without you. The oldest come first.",
            asked.count,
        )
    )


def _question(question: Question, page: int, text: Text) -> tuple[Block, Block]:
    came = question.came
    when = text.day(came.day) + (f", {text.time(came.at)}" if came.at else "")
    parts = [when, _who(question), kit.clip(came.description, _LABEL) if came.description else ""]
    return (
        kit.lines(
            [kit.bold(what(came, text)), *(f" · {part}" for part in parts if part)], [_why(question, text)]
        ),
        _answers(question, f"inbox.{page}.{question.kept.id}", text),
    )


def _who(question: Question) -> str:
    """Return whom it is about: the contact that was found, else whom it names."""
    found = question.seen.contacts
    return found[0].label if len(found) == 1 else question.came.contact.label


def what(came: Arrival, text: Text) -> str:
    """Return what arrived, as in "Sales invoice 103021"."""
    return f"{kind(came, text)} {came.number}".strip()


def kind(came: Arrival, text: Text) -> str:
    """Return what kind of thing arrived, in its own word where nobody knows that."""
    known = came.recorded_as
    return text(_word(known)) if known is not None else kit.clip(came.type, _LABEL)


def _word(recorded: Recorded) -> str:
    return ACT_WORDS[recorded] if isinstance(recorded, Act) else DOCUMENT_WORDS[recorded]


def _why(question: Question, text: Text) -> str:
    reason = question.reason
    if reason is None:
        names = (question.seen.contacts[0].label, _described(question.seen.template))
        return text("It can be recorded now: {contact}, {template}.", contact=names[0], template=names[1])
    if reason is Reason.SEVERAL_CONTACTS:
        labels = "; ".join(kit.clip(one.label, _LABEL) for one in question.seen.contacts)
        return text("It waits: {reason}: {names}.", reason=text(REASONS[reason]), names=labels)
    return text("It waits: {reason}.", reason=text(REASONS[reason]))


def _described(template: Template | None) -> str:
    return template.description if template else ""


def _answers(question: Question, block: str, text: Text) -> Block:
    item, name = question.kept.id, what(question.came, text)
    ignore = kit.named(text("Ignore"), text("Ignore {what}", what=name), Action.INBOX_IGNORE, item)
    if question.reason is None:
        return kit.actions(kit.primary(text("Log it"), Action.INBOX_LOG, item), ignore, block_id=block)
    choose = kit.named(text("Choose…"), text("Answer {what}", what=name), Action.INBOX_CHOOSE, item)
    return kit.actions(*_one_press(question, text), choose, ignore, block_id=block)


def _one_press(question: Question, text: Text) -> list[Any]:
    """Return the buttons that answer at once: who may be meant, or a new contact."""
    item, whom = question.kept.id, question.came.contact
    if question.wants_template:
        return []
    if question.reason is Reason.NO_CONTACT and _name(whom):
        label = text("New contact {name}", name=kit.clip(_name(whom), 40))
        return [kit.button(label, Action.INBOX_NEW, item)]
    if question.reason is not Reason.SEVERAL_CONTACTS:
        return []
    return [_candidate(item, place, one) for place, one in enumerate(question.seen.contacts[:CHOICES])]


def _candidate(item: int, place: int, one: Contact) -> Any:
    subject = f"{item}{SEPARATOR}{one.id}"
    return kit.button(kit.clip(one.label, _LABEL), f"{Action.INBOX_LOG}.{place}", subject)


def _name(whom: Whom) -> str:
    return whom.name or whom.company or whom.email


def _turns(asked: Questions, text: Text) -> Block | None:
    if asked.pages == 1:
        return None
    older = asked.page + 1 < asked.pages
    return kit.actions(
        kit.button(text("Back"), f"{Action.INBOX}.1", asked.page - 1) if asked.page else None,
        kit.button(text("More"), f"{Action.INBOX}.2", asked.page + 1) if older else None,
        block_id="inbox.turns",
    )


def _learnt(asked: Questions, text: Text) -> list[Block]:
    """Return which types were learnt by **Always so**, each to be forgotten."""
    learnt = list(asked.learnt.items())[:LEARNT]
    return [_taught(number, word, template, text) for number, (word, template) in enumerate(learnt)]


def _taught(number: int, word: str, template: str, text: Text) -> Block:
    words = text("Always so: {word} is recorded as {template}", word=word, template=template)
    value = word[:LONGEST_WORD]
    forget = kit.named(text("Forget"), text("Forget {word}", word=word), Action.INBOX_FORGET, value)
    return kit.item([words], forget, f"inbox.learnt.{number}")


def choose_form(meta: Meta, question: Question, text: Text, *, admin: bool) -> dict[str, Any]:
    """Return the form for what is missing: the contact, the template, or both."""
    fields = Fields(meta)
    hint = text("Name, company, e-mail or number")
    about = kit.fact(what(question.came, text), _who(question))
    wants = question.wants_template
    return modal(
        Callback.INBOX_ANSWER,
        text("Record it"),
        [
            kit.lines(about, [_why(question, text)]),
            fields.search(CONTACT, text("Contact"), hint, None) if question.wants_contact else None,
            fields.search(TEMPLATE, text("Interaction template"), text("Name or code"), None)
            if wants
            else None,
            _always(fields, question.came, text) if wants and admin else None,
        ],
        submit=text("Log"),
        close=text("Back"),
        meta=meta,
    )


def _always(fields: Fields, came: Arrival, text: Text) -> Block:
    hint = text("What waits alike is recorded, too. /log setup changes it.")
    if came.recorded_as is None:
        hint = text("What waits alike is recorded, too. The inbox can forget it again.")
    return fields.flag(ALWAYS, text("Always so for {kind}", kind=kind(came, text)), ticked=False, hint=hint)


def news(arrived: Sequence[Kept], asks: int, text: Text) -> Payload:
    """Return what is said when something arrived that asks."""
    words = text.count(
        "{n} thing that arrived waits for your answer.", "{n} things that arrived wait for your answer.", asks
    )
    rows = [
        [f"• {what(one.came, text)} · {one.came.contact.label}: {text(REASONS[one.reason])}"]
        for one in arrived
        if one.came is not None and one.reason is not None
    ]
    return kit.message(
        kit.lines([kit.bold(words)], *rows),
        kit.actions(kit.primary(text("Open the inbox"), Action.INBOX, 0), block_id="inbox.news"),
    )


def row(asks: int, text: Text) -> list[Block]:
    """Return the line on App Home, nothing where nothing asks."""
    if not asks:
        return []
    words = text.count(
        "{n} thing that arrived waits in the inbox", "{n} things that arrived wait in the inbox", asks
    )
    return [kit.item([words], kit.button(text("Answer"), Action.INBOX, 0), "inbox")]


def logged(label: str, alike: int, text: Text) -> str:
    """Return what is said once something was recorded."""
    if not alike:
        return text("Logged: {what}.", what=label)
    return text.count(
        "Logged: {what}, and {n} other alike.", "Logged: {what}, and {n} others alike.", alike, what=label
    )
