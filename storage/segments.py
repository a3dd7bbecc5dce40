"""Headers of segments, and the criteria actions that made their membership."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, or_, select, update

from bot.domain.ids import CampaignId, PersonId, SegmentId, TemplateId
from bot.domain.interactions import Correspondence, Flow, Initiator
from bot.domain.people import Scope
from bot.domain.segments import Action, ActionKind, Segment, SegmentState
from storage.access import Access, Row, always
from storage.segment_holds import free
from storage.tables.segments import logged_segments, segment_actions, segment_lines, segments


class Segments:
    """The segments of a workspace."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def add(self, segment: Segment) -> None:
        """Write a new segment.

        Raises:
            Conflict: its number is taken (said by the transaction).
        """
        written = _columns(segment) | {
            "id": segment.id,
            "workspace_id": self._access.workspace,
            "number": segment.number,
            "owner_id": segment.owner,
            "state": segment.state,
            "created_at": segment.created_at,
            "changed_at": segment.changed_at,
        }
        self._access.connection.execute(insert(segments), written)

    def get(self, segment: SegmentId) -> Segment | None:
        """Return one segment, in whatever state."""
        return self._one(segments.c.id == segment)

    def numbered(self, number: str) -> Segment | None:
        """Return the segment of this number, however its letters are written."""
        return self._one(func.upper(segments.c.number) == number.strip().upper())

    def active(self, scope: Scope, limit: int) -> list[tuple[Segment, int]]:
        """Return segments that are not logged, changed last first, each with its number of lines."""
        lines = (
            select(func.count())
            .where(
                segment_lines.c.workspace_id == segments.c.workspace_id,
                segment_lines.c.segment_id == segments.c.id,
                segment_lines.c.removed_by.is_(None),
            )
            .scalar_subquery()
        )
        query = (
            select(segments, lines.label("lines"))
            .where(
                self._access.mine(segments), segments.c.state != SegmentState.LOGGED, within_segments(scope)
            )
            .order_by(segments.c.changed_at.desc(), segments.c.id.desc())
            .limit(limit)
        )
        rows = self._access.connection.execute(query).mappings()
        return [(segment_of(row), row["lines"]) for row in rows]

    def change(self, before: Segment, after: Segment) -> bool:
        """Write a header back; False when somebody changed the segment since, or it is no longer active."""
        changed = self._access.connection.execute(
            update(segments)
            .where(
                self._access.mine(segments),
                segments.c.id == before.id,
                segments.c.revision == before.revision,
                segments.c.state == SegmentState.ACTIVE,
                free(self._access),
            )
            .values(_columns(after) | self._touched())
        )
        return bool(changed.rowcount)

    def touch(self, segment: SegmentId) -> bool:
        """Note that something about an active segment changes; False when it is not active."""
        changed = self._access.connection.execute(
            update(segments)
            .where(
                self._access.mine(segments),
                segments.c.id == segment,
                segments.c.state == SegmentState.ACTIVE,
                free(self._access),
            )
            .values(self._touched())
        )
        return bool(changed.rowcount)

    def turn(self, segment: SegmentId, before: SegmentState, after: SegmentState) -> bool:
        """Take a segment from one state into another; False when it was in a third, or is being changed."""
        changed = self._access.connection.execute(
            update(segments)
            .where(
                self._access.mine(segments),
                segments.c.id == segment,
                segments.c.state == before,
                free(self._access),
            )
            .values(state=after, changed_at=self._access.clock.now())
        )
        return bool(changed.rowcount)

    def delete(self, segment: SegmentId) -> None:
        """Delete a segment with its lines and criteria; runs that knew it no longer do, and what was logged stays."""
        for name in ("segment_id", "follow_up_id", "rest_id"):
            self._access.connection.execute(
                update(logged_segments)
                .where(self._access.mine(logged_segments), logged_segments.c[name] == segment)
                .values({name: None})
            )
        for table in (segment_actions, segment_lines):
            self._access.connection.execute(
                delete(table).where(self._access.mine(table), table.c.segment_id == segment)
            )
        self._access.connection.execute(
            delete(segments).where(self._access.mine(segments), segments.c.id == segment)
        )

    def act(
        self, segment: SegmentId, kind: ActionKind, words: str, by: PersonId, criteria: Mapping[str, Any]
    ) -> int:
        """Write down the next criteria action and return its number; `acted` adds the counts."""
        number: int = self._access.connection.execute(
            update(segments)
            .where(self._access.mine(segments), segments.c.id == segment)
            .values(next_action=segments.c.next_action + 1, **self._touched())
            .returning(segments.c.next_action - 1)
        ).scalar_one()
        self._access.connection.execute(
            insert(segment_actions),
            {
                "workspace_id": self._access.workspace,
                "segment_id": segment,
                "number": number,
                "kind": kind,
                "words": words,
                "criteria": dict(criteria),
                "added": 0,
                "removed": 0,
                "actor_id": by,
                "at": self._access.clock.now(),
            },
        )
        return number

    def acted(self, segment: SegmentId, number: int, *, added: int, removed: int) -> None:
        """Write down how many lines an action added and removed."""
        self._access.connection.execute(
            update(segment_actions).where(self._of(segment, number)).values(added=added, removed=removed)
        )

    def count_on(self, segment: SegmentId, number: int, *, added: int, removed: int) -> None:
        """Write down how many more lines an action added and removed; less where they are below zero."""
        more = {"added": segment_actions.c.added + added, "removed": segment_actions.c.removed + removed}
        self._access.connection.execute(update(segment_actions).where(self._of(segment, number)).values(more))

    def actions(self, segment: SegmentId) -> list[Action]:
        """Return the criteria actions, oldest first."""
        query = (
            select(segment_actions)
            .where(self._access.mine(segment_actions), segment_actions.c.segment_id == segment)
            .order_by(segment_actions.c.number)
        )
        return [_action(row) for row in self._access.connection.execute(query).mappings()]

    def forget_action(self, segment: SegmentId, number: int) -> None:
        """Drop one action; its lines are another table's."""
        self._access.connection.execute(delete(segment_actions).where(self._of(segment, number)))

    def forget_actions(self, segment: SegmentId) -> None:
        """Drop all actions; their numbers are not given again."""
        mine = self._access.mine(segment_actions)
        self._access.connection.execute(
            delete(segment_actions).where(mine, segment_actions.c.segment_id == segment)
        )

    def _of(self, segment: SegmentId, number: int) -> ColumnElement[bool]:
        return (
            self._access.mine(segment_actions)
            & (segment_actions.c.segment_id == segment)
            & (segment_actions.c.number == number)
        )

    def _touched(self) -> dict[str, Any]:
        return {"revision": segments.c.revision + 1, "changed_at": self._access.clock.now()}

    def _one(self, condition: ColumnElement[bool]) -> Segment | None:
        query = select(segments).where(self._access.mine(segments), condition)
        row = self._access.connection.execute(query).mappings().one_or_none()
        return None if row is None else segment_of(row)


