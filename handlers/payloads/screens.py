"""A view as it stands on somebody's screen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.unkept import kept
from bot.views.forms import Meta, read_meta


class Malformed(Exception):  # noqa: N818
    """Slack would never send this; somebody else did, or Slack changed."""


@dataclass(frozen=True, slots=True)
class OpenView:
    """A view as it stands on somebody's screen."""

    id: str
    root_id: str
    callback: str
    meta: Meta | None
    blocks: tuple[str, ...]
    values: Mapping[str, Mapping[str, Any]]

    def value(self, name: str) -> Mapping[str, Any] | None:
        """Return the newest revision of a field's input, None where the field is not shown."""
        revisions = {
            int(block.partition(".")[2] or 0): next(iter(inputs.values()), None)
            for block, inputs in self.values.items()
            if block.partition(".")[0] == name
        }
        return revisions[max(revisions)] if revisions else None

    def block_of(self, name: str) -> str | None:
        """Return the block id under which a field stands now."""
        return next((block for block in reversed(self.blocks) if block.partition(".")[0] == name), None)


def view(written: Mapping[str, Any]) -> OpenView:
    """Return a view as Slack sends it."""
    metadata = str(written.get("private_metadata") or "")
    blocks = written.get("blocks") or []
    state = (written.get("state") or {}).get("values") or {}
    try:
        meta = read_meta(metadata) if metadata.startswith("{") else None
    except (ValueError, TypeError) as error:
        raise Malformed("metadata of a form that is not ours") from error
    return OpenView(
        id=str(written.get("id") or ""),
        root_id=str(written.get("root_view_id") or written.get("id") or ""),
        callback=str(written.get("callback_id") or ""),
        meta=meta,
        blocks=tuple(str(block.get("block_id") or "") for block in blocks if isinstance(block, dict)),
        values=state if isinstance(state, dict) else {},
    )


def meta(shown: OpenView) -> Meta:
    """Return what a form carries with it.

    Raises:
        Malformed: it carries nothing.
    """
    if shown.meta is None:
        raise Malformed("a form without metadata")
    return shown.meta


def read_below(above: Meta) -> Meta:
    """Return what the form below a pushed one carries with it."""
    return read_meta(above.below)


def cleaned(value: object) -> str:
    """Return a text as typed, without what no database keeps: NUL and lone surrogates."""
    if not isinstance(value, str):
        return ""
    return kept(value)
