"""One folding of letters for every search, on both databases and in memory (`performance.md` 1)."""

import re
import unicodedata

_ALIKE = {
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ß": "ss",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ŧ": "t",
    "þ": "th",
    "ı": "i",
    "ŋ": "n",
}
_APOSTROPHES = "`´‘’‛ʹʻʼʽˈ＇"
_DASHES = "‐‑‒–—―−"
_INVISIBLE = (
    "\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_BEFORE = str.maketrans(dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_INVISIBLE, ""))
_AFTER = str.maketrans(_ALIKE | dict.fromkeys(_DASHES, "-") | dict.fromkeys(_APOSTROPHES, "'"))

_CHUNK = re.compile(r"[^\W_](?:['./&-]*[^\W_])*")
_PIECE = re.compile(r"[^\W_]+")
_ASKED = re.compile(r"[^\W_](?:'*[^\W_])*")


def fold(text: str) -> str:
    """Return `text` without case, accents and invisible marks; runs of white space become one space.

    Letters that Unicode does not take apart become what people type instead (ø o, æ ae, ß ss, ł l, þ th);
    typographic apostrophes and dashes become those of the keyboard. Folding twice changes nothing.
    """
    if text.isascii():
        return " ".join(text.lower().replace("`", "'").split())
    plain = _bare(text.translate(_BEFORE)).casefold()
    return " ".join(_bare(plain).translate(_AFTER).split())


def words(text: str) -> tuple[str, ...]:
    """Return the folded words under which `text` is found, each once.

    A name with apostrophes or hyphens counts in pieces, with its apostrophes closed up, and wholly closed up:
    "O'Connor-Ødegård" gives o, connor, oconnor, odegard and oconnorodegard.
    """
    return tuple(dict.fromkeys(word for chunk in _CHUNK.findall(fold(text)) for word in _forms(chunk)))


def asked(text: str) -> tuple[str, ...]:
    """Return the folded words of a search; each has to begin one of the `words` of what is found.

    Apostrophes are closed up and everything else divides: "o'connor-ø" asks for oconnor and o.
    """
    return tuple(word.replace("'", "") for word in _ASKED.findall(fold(text)))


def compact(text: str) -> str:
    """Return the folded letters and digits alone: "E-mail" and "email" become the same."""
    return "".join(_PIECE.findall(fold(text)))


def _forms(chunk: str) -> tuple[str, ...]:
    if chunk.isalnum():
        return (chunk,)
    pieces = _PIECE.findall(chunk)
    return (*asked(chunk), *pieces, "".join(pieces))


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return plain if plain.isascii() else "".join(c for c in plain if not unicodedata.combining(c))
