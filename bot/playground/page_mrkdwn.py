"""Slack's mrkdwn as HTML. What is no markup is shown as it was typed, and mentions nobody.

Mentions are `span.mention` with the id, or "here", "channel", "everyone", in `data-mention`.
"""

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from bot.playground.page_dates import formatted
from bot.playground.page_emoji import with_emoji
from bot.playground.page_reader import Reader

_TOKEN = re.compile(
    r"```(?P<pre>.+?)```|`(?P<code>[^`\n]+)`|<(?P<angle>[^<>\n]+)>"
    r"|(?P<bare>https?://[^\s<>|`\"]*[^\s<>|`\".,;:!?)\]'*_~])",
    re.DOTALL,
)
_EMPHASIS = re.compile(
    r"(?<![\w*])\*(?P<b>[^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])"
    r"|(?<![\w_])_(?P<i>[^\s_](?:[^_\n]*[^\s_])?)_(?![\w_])"
    r"|(?<![\w~])~(?P<s>[^\s~](?:[^~\n]*[^\s~])?)~(?![\w~])"
)
_KEPT = re.compile("\x02(\\d+)\x03")
_QUOTE = re.compile(r"(?:>|&gt;) ?")
_QUOTE_REST = re.compile(r"(?:>>>|&gt;&gt;&gt;) ?")
_DATE = re.compile(r"!date\^(\d{1,11})\^([^^|]+)(?:\^([^|]+))?\|(.*)", re.DOTALL)
_LINK = re.compile(r"((?:https?://|mailto:|tel:)[^|\s]+)(?:\|(.+))?")
_BREAK, _NOTHING = Markup("<br>"), Markup()
_BROADCASTS = ("here", "channel", "everyone")


def mrkdwn(text: str, reader: Reader) -> Markup:
    kept: list[Markup] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(_token(match, reader))
        return f"\x02{len(kept) - 1}\x03"

    clean = text.replace("\x02", "").replace("\x03", "")
    return _restored(_lines(_TOKEN.sub(keep, clean).split("\n")), kept)


def without_markup(text: str, reader: Reader) -> str:
    """The words alone, for labels."""
    return mrkdwn(text, reader).striptags()


def link(url: str, label: str) -> Markup:
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(url, label)


def mention(id: str, name: str, reader: Reader) -> Markup:
    mine = " mine" if id == reader.user else ""
    return Markup('<span class="mention{}" data-mention="{}">{}</span>').format(mine, id, name)


def broadcast(whom: str) -> Markup:
    return Markup('<span class="mention broadcast" data-mention="{}">@{}</span>').format(whom, whom)


def date(seconds: str, pattern: str, url: str, reader: Reader) -> Markup:
    moment = reader.moment(float(seconds))
    shown = Markup('<time datetime="{}">{}</time>').format(
        moment.isoformat(), formatted(float(seconds), pattern, reader)
    )
    return link(url, shown) if _LINK.fullmatch(url) else shown


def _token(match: re.Match[str], reader: Reader) -> Markup:
    if match["pre"]:
        return Markup("<pre>{}</pre>").format(_typed(match["pre"].strip("\n")))
    if match["code"]:
        return Markup("<code>{}</code>").format(_typed(match["code"]))
    if match["bare"]:
        return link(_typed(match["bare"]), _typed(match["bare"]))
    return _angle(match["angle"], reader)


def _angle(inner: str, reader: Reader) -> Markup:
    body, _, label = inner.partition("|")
    if re.fullmatch(r"@[UW]\w+", body):
        return mention(body[1:], f"@{reader.name(body[1:])}", reader)
    if re.fullmatch(r"#[CGD]\w+", body):
        return mention(body[1:], f"#{label or reader.name(body[1:])}", reader)
    if body.startswith("!"):
        return _special(inner, body, label, reader)
    found = _LINK.fullmatch(inner)
    return link(_typed(found[1]), _typed(found[2] or found[1])) if found else escape(_typed(f"<{inner}>"))


def _special(inner: str, body: str, label: str, reader: Reader) -> Markup:
    found = _DATE.fullmatch(inner)
    if found:
        return date(found[1], _typed(found[2]), found[3] or "", reader)
    if body.startswith("!subteam^"):
        group = body.removeprefix("!subteam^")
        return mention(group, label or f"@{reader.name(group)}", reader)
    return broadcast(body[1:]) if body[1:] in _BROADCASTS else escape(_typed(f"<{inner}>"))


def _lines(lines: Sequence[str]) -> Markup:
    html, quoted = Markup(), list[str]()
    for at, line in enumerate(lines):
        if _QUOTE_REST.match(line):
            rest = [_QUOTE_REST.sub("", line, count=1), *lines[at + 1 :]]
            return html + _quote([*quoted, *rest])
        if _QUOTE.match(line):
            quoted.append(_QUOTE.sub("", line, count=1))
            continue
        html += _quote(quoted) + _inline(line) + (_BREAK if at < len(lines) - 1 else _NOTHING)
        quoted = []
    return html + _quote(quoted)


def _quote(lines: Sequence[str]) -> Markup:
    if not lines:
        return Markup()
    return Markup("<blockquote>{}</blockquote>").format(_BREAK.join(map(_inline, lines)))


def _inline(text: str) -> Markup:
    """Emphasis may hold other emphasis, never its own kind, so this goes three deep at most."""
    html, end = Markup(), 0
    for match in _EMPHASIS.finditer(text):
        kind = match.lastgroup or ""
        html += _words(text[end : match.start()])
        html += Markup(f"<{kind}>{{}}</{kind}>").format(_inline(match[kind]))  # noqa: S704 - kind is b, i or s
        end = match.end()
    return html + _words(text[end:])


def _words(text: str) -> Markup:
    return escape(with_emoji(_typed(text)))


def _typed(text: str) -> str:
    """Without the three entities by which apps keep signs from being markup."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _restored(html: Markup, kept: Sequence[Markup]) -> Markup:
    return Markup(_KEPT.sub(lambda match: kept[int(match[1])], html))  # noqa: S704 - both are escaped
