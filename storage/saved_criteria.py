"""Saved segment criteria (`domain.md` 1.8)."""

from sqlalchemy import select

from bot.domain.criteria import Saved, read_criteria
from bot.domain.ids import PersonId, SavedId
from bot.domain.segments import ActionKind
from storage.access import Access, Row
from storage.tables.segments import saved_criteria


class SavedCriteria:
    """The saved criteria of a workspace."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def add(self, saved: Saved) -> bool:
        """Keep criteria; False when the code is taken."""
        statement = self._access.insert_once(saved_criteria, "code").values(
            id=saved.id,
            workspace_id=self._access.workspace,
            code=saved.code,
            description=saved.description,
            saved_by=saved.by,
            saved_at=saved.at,
            actions=[{"kind": kind, "criteria": criteria.written()} for kind, criteria in saved.actions],
        )
        return bool(self._access.connection.execute(statement).rowcount)

    def get(self, saved: SavedId) -> Saved | None:
        """Return saved criteria."""
        query = select(saved_criteria).where(self._access.mine(saved_criteria), saved_criteria.c.id == saved)
        row = self._access.connection.execute(query).mappings().one_or_none()
        return None if row is None else _saved(row)

    def all(self, limit: int) -> list[Saved]:
        """Return saved criteria by code."""
        query = select(saved_criteria).where(self._access.mine(saved_criteria))
        rows = self._access.connection.execute(query.order_by(saved_criteria.c.code).limit(limit)).mappings()
        return [_saved(row) for row in rows]


def _saved(row: Row) -> Saved:
    return Saved(
        id=SavedId(row["id"]),
        code=row["code"],
        description=row["description"],
        by=PersonId(row["saved_by"]),
        at=row["saved_at"],
        actions=tuple((ActionKind(one["kind"]), read_criteria(one["criteria"])) for one in row["actions"]),
    )
