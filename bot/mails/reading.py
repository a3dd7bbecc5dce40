"""An e-mail file becomes a value of ours (`domain.md` 2.13)."""

import hashlib
import re
from quopri import decodestring

from bot.domain.attachments import NAME_LIMIT
from bot.domain.mails import TEXT_LIMIT, Address, Enclosed, Mail, one_line, readable
from bot.domain.messages import Refusal
from bot.mails.headers import Headers, addresses, decoded, from_base64, moment, parameter, unencoded
from bot.mails.markup import words_of
from bot.mails.parts import Part, leaves, part_at

_TELLING = frozenset({"from", "to", "cc", "subject", "date", "message-id", "received"})
_BODY_LIMIT = 512 * 1024
_MOST_ENCLOSED = 100
_MOST_RECIPIENTS = 2_000
_SUBJECT_LIMIT = 500
_STEERING = dict.fromkeys(
    code
    for code in (*range(32), *range(127, 160), *range(0xD800, 0xE000), 0x202D, 0x202E)
    if code not in (9, 10)
)
_LINE_END = re.compile(r"\r\n?")
_MANY_LINES = re.compile(r"\n{4,}")
_UNSENT = frozenset({"1", "yes", "true"})


def read(raw: bytes) -> Mail:
    """Return what an `.eml` file tells.

    Raises:
        Refusal: it is larger than 25 MB, or no e-mail.
    """
    readable(len(raw))
    start = _beginning(raw)
    whole = part_at(raw, start, len(raw))
    headers = whole.headers
    if len(_TELLING & headers.keys()) < 2:  # noqa: PLR2004 - one header alone may stand in any text
        raise Refusal("This is no e-mail: save it as .eml in your e-mail program.")
    parts = list(leaves(raw, whole))
    return Mail(
        sender=next(addresses(headers, "from"), None) or next(addresses(headers, "sender"), None),
        recipients=_each_once(headers),
        subject=subject_of(unencoded(headers.get("subject", ""))),
        sent_at=moment(headers.get("date", "")),
        message_id=_message_id(raw, headers),
        text=tidy(_text(raw, parts)),
        enclosed=tuple(_enclosed(raw, part) for part in parts if _is_enclosed(part))[:_MOST_ENCLOSED],
        draft=_is_draft(headers),
        automatic=headers.get("auto-submitted", "no").strip().lower().startswith("auto"),
    )


def tidy(words: str) -> str:
    """Return the text of an e-mail as it is kept: without what steers, at most 10,000 characters."""
    plain = _LINE_END.sub("\n", words).translate(_STEERING)
    lines = (line.rstrip() for line in plain.split("\n"))
    whole = _MANY_LINES.sub("\n\n\n", "\n".join(lines)).strip()
    return whole if len(whole) <= TEXT_LIMIT else whole[: TEXT_LIMIT - 1].rstrip() + "…"


def subject_of(said: str) -> str:
    """Return a subject in one line."""
    return one_line(said.translate(_STEERING))[:_SUBJECT_LIMIT]


def _beginning(raw: bytes) -> int:
    """Return where the headers begin: after a byte order mark, blank lines, and a line of a mailbox file."""
    found = re.compile(rb"(?:\xef\xbb\xbf)?[\r\n \t]{0,100}(?:>?From [^\r\n:]{0,500}\r?\n)?").match(raw)
    return found.end() if found else 0


def _each_once(headers: Headers) -> tuple[Address, ...]:
    found: dict[str, Address] = {}
    for one in addresses(headers, "to", "cc", "bcc"):
        found.setdefault(one.email, one)
        if len(found) >= _MOST_RECIPIENTS:
            break
    return tuple(found.values())


def _message_id(raw: bytes, headers: Headers) -> str:
    """Return the message's own id; without one, the same e-mail is known by what stands in it."""
    said = one_line(headers.get("message-id", "")).strip("<> ")
    return said or "sha256:" + hashlib.sha256(raw).hexdigest()


def _is_draft(headers: Headers) -> bool:
    """Whether it was never sent: Outlook, Thunderbird and Apple Mail each mark that their own way."""
    marks = (headers.get("x-unsent", ""), headers.get("x-mozilla-draft", ""))
    if any(mark.strip().lower() in _UNSENT for mark in marks):
        return True
    flags = headers.get("x-mozilla-draft-info", "") or headers.get("x-apple-mail-draft", "")
    return bool(flags) and "received" not in headers


def _is_enclosed(part: Part) -> bool:
    if part.media_type.startswith("multipart/"):
        return False
    disposed = part.headers.get("content-disposition", "").lower()
    return disposed.startswith("attachment") or not part.media_type.startswith("text/") or bool(_name(part))


def _name(part: Part) -> str:
    return parameter(part.headers, "content-disposition", "filename") or parameter(
        part.headers, "content-type", "name"
    )


def _enclosed(raw: bytes, part: Part) -> Enclosed:
    name = one_line(_name(part)).replace("\\", "/").rpartition("/")[2][:NAME_LIMIT]
    return Enclosed(name, part.media_type[:NAME_LIMIT], _size(raw, part))


def _size(raw: bytes, part: Part) -> int:
    """Return about how large a file is once it is unpacked."""
    length = part.end - part.start
    if _encoding(part) != "base64":
        return length
    return max(0, length - raw.count(b"\n", part.start, part.end) * 2) * 3 // 4


def _text(raw: bytes, parts: list[Part]) -> str:
    """Return the words: the first plain text, else the first page."""
    shown = [part for part in parts if not _is_enclosed(part)]
    plain = next(
        (said for part in shown if part.media_type == "text/plain" and (said := _said(raw, part)).strip()), ""
    )
    if plain:
        return plain
    pages = (part for part in shown if part.media_type == "text/html")
    return next((words_of(_said(raw, part)) for part in pages), "")


def _said(raw: bytes, part: Part) -> str:
    content = raw[part.start : min(part.end, part.start + _BODY_LIMIT)]
    encoding = _encoding(part)
    if encoding == "base64":
        content = from_base64(content)
    elif encoding == "quoted-printable":
        content = decodestring(content)
    return decoded(content, parameter(part.headers, "content-type", "charset"))


def _encoding(part: Part) -> str:
    return part.headers.get("content-transfer-encoding", "").strip().lower()
