"""E-mails become interactions: handed in by a salesperson, or found in the mailbox (`domain.md` 2.13)."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.attachments import file_stem
from bot.domain.deliveries import DeliveryKind
from bot.domain.forwards import forwarded_in
from bot.domain.ids import AttachmentId, ContactId, WorkspaceId
from bot.domain.inbox import Arrival, ArrivalKind, ArrivalState, Kept
from bot.domain.mails import MEDIA_TYPE, Became, Known, Mail, Match, Skip, arrivals, matched
from bot.domain.operations import UNDO_WINDOW
from bot.domain.people import Person, Role, may_log_for
from bot.services.bell import Bell, homes_changed
from bot.services.gates import LOG_FOR, only_for
from bot.services.inbox import Inbox, OtherContent, Result
from bot.services.people import People
from bot.views import mails as views
from bot.views.kit import Payload
from bot.views.mails import Told
from storage.attachments import Attachments
from storage.mails import Addresses
from storage.people import all_workspaces
from storage.store import Store
from storage.work import Work

MOST_KEPT = 10 * 1024 * 1024
"""Larger e-mails are logged without the file."""

_NEVER = (Skip.DRAFT, Skip.AUTOMATIC)
"""Nothing in such e-mails counts either."""


class Mails:
    """Records e-mails."""

    def __init__(self, store: Store, people: People, inbox: Inbox, bell: Bell) -> None:
        self._store = store
        self._people = people
        self._inbox = inbox
        self._bell = bell

    def give(self, actor: Person, key: str, mail: Mail, raw: bytes) -> None:
        """Record an e-mail that the actor hands in, and tell him; what it does not tell is asked in the inbox.

        The same `key` once more is the same act: nothing is said again.

        Raises:
            Refusal: it is between a contact and somebody for whom the actor can't log.
        """
        with suppress(OtherContent):
            return self._give(actor, f"mail:{key}", mail, raw)
        return self._give(actor, f"mail:{key}", mail, raw)

    def _give(self, actor: Person, answer: str, mail: Mail, raw: bytes) -> None:
        with self._store.begin(actor.workspace) as work:
            mail, match = _understood(work, mail, actor)
            match = _own(work, actor, match)
            work.deliveries.open_answer(answer, actor.id, None)
            if match.skip is not None:
                words = views.skipped(mail.subject, match.skip, self._people.text(actor))
                self._say(work, actor, answer, words)
            else:
                results, before = self._recorded(work, mail, match, raw, (actor, answer))
                self._tell(work, actor, answer, _told(work, actor, mail, match, results, before))
        self._bell.ring()
        homes_changed(self._bell, actor, [one.salesperson.id for one in match.pairs])

    def found(self, mail: Mail, raw: bytes) -> Became | Skip:
        """Record an e-mail of the mailbox, in the workspace whose salesperson wrote or received it."""
        with self._store.reading() as connection:
            workspaces = all_workspaces(connection)
        became = (self._in(workspace, mail, raw) for workspace in workspaces)
        told = next((one for one in became if one is not Skip.STRANGERS), Skip.STRANGERS)
        self._bell.ring()
        return told

    def _in(self, workspace: WorkspaceId, mail: Mail, raw: bytes) -> Became | Skip:
        with suppress(OtherContent):
            return self._once_in(workspace, mail, raw)
        return self._once_in(workspace, mail, raw)

    def _once_in(self, workspace: WorkspaceId, mail: Mail, raw: bytes) -> Became | Skip:
        with self._store.begin(workspace) as work:
            mail, match = _understood(work, mail, None)
            results, _ = self._recorded(work, mail, match, raw, None)
            concerned = self._inbox.concerned(work, results) if results else frozenset()
        for person in concerned:
            self._bell.home_changed(workspace, person)
        return match.skip or _became(results)

    def _recorded(
        self, work: Work, mail: Mail, match: Match, raw: bytes, handed: tuple[Person, str] | None
    ) -> tuple[Sequence[Result], Sequence[Kept]]:
        """Record what did not come before; return what became of it, and what came before."""
        if match.skip is not None:
            return (), ()
        by, answer = handed or (None, None)
        came = list(arrivals(mail, match, lambda person: self._sent(mail, person)))
        before = work.inbox.of_keys(ArrivalKind.EMAIL, [one.key for one in came])
        new = [one for one in came if one.key not in before]
        results = self._inbox.record_all(work, _with_file(work, new, mail, raw), by, answer)
        late = [one.kept for one in results if one.repeated]
        return [one for one in results if not one.repeated], [*before.values(), *late]

    def _tell(self, work: Work, actor: Person, answer: str, told: Told | None) -> None:
        """Say what became of it, and take **Undo** away once that is over."""
        if told is None:
            return
        text = self._people.text(actor)
        self._say(work, actor, answer, views.told(told, text))
        if told.operation is not None:
            over, at = views.no_longer_undoable(told, text), work.access.clock.now() + UNDO_WINDOW
            key = f"{answer}:over"
            work.deliveries.say(key, DeliveryKind.REPLACEMENT, actor.id, over, answer=answer, at=at)

    def _say(self, work: Work, actor: Person, answer: str, words: Payload) -> None:
        work.deliveries.say(answer, DeliveryKind.CONFIRMATION, actor.id, words, answer=answer)

    def _sent(self, mail: Mail, person: Person) -> datetime:
        """Return when it was sent, by the salesperson's clock; never later than now."""
        now = self._store.clock.now()
        return min(mail.sent_at or now, now).astimezone(ZoneInfo(person.zone))


