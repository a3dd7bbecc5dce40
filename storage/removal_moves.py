"""Giving what names a contact to its heir, and back: some rows of one place at a time."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    and_,
    case,
    delete,
    func,
    literal,
    null,
    or_,
    select,
    tuple_,
    update,
)

from bot.domain.ids import ContactId
from bot.domain.removals import Removal, RemovalKind
from storage.access import Access
from storage.bulk import insert_rows
from storage.contacts import Contacts
from storage.references import PLACES, REMOVED_BY, Place
from storage.tables.contacts import contacts
from storage.tables.interactions import drafts
from storage.tables.removals import removed_references
from storage.tables.segments import segment_lines

Keys = Sequence[tuple[int, ...]]
GAVE_WAY = 0
"""Stands in `removed_by` of a line that gave way to another: no action of a segment has this number."""


def give(access: Access, removal: Removal, place: Place, keys: Keys) -> None:
    """Let the rows with these keys name the heir, and remember them."""
    heir = heir_at(removal, place)
    _remember(
        access, removal, place.name, [(*key, None) if len(key) > 1 else (key[0], 0, None) for key in keys]
    )
    _name(access, place, keys, (removal.contact, heir))
    if place.table is segment_lines and heir is not None:
        _give_way(access, removal, heir, sorted({key[0] for key in keys}))


def give_back(access: Access, removal: Removal, references: Sequence[Row[Any]]) -> None:
    """Let remembered rows name the contact again, as far as nobody changed them, and forget them."""
    for name, some in groupby(references, key=lambda row: row.place):
        rows = list(some)
        if name == REMOVED_BY:
            _return_lines(access, rows)
        else:
            place = PLACES[name]
            keys = [(row.item_id, row.line)[: len(place.keys)] for row in rows]
            _name(access, place, keys, (heir_at(removal, place), removal.contact))
        access.connection.execute(
            delete(removed_references).where(
                access.mine(removed_references),
                removed_references.c.removal_id == removal.id,
                removed_references.c.place == name,
                _among([(row.item_id, row.line) for row in rows]),
            )
        )


def left_behind(access: Access, removal: Removal, place: Place) -> int:
    """Return how many remembered rows of a place name somebody else by now."""
    heir = heir_at(removal, place)
    other = place.column.is_distinct_from(literal(heir) if heir is not None else null())
    item, line = removed_references.c.item_id, removed_references.c.line
    same = [place.keys[0] == item, *([place.keys[1] == line] if len(place.keys) > 1 else [])]
    query = (
        select(func.count())
        .select_from(removed_references)
        .join(place.table, and_(place.table.c.workspace_id == removed_references.c.workspace_id, *same))
        .where(
            access.mine(removed_references),
            removed_references.c.removal_id == removal.id,
            removed_references.c.place == place.name,
            other,
        )
    )
    return int(access.connection.execute(query).scalar_one())


def heir_at(removal: Removal, place: Place) -> ContactId | None:
    """Return whom a place names instead of the contact."""
    return None if removal.kind is RemovalKind.DELETE and place.stays_empty else removal.heir


def _name(access: Access, place: Place, keys: Keys, names: tuple[ContactId | None, ContactId | None]) -> None:
    before, after = names
    if place.table is drafts:
        _name_in_drafts(access, [key[0] for key in keys], names)
        return
    access.connection.execute(
        update(place.table)
        .where(access.mine(place.table), _with(place, keys), _is(place.column, before))
        .values({place.column: after})
    )
    if place.table is contacts:
        Contacts(access).find_anew(frozenset(ContactId(key[0]) for key in keys))


def _name_in_drafts(
    access: Access, ids: Sequence[int], names: tuple[ContactId | None, ContactId | None]
) -> None:
    before, after = names
    query = select(drafts.c.id, drafts.c.form, drafts.c.layout).where(
        access.mine(drafts), drafts.c.id.in_(ids), _is(drafts.c.contact_id, before)
    )
    for draft, form, layout in access.connection.execute(query.with_for_update()).all():
        access.connection.execute(
            update(drafts)
            .where(access.mine(drafts), drafts.c.id == draft)
            .values(
                contact_id=after,
                form=_renamed(form, "contact", names),
                layout=layout if before is None else _renamed(layout, "locked", names),
            )
        )


def _renamed(
    values: dict[str, Any], name: str, names: tuple[ContactId | None, ContactId | None]
) -> dict[str, Any]:
    before, after = names
    return values | {name: after} if values.get(name) == before else values


def _give_way(access: Access, removal: Removal, heir: ContactId, segments: Sequence[int]) -> None:
    """Keep one line of the heir in each of these segments: one that is in, the longest there first."""
    query = (
        select(segment_lines.c.segment_id, segment_lines.c.line, segment_lines.c.removed_by)
        .where(
            access.mine(segment_lines),
            segment_lines.c.contact_id == heir,
            segment_lines.c.segment_id.in_(segments),
            or_(segment_lines.c.removed_by.is_(None), segment_lines.c.removed_by != GAVE_WAY),
        )
        .order_by(
            segment_lines.c.segment_id,
            case((segment_lines.c.removed_by.is_(None), 0), else_=1),
            segment_lines.c.line,
        )
    )
    found = access.connection.execute(query).all()
    surplus = [row for _, rows in groupby(found, key=lambda row: row[0]) for row in list(rows)[1:]]
    if surplus:
        _remember(access, removal, REMOVED_BY, [tuple(row) for row in surplus])
        which = tuple_(segment_lines.c.segment_id, segment_lines.c.line).in_(
            [tuple(row)[:2] for row in surplus]
        )
        access.connection.execute(
            update(segment_lines).where(access.mine(segment_lines), which).values(removed_by=GAVE_WAY)
        )


def _return_lines(access: Access, rows: Sequence[Row[Any]]) -> None:
    for row in rows:
        access.connection.execute(
            update(segment_lines)
            .where(
                access.mine(segment_lines),
                segment_lines.c.segment_id == row.item_id,
                segment_lines.c.line == row.line,
                segment_lines.c.removed_by == GAVE_WAY,
            )
            .values(removed_by=row.before)
        )


def _remember(access: Access, removal: Removal, place: str, rows: Sequence[tuple[Any, ...]]) -> None:
    insert_rows(
        access.connection,
        removed_references.name,
        ("workspace_id", "removal_id", "place", "item_id", "line", "before"),
        [(access.workspace, removal.id, place, *row) for row in rows],
    )


def _with(place: Place, keys: Keys) -> ColumnElement[bool]:
    if len(place.keys) == 1:
        return place.keys[0].in_([key[0] for key in keys])
    return tuple_(*place.keys).in_(keys)


def _among(keys: Sequence[tuple[int, int]]) -> ColumnElement[bool]:
    item, line = removed_references.c.item_id, removed_references.c.line
    if not any(one for _, one in keys):
        return and_(item.in_([one for one, _ in keys]), line == 0)
    return tuple_(item, line).in_(keys)


def _is(column: ColumnElement[int], contact: ContactId | None) -> ColumnElement[bool]:
    """Return the condition that a row names `contact`; rows are found by their keys, never by this."""
    return func.coalesce(column, 0) == (contact or 0)
