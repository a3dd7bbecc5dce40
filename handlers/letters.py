"""The files of interaction templates, on their own page and on that of a template, for admins."""

from functools import partial
from uuid import uuid4

from bot.domain.attachments import MOST_ATTACHED, MOST_BYTES
from bot.domain.file_kinds import FileKind, named
from bot.domain.ids import FormId, TemplateId
from bot.domain.people import Person
from bot.services.attachments import Attachments
from bot.services.templates import Templates
from bot.text import Text
from bot.views import letters as views
from bot.views import templates as template_views
from bot.views.forms import Meta
from bot.views.ids import Action, Callback
from handlers import payloads
from handlers.acks import Ack
from handlers.payloads import Malformed, OpenView, Press
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
    """Show which templates have a file."""
    slack.show_over(press.in_modal, views.page(attachments.letters(actor), text))


def ask(press: Press, slack: Surface, attachments: Attachments, actor: Person, text: Text) -> None:
    """Ask for the file."""
    template, language = _place(press)
    one = attachments.letter_of(actor, template, language)
    below = f"{press.block.partition('.')[0]}.{language}"
    meta = Meta(form_id=FormId(uuid4().hex), subject=template, below=below, below_view=press.form.id)
    slack.push(views.form(one, meta, "", text))


def attach(
    view: OpenView,
    ack: Ack,
    slack: Surface,
    attachments: Attachments,
    templates: Templates,
    actor: Person,
    text: Text,
) -> None:
    """Look at the file, which may take longer than Slack waits for an answer, and attach it.

    Raises:
        Refusal: the name alone says that it can't be attached; the form stays open.
    """
    meta, file = payloads.meta(view), payloads.file(view, views.FILE)
    template, language = TemplateId(meta.subject or 0), meta.below.partition(".")[2]
    most = MOST_BYTES if named(file.name).kind is FileKind.DOCX else MOST_ATTACHED
    fetch = partial(slack.download, file.id, most)
    with ack.showing(views.looking(text)):
        wrong = attachments.take(actor, template, file.name, fetch, language)
    one = attachments.letter_of(actor, template, language)
    if wrong is None:
        slack.answer(ack, views.attached(one, text))
        return _show_below(meta.below_view, meta.below, slack, attachments, templates, actor, template, text)
    words = text.say(wrong)
    if not ack.first(response_action="errors", errors={views.FILE: words}):
        slack.settle(ack, views.form(one, meta, words, text))
    return None


def send(press: Press, slack: Surface, attachments: Attachments, actor: Person, text: Text) -> None:
    """Send the file as it was attached."""
    attachments.show(actor, *_place(press))
    slack.push(views.sent(text))


def remove(
    press: Press,
    ack: Ack,
    slack: Surface,
    attachments: Attachments,
    templates: Templates,
    actor: Person,
    text: Text,
) -> None:
    """Take the file off, and show the page without it."""
    template, language = _place(press)
    attachments.remove(actor, template, language)
    ack()
    _show_below(press.form.id, press.block, slack, attachments, templates, actor, template, text)


def _place(press: Press) -> tuple[TemplateId, str]:
    template, language = views.place(press.value)
    if not template.isdecimal():
        raise Malformed(f"{press.action} names no template")
    return TemplateId(int(template)), language


def _show_below(
    view_id: str,
    block: str,
    slack: Surface,
    attachments: Attachments,
    templates: Templates,
    actor: Person,
    template: TemplateId,
    text: Text,
) -> None:
    """Show the page anew on which something was pressed: that of all files, or that of the template."""
    if block.partition(".")[0] == views.PLACE:
        slack.update(view_id, views.page(attachments.letters(actor), text))
    else:
        slack.update(view_id, template_views.template(templates.one(actor, template), text))