def _understood(work: Work, mail: Mail, giver: Person | None) -> tuple[Mail, Match]:
    """Return what comes of an e-mail; where nothing does, and a salesperson forwarded another one in it, of that."""
    met = known(work, mail)
    match = matched(mail, met, giver)
    inner = forwarded_in(mail) if not match.pairs and match.skip not in _NEVER else None
    forwarder = giver or (met.people.get(mail.sender.email) if mail.sender else None)
    if inner is None or forwarder is None:
        return mail, match
    return inner, matched(inner, known(work, inner), forwarder)


def known(work: Work, mail: Mail) -> Known:
    """Return whom we know of those who wrote or received an e-mail."""
    emails = [one.email for one in mail.everybody]
    book = Addresses(work.access)
    colleagues = book.people(emails)
    people = work.people.many(frozenset(colleagues.values()))
    addressed = book.contacts([one for one in emails if one not in colleagues])
    found = work.contacts.many(frozenset(one for ids in addressed.values() for one in ids))
    companies = work.contacts.many(frozenset(one.company for one in found.values() if one.company))
    off = {one.id for one in (*found.values(), *companies.values()) if one.privacy_blocked}
    return Known(
        people={email: people[one] for email, one in colleagues.items()},
        contacts={email: [found[one] for one in ids] for email, ids in addressed.items()},
        blocked=frozenset(ContactId(one.id) for one in found.values() if {one.id, one.company} & off),
    )


def _own(work: Work, actor: Person, match: Match) -> Match:
    """Return what of it the actor may log: his own, as manager his team's.

    Raises:
        Refusal: nothing of it.
    """
    met = [*(one.salesperson for one in match.pairs), *(one.salesperson for one in match.doubts)]
    mine = {one.id for one in met if may_log_for(actor, one)}
    if met and not mine:
        raise only_for(work, LOG_FOR, met[0])
    return replace(
        match,
        pairs=tuple(one for one in match.pairs if one.salesperson.id in mine),
        doubts=tuple(one for one in match.doubts if one.salesperson.id in mine),
    )


def _with_file(work: Work, came: Sequence[Arrival], mail: Mail, raw: bytes) -> list[Arrival]:
    """Return what arrived with the e-mail itself hanging on it, as far as it is not too large."""
    if not came or not 0 < len(raw) <= MOST_KEPT:
        return list(came)
    name = f"{file_stem(mail.subject) or 'e-mail'}.eml"
    file: AttachmentId = Attachments(work.access).put(name, MEDIA_TYPE, raw)
    return [replace(one, attachment=file) for one in came]


def _told(
    work: Work,
    actor: Person,
    mail: Mail,
    match: Match,
    results: Sequence[Result],
    before: Sequence[Kept],
) -> Told | None:
    """Return what there is to tell; None where the inbox tells it already."""
    open_now = {one.kept.salesperson for one in results if one.kept.state is ArrivalState.OPEN}
    open_now |= {one.salesperson for one in before if one.state is ArrivalState.OPEN}
    asked = work.people.many(frozenset(one for one in open_now if one is not None))
    logged = work.entries.many([one.entry for one in results if one.entry is not None])
    if results and not logged and set(asked) == {actor.id}:
        return None
    return Told(
        subject=mail.subject,
        logged=logged,
        before=work.entries.many([one.entry for one in before if one.entry is not None]),
        unknown=[one.address.email for one in match.doubts] if match.pairs else [],
        asked=[one.name for one in asked.values()],
        answerable=bool(asked) and (actor.role is Role.ADMIN or actor.id in asked),
        operation=next((one.operation.id for one in results if one.operation is not None), None),
    )


def _became(results: Sequence[Result]) -> Became:
    if not results:
        return Became.REPEATED
    recorded = any(one.kept.state is ArrivalState.RECORDED for one in results)
    return Became.LOGGED if recorded else Became.ASKED
