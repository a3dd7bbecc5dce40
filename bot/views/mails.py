"""What is said of an e-mail that somebody handed in (screens: After Log)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from slack_sdk.models.blocks import Block

from bot.domain.entries import Listed
from bot.domain.ids import OperationId
from bot.domain.mails import SKIPPED, Skip
from bot.text import Text
from bot.views import kit
from bot.views.confirmations import headline
from bot.views.ids import Action
from bot.views.kit import Part, Payload

NAMED = 5
"""So many contacts, and so many addresses, are named; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of an e-mail, to be told to who handed it in."""

    subject: str = ""
    logged: Sequence[Listed] = ()
    before: Sequence[Listed] = ()
    """What had been logged of it before."""

    unknown: Sequence[str] = ()
    """Addresses that are no contact's."""

    asked: Sequence[str] = ()
    """In whose inboxes it waits."""

    answerable: bool = False
    """Whether who handed it in may answer it there."""

    operation: OperationId | None = None


def told(mail: Told, text: Text) -> Payload:
    """Return the answer."""
    return kit.message(
        kit.lines(_headline(mail, text), *_details(mail, text)), *_small(mail, text), _row(mail, text)
    )


def no_longer_undoable(mail: Told, text: Text) -> Payload:
    """Return the same answer as it reads when its ten minutes are over."""
    return told(replace(mail, operation=None), text)


def skipped(subject: str, skip: Skip, text: Text) -> Payload:
    """Return why an e-mail was not logged."""
    said: list[Part | str] = [kit.quote(subject), " "] if subject else []
    return kit.message(kit.line(kit.bold(text("Not logged:")), " ", *said, text(SKIPPED[skip])))


def _row(mail: Told, text: Text) -> Block | None:
    """Return what can be done: with a single entry more than with several."""
    shown = mail.logged or mail.before
    one = shown[0].entry.id if len(shown) == 1 else None
    buttons = [
        kit.button(text("Undo"), Action.UNDO, mail.operation) if mail.operation else None,
        kit.button(text("Follow up"), Action.FOLLOW_UP, one) if one and mail.logged else None,
        kit.button(text("Open entry"), Action.OPEN_ENTRY, one) if one else None,
        kit.button(text("Open the inbox"), Action.INBOX, 0) if mail.answerable else None,
    ]
    return kit.actions(*buttons) if any(buttons) else None


def _headline(mail: Told, text: Text) -> list[Part | str]:
    if len(mail.logged) > 1:
        return [
            kit.bold(text.count("✓ Logged {n} interaction", "✓ Logged {n} interactions", len(mail.logged)))
        ]
    if mail.logged:
        return [kit.bold(text("✓ Logged:")), " ", *headline(mail.logged[0], text)]
    if mail.before:
        return [kit.bold(text("Logged before:")), " ", *headline(mail.before[0], text)]
    if mail.asked:
        words = text("This e-mail waits for an answer in the inbox: {names}.", names=", ".join(mail.asked))
        return [kit.bold(words)]
    return [kit.bold(text("This e-mail came before; it was answered in the inbox."))]


def _details(mail: Told, text: Text) -> list[list[Part | str]]:
    rows: list[list[Part | str]] = []
    shown = mail.logged or mail.before
    if shown:
        entry = shown[0].entry
        when = text.day(entry.day) + (f" {text.time(entry.at)}" if entry.at else "")
        rows.append([when, " · ", kit.quote(entry.description)])
    elif mail.subject:
        rows.append([kit.quote(mail.subject)])
    if len(mail.logged) > 1:
        rows += [["• ", *headline(one, text)] for one in mail.logged[:NAMED]]
        rows += [[_more(len(mail.logged) - NAMED, text)]] if len(mail.logged) > NAMED else []
    return rows


def _small(mail: Told, text: Text) -> list[Block]:
    said = []
    if mail.unknown:
        names = ", ".join(mail.unknown[:NAMED])
        more = f" {_more(len(mail.unknown) - NAMED, text)}" if len(mail.unknown) > NAMED else ""
        said.append(text("No contact has these addresses: {names}", names=names) + more)
    return [kit.small(words) for words in said]


def _more(count: int, text: Text) -> str:
    return text("… and {n} more.", n=count)
