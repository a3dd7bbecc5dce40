"""/segment: the list, a new one, one by its number; its header and its contacts."""

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

from bot.domain.ids import ContactId, FormId, PersonId, SegmentId
from bot.domain.interactions import Field
from bot.domain.letters import FIELDS
from bot.domain.people import Person
from bot.domain.segments import Segment
from bot.services.contacts import Contacts
from bot.services.people import People
from bot.services.segment_headers import SegmentHeaders, Typed
from bot.services.segments import Segments
from bot.text import Text
from bot.views import confirmations, kit
from bot.views import contacts as contact_views
from bot.views import segments as views
from bot.views.forms import Meta
from bot.views.ids import Action, Callback
from bot.views.segments import Header
from handlers import logged_segments, payloads
from handlers.acks import Ack
from handlers.payloads import Command, OpenView, Press, Query
from handlers.routes import Routes, call
from handlers.surface import Surface

SEARCH_SIZE = 25
DIRECT = "D"
"""What the ids of direct messages begin with."""
FORCED = (
    Field.DESCRIPTION,
    Field.CORRESPONDENCE,
    Field.FLOW,
    Field.INITIATED_BY,
    Field.DURATION,
    Field.COST,
    Field.LANGUAGE,
    Field.CAMPAIGN,
    views.IGNORE,
)
"""The fields that choosing a template fills."""


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.NEW_SEGMENT] = new_pressed
    routes.actions[Action.SEGMENTS] = listed
    routes.writes(Action.OPEN_SEGMENT, open_pressed)
    routes.actions[Action.SEGMENT_HEADER] = edit
    routes.fields[Callback.SEGMENT_HEADER] = chosen
    routes.submissions[Callback.SEGMENT_HEADER] = save
    routes.actions[Action.SEGMENT_ADD] = ask_contact
    routes.submissions[Callback.SEGMENT_ADD] = add
    routes.choices[views.CONTACT] = suggest_contact
    routes.choices[views.SALESPERSON] = suggest_person
    routes.writes(Action.DELETE_SEGMENT, delete)


def segment(command: Command, desk: dict[str, object]) -> None:
    """Answer `/segment`: a subcommand's word wins, everything else is a segment's number."""
    first, _, rest = command.text.strip().partition(" ")
    listener = SUBCOMMANDS.get(first.casefold(), one)
    words = rest if listener is not one else command.text
    call(listener, {**desk, "words": words.strip()})


def listed(slack: Surface, segments: Segments, actor: Person, text: Text) -> None:
    """Show the segments in work."""
    slack.reply(views.listing(segments.active(actor), text))


def usage(slack: Surface, text: Text) -> None:
    """Answer with examples that can be copied."""
    slack.reply(kit.message(kit.markup(text.page("help_segment", fields=FIELDS))))


def new(
    words: str, command: Command, slack: Surface, headers: SegmentHeaders, actor: Person, text: Text
) -> None:
    """Open the form for a new segment."""
    blank, form_id = headers.blank(actor), FormId(uuid4().hex)
    described = replace(blank, segment=replace(blank.segment, description=words))
    slack.open(views.form(Meta(form_id=form_id), described, text))
    if command.response_url is not None and not command.channel.startswith(DIRECT):
        headers.remember(actor, form_id, command.response_url)


def one(words: str, slack: Surface, segments: Segments, actor: Person, text: Text) -> None:
    """Bring the segment of this number into the direct message."""
    found = segments.numbered(actor, words)
    if found is None:
        return slack.reply(views.unknown(words, segments.active(actor), text))
    bring(found.id, slack, segments, actor, text)


def new_pressed(press: Press, slack: Surface, headers: SegmentHeaders, actor: Person, text: Text) -> None:
    """Open the form for a new segment."""
    slack.show_over(press.in_modal, views.form(Meta(form_id=FormId(uuid4().hex)), headers.blank(actor), text))


def open_pressed(
    press: Press, slack: Surface, segments: Segments, actor: Person, text: Text, ack: Ack
) -> None:
    """Bring the segment that a button names into the direct message."""
    bring(SegmentId(press.number), slack, segments, actor, text)
    ack()


def bring(segment_id: SegmentId, slack: Surface, segments: Segments, actor: Person, text: Text) -> None:
    """Put a segment's message at the end of the direct message, and tell where it is."""
    found = segments.bring(actor, segment_id)
    slack.reply(views.brought(found, text))


def edit(press: Press, slack: Surface, headers: SegmentHeaders, actor: Person, text: Text) -> None:
    """Open the header's form."""
    header = headers.header(actor, SegmentId(press.number))
    found = header.segment
    meta = Meta(
        form_id=FormId(uuid4().hex), subject=int(found.id), revision=found.revision, template=found.template
    )
    slack.show_over(press.in_modal, views.form(meta, header, text))


