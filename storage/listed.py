"""Numbers that a statement is handed as a table: thousands of them as one value."""

import json
from collections.abc import Sequence

from sqlalchemy import ARRAY, BigInteger, Subquery, func, literal, select

from storage.access import Access


def listed(access: Access, numbers: Sequence[int]) -> Subquery:
    """Return a table of two columns: `value`, and `place`, which counts from 0."""
    if access.dialect == "sqlite":
        found = func.json_each(json.dumps([int(one) for one in numbers])).table_valued("key", "value")
        return select(found.c.key.label("place"), found.c.value).subquery("listed")
    array = literal([int(one) for one in numbers], ARRAY(BigInteger))
    unnested = func.unnest(array).table_valued("value", with_ordinality="key").render_derived()
    return select((unnested.c.key - 1).label("place"), unnested.c.value).subquery("listed")
