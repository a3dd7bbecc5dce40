"""Create interaction: opening the form, keeping it, logging it."""

from bot.domain.ids import ContactId, EntryId, FormId, PersonId
from bot.domain.interactions import Field
from bot.domain.messages import Refusal
from bot.domain.people import Person
from bot.services.choices import Choices
from bot.services.forms import Forms, Opened, Start
from bot.services.interactions import Interactions
from bot.services.lists import Lists
from bot.services.postponed import Postponed
from bot.text import Text
from bot.views import elsewhere, ids
from bot.views.ids import Action, Callback
from handlers import contacts, payloads
from handlers.acks import Ack
from handlers.payloads import OpenView, Press
from handlers.routes import Routes
from handlers.surface import Surface
from handlers.turns import Turns

SELECTS = frozenset({Field.CONTACT, Field.TEMPLATE, Field.LANGUAGE})
"""Choices that bring other values along; every other input is only kept."""


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.shortcuts[Callback.LOG_INTERACTION] = log_interaction
    routes.actions[Action.LOG] = open_empty
    routes.actions[Action.LOG_CONTACT] = log_contact
    routes.actions[Action.LOG_PERSON] = log_person
    routes.actions[Action.LOG_AGAIN] = log_again
    routes.writes(ids.FIELD, changed)
    routes.writes(Action.MORE_FIELDS, more_fields)
    routes.writes(Action.TODAY, today)
    routes.submissions[Callback.INTERACTION] = log


def show(slack: Surface, forms: Forms, actor: Person, opened: Opened) -> None:
    """Open a form and remember it.

    An empty one is opened first: the trigger lives three seconds, the database can wait. A prefilled one is
    remembered first: it is kept even when it closes at once, and nothing chosen in it overtakes for whom it is.
    """
    if opened.form.worth_keeping or opened.form.salesperson != actor.id:
        forms.remember(actor, opened, slack.response_url)
        slack.open(opened.view)
    else:
        slack.open(opened.view)
        forms.remember(actor, opened, slack.response_url)


def log_interaction(slack: Surface, forms: Forms, actor: Person) -> None:
    """Open the form from anywhere."""
    show(slack, forms, actor, forms.open(actor, Start()))


def open_empty(slack: Surface, forms: Forms, actor: Person) -> None:
    """Open the form from App Home."""
    show(slack, forms, actor, forms.open(actor, Start()))


def log_contact(press: Press, slack: Surface, forms: Forms, actor: Person) -> None:
    """Open the form for one contact, who can't be changed in it."""
    start = Start(contact=ContactId(press.number), locked=True)
    show(slack, forms, actor, forms.open(actor, start))


def log_person(press: Press, slack: Surface, forms: Forms, actor: Person) -> None:
    """Open the form on behalf of a salesperson."""
    show(slack, forms, actor, forms.open(actor, Start(salesperson=PersonId(press.number))))


def log_again(press: Press, slack: Surface, forms: Forms, actor: Person) -> None:
    """Open the form with everything of an entry that was canceled or undone."""
    show(slack, forms, actor, forms.open_corrected(actor, EntryId(press.number)))


def changed(
    press: Press,
    slack: Surface,
    forms: Forms,
    postponed: Postponed,
    choices: Choices,
    turns: Turns,
    actor: Person,
    ack: Ack,
    text: Text,
) -> None:
    """Keep what was typed or chosen; a contact, template or language brings its values along.

    The other forms keep nothing before they are sent: their words are no interaction that could be postponed.
    """
    view = press.form
    if view.callback != Callback.INTERACTION:
        return ack()
    meta, typed = payloads.meta(view), payloads.typed(view)
    field = press.block.partition(".")[0]
    if press.value.startswith(ids.NEW_CONTACT_VALUE) and field == Field.CONTACT:
        typed.pop(Field.CONTACT)
        postponed.autosave(actor, meta, typed, press.at)
        return contacts.push_new(press, slack, text)
    if field not in SELECTS:
        return postponed.autosave(actor, meta, typed, press.at)
    choices.choose(actor, meta, typed, press.at)
    ack()
    show_current(view.id, meta.form_id, slack, forms, turns, actor)


def more_fields(
    press: Press, slack: Surface, forms: Forms, choices: Choices, turns: Turns, actor: Person, ack: Ack
) -> None:
    """Unfold the rest of the form."""
    view = press.form
    meta = payloads.meta(view)
    choices.unfold(actor, meta, payloads.typed(view), press.at)
    ack()
    show_current(view.id, meta.form_id, slack, forms, turns, actor)


def show_current(
    view_id: str, form_id: FormId, slack: Surface, forms: Forms, turns: Turns, actor: Person
) -> None:
    """Show the open form as it was kept last; one update at a time, so that the last one tells the latest."""
    with turns.of(form_id):
        slack.update(view_id, forms.current(actor, form_id))


def today(
    press: Press, slack: Surface, forms: Forms, choices: Choices, turns: Turns, actor: Person, ack: Ack
) -> None:
    """Date the interaction today, instead of the day on which it was begun."""
    view = press.form
    meta = payloads.meta(view)
    choices.make_today(actor, meta, payloads.typed(view), press.at)
    ack()
    show_current(view.id, meta.form_id, slack, forms, turns, actor)


def log(
    view: OpenView,
    ack: Ack,
    interactions: Interactions,
    forms: Forms,
    postponed: Postponed,
    lists: Lists,
    actor: Person,
    text: Text,
) -> None:
    """Log the form: written first, acknowledged then; a list from which it was resumed follows."""
    meta, typed = payloads.meta(view), payloads.typed(view)
    outcome = interactions.log(actor, meta.form_id, typed, twin_accepted=meta.twin is not None)
    fate = postponed.fate(actor, meta.form_id) if outcome.ended else None
    if fate is not None:
        comment = str(typed.get(Field.COMMENT) or "")
        ack(response_action="update", view=elsewhere.page(fate, comment, text))
    elif outcome.problems:
        errors = {field: text.say(message) for field, message in outcome.problems.items()}
        ack(response_action="errors", errors=placed(view, errors))
    elif outcome.twin is not None:
        ack(response_action="update", view=forms.with_twin(actor, meta, outcome.form, outcome.twin))
    else:
        ack(**({"response_action": "clear"} if view.root_id != view.id else {}))
        lists.follow(actor, meta.form_id)


def placed(view: OpenView, errors: dict[Field, str]) -> dict[str, str]:
    """Return the errors at their blocks; those of fields that are not shown stand at the description.

    Raises:
        Refusal: the form shows no field at all.
    """
    found: dict[str, str] = {}
    for field, words in errors.items():
        block = view.block_of(field) if view.value(field) is not None else view.block_of(Field.DESCRIPTION)
        if block is None:
            raise Refusal("{words}", words=words)
        found[block] = f"{found[block]} {words}" if block in found else words
    return found


def form_id(press: Press) -> FormId:
    """Return the form that a button is about."""
    return FormId(press.value)