def chosen(
    press: Press, slack: Surface, headers: SegmentHeaders, actor: Person, text: Text, ack: Ack
) -> None:
    """Bring in the values of the template that was chosen; other words are kept when the form is sent."""
    ack()
    view = press.form
    meta = payloads.meta(view)
    template = payloads.typed(view).get(Field.TEMPLATE)
    if press.block.partition(".")[0] != Field.TEMPLATE or template == meta.template:
        return
    blank = headers.blank(actor) if meta.subject is None else headers.header(actor, SegmentId(meta.subject))
    header = headers.with_template(actor, _shown(view, blank), template)
    after = replace(meta.forced(*FORCED), template=template)
    slack.update(view.id, views.form(after, replace(header, manual=blank.manual), text))


def save(view: OpenView, ack: Ack, headers: SegmentHeaders, actor: Person, text: Text) -> None:
    """Make the segment, or write its header back."""
    meta, typed = payloads.meta(view), _typed(view)
    wrong = {view.block_of(name) or name: text.say(message) for name, message in typed.problems().items()}
    if wrong:
        return ack(response_action="errors", errors=wrong)
    if meta.subject is None:
        headers.create(actor, meta.form_id, typed)
    else:
        headers.save(actor, SegmentId(meta.subject), meta.revision, typed)
    ack()


def ask_contact(press: Press, slack: Surface, headers: SegmentHeaders, actor: Person, text: Text) -> None:
    """Open the search for a contact to add."""
    header = headers.header(actor, SegmentId(press.number))
    meta = Meta(form_id=FormId(uuid4().hex), subject=press.number)
    slack.show_over(press.in_modal, views.add_form(meta, header.segment, text))


def add(view: OpenView, ack: Ack, segments: Segments, actor: Person, text: Text) -> None:
    """Add the contact; the form stays open for the next one."""
    meta, contact = payloads.meta(view), payloads.chosen(view, views.CONTACT) or ""
    block = view.block_of(views.CONTACT) or views.CONTACT
    if not contact.isdecimal():
        return ack(response_action="errors", errors={block: text("Choose a contact.")})
    if not segments.add(actor, SegmentId(meta.subject or 0), ContactId(int(contact))):
        return ack(response_action="errors", errors={block: views.in_already(text)})
    ack()


def suggest_contact(query: Query, ack: Ack, contacts: Contacts, actor: Person, text: Text) -> None:
    """Answer the search for a contact to add."""
    found = contacts.find(actor, query.text, SEARCH_SIZE)
    choices = contact_views.search_choices(found, "", text)
    ack(options=[option.to_dict() for option in kit.options(choices)])


def suggest_person(query: Query, ack: Ack, people: People, actor: Person) -> None:
    """Answer the search for a salesperson."""
    found = people.find(actor, query.text, SEARCH_SIZE)
    choices = [kit.Choice(person.name, str(person.id)) for person in found]
    ack(options=[option.to_dict() for option in kit.options(choices)])


def delete(press: Press, slack: Surface, segments: Segments, actor: Person, text: Text, ack: Ack) -> None:
    """Delete a segment."""
    number = segments.delete(actor, SegmentId(press.number))
    ack()
    slack.reply(confirmations.sentence(text("{number} was deleted.", number=number)))


def _shown(view: OpenView, header: Header) -> Segment:
    """Return the segment as it stands in the form."""
    typed = _typed(view)
    return replace(
        header.segment,
        description=typed.description,
        day=typed.day or header.segment.day,
        salesperson=typed.salesperson,
        text=typed.text,
    )


def _typed(view: OpenView) -> Typed:
    values, salesperson = payloads.typed(view), payloads.chosen(view, views.SALESPERSON)
    return Typed(
        number=payloads.text(view, views.NUMBER),
        description=payloads.text(view, Field.DESCRIPTION),
        salesperson=PersonId(int(salesperson)) if salesperson and salesperson.isdecimal() else None,
        day=values.get(Field.DATE),
        template=values.get(Field.TEMPLATE),
        correspondence=values.get(Field.CORRESPONDENCE),
        ignore_contact=payloads.ticked(view, views.IGNORE),
        language=values.get(Field.LANGUAGE),
        flow=values.get(Field.FLOW),
        initiated_by=values.get(Field.INITIATED_BY),
        duration=payloads.text(view, Field.DURATION),
        cost=payloads.text(view, Field.COST),
        campaign=values.get(Field.CAMPAIGN),
        text=payloads.text(view, views.TEXT),
    )


SUBCOMMANDS: dict[str, Callable[..., None]] = {
    "": listed,
    "list": listed,
    "logged": logged_segments.show,
    "new": new,
    "help": usage,
    "?": usage,
}
