"""E-mails as e-mail programs write them."""

from email.message import EmailMessage
from email.policy import SMTP

from office import Office

from bot.domain.contacts import ContactType
from bot.domain.ids import ContactId
from bot.domain.people import Person
from bot.services.contacts import Typed

EVA, ANNA = "Eva Lund <eva@nordvik.example>", "Anna Berg <anna.berg@fjordbygg.example>"
SENT = "Fri, 20 Nov 2026 10:15:30 +0100"


def an_email(
    subject: str = "Price list",
    text: str = "Hello Anna,\nhere is the price list.\n\nEva",
    **headers: str | None,
) -> bytes:
    """An e-mail of Eva's to Anna; a header that is None is left out."""
    plain = {"From": EVA, "To": ANNA, "Date": SENT, "Message-ID": "<1@nordvik.example>", "Subject": subject}
    told = plain | {name.replace("_", "-"): value for name, value in headers.items()}
    message = EmailMessage(policy=SMTP)
    for name, value in told.items():
        if value is not None:
            message[name] = value
    message.set_content(text)
    return message.as_bytes()


def knows(office: Office, actor: Person, name: str, email: str) -> ContactId:
    """Make a contact with an e-mail address."""
    typed = Typed(type=ContactType.PERSON, name=name, email=email)
    return office.contacts.create(actor, f"test:{office.store.ids()}", typed).id
