"""The words of an HTML page, one pass over it: what is never closed ends with the page."""

import html
import re

_BLOCKS = frozenset(
    {
        *("address", "article", "blockquote", "br", "caption", "center", "dd", "div", "dl", "dt", "fieldset"),
        *(
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "li",
            "ol",
            "p",
            "pre",
            "section",
        ),
        *("table", "tr", "ul"),
    }
)
_CELLS = frozenset({"td", "th"})
_SILENT = frozenset({"head", "script", "style", "title", "template", "noscript", "svg", "math", "object"})
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_SPACE = re.compile(r"[ \t\r\n\f\v\u00a0]+")
_MANY_LINES = re.compile(r"\n{3,}")
_LOWER = {upper: upper + 32 for upper in range(65, 91)}


def words_of(page: str) -> str:
    """Return what a reader of the page sees, line by line."""
    pieces: list[str] = []
    lowered, at = page.translate(_LOWER), 0
    while at < len(page):
        opened = page.find("<", at)
        until = len(page) if opened < 0 else opened
        pieces.append(_SPACE.sub(" ", html.unescape(page[at:until])))
        if opened < 0:
            break
        at, piece = _after(page, lowered, opened)
        pieces.append(piece)
    lines = (line.strip() for line in "".join(pieces).split("\n"))
    return _MANY_LINES.sub("\n\n", "\n".join(lines)).strip()


def _after(page: str, lowered: str, opened: int) -> tuple[int, str]:
    """Return where the text goes on after what opens here, and what a reader sees in its place."""
    if page.startswith("<!--", opened):
        return _beyond(page, "-->", opened + 4), ""
    named = _NAME.match(page, opened)
    if named is None and not page.startswith(("<!", "<?"), opened):
        return opened + 1, "<"
    name = named[1].lower() if named else ""
    beyond = _beyond(page, ">", opened)
    if name in _SILENT and page[opened + 1] != "/":
        closing = lowered.find(f"</{name}", beyond)
        return (len(page) if closing < 0 else _beyond(page, ">", closing)), ""
    if name in _BLOCKS:
        return beyond, "\n"
    return beyond, " " if name in _CELLS else ""


def _beyond(page: str, mark: str, start: int) -> int:
    found = page.find(mark, start)
    return len(page) if found < 0 else found + len(mark)
