"""Entries: undo, cancel, details, result."""

from typing import Any

from bot.domain.ids import EntryId, FormId, OperationId, OpportunityId
from bot.domain.interactions import Evaluation, Field
from bot.domain.people import Person
from bot.services.entries import Entries, Result
from bot.services.entry_acts import EntryActs
from bot.services.forms import Forms
from bot.services.lists import Lists
from bot.services.undo import Undo
from bot.text import Text
from bot.views import entries as views
from bot.views.entry_lists import asked_in
from bot.views.forms import Meta
from bot.views.ids import Action, Callback
from handlers import interactions, opened, payloads
from handlers.acks import Ack
from handlers.entry_acts import cancel_listed
from handlers.payloads import OpenView, Press
from handlers.routes import Routes, call
from handlers.surface import Surface


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.writes(Action.UNDO, undo)
    routes.writes(Action.CANCEL_ENTRY, cancel)
    routes.actions[Action.OPEN_ENTRY] = open_entry
    routes.actions[Action.LOG_FROM_ENTRY] = log_from_entry
    routes.actions[Action.EDIT_RESULT] = edit_result
    routes.submissions[Callback.EDIT_RESULT] = save_result


def undo(press: Press, undo: Undo, entry_acts: EntryActs, lists: Lists, actor: Person) -> None:
    """Take back what the button's message tells of; a list in which it was done follows."""
    operation = OperationId(press.number)
    undone = undo.operation(actor, operation, press.response_url)
    entry_acts.follow(actor, operation)
    if undone.given_back is not None:
        lists.follow(actor, undone.given_back)


def cancel(
    press: Press, slack: Surface, entries: Entries, actor: Person, ack: Ack, text: Text, desk: dict[str, Any]
) -> None:
    """Cancel an entry: from its own message, which tells so, from its page, or from the list."""
    if asked_in(press.block) is not None:
        return call(cancel_listed, desk)
    entry = EntryId(press.number)
    entries.cancel(actor, entry, press.response_url)
    ack()
    opened.again(press.view.id if press.view else "", press.block, entry, slack, entries, actor, text)


def open_entry(press: Press, slack: Surface, entries: Entries, actor: Person, text: Text) -> None:
    """Show an entry's details, in a modal in place of the list: more can stand on top of them then."""
    below = asked_in(press.block) if press.in_modal else None
    details = opened.page(entries, actor, EntryId(press.number), below, text)
    if press.view is not None and below is not None:
        slack.update(press.view.id, details)
    else:
        slack.show_over(press.in_modal, details)
    entries.pressed(actor, EntryId(press.number), press.message_url)


def log_from_entry(press: Press, slack: Surface, forms: Forms, actor: Person) -> None:
    """Open the form for one more interaction with the entry's contact, on top of its details."""
    form = forms.open_from_entry(actor, EntryId(press.number))
    if press.in_modal:
        forms.remember(actor, form, None)
        slack.push(form.view)
    else:
        interactions.show(slack, forms, actor, form)


def edit_result(press: Press, slack: Surface, entries: Entries, actor: Person, text: Text) -> None:
    """Open the form for an entry's result."""
    page = entries.page(actor, EntryId(press.number))
    meta = Meta(
        form_id=FormId(f"result{page.listed.entry.id}"),
        subject=int(page.listed.entry.id),
        revision=page.listed.entry.revision,
        below=press.block,
        below_view=press.view.id if press.view is not None and press.in_modal else "",
    )
    slack.show_over(press.in_modal, views.result_form(page.listed, page.opportunities, meta, text))
    entries.pressed(actor, page.listed.entry.id, press.message_url)


def save_result(
    view: OpenView, ack: Ack, slack: Surface, entries: Entries, actor: Person, text: Text
) -> None:
    """Correct the result."""
    meta, typed = payloads.meta(view), payloads.typed(view)
    evaluation = typed.get(Field.EVALUATION)
    opportunity = typed.get(Field.OPPORTUNITY)
    result = Result(
        evaluation=Evaluation(evaluation) if evaluation else None,
        attempt_failed=bool(typed.get(Field.ATTEMPT_FAILED)),
        comment=str(typed.get(Field.COMMENT) or ""),
        duration=str(typed.get(Field.DURATION) or ""),
        cost=str(typed.get(Field.COST) or ""),
        opportunity=OpportunityId(opportunity) if opportunity else None,
    )
    wrong = {view.block_of(field) or field: text.say(message) for field, message in result.problems().items()}
    if wrong:
        return ack(response_action="errors", errors=wrong)
    entry = EntryId(meta.subject or 0)
    entries.change_result(actor, entry, result, meta.revision)
    ack()
    opened.again(meta.below_view, meta.below, entry, slack, entries, actor, text)
