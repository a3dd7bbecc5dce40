"""Postponed interactions: closing, discarding, resuming, the list."""

from bot.domain.ids import ContactId, FormId
from bot.domain.people import Person
from bot.services.forms import Forms
from bot.services.postponed import Postponed
from bot.text import Text
from bot.views import interactions as forms_views
from bot.views import postponed as views
from bot.views.forms import Meta
from bot.views.ids import Action, Callback
from handlers import payloads
from handlers.acks import Ack
from handlers.payloads import Closing, Press
from handlers.routes import Routes
from handlers.surface import Surface


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.closings[Callback.INTERACTION] = closed
    routes.writes(Action.DISCARD, discard)
    routes.writes(Action.DISCARD_DRAFT, discard_draft)
    routes.writes(Action.UNDISCARD, undiscard)
    routes.actions[Action.RESUME] = resume
    routes.actions[Action.POSTPONED] = waiting_pressed


def closed(closing: Closing, postponed: Postponed, actor: Person) -> None:
    """Keep the form: by the button whenever there is something in it, by the X only if it was touched."""
    form_id = payloads.meta(closing.view).form_id
    if closing.cleared:
        postponed.close_all(actor, form_id)
    else:
        postponed.close(actor, form_id)


def discard(press: Press, postponed: Postponed, slack: Surface, actor: Person, ack: Ack, text: Text) -> None:
    """Throw the open form away and say so in its place."""
    meta = payloads.meta(press.form)
    postponed.autosave(actor, meta, payloads.typed(press.form), press.at)
    postponed.discard(actor, meta.form_id, None)
    ack()
    slack.update(press.form.id, forms_views.discarded(Meta(form_id=meta.form_id), text))


def discard_draft(press: Press, postponed: Postponed, actor: Person) -> None:
    """Throw a waiting draft away; its message says so."""
    postponed.discard(actor, FormId(press.value), press.response_url)


def undiscard(
    press: Press, postponed: Postponed, forms: Forms, slack: Surface, actor: Person, ack: Ack
) -> None:
    """Give a discarded form back: into the same modal, or as a new one from a message."""
    given = postponed.give_back(actor, FormId(press.value))
    ack()
    opened = forms.resume(actor, given)
    if press.view is not None and press.view.callback:
        slack.update(press.view.id, opened.view)
    else:
        slack.open(opened.view)
        forms.resumed(actor, given, press.response_url)


def resume(press: Press, slack: Surface, forms: Forms, actor: Person) -> None:
    """Open a draft with everything as it was typed."""
    opened = forms.resume(actor, FormId(press.value))
    slack.open(opened.view)
    forms.resumed(actor, opened.form_id, press.response_url)


def waiting_pressed(press: Press, slack: Surface, postponed: Postponed, actor: Person, text: Text) -> None:
    """Show what waits, with one contact or all."""
    contact = ContactId(press.number) if press.number else None
    slack.reply(views.waiting_list(postponed.waiting(actor, contact), text))


def waiting(slack: Surface, postponed: Postponed, actor: Person, text: Text) -> None:
    """Answer `/log drafts`."""
    slack.reply(views.waiting_list(postponed.waiting(actor), text))
