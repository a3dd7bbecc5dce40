"""Phone calls: the numbers on a contact's card, and the outcomes on the form (`domain.md` 2.9)."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement

from bot.domain.calls import EFFECTS, CallOutcome, Line, Number, dialled
from bot.domain.contacts import Contact
from bot.domain.interactions import Form
from bot.domain.messages import n_
from bot.text import Text
from bot.views import ids, kit
from bot.views.ids import Action
from bot.views.kit import Part

LINES = {Line.MOBILE: n_("Mobile"), Line.PHONE: n_("Phone"), Line.COMPANY: n_("Company")}
OUTCOMES = {
    CallOutcome.REACHED: n_("Reached"),
    CallOutcome.NO_ANSWER: n_("No answer"),
    CallOutcome.LEFT_MESSAGE: n_("Left a message"),
}


def rows(contact: Contact, numbers: Sequence[Number], text: Text) -> list[Block]:
    """Return each number with its buttons; without one, where to add it."""
    if not numbers:
        return [kit.small(text("No phone number yet: add one under Edit."))]
    return [block for one in numbers for block in _row(contact, one, text)]


def outcomes(number: str, form: Form, text: Text) -> list[Block]:
    """Return the number that is dialled, and what may come of it; what was chosen is marked."""
    return [
        kit.line(text("Call "), link(number), block_id="call"),
        kit.actions(*(_outcome(one, form, text) for one in CallOutcome), block_id="call_outcomes"),
    ]


def link(number: str) -> Part:
    """Return a number that a telephone dials when it is pressed."""
    return Part(number, link=f"tel:{dialled(number)}")


def _row(contact: Contact, number: Number, text: Text) -> list[Block]:
    label, subject = text(LINES[number.line]), f"{contact.id}{ids.SEPARATOR}{number.line}"
    name = kit.clip(contact.name, 40)
    return [
        kit.line(f"{label}  ", link(number.written)),
        kit.actions(
            kit.named(text("Call"), text("Call {name}, {line}", name=name, line=label), Action.CALL, subject),
            kit.named(
                text("No answer"),
                text("No answer from {name}, {line}", name=name, line=label),
                Action.NO_ANSWER,
                subject,
            ),
            block_id=f"call.{number.line}",
        ),
    ]


def _outcome(outcome: CallOutcome, form: Form, text: Text) -> ButtonElement:
    label = text(OUTCOMES[outcome])
    effect = EFFECTS[outcome]
    chosen = (form.attempt_failed, form.evaluation) == (effect.attempt_failed, effect.evaluation)
    action = f"{Action.CALL_OUTCOME}.{outcome}"
    return kit.button(f"✓ {label}" if chosen else label, action, outcome)
