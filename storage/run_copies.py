"""Lines of a run in another segment: those that could not be logged, those that are followed up."""

from typing import Any

from sqlalchemy import (
    Boolean,
    Integer,
    String,
    and_,
    bindparam,
    case,
    exists,
    false,
    func,
    insert,
    or_,
    select,
    update,
)

from bot.domain.ids import SegmentId
from bot.domain.segments import Logged, Segment
from storage.access import Access
from storage.run_steps import Stretch
from storage.tables.contacts import contacts
from storage.tables.interactions import entries
from storage.tables.segments import segment_entries, segment_lines, segments
from storage.types import Id

employers = contacts.alias("employer_now")
_links, _lines = segment_entries, segment_lines
_WORKSPACE, _RUN = bindparam("workspace", type_=Id), bindparam("logged", type_=Id)
_TARGET, _ACTION = bindparam("target", type_=Id), bindparam("action", type_=Integer)
_AFTER, _LAST = bindparam("after", type_=Integer), bindparam("last", type_=Integer)
_OWN = [
    column.name
    for column in _lines.c
    if column.name not in {"workspace_id", "segment_id", "line", "added_by", "removed_by", "description"}
]
_said = func.coalesce(
    _lines.c.description, case((_lines.c.template_id.is_(None), bindparam("described", type_=String)))
)
_logged = exists().where(
    _links.c.workspace_id == _lines.c.workspace_id, _links.c.logged_id == _RUN, _links.c.line == _lines.c.line
)
_REST = (
    insert(_lines)
    .from_select(
        ["workspace_id", "segment_id", "line", "added_by", "description", *_OWN],
        select(_WORKSPACE, _TARGET, _lines.c.line, _ACTION, _said, *(_lines.c[name] for name in _OWN)).where(
            _lines.c.workspace_id == _WORKSPACE,
            _lines.c.segment_id == bindparam("segment", type_=Id),
            _lines.c.line > _AFTER,
            _lines.c.line <= _LAST,
            _lines.c.removed_by.is_(None),
            _lines.c.contact_id.is_not(None),
            ~_logged,
        ),
    )
    .execution_options(preserve_rowcount=True)
)
_ahead = (
    select(_links.c.line)
    .where(_links.c.workspace_id == _WORKSPACE, _links.c.logged_id == _RUN, _links.c.line > _AFTER)
    .order_by(_links.c.line)
    .limit(bindparam("limit", type_=Integer))
    .subquery()
)
_AHEAD = select(func.count(), func.max(_ahead.c.line)).select_from(_ahead)
_met = (
    _links.join(
        entries, and_(entries.c.workspace_id == _links.c.workspace_id, entries.c.id == _links.c.entry_id)
    )
    .outerjoin(
        contacts,
        and_(contacts.c.workspace_id == entries.c.workspace_id, contacts.c.id == entries.c.contact_id),
    )
    .outerjoin(
        employers,
        and_(employers.c.workspace_id == contacts.c.workspace_id, employers.c.id == contacts.c.company_id),
    )
)
_blocked = or_(contacts.c.privacy_blocked, func.coalesce(employers.c.privacy_blocked, false()))
_strict = bindparam("strict", type_=Boolean)
_reason = case(
    (contacts.c.id.is_(None), "gone"),
    (_blocked, "blocked"),
    (and_(_strict, contacts.c.exclude_from_segment), "excluded"),
    (and_(_strict, entries.c.canceled_at.is_not(None)), "canceled"),
    else_=None,
)
_of_run = and_(_links.c.workspace_id == _WORKSPACE, _links.c.logged_id == _RUN)
_FOLLOWED = (
    insert(_lines)
    .from_select(
        ["workspace_id", "segment_id", "line", "contact_id", "added_by", "campaign_id"],
        select(
            _WORKSPACE,
            _TARGET,
            _links.c.line,
            contacts.c.id,
            _ACTION,
            case((entries.c.campaign_id != bindparam("campaign", type_=Id), entries.c.campaign_id)),
        )
        .select_from(_met)
        .where(_of_run, _links.c.line > _AFTER, _links.c.line <= _LAST, _reason.is_(None)),
    )
    .execution_options(preserve_rowcount=True)
)
_LEFT_OUT = select(_reason.label("reason"), func.count()).select_from(_met).where(_of_run).group_by(_reason)
_NAMES = (
    select(contacts.c.name)
    .select_from(_met)
    .where(_of_run, _reason.is_not(None), contacts.c.id.is_not(None))
    .order_by(_links.c.line)
    .limit(bindparam("limit", type_=Integer))
)


