"""How much was logged with each interaction group and template (`domain.md` 1.1; acceptance line 72)."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Float, cast, func, select

from bot.domain.ids import GroupId, TemplateId
from bot.domain.template_lists import NONE, Figures, Statistics
from storage.access import Access
from storage.deadline import TooSlow, within
from storage.tables.interactions import entries

_CENT = Decimal("0.01")
_COUNTS = entries.c.canceled_at.is_(None)
_SUMS: tuple[ColumnElement[Any], ...] = (
    func.count(),
    func.coalesce(func.sum(entries.c.duration), 0),
    func.coalesce(func.sum(cast(func.nullif(entries.c.cost, ""), Float)), 0.0),
)


class TemplateFigures:
    """Statistics of a workspace's groups and templates: what was canceled does not count, nor what is postponed."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def all(self, seconds: float) -> Statistics | None:
        """Return the figures of everything; None when counting took longer than `seconds`."""
        key = (entries.c.group_id, entries.c.template_id)
        query = select(*key, *_SUMS).where(self._access.mine(entries), _COUNTS).group_by(*key)
        try:
            with within(self._access.connection, seconds):
                return _folded(self._access.connection.execute(query).all())
        except TooSlow:
            return None

    def of(self, template: TemplateId, seconds: float) -> Figures | None:
        """Return the figures of one template; None when counting took longer than `seconds`."""
        mine = self._access.mine(entries)
        query = select(*_SUMS).where(mine, entries.c.template_id == template, _COUNTS)
        try:
            with within(self._access.connection, seconds):
                interactions, minutes, cost = self._access.connection.execute(query).one()
        except TooSlow:
            return None
        return _figures(interactions, minutes, cost)


def _folded(rows: Iterable[Any]) -> Statistics:
    templates: dict[TemplateId, Figures] = {}
    groups: dict[GroupId, Figures] = {}
    for group, template, interactions, minutes, cost in rows:
        figures = _figures(interactions, minutes, cost)
        if template is not None:
            templates[TemplateId(template)] = templates.get(TemplateId(template), NONE) + figures
        if group is not None:
            groups[GroupId(group)] = groups.get(GroupId(group), NONE) + figures
    return Statistics(templates, groups)


def _figures(interactions: int, minutes: int, cost: float) -> Figures:
    return Figures(int(interactions), int(minutes), Decimal(str(cost)).quantize(_CENT))
