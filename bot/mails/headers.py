"""Headers of an e-mail and of its parts, whoever wrote them and however badly."""

import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import getaddresses, parsedate_to_datetime
from quopri import decodestring
from urllib.parse import unquote_to_bytes

from bot.domain.mails import Address, address

Headers = Mapping[str, str]
_READER = BytesHeaderParser(policy=compat32)
_SEVERAL = frozenset({"to", "cc", "bcc", "from"})
_FOLDED = re.compile(r"[\r\n]+[ \t]*")
_PARAMETER_LIMIT = 4096
_COMMENTS = 20
_ENCODED = re.compile(r"=\?([\w-]{1,40})(?:\*[\w-]{1,40})?\?([bBqQ])\?([^? \t]{0,500})\?=")
_BETWEEN = re.compile(r"(?<=\?=)[ \t\r\n]+(?==\?)")
_CHARSETS = re.compile(
    r"(utf-?_?(8|16|32)|us-?ascii|ascii|latin-?_?\d|iso-?_?8859-?_?\d+|(windows|cp)-?_?\d{3,4}|koi8-?_?[rut]"
    r"|mac-?_?(roman|cyrillic|latin2)|gb(k|2312|18030)|big5(hkscs)?|euc-?_?(jp|kr)|shift-?_?jis|iso-?_?2022-?_?(jp|kr)|ks_c_5601-1987|tis-?620)"
    r"[-_]?(le|be|sig|e)?",
    re.ASCII,
)


def headers_of(head: bytes) -> Headers:
    """Return the headers by their names in small letters; the first of each, of those who are many all."""
    found: dict[str, str] = {}
    for name, value in _READER.parsebytes(head).raw_items():
        key, said = name.strip().lower(), _FOLDED.sub(" ", _written(str(value))).strip()
        if key not in found:
            found[key] = said
        elif key in _SEVERAL:
            found[key] += f", {said}"
    return found


def parameter(headers: Headers, header: str, name: str) -> str:
    """Return a parameter of a header, as in `boundary=…`, also where it is encoded or in pieces; empty without it."""
    said = headers.get(header, "")[:_PARAMETER_LIMIT]
    pieces = sorted(_pieces(said, name), key=lambda piece: piece[0])
    raw = b"".join(unquote_to_bytes(value) if coded else value.encode() for _, coded, value in pieces)
    if not any(coded for _, coded, _ in pieces):
        return unencoded(raw.decode())
    charset, quoted, rest = raw.partition(b"'")
    return decoded(rest.partition(b"'")[2] if quoted else raw, charset.decode("ascii", "replace"))


def addresses(headers: Headers, *names: str) -> Iterator[Address]:
    """Return who stands in these headers, each as often as he stands there; what is no address is left out."""
    for name in names:
        said = headers.get(name, "")
        plain = said if said.count("(") <= _COMMENTS else said.replace("(", " ").replace(")", " ")
        for called, email in getaddresses([plain]):
            found = address(unencoded(called), email)
            if found is not None:
                yield found


def moment(said: str) -> datetime | None:
    """Return the instant of a Date header, None where it is none."""
    try:
        found = parsedate_to_datetime(said[:200])
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def unencoded(said: str) -> str:
    """Return a text with its encoded words (`=?utf-8?q?…?=`) as they read."""
    return _ENCODED.sub(_read, _BETWEEN.sub("", said)) if "=?" in said else said


def decoded(raw: bytes, charset: str) -> str:
    """Return the text of some bytes; what its charset does not know is looked at as UTF-8, else as Windows-1252."""
    named = charset.strip().strip("\"'").lower()
    for one in (named if _CHARSETS.fullmatch(named) else "", "utf-8"):
        try:
            return raw.decode(one) if one else raw.decode("utf-8")
        except (UnicodeError, LookupError):
            continue
    return raw.decode("cp1252", "replace")


def from_base64(raw: bytes) -> bytes:
    """Return what Base64 means, of a broken one its beginning."""
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    whole = letters[: len(letters) - (1 if len(letters) % 4 == 1 else 0)]
    try:
        return b64decode(whole + b"=" * (-len(whole) % 4))
    except NotBase64:
        return b""


def _written(value: str) -> str:
    """Return a header that was not ASCII, as it was meant."""
    return value if value.isascii() else decoded(value.encode("ascii", "surrogateescape"), "utf-8")


def _read(word: re.Match[str]) -> str:
    charset, way, text = word.groups()
    raw = text.encode("utf-8", "replace")
    return decoded(from_base64(raw) if way in "bB" else decodestring(raw, header=True), charset)


def _pieces(said: str, name: str) -> Iterator[tuple[int, bool, str]]:
    """Return the pieces of a parameter: their order, whether they are encoded, what they say."""
    value = r"\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^\s;\"]*))"
    for found in re.finditer(rf"(?:^|[;\s]){name}(?:\*(\d{{1,3}}))?(\*)?{value}", said, re.IGNORECASE):
        number, coded, quoted, bare = found.groups()
        words = bare or "" if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
        yield int(number or 0), bool(coded), words
