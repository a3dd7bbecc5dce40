"""E-mails: who wrote to whom, and which interactions come of it (`domain.md` 2.13, email logging)."""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.contacts import Contact
from bot.domain.documents import Act
from bot.domain.ids import ContactId, PersonId
from bot.domain.inbox import Arrival, ArrivalKind, Whom
from bot.domain.interactions import DESCRIPTION_LIMIT, Flow, Initiator
from bot.domain.messages import Refusal, n_
from bot.domain.people import Person

MEDIA_TYPE = "message/rfc822"
MOST_BYTES = 25 * 1024 * 1024
TEXT_LIMIT = 10_000
MOST_CONTACTS = 100
"""To so many an e-mail is logged; what went to more is a mailing, and belongs into a segment."""
MOST_NAMED = 20
"""So many enclosed files are named in the comment."""
_LONGEST_ADDRESS = 254


@dataclass(frozen=True, slots=True)
class Address:
    """Somebody's e-mail address in small letters, and what he is called there."""

    name: str
    email: str

    def __str__(self) -> str:
        """Return it as it is read."""
        return f"{self.name} <{self.email}>" if self.name else self.email


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file in an e-mail; `size` in bytes."""

    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """An e-mail; what it does not tell is None or empty."""

    sender: Address | None = None
    recipients: tuple[Address, ...] = ()
    subject: str = ""
    sent_at: datetime | None = None
    message_id: str = ""
    text: str = ""
    enclosed: tuple[Enclosed, ...] = ()
    draft: bool = False
    automatic: bool = False
    """Whether a program answered, as while somebody is away (RFC 3834)."""

    @property
    def description(self) -> str:
        """The subject as it describes an interaction; empty where there is none."""
        return self.subject[:DESCRIPTION_LIMIT].strip()

    @property
    def comment(self) -> str:
        """The text, and what was enclosed."""
        files = [f"[{one.name} · {max(1, one.size // 1024)} kB]" for one in self.enclosed if one.name]
        return "\n\n".join(filter(None, (self.text, "\n".join(files[:MOST_NAMED]))))

    @property
    def everybody(self) -> tuple[Address, ...]:
        """Who wrote, and whom he wrote to."""
        return (self.sender, *self.recipients) if self.sender else self.recipients


class Became(StrEnum):
    """What became of an e-mail as a whole, where it was not skipped."""

    LOGGED = "logged"
    ASKED = "asked"
    REPEATED = "repeated"


class Skip(StrEnum):
    """Why an e-mail is no interaction."""

    DRAFT = "draft"
    AUTOMATIC = "automatic"
    NO_SENDER = "no_sender"
    NO_RECIPIENTS = "no_recipients"
    COLLEAGUES = "colleagues"
    STRANGERS = "strangers"
    BLOCKED = "blocked"
    MAILING = "mailing"


SKIPPED = {
    Skip.DRAFT: n_("It is a draft that was never sent."),
    Skip.AUTOMATIC: n_("A program sent it, not a person."),
    Skip.NO_SENDER: n_("It does not say who sent it."),
    Skip.NO_RECIPIENTS: n_("It does not say to whom it was sent."),
    Skip.COLLEAGUES: n_("Only colleagues wrote to each other."),
    Skip.STRANGERS: n_("No salesperson wrote or received it."),
    Skip.BLOCKED: n_("Who wrote or received it asked not to be recorded."),
    Skip.MAILING: n_("It went to more than 100 contacts: log a segment with them instead."),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A salesperson and a contact between whom an e-mail went."""

    salesperson: Person
    contact: Contact
    email: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """An address of which it can't be told whose it is: nobody's we know, or several contacts'."""

    address: Address
    salesperson: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What comes of an e-mail: interactions, questions, or neither with the reason."""

    act: Act = Act.EMAIL
    pairs: tuple[Pair, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    skip: Skip | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """Whom we know by the addresses of an e-mail: salespeople, and contacts by their first or other address."""

    people: Mapping[str, Person] = field(default_factory=dict)
    contacts: Mapping[str, Sequence[Contact]] = field(default_factory=dict)
    blocked: frozenset[ContactId] = frozenset()
    """Who, or whose company, asked not to be recorded."""


def address(name: str, email: str) -> Address | None:
    """Return an address as it is compared, None where it can't be one."""
    plain = "".join(email.split()).casefold()
    user, _, domain = plain.rpartition("@")
    usable = user and domain and plain.isprintable() and len(plain) <= _LONGEST_ADDRESS and "@" not in user
    return Address(one_line(name)[:DESCRIPTION_LIMIT], plain) if usable else None


def one_line(words: str) -> str:
    """Return words in one line, without what steers."""
    return " ".join("".join(one if one.isprintable() else " " for one in words).split())


