"""The job that reads the mailbox: each e-mail is recorded once, marked, and never deleted (`product.md` 11)."""

from collections import Counter
from dataclasses import dataclass, field
from functools import partial

from bot.apart import one_by_one
from bot.domain.mails import MOST_BYTES, Became, Skip
from bot.domain.messages import Refusal
from bot.mailbox import Folder, Mailbox, Mark
from bot.mails.reading import read
from bot.services.mails import Mails

MOST = 200
"""E-mails of one turn; the next turn goes on."""
_WORDS: dict[Became | Skip, str] = {
    Became.LOGGED: "{n} logged",
    Became.ASKED: "{n} kept in the inbox",
    Became.REPEATED: "{n} logged before",
    Skip.STRANGERS: "{n} without a salesperson",
    Skip.COLLEAGUES: "{n} between colleagues",
    Skip.DRAFT: "{n} never sent",
    Skip.AUTOMATIC: "{n} sent by programs",
    Skip.NO_SENDER: "{n} without a sender",
    Skip.NO_RECIPIENTS: "{n} without recipients",
    Skip.BLOCKED: "{n} of contacts who are not to be recorded",
    Skip.MAILING: "{n} to more than 100 contacts",
}
_ASIDE = {
    Mark.TOO_LARGE: "{n} larger than 25 MB",
    Mark.UNREADABLE: "{n} that can't be read",
    None: "{n}",
}


@dataclass(frozen=True, slots=True)
class _Letter:
    """One e-mail of the folder; what it says is told to no log."""

    uid: str
    raw: bytes = field(repr=False)

    def __str__(self) -> str:
        return f"e-mail {self.uid}"


def read_mailbox(mailbox: Mailbox, mails: Mails) -> str:
    """Record what is unread; return what was done, and how much is put aside.

    Raises:
        MailboxUnreachable, MailboxRefused: the mailbox can't be read now.
        Busy, Unwritable: the database serves nobody now; what was not recorded stays unread.
    """
    told: Counter[Became | Skip] = Counter()
    with mailbox.opened() as folder:
        for uid in folder.unread(MOST):
            _take(folder, mails, uid, told)
        aside = folder.aside()
    return " ".join(filter(None, (_done(told), _put_aside(aside))))


def _take(folder: Folder, mails: Mails, uid: str, told: Counter[Became | Skip]) -> None:
    if folder.size(uid) > MOST_BYTES:
        return folder.put_aside(uid, Mark.TOO_LARGE)
    letter = _Letter(uid, folder.content(uid, MOST_BYTES))
    one_by_one(
        [letter],
        partial(_recorded, folder, mails, told),
        lambda one: folder.put_aside(one.uid, Mark.UNREADABLE),
    )
    return None


def _recorded(folder: Folder, mails: Mails, told: Counter[Became | Skip], letter: _Letter) -> bool:
    try:
        mail = read(letter.raw)
    except Refusal:
        folder.put_aside(letter.uid, Mark.UNREADABLE)
        return False
    told[mails.found(mail, letter.raw)] += 1
    folder.read(letter.uid)
    return True


def _done(told: Counter[Became | Skip]) -> str:
    said = [words.format(n=told[became]) for became, words in _WORDS.items() if told[became]]
    return f"E-mails: {', '.join(said)}." if said else ""


def _put_aside(aside: dict[Mark | None, int]) -> str:
    said = [words.format(n=aside.get(mark, 0)) for mark, words in _ASIDE.items() if aside.get(mark)]
    return f"Flagged in the mailbox: {', '.join(said)}." if said else ""
