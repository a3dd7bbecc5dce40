"""Evaluate, cancel and reinstate, one or several: pressed in the list, sent from a form, counted before it is done."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.entries import Listed
from bot.domain.ids import EntryId, FormId
from bot.domain.interactions import Evaluation, Field
from bot.domain.messages import Refusal
from bot.domain.people import Person
from bot.services.entries import Entries
from bot.services.entry_acts import GONE, Act, EntryActs
from bot.services.entry_lists import EntryLists
from bot.text import Text
from bot.views import entry_acts as views
from bot.views import entry_lists as list_views
from bot.views.entries import opened_in
from bot.views.forms import Meta
from bot.views.ids import Action, Callback
from handlers import entry_lists as lists
from handlers import opened, payloads
from handlers.acks import Ack
from handlers.payloads import OpenView, Press
from handlers.routes import Routes
from handlers.surface import Surface


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.EVALUATE] = evaluate
    routes.actions[Action.EVALUATE_SEVERAL] = evaluate_several
    routes.actions[Action.CANCEL_SEVERAL] = cancel_several
    routes.actions[Action.REINSTATE_SEVERAL] = reinstate_several
    routes.writes(Action.REINSTATE, reinstate)
    routes.submissions[Callback.EVALUATE] = save_evaluation
    routes.submissions[Callback.CANCEL_SEVERAL] = ask_to_cancel
    routes.submissions[Callback.CANCEL_SURE] = cancel_sure
    routes.submissions[Callback.REINSTATE_SEVERAL] = ask_to_reinstate
    routes.submissions[Callback.REINSTATE_SURE] = reinstate_sure


def evaluate(press: Press, slack: Surface, entry_lists: EntryLists, actor: Person, text: Text) -> None:
    """Open the form with the evaluations for one entry."""
    entries = _still_there(entry_lists, actor, (press.number,))
    at_page = press.block if opened_in(press.block) is not None else ""
    meta = replace(_meta(press, list_views.asked_in(press.block) or at_page), subjects=(press.number,))
    slack.show_over(press.in_modal, views.evaluate_form(entries, meta, text))
    _remember(press, entry_lists, actor)


def evaluate_several(
    press: Press, slack: Surface, entry_lists: EntryLists, actor: Person, text: Text
) -> None:
    """Open the form to evaluate entries of the page."""
    page = entry_lists.page(actor, lists.recalled(press.value, entry_lists, actor))
    slack.show_over(press.in_modal, views.evaluate_form(_some(page.live), _meta(press, press.value), text))
    _remember(press, entry_lists, actor)


def cancel_several(press: Press, slack: Surface, entry_lists: EntryLists, actor: Person, text: Text) -> None:
    """Open the form to cancel entries of the page."""
    page = entry_lists.page(actor, lists.recalled(press.value, entry_lists, actor))
    slack.show_over(press.in_modal, views.cancel_form(_some(page.live), _meta(press, press.value), text))
    _remember(press, entry_lists, actor)


def reinstate_several(
    press: Press, slack: Surface, entry_lists: EntryLists, actor: Person, text: Text
) -> None:
    """Open the form to reinstate entries of the page."""
    page = entry_lists.page(actor, lists.recalled(press.value, entry_lists, actor))
    slack.show_over(
        press.in_modal, views.reinstate_form(_some(page.canceled), _meta(press, press.value), text)
    )
    _remember(press, entry_lists, actor)


def cancel_listed(
    press: Press,
    slack: Surface,
    entry_acts: EntryActs,
    entry_lists: EntryLists,
    actor: Person,
    ack: Ack,
    text: Text,
) -> None:
    """Cancel an entry of the list, and show the list without it."""
    act = entry_acts.cancel(actor, [EntryId(press.number)], press.response_url)
    ack()
    _show_again(press, act, entry_acts, slack, entry_lists, actor, text)


def reinstate(
    press: Press,
    slack: Surface,
    entry_acts: EntryActs,
    entry_lists: EntryLists,
    entries: Entries,
    actor: Person,
    ack: Ack,
    text: Text,
) -> None:
    """Let a canceled entry count again, of the list or on its own page."""
    entry = EntryId(press.number)
    act = entry_acts.reinstate(actor, [entry], press.response_url)
    ack()
    if opened_in(press.block) is not None:
        _refuse_left(act, text)
        return opened.again(press.form.id, press.block, entry, slack, entries, actor, text)
    _show_again(press, act, entry_acts, slack, entry_lists, actor, text)


def save_evaluation(
    view: OpenView,
    ack: Ack,
    slack: Surface,
    entry_acts: EntryActs,
    entry_lists: EntryLists,
    entries: Entries,
    actor: Person,
    text: Text,
) -> None:
    """Evaluate the one entry, or those that are ticked."""
    meta = payloads.meta(view)
    chosen = payloads.chosen(view, Field.EVALUATION)
    evaluation = next((one for one in Evaluation if one.value == chosen), None)
    wanted = _ids(meta.subjects or payloads.picked(view, views.CHOSEN))
    act = entry_acts.evaluate(actor, wanted, evaluation, _message(meta, entry_lists, actor))
    if opened_in(meta.below) is None or (act.left and not act.changed):
        return _answer(act, meta, ack, entry_acts, slack, entry_lists, actor, text)
    ack()
    opened.again(meta.below_view, meta.below, wanted[0], slack, entries, actor, text)


def ask_to_cancel(view: OpenView, ack: Ack, entry_lists: EntryLists, actor: Person, text: Text) -> None:
    """Ask once more before entries are canceled, with their number."""
    chosen = payloads.picked(view, views.CHOSEN)
    meta = replace(payloads.meta(view), subjects=chosen)
    entries = _still_there(entry_lists, actor, chosen)
    ack(response_action="update", view=views.sure_to_cancel(entries, meta, text))


def ask_to_reinstate(view: OpenView, ack: Ack, entry_lists: EntryLists, actor: Person, text: Text) -> None:
    """Ask once more before entries are reinstated, with their number."""
    chosen = payloads.picked(view, views.CHOSEN)
    meta = replace(payloads.meta(view), subjects=chosen)
    entries = _still_there(entry_lists, actor, chosen)
    ack(response_action="update", view=views.sure_to_reinstate(entries, meta, text))


def cancel_sure(
    view: OpenView,
    ack: Ack,
    slack: Surface,
    entry_acts: EntryActs,
    entry_lists: EntryLists,
    actor: Person,
    text: Text,
) -> None:
    """Cancel what was ticked."""
    meta = payloads.meta(view)
    act = entry_acts.cancel(actor, _ids(meta.subjects), _message(meta, entry_lists, actor))
    _answer(act, meta, ack, entry_acts, slack, entry_lists, actor, text)


def reinstate_sure(
    view: OpenView,
    ack: Ack,
    slack: Surface,
    entry_acts: EntryActs,
    entry_lists: EntryLists,
    actor: Person,
    text: Text,
) -> None:
    """Reinstate what was ticked."""
    meta = payloads.meta(view)
    act = entry_acts.reinstate(actor, _ids(meta.subjects), _message(meta, entry_lists, actor))
    _answer(act, meta, ack, entry_acts, slack, entry_lists, actor, text)


def _meta(press: Press, page: str) -> Meta:
    """Return what a form over the list carries: which page stands below it, and in which modal."""
    view = press.view.id if press.view is not None and press.in_modal else ""
    return Meta(form_id=FormId("entries"), below=page, below_view=view)


def _remember(press: Press, entry_lists: EntryLists, actor: Person) -> None:
    if press.response_url is not None:
        entry_lists.pressed(actor, press.response_url)


def _message(meta: Meta, entry_lists: EntryLists, actor: Person) -> str | None:
    """Return where the message is from which the form was opened."""
    return None if meta.below_view else entry_lists.response_url(actor)


def _answer(
    act: Act,
    meta: Meta,
    ack: Ack,
    entry_acts: EntryActs,
    slack: Surface,
    entry_lists: EntryLists,
    actor: Person,
    text: Text,
) -> None:
    """Close the form and show the list anew; where nothing could be done, say why."""
    if act.left and not act.changed:
        left = [text.say(message) for message in act.left]
        return ack(response_action="update", view=views.refused(left, text))
    ack()
    if not meta.below:
        return None
    page = entry_lists.shown(actor, lists.recalled(meta.below, entry_lists, actor))
    url = _message(meta, entry_lists, actor)
    entry_acts.stood_in(actor, act, page.page.asked, url)
    if meta.below_view:
        slack.update(meta.below_view, list_views.screen(page, text))
    elif url is not None:
        slack.at(url).replace(list_views.message(page, text))
    return None


def _show_again(
    press: Press,
    act: Act,
    entry_acts: EntryActs,
    slack: Surface,
    entry_lists: EntryLists,
    actor: Person,
    text: Text,
) -> None:
    """Show the list as it is now.

    Raises:
        Refusal: the entry could not be changed.
    """
    page = lists.pressed_on(press, entry_lists, actor)
    entry_acts.stood_in(actor, act, page, press.response_url)
    lists.show(press, page, slack, entry_lists, actor, text)
    _refuse_left(act, text)


def _refuse_left(act: Act, text: Text) -> None:
    if act.left and not act.changed:
        raise Refusal("{words}", words=text.say(act.left[0]))


def _still_there(entry_lists: EntryLists, actor: Person, entries: Sequence[int]) -> list[Listed]:
    found = entry_lists.readable(actor, _ids(entries))
    if not found:
        raise Refusal(GONE)
    return found


def _some(entries: Sequence[Listed]) -> Sequence[Listed]:
    if not entries:
        raise Refusal("This page of the list is empty now. Open the list again.")
    return entries


def _ids(entries: Sequence[int]) -> tuple[EntryId, ...]:
    return tuple(map(EntryId, entries))
