"""Contacts on the screen: search, card, making and editing one (`product.md` 4, 11)."""

import re
from dataclasses import dataclass, replace

from bot.domain.calls import Number, numbers
from bot.domain.cards import Standing
from bot.domain.contacts import Contact, ContactType, Found, match_key, search_text
from bot.domain.entries import Listed
from bot.domain.ids import ContactId, PersonId
from bot.domain.messages import Message, Refusal, n_
from bot.domain.operations import ItemKind
from bot.domain.people import Person, Role
from bot.domain.templates import CONTACT_SERIES
from bot.services.cards import standing
from bot.services.people import scope
from bot.views import kit
from bot.views.words import CONTACT_FIELDS
from storage.store import Store
from storage.work import Work

SHOWN_ENTRIES = 5
SHOWN_PEOPLE = 10
NAME_LIMIT = 100
_SHOWN_LETTERS = 60
_FLAGS = ("exclude_from_segment", "privacy_blocked", "minor", "parental_consent")
_TICKS = {"True": Message(n_("Yes")), "False": Message(n_("No"))}
_COUNTRY = re.compile(r"[A-Za-z]{2}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a contact's card shows."""

    contact: Contact
    company_blocked: bool
    salesperson: str
    entries: tuple[Listed, ...]
    people: tuple[Contact, ...]
    drafts: int
    standing: Standing
    numbers: tuple[Number, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A contact as typed into the form."""

    type: ContactType
    name: str
    company_name: str = ""
    company: ContactId | None = None
    job_title: str = ""
    phone: str = ""
    mobile: str = ""
    email: str = ""
    address: str = ""
    post_code: str = ""
    city: str = ""
    country: str = ""
    exclude_from_segment: bool = False
    privacy_blocked: bool = False
    minor: bool = False
    parental_consent: bool = False

    def problems(self) -> dict[str, Message]:
        """Return what is wrong with it, by field."""
        found = {}
        if not self.name.strip():
            found["name"] = Message("Write the name.")
        elif len(self.name.strip()) > NAME_LIMIT:
            found["name"] = Message("At most {limit} characters.", {"limit": NAME_LIMIT})
        if self.email.strip() and not _EMAIL.fullmatch(self.email.strip()):
            found["email"] = Message("Write an address as in anna@fjordbygg.no, or leave it empty.")
        if self.country.strip() and not _COUNTRY.fullmatch(self.country.strip()):
            found["country"] = Message("Write two letters, as in NO, or leave it empty.")
        return found


class Contacts:
    """Finds, shows, makes and edits contacts."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, actor: Person, query: str, limit: int = 20) -> list[Found]:
        """Return contacts for what is typed, own and recent ones first; also before anything is typed."""
        with self._store.read(actor.workspace) as work:
            return work.search.find(query, actor.id, limit)

    def card(self, actor: Person, contact_id: ContactId) -> Card:
        """Return a contact's card with the entries that the actor may read.

        Raises:
            Refusal: the contact is gone.
        """
        with self._store.read(actor.workspace) as work:
            contact = self._get(work, contact_id)
            company = work.contacts.get(contact.company) if contact.company else None
            salesperson = work.people.get(contact.salesperson) if contact.salesperson else None
            entries = work.entries.latest_of_contact(contact_id, scope(work, actor), SHOWN_ENTRIES)
            people = [] if contact.is_person else work.contacts.people_of(contact_id, SHOWN_PEOPLE)
            return Card(
                contact=contact,
                company_blocked=company is not None and company.privacy_blocked,
                salesperson=salesperson.name if salesperson else "",
                entries=tuple(entries),
                people=tuple(people),
                drafts=len(work.drafts.waiting_for(contact_id, actor.id)),
                standing=standing(work, actor, contact_id),
                numbers=numbers(contact, company),
            )

    def get(self, actor: Person, contact_id: ContactId) -> Contact:
        """Return a contact.

        Raises:
            Refusal: it is gone.
        """
        with self._store.read(actor.workspace) as work:
            return self._get(work, contact_id)

    def create(self, actor: Person, key: str, typed: Typed) -> Contact:
        """Make a contact; the same form (`key`) once more gives the same contact."""
        with self._store.begin(actor.workspace) as work:
            first = work.requests.first_answer(key)
            if first is not None:
                return self._get(work, ContactId(first["contact"]))
            contact = replace(
                _contact(work, typed, actor.id),
                company=self._company(work, actor, typed),
                company_name=typed.company_name,
            )
            work.contacts.add(contact, search_text(contact), match_key(contact))
            work.requests.remember(key, {"contact": contact.id})
            work.history.note(ItemKind.CONTACT, contact.id, actor.id, ("created", None, contact.number))
        return contact

    def edit(self, actor: Person, contact_id: ContactId, revision: int, typed: Typed) -> Contact:
        """Change a contact.

        Raises:
            Refusal: somebody changed it since the form was opened (said with his changes), or it is gone;
                only admins unblock a person who asked not to be recorded.
        """
        with self._store.begin(actor.workspace) as work:
            before = self._get(work, contact_id)
            if before.revision != revision:
                raise _overtaken(self._news(work, before))
            _refuse_unblocking(actor, before, typed)
            after = _edited(before, typed, self._company(work, actor, typed) if before.is_person else None)
            self._write(work, actor, before, after)
        return after

    def _write(self, work: Work, actor: Person, before: Contact, after: Contact) -> None:
        changes = _changes(before, after)
        if not changes:
            return
        if not work.contacts.change(after, search_text(after), match_key(after)):
            raise _overtaken(())
        work.history.note(ItemKind.CONTACT, after.id, actor.id, *changes)

    def _news(self, work: Work, contact: Contact) -> tuple[Message, ...]:
        """Return what the latest edit changed, as far as it still stands: an import leaves no such lines."""
        lines = work.history.of(ItemKind.CONTACT, contact.id)
        return tuple(
            _change(line.field, line.old or "", line.new or "")
            for line in lines
            if line.at == lines[-1].at
            and line.field in CONTACT_FIELDS
            and line.new == str(getattr(contact, line.field))
        )

    def _get(self, work: Work, contact_id: ContactId) -> Contact:
        contact = work.contacts.get(contact_id)
        if contact is None:
            raise Refusal("This contact has been deleted meanwhile.")
        return contact

    def _company(self, work: Work, actor: Person, typed: Typed) -> ContactId | None:
        """Return the company of a person: the chosen one, the one of that name, else a new one."""
        name = typed.company_name.strip()
        if typed.type is ContactType.COMPANY or (typed.company is None and not name):
            return None
        if typed.company is not None:
            return typed.company
        known = work.search.company_named(name)
        if known is not None:
            return known
        company = _contact(work, Typed(type=ContactType.COMPANY, name=name, city=typed.city), actor.id)
        work.contacts.add(company, search_text(company), match_key(company))
        work.history.note(ItemKind.CONTACT, company.id, actor.id, ("created", None, company.number))
        return company.id


def _refuse_unblocking(actor: Person, before: Contact, typed: Typed) -> None:
    if not before.privacy_blocked or typed.privacy_blocked:
        return
    if actor.role is not Role.ADMIN:
        raise Refusal("Only an admin can lift “Privacy blocked”.")
    if typed.minor and before.minor and not typed.parental_consent:
        raise Refusal("A minor stays blocked until parental consent was received.")


def _overtaken(changes: tuple[Message, ...]) -> Refusal:
    if not changes:
        return Refusal("Somebody changed this contact meanwhile. Open it again.")
    return Refusal("Somebody changed this contact meanwhile: {changes}. Open it again.", changes=changes)


def _change(name: str, old: str, new: str) -> Message:
    shown = _TICKS if name in _FLAGS else {}
    return Message(
        n_("{field}: {old} → {new}"),
        {
            "field": Message(CONTACT_FIELDS[name]),
            "old": shown.get(old) or kit.clip(old, _SHOWN_LETTERS),
            "new": shown.get(new) or kit.clip(new, _SHOWN_LETTERS),
        },
    )


def _contact(work: Work, typed: Typed, salesperson: PersonId) -> Contact:
    first, _, last = typed.name.strip().rpartition(" ")
    person = typed.type is ContactType.PERSON
    return Contact(
        id=ContactId(work.access.ids()),
        number=work.numbers.take(CONTACT_SERIES),
        type=typed.type,
        name=" ".join(typed.name.split()),
        first_name=first if person else "",
        surname=last if person else "",
        job_title=typed.job_title.strip(),
        phone=typed.phone.strip(),
        mobile=typed.mobile.strip(),
        email=typed.email.strip().casefold(),
        city=typed.city.strip(),
        salesperson=salesperson,
        exclude_from_segment=typed.exclude_from_segment,
        privacy_blocked=typed.privacy_blocked,
    )


def _edited(before: Contact, typed: Typed, company: ContactId | None) -> Contact:
    return replace(
        before,
        name=" ".join(typed.name.split()),
        company=company,
        company_name=typed.company_name.strip(),
        job_title=typed.job_title.strip(),
        phone=typed.phone.strip(),
        mobile=typed.mobile.strip(),
        email=typed.email.strip().casefold(),
        address=typed.address.strip(),
        post_code=typed.post_code.strip(),
        city=typed.city.strip(),
        country=typed.country.strip().upper(),
        exclude_from_segment=typed.exclude_from_segment,
        privacy_blocked=typed.privacy_blocked or (typed.minor and not typed.parental_consent),
        minor=typed.minor,
        parental_consent=typed.parental_consent,
    )


def _changes(before: Contact, after: Contact) -> list[tuple[str, object, object]]:
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in CONTACT_FIELDS)
    return [(name, old, new) for name, old, new in pairs if old != new]
