"""One engine for each kind of database in a test process: statements are put together once, not in every test."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event, make_url

from bot.clock import Clock, Ids
from storage.lock import WriteLock
from storage.store import Store, open_store


@dataclass
class Engines:
    """Opens stores whose engines have been used before; where they lead is told at each connection."""

    first: dict[str, Store] = field(default_factory=dict)
    where: dict[str, str] = field(default_factory=dict)

    def store(self, url: str, clock: Clock) -> Store:
        """Return a store at `url`; the one before must be closed."""
        kind, place = make_url(url).get_backend_name(), str(make_url(url).database)
        if kind not in self.first:
            self.first[kind] = store = open_store(url, clock)
            for engine in {store.writer, store.reader}:
                event.listen(engine, "do_connect", self._leading(kind))
        self.where[kind] = place
        first = self.first[kind]
        lock = WriteLock(f"{place}.lock") if kind == "sqlite" else None
        return Store(first.writer, first.reader, lock, clock, Ids())

    def _leading(self, kind: str) -> Any:
        def lead(_dialect: object, _record: object, given: list[Any], named: dict[str, Any]) -> None:
            if kind == "sqlite":
                given[0] = self.where[kind]
            else:
                named["dbname"] = self.where[kind]

        return lead
