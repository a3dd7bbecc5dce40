"""What is known of a person as a page to be read in any browser; nothing in it is run or loaded."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from bot.domain.contacts import Contact

_STYLE = Markup(
    "body{font:15px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse;margin:0 0 1.5em;width:100%}"
    "th{text-align:left;width:14em;vertical-align:top;font-weight:normal;color:#555}"
    "td{white-space:pre-wrap;overflow-wrap:anywhere}tr{border-bottom:1px solid #ddd}"
)
_POLICY = Markup(
    "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; style-src 'unsafe-inline'\">"
)


def page(person: Contact, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """Return the page: a heading for each kind of thing, a table for each thing."""
    sections = Markup("").join(_section(name, things) for name, things in rows.items() if things)
    return str(
        Markup(
            "<!doctype html><html lang='en'><meta charset='utf-8'>{policy}<title>{name}</title>"
            "<style>{style}</style><h1>{name} ({number})</h1>{sections}</html>"
        ).format(policy=_POLICY, name=person.name, style=_STYLE, number=person.number, sections=sections)
    )


def _section(name: str, things: Sequence[Mapping[str, Any]]) -> Markup:
    tables = Markup("").join(_table(thing) for thing in things)
    return Markup("<h2>{name} ({n})</h2>{tables}").format(name=_words(name), n=len(things), tables=tables)


def _table(thing: Mapping[str, Any]) -> Markup:
    rows = Markup("").join(
        Markup("<tr><th>{name}</th><td>{value}</td></tr>").format(name=_words(name), value=_value(value))
        for name, value in thing.items()
        if value not in (None, "", [], {})
    )
    return Markup("<table>{rows}</table>").format(rows=rows)


def _value(value: Any) -> Markup:
    if isinstance(value, Mapping):
        return _table(value)
    if isinstance(value, list):
        return Markup(", ").join(_value(one) for one in value)
    return escape(value)


def _words(name: str) -> str:
    return name.removesuffix("_id").replace("_", " ").capitalize()
