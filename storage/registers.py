"""Which logged segments a reader may see."""

from typing import Any

from sqlalchemy import ColumnElement, or_

from bot.domain.people import Scope
from bot.domain.segments import RunState
from storage.access import Access, always
from storage.tables.segments import logged_segments, segments

joined = logged_segments.outerjoin(
    segments,
    (segments.c.workspace_id == logged_segments.c.workspace_id)
    & (segments.c.id == logged_segments.c.segment_id),
)
"""Logged segments with what is left of their segments."""


def shown(access: Access, scope: Scope) -> ColumnElement[Any]:
    """Return the condition that a reader may see a logged segment."""
    return (
        access.mine(logged_segments)
        & logged_segments.c.state.not_in((RunState.UNDONE, RunState.DELETING))
        & _within(scope)
    )


def _within(scope: Scope) -> ColumnElement[bool]:
    if scope.people is None:
        return always()
    people = sorted(scope.people)
    columns = (logged_segments.c.logged_by, segments.c.owner_id, segments.c.salesperson_id)
    return or_(*(column.in_(people) for column in columns))
