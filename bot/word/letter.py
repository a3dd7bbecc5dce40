"""One letter, made ready once and merged for many: docxtpl mends what Word cut into runs, Jinja2 fills in the fields.

Only what `bot.letters` finds fit is rendered: fields of ours with filters of ours, in a sandbox, every value escaped.
"""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import Element

from docxtpl import DocxTemplate
from jinja2 import Environment, Template, TemplateSyntaxError, nodes
from lxml import etree

from bot.domain.attachments import Fault, wrong_field
from bot.domain.letters import FIELDS, is_too_much
from bot.domain.messages import Message
from bot.inspection.archive import Unfit
from bot.letters import NEVER_WRITTEN, environment, unfit
from bot.word.package import WORD, Package
from bot.word.zips import Member, archive, deflated

TEXT = "text"
"""The one field that a letter has and a text has not: what is written to this contact."""
_SHOWN = 60
_UNREADABLE = (TemplateSyntaxError, RecursionError, ValueError)
_PARAGRAPH = re.compile(r"<w:p([ >])")
_BROKEN_PARAGRAPH = re.compile(r"\n<w:p([ >])")
_QUOTES = str.maketrans("“”‘’", "\"\"''")


class Mistaken(Exception):  # noqa: N818 - the trade's word
    """Something stands between braces that can't be filled in."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message


class Letter:
    """A .docx file whose fields can be filled in."""

    def __init__(self, content: bytes) -> None:
        """Look at the file and make it ready.

        Raises:
            Unfit: it is no harmless .docx file.
            Mistaken: a field in it is none.
        """
        package = Package(content)
        self._mender = DocxTemplate(BytesIO(content))
        jinja = environment(autoescape=True)
        for name, kind in package.written.items():
            _refuse_mistakes(jinja, kind, package.trees[name])
        self._written = {
            name: self._compiled(jinja, kind, package.parts[name]) for name, kind in package.written.items()
        }
        plain = {name: part for name, part in package.parts.items() if name not in self._written}
        self._plain = [deflated(name, part) for name, part in plain.items()]

    def merged(self, fields: Mapping[str, str]) -> bytes:
        """Return the letter with its fields filled in."""
        values = _nested(fields)
        return archive([*self._plain, *self._filled(values)])

    def _filled(self, values: Mapping[str, Any]) -> Iterator[Member]:
        for name, template in self._written.items():
            text = _BROKEN_PARAGRAPH.sub(r"<w:p\1", template.render(values))
            yield deflated(name, self._mender.resolve_listing(text).encode())

    def _compiled(self, jinja: Environment, kind: str, part: bytes) -> Template:
        source = _PARAGRAPH.sub(r"\n<w:p\1", self._mender.patch_xml(_text_of(part)))
        wrong = _wrong(jinja, source)
        if wrong is not None:
            raise Mistaken(wrong_field(kind, 0, "", wrong))
        return jinja.from_string(source)


def _text_of(part: bytes) -> str:
    """Return a part as docxtpl reads it; what could fetch or grow was refused before."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return str(etree.tostring(etree.fromstring(part, parser), encoding="unicode"))
    except etree.XMLSyntaxError as error:
        raise Unfit(Fault.BROKEN) from error


def _refuse_mistakes(jinja: Environment, kind: str, tree: Element) -> None:
    """Look at each paragraph by itself, so that it can be told where a mistake stands."""
    for number, paragraph in enumerate(tree.iter(f"{WORD}p"), 1):
        words = "".join(piece.text or "" for piece in paragraph.iter(f"{WORD}t")).translate(_QUOTES)
        if "{" not in words:
            continue
        wrong = _wrong(jinja, words)
        if wrong is not None:
            raise Mistaken(wrong_field(kind, number, _clipped(words), wrong))


def _wrong(jinja: Environment, source: str) -> Message | None:
    try:
        tree = jinja.parse(source)
    except _UNREADABLE:
        return is_too_much(next(iter(re.findall(r"\{[{%#](.*?)(?:[}%#]\}|$)", source)), source))
    for output in tree.find_all(nodes.Output):
        output.nodes = [one for one in output.nodes if not _is_text(one)]
    return unfit(tree)


def _is_text(node: nodes.Expr) -> bool:
    return isinstance(node, nodes.Name) and node.name == TEXT


def _clipped(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def _nested(fields: Mapping[str, str]) -> dict[str, Any]:
    """Return the values as the templates name them, without what no XML may hold."""
    plain = {name: NEVER_WRITTEN.sub("", fields.get(name, "")) for name in (*FIELDS, TEXT)}
    values: dict[str, Any] = {name: value for name, value in plain.items() if "." not in name}
    for whole in {name.partition(".")[0] for name in plain if "." in name}:
        inside = {name.partition(".")[2]: one for name, one in plain.items() if name.startswith(f"{whole}.")}
        values[whole] = SimpleNamespace(**inside)
    return values


def message_written(message: Message) -> dict[str, Any]:
    """Return a message as JSON can carry it to another process."""
    values = {name: _carried(value) for name, value in message.values.items()}
    return {"text": message.text, "values": values}


def _carried(value: object) -> Any:
    if isinstance(value, Message):
        return message_written(value)
    return [_carried(one) for one in value] if isinstance(value, tuple) else value
