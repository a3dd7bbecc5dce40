"""Mails as `.eml` files: addressed, to be looked at and sent by the salesperson himself (`X-Unsent`)."""

from collections.abc import Mapping
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from bot.domain.attachments import Enclosure

_POLICY = SMTP.clone(utf8=False, max_line_length=998)


def mail(fields: Mapping[str, str], subject: str, text: str, enclosed: Enclosure | None) -> bytes | None:
    """Return a mail to the contact of these fields, with what goes with it; None where the address is none."""
    to = _address(fields["contact.name"], fields["contact.email"])
    sender = _address(fields["salesperson.name"], fields["salesperson.email"])
    if to is None:
        return None
    message = EmailMessage(policy=_POLICY)
    message["X-Unsent"] = "1"
    message["To"] = to
    if sender is not None:
        message["From"] = sender
    message["Subject"] = _line(subject)
    message.set_content(text, cte="quoted-printable")
    if enclosed is not None:
        main, sub = _type(enclosed)
        message.add_attachment(enclosed.content, maintype=main, subtype=sub, filename=enclosed.name)
    return message.as_bytes()


def _type(enclosed: Enclosure) -> tuple[str, str]:
    """Return the type of a file; an e-mail in an e-mail may not be packed, so it goes as any file."""
    main, _, sub = enclosed.media_type.partition("/")
    return ("application", "octet-stream") if main == "message" else (main, sub)


def _address(name: str, email: str) -> Address | None:
    """Return somebody's address; None where it can't stand in a header."""
    address = email.strip()
    if not address.isascii() or not address.isprintable():
        return None
    try:
        made = Address(display_name=_line(name), addr_spec=address)
    except (MessageError, ValueError, IndexError):
        return None
    return made if made.username and made.domain else None


def _line(words: str) -> str:
    """Return words as they can stand in a header: in one line, without what steers."""
    return " ".join("".join(one if one.isprintable() else " " for one in words).split())
