"""Segments that somebody changes piece by piece: nobody else changes or logs them meanwhile."""

from datetime import datetime

from sqlalchemy import ColumnElement, or_, update

from bot.domain.ids import SegmentId
from bot.domain.segments import HELD_FOR, SegmentState
from storage.access import Access
from storage.tables.segments import segments


class SegmentHolds:
    """Holds and lets go; a hold that nobody renews ends by itself."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def take(self, segment: SegmentId) -> datetime | None:
        """Hold an active segment that nobody holds; return until when, None when it is not to be had."""
        now = self._access.clock.now()
        changed = self._access.connection.execute(
            update(segments)
            .where(
                self._access.mine(segments),
                segments.c.id == segment,
                segments.c.state == SegmentState.ACTIVE,
                free(self._access),
            )
            .values(revision=segments.c.revision + 1, changed_at=now, held_until=now + HELD_FOR)
        )
        return now + HELD_FOR if changed.rowcount else None

    def renew(self, segment: SegmentId, seen: datetime) -> datetime | None:
        """Go on holding; None when somebody else does by now."""
        until = self._access.clock.now() + HELD_FOR
        changed = self._access.connection.execute(
            update(segments).where(self._held(segment, seen)).values(held_until=until)
        )
        return until if changed.rowcount else None

    def let_go(self, segment: SegmentId, seen: datetime) -> None:
        """End a hold; of somebody else's nothing happens."""
        self._access.connection.execute(
            update(segments).where(self._held(segment, seen)).values(held_until=None)
        )

    def _held(self, segment: SegmentId, seen: datetime) -> ColumnElement[bool]:
        return self._access.mine(segments) & (segments.c.id == segment) & (segments.c.held_until == seen)


def free(access: Access) -> ColumnElement[bool]:
    """Return the condition that nobody holds a segment; as `Segment.held`."""
    now, until = access.clock.now(), segments.c.held_until
    return or_(until.is_(None), until <= now, until > now + HELD_FOR)
