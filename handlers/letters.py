"""/log setup → Letters: the Word documents that hang on interaction templates, for admins."""

from functools import partial
from uuid import uuid4

from bot.domain.attachments import MOST_BYTES, letter_name
from bot.domain.ids import FormId, TemplateId
from bot.domain.people import Person
from bot.services.attachments import Attachments
from bot.text import Text
from bot.views import letters as views
from bot.views.forms import Meta
from bot.views.ids import Action, Callback
from handlers import payloads
from handlers.acks import Ack
from handlers.payloads import OpenView, Press
from handlers.routes import Routes
from handlers.surface import Surface


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.LETTERS] = show
    routes.actions[Action.ATTACH] = ask
    routes.actions[Action.SHOW_LETTER] = send
    routes.writes(Action.REMOVE_LETTER, remove)
    routes.submissions[Callback.ATTACH] = attach


def show(press: Press, slack: Surface, attachments: Attachments, actor: Person, text: Text) -> None:
    """Show which templates have a letter."""
    slack.show_over(press.in_modal, views.page(attachments.letters(actor), text))


def ask(press: Press, slack: Surface, attachments: Attachments, actor: Person, text: Text) -> None:
    """Ask for the file."""
    one = attachments.letter_of(actor, TemplateId(press.number))
    meta = Meta(form_id=FormId(uuid4().hex), subject=one.template, below_view=press.form.id)
    slack.push(views.form(one, meta, "", text))


def attach(
    view: OpenView, ack: Ack, slack: Surface, attachments: Attachments, actor: Person, text: Text
) -> None:
    """Look at the file, which may take longer than Slack waits for an answer, and attach it.

    Raises:
        Refusal: the name alone says that it is no letter; the form stays open.
    """
    meta, file = payloads.meta(view), payloads.file(view, views.FILE)
    template, name = TemplateId(meta.subject or 0), letter_name(file.name)
    with ack.showing(views.looking(text)):
        wrong = attachments.take(actor, template, name, partial(slack.download, file.id, MOST_BYTES))
    one = attachments.letter_of(actor, template)
    if wrong is None:
        slack.answer(ack, views.attached(one, text))
        return slack.update(meta.below_view, views.page(attachments.letters(actor), text))
    words = text.say(wrong)
    if not ack.first(response_action="errors", errors={views.FILE: words}):
        slack.settle(ack, views.form(one, meta, words, text))


def send(press: Press, slack: Surface, attachments: Attachments, actor: Person, text: Text) -> None:
    """Send the letter as it was attached."""
    attachments.show(actor, TemplateId(press.number))
    slack.push(views.sent(text))


def remove(
    press: Press, ack: Ack, slack: Surface, attachments: Attachments, actor: Person, text: Text
) -> None:
    """Take the letter off, and show the page without it."""
    attachments.remove(actor, TemplateId(press.number))
    ack()
    slack.update(press.form.id, views.page(attachments.letters(actor), text))
