"""E-mails in the direct message: `.eml` files, and e-mails that were forwarded into Slack."""

from bot.domain.mails import MOST_BYTES
from bot.domain.people import Person
from bot.mails.reading import read
from bot.services.mails import Mails
from handlers import payloads
from handlers.payloads import SentFile
from handlers.surface import Surface


def take(file: SentFile, slack: Surface, mails: Mails, actor: Person) -> None:
    """Log an e-mail that came as a file.

    Raises:
        Refusal: it can't be read, or not be logged by the actor.
    """
    raw = slack.download(file.id, MOST_BYTES)
    mails.give(actor, file.id, read(raw), raw)


def take_forwarded(file: SentFile, slack: Surface, mails: Mails, actor: Person) -> None:
    """Log an e-mail of which Slack tells what stands in it; where it does not, the file tells."""
    mail = payloads.forwarded(slack.about(file.id))
    if mail is None:
        return take(file, slack, mails, actor)
    return mails.give(actor, file.id, mail, b"")
