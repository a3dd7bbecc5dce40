"""/contact: cards, new ones, editing; and the search that every form uses."""

from collections.abc import Sequence
from uuid import uuid4

from bot.domain.contacts import ContactType, Found
from bot.domain.folding import fold
from bot.domain.ids import ContactId, FormId
from bot.domain.people import Person, Role
from bot.services.choices import Choices
from bot.services.contacts import Contacts, Typed
from bot.services.forms import Forms
from bot.services.import_orders import ContactImports
from bot.text import Text
from bot.views import contact_care as care_views
from bot.views import contacts as views
from bot.views import kit
from bot.views.forms import Meta
from bot.views.ids import NEW_CONTACT_VALUE, Action, Callback
from handlers import contact_care, contact_imports, payloads
from handlers.acks import Ack
from handlers.payloads import Command, OpenView, Press, Query
from handlers.routes import Routes
from handlers.surface import Surface
from handlers.turns import Turns

SEARCH_SIZE = 25
FOUND = 9
HELP = frozenset({"help", "hjelp", "?"})


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.choices["contact"] = suggest
    routes.actions[Action.SHOW_CONTACT] = show_pressed
    routes.actions[Action.NEW_CONTACT] = new_pressed
    routes.actions[Action.EDIT_CONTACT] = edit
    routes.submissions[Callback.CONTACT_NEW] = create
    routes.submissions[Callback.CONTACT_EDIT] = save


def contact(
    command: Command,
    slack: Surface,
    contacts: Contacts,
    imports: ContactImports,
    actor: Person,
    text: Text,
) -> None:
    """Answer `/contact`: help, a list to import, a new one, or who was found."""
    words = command.text.strip()
    if words.casefold() in HELP:
        return slack.reply(kit.message(kit.markup(text.page("help_contact"))))
    if words.casefold() == "import":
        return contact_imports.show(slack, imports, actor, text)
    if words.casefold() == "merge":
        return contact_care.choose(slack, actor, text)
    if words.casefold() == "new" or words.casefold().startswith("new "):
        return slack.open(views.new_form(_blank(), words[4:].strip(), text))
    found = contacts.find(actor, words, FOUND)
    meant = only_one(found, words)
    if meant is not None:
        return show(meant, slack, contacts, actor, text)
    slack.reply(views.found_list(words, found, text))


def only_one(found: Sequence[Found], words: str) -> ContactId | None:
    """Return the contact that is meant: the only one found, or the only one of exactly this name."""
    named = [one.id for one in found if fold(one.name) == fold(words)]
    everybody = [one.id for one in found]
    return next((ids[0] for ids in (everybody, named) if len(ids) == 1), None)


def show_pressed(press: Press, slack: Surface, contacts: Contacts, actor: Person, text: Text) -> None:
    """Show the card of a contact that a button names."""
    show(ContactId(press.number), slack, contacts, actor, text)


def show(contact_id: ContactId, slack: Surface, contacts: Contacts, actor: Person, text: Text) -> None:
    """Answer with a contact's card."""
    card = contacts.card(actor, contact_id)
    blocked = card.contact.privacy_blocked or card.company_blocked
    slack.reply(
        views.card(
            card.contact,
            card.salesperson,
            card.entries,
            card.people,
            card.drafts,
            card.standing,
            text,
            blocked=blocked,
            numbers=card.numbers,
            care=care_views.menu(card.contact, text) if actor.role is Role.ADMIN else None,
        )
    )


def suggest(query: Query, ack: Ack, contacts: Contacts, actor: Person, text: Text) -> None:
    """Answer a contact search in a form."""
    found = contacts.find(actor, query.text, SEARCH_SIZE)
    choices = views.search_choices(found, query.text, text)
    ack(options=[option.to_dict() for option in kit.options(choices)])


def new_pressed(press: Press, slack: Surface, text: Text) -> None:
    """Open the form for a contact that a search did not find."""
    slack.open(views.new_form(_blank(), press.value, text))


def push_new(press: Press, slack: Surface, text: Text) -> None:
    """Put the form for a new contact on top of the interaction form, which keeps everything."""
    name = press.value.removeprefix(NEW_CONTACT_VALUE)
    below = payloads.meta(press.form)
    slack.push(
        views.new_form(
            Meta(form_id=FormId(uuid4().hex), below=below.written(), below_view=press.form.id), name, text
        )
    )


def create(
    view: OpenView,
    ack: Ack,
    slack: Surface,
    contacts: Contacts,
    forms: Forms,
    choices: Choices,
    turns: Turns,
    actor: Person,
    text: Text,
) -> None:
    """Make the contact; the interaction form below gets it chosen."""
    typed = _typed(view, ContactType(payloads.chosen(view, "type") or ContactType.PERSON))
    if _refused(view, typed, ack, text):
        return
    meta = payloads.meta(view)
    made = contacts.create(actor, f"contact:{meta.form_id}", typed)
    ack()
    if meta.below and meta.below_view:
        below = payloads.read_below(meta)
        choices.set_contact(actor, below, made.id)
        with turns.of(below.form_id):
            slack.update(meta.below_view, forms.current(actor, below.form_id))
    else:
        show(made.id, slack, contacts, actor, text)


def edit(press: Press, slack: Surface, contacts: Contacts, actor: Person, text: Text) -> None:
    """Open the form to edit a contact."""
    found = contacts.get(actor, ContactId(press.number))
    meta = Meta(form_id=FormId(uuid4().hex), subject=int(found.id), revision=found.revision)
    slack.open(views.edit_form(found, meta, text))


def save(view: OpenView, ack: Ack, contacts: Contacts, actor: Person, text: Text) -> None:
    """Write back an edited contact."""
    meta = payloads.meta(view)
    before = contacts.get(actor, ContactId(meta.subject or 0))
    typed = _typed(view, before.type)
    if not _refused(view, typed, ack, text):
        contacts.edit(actor, before.id, meta.revision, typed)
        ack()


def _typed(view: OpenView, kind: ContactType) -> Typed:
    return Typed(
        type=kind,
        name=payloads.text(view, "name"),
        company_name=payloads.text(view, "company_name"),
        job_title=payloads.text(view, "job_title"),
        phone=payloads.text(view, "phone"),
        mobile=payloads.text(view, "mobile"),
        email=payloads.text(view, "email"),
        address=payloads.text(view, "address"),
        post_code=payloads.text(view, "post_code"),
        city=payloads.text(view, "city"),
        country=payloads.text(view, "country"),
        exclude_from_segment=payloads.ticked(view, "exclude_from_segment"),
        privacy_blocked=payloads.ticked(view, "privacy_blocked"),
        minor=payloads.ticked(view, "minor"),
        parental_consent=payloads.ticked(view, "parental_consent"),
    )


def _refused(view: OpenView, typed: Typed, ack: Ack, text: Text) -> bool:
    wrong = {view.block_of(name) or name: text.say(message) for name, message in typed.problems().items()}
    if wrong:
        ack(response_action="errors", errors=wrong)
    return bool(wrong)


def _blank() -> Meta:
    return Meta(form_id=FormId(uuid4().hex))