def readable(size: int) -> None:
    """Look at the size of an e-mail.

    Raises:
        Refusal: it is larger than is ever read.
    """
    if size > MOST_BYTES:
        raise Refusal("The e-mail is larger than 25 MB. Take its attachments out, or log it with /log.")


def matched(mail: Mail, known: Known, giver: Person | None = None) -> Match:
    """Return what comes of an e-mail; where no salesperson is named in it, `giver` handed it over as his own.

    A salesperson who wrote to contacts: Outbound, one interaction for each contact. A contact who wrote to
    salespeople: Inbound, one for each salesperson (`domain.md` 2.13).
    """
    skip = _against(mail, known, giver)
    if skip is not None or mail.sender is None:
        return Match(skip=skip)
    writer = known.people.get(mail.sender.email)
    readers = _people(mail.recipients, known)
    if writer is None and not readers and giver is not None:
        writer = giver if mail.sender.email not in known.contacts and _any_contact(mail, known) else None
        readers = () if writer else (giver,)
    if writer is not None:
        others = [one for one in mail.recipients if one.email not in known.people]
        return _judged(Act.EMAIL, [(writer, one) for one in others], known)
    return _judged(Act.INCOMING_EMAIL, [(one, mail.sender) for one in readers], known)


def arrivals(mail: Mail, match: Match, sent: Callable[[Person], datetime]) -> Iterator[Arrival]:
    """Return what arrived with an e-mail: one for each pair, without one for each question.

    `sent` tells when it was sent as that salesperson's clock shows it.
    """
    for pair in match.pairs:
        whom = Whom(number=pair.contact.number, email=pair.email)
        yield _arrival(mail, match.act, pair.salesperson, whom, sent(pair.salesperson))
    if not match.pairs:
        for doubt in match.doubts:
            whom = Whom(email=doubt.address.email, name=doubt.address.name)
            yield _arrival(mail, match.act, doubt.salesperson, whom, sent(doubt.salesperson))


def key_of(message_id: str, salesperson: PersonId, email: str) -> str:
    """Return the key of an e-mail between two people: the same e-mail has the same one, whoever hands it over."""
    return hashlib.sha256(f"{message_id}\n{salesperson}\n{email}".encode()).hexdigest()


def _arrival(mail: Mail, act: Act, person: Person, whom: Whom, sent: datetime) -> Arrival:
    comes_in = act is Act.INCOMING_EMAIL
    return Arrival(
        kind=ArrivalKind.EMAIL,
        key=key_of(mail.message_id, person.id, whom.email),
        description=mail.description,
        comment=mail.comment,
        day=sent.date(),
        at=sent.time().replace(second=0, microsecond=0),
        contact=whom,
        salesperson=person.code,
        flow=Flow.INBOUND if comes_in else Flow.OUTBOUND,
        initiated_by=Initiator.THEM if comes_in else Initiator.US,
    )


def _against(mail: Mail, known: Known, giver: Person | None) -> Skip | None:
    if mail.draft:
        return Skip.DRAFT
    if mail.automatic and giver is None:
        return Skip.AUTOMATIC
    if mail.sender is None:
        return Skip.NO_SENDER
    if not mail.recipients:
        return Skip.NO_RECIPIENTS
    ours = [one.email in known.people for one in mail.everybody]
    if all(ours):
        return Skip.COLLEAGUES
    return None if any(ours) or giver is not None else Skip.STRANGERS


def _people(addresses: Sequence[Address], known: Known) -> tuple[Person, ...]:
    found = {
        known.people[one.email].id: known.people[one.email] for one in addresses if one.email in known.people
    }
    return tuple(found.values())


def _any_contact(mail: Mail, known: Known) -> bool:
    return any(one.email in known.contacts for one in mail.recipients)


def _judged(act: Act, met: Sequence[tuple[Person, Address]], known: Known) -> Match:
    """Return the interactions between salespeople and addresses; without one, what there is to ask."""
    pairs: dict[tuple[PersonId, ContactId], Pair] = {}
    doubts: list[Doubt] = []
    blocked = False
    for person, one in met:
        found = known.contacts.get(one.email, ())
        allowed = [contact for contact in found if contact.id not in known.blocked]
        blocked = blocked or len(allowed) < len(found)
        if len(allowed) == 1:
            pairs.setdefault((person.id, allowed[0].id), Pair(person, allowed[0], one.email))
        elif allowed or not found:
            doubts.append(Doubt(one, person))
    return Match(
        act=act, pairs=tuple(pairs.values()), doubts=tuple(doubts), skip=_nothing(pairs, doubts, blocked)
    )


def _nothing(pairs: Collection[object], doubts: Collection[object], blocked: bool) -> Skip | None:  # noqa: FBT001 - a fact
    if len(pairs) > MOST_CONTACTS:
        return Skip.MAILING
    return Skip.BLOCKED if blocked and not pairs and not doubts else None