def within_segments(scope: Scope) -> ColumnElement[bool]:
    """Return the condition that a reader may know of a segment."""
    if scope.people is None:
        return always()
    people = sorted(scope.people)
    return or_(segments.c.owner_id.in_(people), segments.c.salesperson_id.in_(people))


def _columns(segment: Segment) -> dict[str, Any]:
    return {
        "description": segment.description,
        "salesperson_id": segment.salesperson,
        "date": segment.day,
        "template_id": segment.template,
        "correspondence": segment.correspondence,
        "ignore_contact": segment.ignore_contact,
        "language": segment.language,
        "flow": segment.flow,
        "initiated_by": segment.initiated_by,
        "duration": segment.duration,
        "cost": segment.cost,
        "campaign_id": segment.campaign,
        "text": segment.text,
    }


def segment_of(row: Row) -> Segment:
    """Return the segment of a row."""
    return Segment(
        id=SegmentId(row["id"]),
        number=row["number"],
        description=row["description"],
        owner=PersonId(row["owner_id"]),
        salesperson=None if row["salesperson_id"] is None else PersonId(row["salesperson_id"]),
        day=row["date"],
        template=None if row["template_id"] is None else TemplateId(row["template_id"]),
        correspondence=Correspondence(row["correspondence"]) if row["correspondence"] else None,
        ignore_contact=row["ignore_contact"],
        language=row["language"],
        flow=Flow(row["flow"]) if row["flow"] else None,
        initiated_by=Initiator(row["initiated_by"]) if row["initiated_by"] else None,
        duration=row["duration"],
        cost=row["cost"],
        campaign=None if row["campaign_id"] is None else CampaignId(row["campaign_id"]),
        text=row["text"],
        state=SegmentState(row["state"]),
        revision=row["revision"],
        created_at=row["created_at"],
        changed_at=row["changed_at"],
        held_until=row["held_until"],
    )


def _action(row: Row) -> Action:
    return Action(
        number=row["number"],
        kind=ActionKind(row["kind"]),
        words=row["words"],
        criteria=row["criteria"],
        added=row["added"],
        removed=row["removed"],
        actor=PersonId(row["actor_id"]),
        at=row["at"],
    )