class RunCopies:
    """Fills the segments that a run makes."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def ahead(self, run: Logged, after: int, limit: int) -> Stretch | None:
        """Return the next logged lines of a run; None after its last one."""
        known = self._run(run) | {"after": after, "limit": limit}
        count, last = self._access.connection.execute(_AHEAD, known).one()
        return Stretch(after, last, count) if count else None

    def unlogged_names(self, run: Logged, segment: SegmentId, limit: int) -> list[str]:
        """Return the names on the first lines that were not logged; empty where the contact is gone."""
        query = (
            select(func.coalesce(contacts.c.name, ""))
            .select_from(
                _lines.outerjoin(
                    contacts,
                    and_(
                        contacts.c.workspace_id == _lines.c.workspace_id, contacts.c.id == _lines.c.contact_id
                    ),
                )
            )
            .where(
                self._access.mine(_lines),
                _lines.c.segment_id == segment,
                _lines.c.removed_by.is_(None),
                ~_logged,
            )
            .order_by(_lines.c.line)
            .limit(limit)
        )
        return list(self._access.connection.scalars(query, self._run(run)))

    def rest(self, run: Logged, segment: Segment, stretch: Stretch, target: SegmentId, action: int) -> int:
        """Copy the lines of a stretch that were not logged, with all that is their own; return how many.

        They go on to say what the header said: the header of the rest is called otherwise.
        """
        known = self._stretch(run, stretch) | {
            "segment": segment.id,
            "described": segment.description,
            "target": target,
            "action": action,
        }
        return int(self._access.connection.execute(_REST, known).rowcount)

    def follow(self, run: Logged, stretch: Stretch, target: SegmentId, action: int, *, strict: bool) -> int:
        """Add a line for each entry of a stretch; `strict` leaves out the excluded and the canceled too."""
        campaign = self._access.connection.scalar(
            select(func.coalesce(segments.c.campaign_id, 0)).where(
                self._access.mine(segments), segments.c.id == target
            )
        )
        known = self._stretch(run, stretch) | {
            "target": target,
            "action": action,
            "campaign": campaign,
            "strict": strict,
        }
        return int(self._access.connection.execute(_FOLLOWED, known).rowcount)

    def left_out(self, run: Logged, *, strict: bool) -> dict[str, int]:
        """Return how many contacts of a run a follow-up leaves out, by reason."""
        rows = self._access.connection.execute(_LEFT_OUT, self._run(run) | {"strict": strict})
        return {reason: count for reason, count in rows if reason is not None}

    def left_out_names(self, run: Logged, limit: int, *, strict: bool) -> list[str]:
        """Return the first of them."""
        known = self._run(run) | {"strict": strict, "limit": limit}
        return list(self._access.connection.scalars(_NAMES, known))

    def lead_past(self, target: SegmentId, line: int) -> None:
        """Let the next line of a segment come after the last one that was copied."""
        self._access.connection.execute(
            update(segments)
            .where(self._access.mine(segments), segments.c.id == target)
            .values(next_line=case((segments.c.next_line > line, segments.c.next_line), else_=line + 1))
        )

    def _run(self, run: Logged) -> dict[str, Any]:
        return {"workspace": self._access.workspace, "logged": run.id}

    def _stretch(self, run: Logged, stretch: Stretch) -> dict[str, Any]:
        return self._run(run) | {"after": stretch.after, "last": stretch.last}
