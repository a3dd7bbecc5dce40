"""An e-mail that was forwarded into Slack: Slack takes it apart, and hands over a page instead of the file."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.domain.mails import Address, Enclosed, Mail, address
from bot.mails.headers import moment
from bot.mails.markup import words_of
from bot.mails.reading import subject_of, tidy
from handlers.payloads.screens import cleaned

PAGE_LIMIT = 512 * 1024
MOST_ADDRESSES = 2_000
MOST_ENCLOSED = 100


def forwarded(facts: Mapping[str, Any]) -> Mail | None:
    """Return the e-mail that a file of Slack's is, None where Slack does not tell who sent it."""
    senders = list(_addresses(facts, "from"))
    if not senders:
        return None
    headers = facts.get("headers")
    told: Mapping[str, Any] = headers if isinstance(headers, dict) else {}
    recipients = {one.email: one for name in ("to", "cc", "bcc") for one in _addresses(facts, name)}
    identity = cleaned(told.get("message_id")).strip("<> ")
    return Mail(
        sender=senders[0],
        recipients=tuple(recipients.values())[:MOST_ADDRESSES],
        subject=subject_of(cleaned(facts.get("subject"))),
        sent_at=moment(cleaned(told.get("date"))),
        message_id=identity or f"slack:{cleaned(facts.get('id'))}",
        text=tidy(_text(facts)),
        enclosed=tuple(_enclosed(facts))[:MOST_ENCLOSED],
    )


def _addresses(facts: Mapping[str, Any], name: str) -> Iterator[Address]:
    for one in _each(facts, name):
        found = address(cleaned(one.get("name")), cleaned(one.get("address")))
        if found is not None:
            yield found


def _text(facts: Mapping[str, Any]) -> str:
    plain = cleaned(facts.get("plain_text")) or cleaned(facts.get("preview_plain_text"))
    return plain or words_of(cleaned(facts.get("preview"))[:PAGE_LIMIT])


def _enclosed(facts: Mapping[str, Any]) -> Iterator[Enclosed]:
    for one in _each(facts, "attachments"):
        size = one.get("size")
        yield Enclosed(
            cleaned(one.get("filename")), cleaned(one.get("mimetype")), size if isinstance(size, int) else 0
        )


def _each(facts: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    listed = facts.get(name)
    return (one for one in (listed if isinstance(listed, list) else ()) if isinstance(one, dict))
