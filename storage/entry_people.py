"""The newest entries of some people: of each as many as one page can hold, by an index that ends after them."""

import json
from collections.abc import Collection
from datetime import date

from sqlalchemy import BigInteger, Select, cast, func, select, true
from sqlalchemy.dialects.postgresql import ARRAY

from storage.tables.interactions import entries

_Row = tuple[int, date]
MOST = 60
"""Of more people than that the log is read by day: some of them will have logged something."""


def each_of(people: Collection[int], newest: Select[_Row], dialect: str) -> Select[_Row]:
    """Return the query of what `newest` finds of each of these salespeople."""
    wanted = sorted(people)
    if dialect == "sqlite":
        one = func.json_each(json.dumps(wanted)).table_valued("value", name="one")
        theirs = newest.where(entries.c.salesperson_id == one.c.value)
        found = entries.alias("found")
        ids = theirs.with_only_columns(entries.c.id).correlate(one)
        return select(found.c.id, found.c.date).select_from(one.join(found, found.c.id.in_(ids)))
    each = func.unnest(cast(wanted, ARRAY(BigInteger))).table_valued("person", name="each").render_derived()
    latest = newest.where(entries.c.salesperson_id == each.c.person).correlate(each).lateral("latest")
    return select(latest.c.id, latest.c.date).select_from(each.join(latest, true()))
