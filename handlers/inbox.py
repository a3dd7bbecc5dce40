"""The inbox: what arrived by itself, and its answers."""

from uuid import uuid4

from bot.domain.contacts import ContactType
from bot.domain.ids import ArrivalId, ContactId, FormId, OperationId, TemplateId
from bot.domain.inbox import Answer, Whom
from bot.domain.people import Person, Role
from bot.services.contacts import Contacts, Typed
from bot.services.inbox_answers import Answered, InboxAnswers
from bot.services.undo import Undo
from bot.text import Text
from bot.views import inbox as views
from bot.views import kit
from bot.views.forms import Meta
from bot.views.ids import SEPARATOR, Action, Callback
from bot.views.kit import Choice
from handlers import contact_care, payloads
from handlers.acks import Ack
from handlers.payloads import Malformed, OpenView, Press, Query
from handlers.routes import Routes
from handlers.surface import Surface

FOUND = 100


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.INBOX] = turn
    routes.writes(Action.INBOX_LOG, log)
    routes.writes(Action.INBOX_NEW, log_new)
    routes.writes(Action.INBOX_IGNORE, ignore)
    routes.writes(Action.INBOX_UNDO, take_back)
    routes.writes(Action.INBOX_FORGET, forget)
    routes.actions[Action.INBOX_CHOOSE] = choose
    routes.submissions[Callback.INBOX_ANSWER] = answer
    routes.choices[views.CONTACT] = contact_care.suggest
    routes.choices[views.TEMPLATE] = suggest_template


def show(slack: Surface, inbox_answers: InboxAnswers, actor: Person, text: Text) -> None:
    """Answer `/log inbox`."""
    slack.open(views.page(inbox_answers.page(actor, 0), "", None, text))


def turn(press: Press, slack: Surface, inbox_answers: InboxAnswers, actor: Person, text: Text) -> None:
    """Open the inbox, or another page of it."""
    page = views.page(inbox_answers.page(actor, press.number), "", None, text)
    if press.view is not None and press.in_modal:
        slack.update(press.view.id, page)
    else:
        slack.open(page)


def log(
    press: Press, ack: Ack, slack: Surface, inbox_answers: InboxAnswers, actor: Person, text: Text
) -> None:
    """Record something with the contact on the button, or as it is."""
    shown, (item, _, contact) = press.form.id, press.value.partition(SEPARATOR)
    chosen = Answer(contact=ContactId(_number(contact)) if contact else None)
    answered = inbox_answers.record(actor, ArrivalId(_number(item)), chosen)
    ack()
    _again(_page_of(press.block), shown, slack, inbox_answers, actor, text, answered)


def log_new(
    press: Press,
    ack: Ack,
    slack: Surface,
    inbox_answers: InboxAnswers,
    contacts: Contacts,
    actor: Person,
    text: Text,
) -> None:
    """Make a contact of whom an arrival names, and record it."""
    shown, item = press.form.id, ArrivalId(press.number)
    question = inbox_answers.question(actor, item)
    contact = contacts.create(actor, f"inbox:{item}", _typed(question.came.contact))
    answered = inbox_answers.record(actor, item, Answer(contact=contact.id))
    ack()
    _again(_page_of(press.block), shown, slack, inbox_answers, actor, text, answered)


def ignore(
    press: Press, ack: Ack, slack: Surface, inbox_answers: InboxAnswers, actor: Person, text: Text
) -> None:
    """Let something be."""
    shown = press.form.id
    answered = inbox_answers.ignore(actor, ArrivalId(press.number))
    ack()
    _again(_page_of(press.block), shown, slack, inbox_answers, actor, text, answered)


def take_back(
    press: Press,
    ack: Ack,
    slack: Surface,
    undo: Undo,
    inbox_answers: InboxAnswers,
    actor: Person,
    text: Text,
) -> None:
    """Take an answer back; what was answered asks again."""
    shown = press.form.id
    undone = undo.operation(actor, OperationId(press.number), None)
    ack()
    page = views.page(inbox_answers.page(actor, 0), text.say(undone.message), None, text)
    slack.update(shown, page)


def forget(
    press: Press, ack: Ack, slack: Surface, inbox_answers: InboxAnswers, actor: Person, text: Text
) -> None:
    """Ask again about documents of a type that was learnt."""
    shown = press.form.id
    inbox_answers.forget(actor, press.value)
    ack()
    said = text("Forgotten: what comes of this type asks again.")
    slack.update(shown, views.page(inbox_answers.page(actor, 0), said, None, text))


def choose(press: Press, slack: Surface, inbox_answers: InboxAnswers, actor: Person, text: Text) -> None:
    """Open the form for what is missing."""
    question = inbox_answers.question(actor, ArrivalId(press.number))
    meta = Meta(
        form_id=FormId(uuid4().hex),
        subject=int(question.kept.id),
        below=press.block,
        below_view=press.view.id if press.view is not None else "",
    )
    form = views.choose_form(meta, question, text, admin=actor.role is Role.ADMIN)
    slack.show_over(press.in_modal, form)


def suggest_template(query: Query, ack: Ack, inbox_answers: InboxAnswers, actor: Person) -> None:
    """Answer a search for a template."""
    found = inbox_answers.templates(actor, query.text, FOUND)
    choices = [Choice(one.description, str(one.id)) for one in found]
    ack(options=[option.to_dict() for option in kit.options(choices)])


def answer(
    view: OpenView, ack: Ack, slack: Surface, inbox_answers: InboxAnswers, actor: Person, text: Text
) -> None:
    """Record something with what was chosen, and show the rest of the inbox below."""
    meta = payloads.meta(view)
    contact, template = payloads.chosen(view, views.CONTACT), payloads.chosen(view, views.TEMPLATE)
    chosen = Answer(
        contact=ContactId(_number(contact)) if contact else None,
        template=TemplateId(_number(template)) if template else None,
        always=payloads.ticked(view, views.ALWAYS),
    )
    answered = inbox_answers.record(actor, ArrivalId(meta.subject or 0), chosen)
    ack()
    _again(_page_of(meta.below), meta.below_view, slack, inbox_answers, actor, text, answered)


def _again(
    page: int,
    view: str,
    slack: Surface,
    inbox_answers: InboxAnswers,
    actor: Person,
    text: Text,
    answered: Answered,
) -> None:
    """Show the inbox without what was just answered."""
    said = text("Ignored.")
    if answered.listed is not None:
        label = f"{answered.listed.template_name} · {answered.listed.contact_label}"
        said = views.logged(label, answered.alike, text)
    if view:
        slack.update(view, views.page(inbox_answers.page(actor, page), said, answered.operation, text))


def _typed(whom: Whom) -> Typed:
    """Return the contact that an arrival names: a company where nothing else is known."""
    if whom.company and not (whom.name or whom.email):
        return Typed(type=ContactType.COMPANY, name=whom.company)
    name = whom.name or whom.email.partition("@")[0]
    return Typed(type=ContactType.PERSON, name=name, company_name=whom.company, email=whom.email)


def _page_of(block: str) -> int:
    number = block.removeprefix("inbox.").partition(".")[0]
    return int(number) if number.isdecimal() else 0


def _number(written: str) -> int:
    if not written.isdecimal():
        raise Malformed("an answer without an id")
    return int(written)
