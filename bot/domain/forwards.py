"""E-mails that somebody forwarded: who had written to whom stands in the text, in the words of his program."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.domain.mails import Address, Mail, address

_WORDS = {
    "from": "from van fra von de",
    "to": "to aan til an à",
    "cc": "cc kopi",
    "subject": "subject onderwerp emne betreff objet",
}
_FIELDS = {word: field for field, words in _WORDS.items() for word in words.split()}
_LINE = re.compile(r"[>*_\s]{0,20}([^\W\d]{1,12})[*_\s]{0,5}:[*_\s]{0,5}(.{0,2000})")
_WRITTEN = re.compile(
    r"(?:([^<>\[\],;:@]{0,100})[<\[](?:mailto:)?)?([^\s<>\[\],;:\"'()@]{1,64}@[^\s<>\[\],;:\"'()@]{1,190})"
)
_PREFIX = re.compile(r"(?:(?:fwd?|vs|wg|tr|doorst)\s*:\s*)+", re.IGNORECASE)
_LONGEST_HEAD = 12


def forwarded_in(mail: Mail) -> Mail | None:
    """Return the e-mail that was forwarded within this one, None where none was.

    What was forwarded without saying to whom had come to who forwarded it.
    """
    lines = mail.text.split("\n")
    start = next(
        (number for number, line in enumerate(lines) if _field(line)[0] == "from" and "@" in line), None
    )
    if start is None or mail.sender is None:
        return None
    end = _end(lines, start)
    told = _told(lines[start:end])
    sender = next(_addresses(told.get("from", "")), None)
    if sender is None:
        return None
    recipients = (*_addresses(told.get("to", "")), *_addresses(told.get("cc", "")))
    return replace(
        mail,
        sender=sender,
        recipients=tuple(dict.fromkeys(recipients)) or (mail.sender,),
        subject=_PREFIX.sub("", told.get("subject", "") or mail.subject, count=1).strip(),
        text="\n".join((*_before(lines[:start]), "", *_after(lines[end:]))).strip(),
    )


def _end(lines: Sequence[str], start: int) -> int:
    """Return where the head of what was forwarded ends: at the first empty line."""
    head = range(start, min(start + _LONGEST_HEAD, len(lines)))
    return next((number for number in head if not lines[number].strip("> ")), head.stop)


def _told(head: Sequence[str]) -> dict[str, str]:
    """Return what the lines of a head say; what has no name of its own belongs to the line above."""
    told: dict[str, str] = {}
    last = ""
    for line in head:
        field, said = _field(line)
        if ":" in line and not field and "@" not in line:
            last = ""
        elif field:
            last = field
            told.setdefault(field, said)
        elif last:
            told[last] = f"{told[last]} {line.strip('> ')}"
    return told


def _field(line: str) -> tuple[str, str]:
    found = _LINE.match(line)
    return (_FIELDS.get(found[1].casefold(), ""), found[2].strip()) if found else ("", "")


def _addresses(said: str) -> Iterator[Address]:
    for name, email in _WRITTEN.findall(said):
        found = address(name.strip(" \"'"), email)
        if found is not None:
            yield found


def _before(lines: Sequence[str]) -> Sequence[str]:
    """Return what was written above what was forwarded, without the line that divides them."""
    kept = list(lines)
    while kept and (not kept[-1].strip("-_=> ") or kept[-1].lstrip("> ").startswith(("---", "___", "==="))):
        kept.pop()
    return kept


def _after(lines: Sequence[str]) -> Sequence[str]:
    """Return what was forwarded, without the marks of a quotation and the empty lines above."""
    quoted = all(line.startswith(">") for line in lines if line.strip())
    plain = [line.removeprefix(">").removeprefix(" ") for line in lines] if quoted else list(lines)
    first = next((number for number, line in enumerate(plain) if line.strip()), len(plain))
    return plain[first:]
