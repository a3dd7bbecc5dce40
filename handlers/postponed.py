"""Postponed interactions: closing, discarding one or several, resuming."""

from uuid import uuid4

from bot.domain.ids import ContactId, DraftId, FormId
from bot.domain.messages import n_
from bot.domain.people import Person
from bot.domain.postponed import Fate
from bot.services.forms import Forms
from bot.services.lists import Lists
from bot.services.postponed import Postponed
from bot.text import Text
from bot.views import elsewhere
from bot.views import interactions as forms_views
from bot.views import postponed as views
from bot.views.forms import Meta
from bot.views.ids import Action, Callback
from bot.views.listing import Said
from handlers import payloads, standing
from handlers.acks import Ack
from handlers.payloads import Closing, OpenView, Press
from handlers.routes import Routes
from handlers.surface import Surface

GONE = n_("That one was finished or discarded meanwhile.")


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.closings[Callback.INTERACTION] = closed
    routes.writes(Action.DISCARD, discard)
    routes.writes(Action.DISCARD_DRAFT, discard_draft)
    routes.writes(Action.UNDISCARD, undiscard)
    routes.actions[Action.RESUME] = resume
    routes.actions[Action.DISCARD_ASK] = ask_discard
    routes.actions[Action.DISCARD_SEVERAL] = choose_several
    routes.submissions[Callback.DISCARD_SEVERAL] = ask_several
    routes.submissions[Callback.DISCARD_DRAFTS] = discard_all


def closed(closing: Closing, postponed: Postponed, actor: Person) -> None:
    """Keep the form: by the button whenever there is something in it, by the X only if it was touched."""
    form_id = payloads.meta(closing.view).form_id
    if closing.cleared:
        postponed.close_all(actor, form_id)
    else:
        postponed.close(actor, form_id)


def discard(
    press: Press, postponed: Postponed, slack: Surface, lists: Lists, actor: Person, ack: Ack, text: Text
) -> None:
    """Throw the open form away and say so in its place."""
    meta = payloads.meta(press.form)
    postponed.autosave(actor, meta, payloads.typed(press.form), press.at)
    postponed.discard(actor, meta.form_id, None)
    ack()
    slack.update(press.form.id, forms_views.discarded(Meta(form_id=meta.form_id), text))
    lists.follow(actor, meta.form_id)


def discard_draft(press: Press, postponed: Postponed, actor: Person) -> None:
    """Throw a waiting draft away; its message says so."""
    postponed.discard(actor, FormId(press.value), press.response_url)


def ask_discard(press: Press, slack: Surface, lists: Lists, actor: Person, text: Text) -> None:
    """Ask whether a draft of a list is thrown away: a choice in a menu can't ask."""
    chosen = lists.chosen(actor, frozenset({press.number}))
    if not chosen:
        return standing.told(press, Said(text(GONE)), slack, lists, actor, text)
    meta = standing.meta_for(press, FormId(uuid4().hex))
    standing.open_form(press, meta, views.sure(chosen, meta, text), slack, lists, actor)


def choose_several(
    press: Press, slack: Surface, lists: Lists, postponed: Postponed, actor: Person, text: Text
) -> None:
    """Ask which drafts of a list are thrown away."""
    found = standing.listing(press)
    contact = ContactId(found.of) if found and found.of else None
    waiting = postponed.waiting(actor, contact)
    if not waiting:
        return standing.told(press, Said(text(GONE)), slack, lists, actor, text)
    meta = standing.meta_for(press, FormId(uuid4().hex))
    standing.open_form(press, meta, views.several_form(waiting, meta, text), slack, lists, actor)


def ask_several(view: OpenView, ack: Ack, lists: Lists, actor: Person, text: Text) -> None:
    """Ask once more before several are thrown away, and say how many."""
    boxes = [block for block in view.blocks if block.startswith(views.BOX)]
    chosen = frozenset(number for block in boxes for number in payloads.picked(view, block))
    waiting = lists.chosen(actor, chosen)
    if not waiting:
        return ack(response_action="errors", errors={boxes[0]: text("Tick what is to be discarded.")})
    ack(response_action="update", view=views.sure(waiting, payloads.meta(view), text))


def discard_all(
    view: OpenView, ack: Ack, postponed: Postponed, slack: Surface, lists: Lists, actor: Person, text: Text
) -> None:
    """Throw the chosen drafts away, as one operation."""
    chosen = [DraftId(number) for number in payloads.meta(view).subjects]
    operation, number = postponed.discard_all(actor, chosen)
    words = text.count("Discarded {n} interaction.", "Discarded {n} interactions.", number)
    standing.submitted(view, ack, Said(words, operation), slack, lists, actor, text)


def undiscard(
    press: Press, postponed: Postponed, forms: Forms, slack: Surface, lists: Lists, actor: Person, ack: Ack
) -> None:
    """Give a discarded form back: into the same modal, or as a new one from a message."""
    given = postponed.give_back(actor, FormId(press.value))
    ack()
    opened = forms.resume(actor, given)
    if press.view is not None and press.view.callback:
        slack.update(press.view.id, opened.view)
    else:
        forms.resumed(actor, given, press.response_url)
        slack.open(opened.view)
    lists.follow(actor, given)


def resume(
    press: Press,
    slack: Surface,
    forms: Forms,
    postponed: Postponed,
    lists: Lists,
    actor: Person,
    text: Text,
) -> None:
    """Open a draft with everything as it was typed; ended meanwhile, say what became of it."""
    fate = postponed.fate(actor, FormId(press.value))
    if fate is not None:
        return _tell(press, fate, slack, lists, actor, text)
    opened = forms.resume(actor, FormId(press.value))
    found = standing.listing(press)
    if found is None:
        forms.resumed(actor, opened.form_id, press.response_url)
        return slack.show_over(press.in_modal, opened.view)
    forms.resumed_beside(actor, opened.form_id, press.response_url, press.block)
    slack.show_over(press.in_modal, opened.view)
    standing.show_again(press, found, slack, lists, actor, None)


def _tell(press: Press, fate: Fate, slack: Surface, lists: Lists, actor: Person, text: Text) -> None:
    if standing.listing(press) is not None:
        standing.told(press, Said(elsewhere.sentence(fate, text)), slack, lists, actor, text)
    elif press.view is not None:
        slack.show_over(press.in_modal, elsewhere.page(fate, "", text))
    else:
        slack.replace(elsewhere.message(fate, text))
