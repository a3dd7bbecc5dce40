"""Phone calls from a contact's card: the form they open, or an attempt that is logged at once (`domain.md` 2.9)."""

from dataclasses import replace

from bot.domain.calls import CallOutcome, Line, Number, came_to, description, numbers
from bot.domain.documents import Act
from bot.domain.ids import ContactId, FormId
from bot.domain.interactions import Form, Template
from bot.domain.messages import Refusal
from bot.domain.people import Person
from bot.services.defaults import rounded_up, with_defaults
from bot.services.forms import Start
from bot.services.interactions import Outcome
from bot.services.quick_log import QuickLog
from bot.services.template_setup import template_for
from storage.store import Store
from storage.work import Work


class Calls:
    """Begins calls."""

    def __init__(self, store: Store, quick_log: QuickLog) -> None:
        self._store = store
        self._quick_log = quick_log

    def start(self, actor: Person, contact: ContactId, line: Line) -> Start:
        """Return how the form of a call begins.

        Raises:
            Refusal: the contact or the number is gone, or no template records calls.
        """
        with self._store.read(actor.workspace) as work:
            number = _number(work, contact, line)
            template = _template(work)
        return Start(
            contact=contact,
            locked=True,
            template=template.id,
            description=description(template.description, number.written),
            call=number.written,
        )

    def note_unanswered(
        self, actor: Person, key: FormId, contact: ContactId, line: Line, response_url: str | None
    ) -> Outcome:
        """Log that nobody answered; the same request (`key`) once more is the same call.

        Raises:
            Refusal: the contact or the number is gone, or no template records calls.
        """
        with self._store.read(actor.workspace) as work:
            form = self._unanswered(work, actor, contact, line)
        return self._quick_log.record(actor, key, form, response_url)

    def _unanswered(self, work: Work, actor: Person, contact: ContactId, line: Line) -> Form:
        number = _number(work, contact, line)
        template = _template(work)
        now = rounded_up(self._store.clock.now(), actor.zone)
        base = Form(salesperson=actor.id, day=now.date(), at=now.time())
        form = with_defaults(work, base, replace(base, contact=contact, template=template.id))
        described = replace(form, description=description(template.description, number.written))
        return came_to(CallOutcome.NO_ANSWER, described, described.duration)


def _number(work: Work, wanted: ContactId, line: Line) -> Number:
    contact, company = work.contacts.with_company(wanted)
    if contact is None:
        raise Refusal("This contact has been deleted meanwhile.")
    found = next((one for one in numbers(contact, company) if one.line is line), None)
    if found is None:
        raise Refusal("{name} has no such number any more. Open the card again.", name=contact.name)
    return found


def _template(work: Work) -> Template:
    wanted = template_for(work, Act.PHONE_CALL)
    found = work.templates.get(wanted) if wanted is not None else None
    if found is None:
        raise Refusal(
            "No interaction template records phone calls. An admin chooses one under /log setup, Recording."
        )
    return found
