"""Databases with millions of entries, one in five canceled, with all that hangs on entries: made set-based, kept."""

import hashlib
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from addressbook import FOLDER, ROOT, TEAM
from postgres import server
from sqlalchemy import create_engine, make_url, text

from bot.clock import Ids, SystemClock
from bot.domain.ids import PersonId, SlackUser
from bot.domain.people import Person, Role
from bot.services.people import People
from storage import schema
from storage.entry_words import FIRST_MONTH
from storage.search_index import SearchIndex
from storage.store import Store, open_store

SALESPEOPLE = 200
CONTACTS = 100_000
COMPANIES = 20_000
STRIDE = 1024
FIRST = 300_000_000_000_000_000
WEEKS = 104
TEMPLATES = 5
ONE_IN = 5
"""Every fifth entry is canceled."""

_SERIES = {
    "sqlite": "WITH RECURSIVE one(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM one WHERE i < :{count})",
    "postgresql": "WITH one(i) AS (SELECT generate_series(1, CAST(:{count} AS bigint)))",
}
_FORM = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "md5(i::text)"}
_DAY = {
    "sqlite": "date(:began / 1000000 + i * :step / 1000000, 'unixepoch')",
    "postgresql": "CAST(to_timestamp((:began + i * :step) / 1000000) AS date)",
}
_LETTER = {
    "sqlite": "char(:mark, {months} + (CAST(strftime('%Y', {day}) AS INTEGER) - 1900) * 12"
    " + CAST(strftime('%m', {day}) AS INTEGER) - 1)",
    "postgresql": "chr(:mark) || chr(CAST({months} + (extract(year FROM {day}) - 1900) * 12"
    " + extract(month FROM {day}) - 1 AS integer))",
}
_INDEXED = "INSERT INTO entry_search (rowid, words) SELECT entry_id, words FROM entry_words"
_SAID = """'Agreed the price list theme' || (i / 2 % 49) || ' topic' || (i % 997) || ' case' || (i % 99991)"""
_PERSON = ":person + (i * 31 + i / 200) % :people"
"""Whoever it is, what is canceled and of which template has nothing to do with it."""
_AT = ":began + i * :step"
_STATEMENTS = (
    """INSERT INTO contacts (id, workspace_id, number, type, name, company_id, search, match_key, created_at)
    {companies} SELECT :first + i, :workspace, 'CO' || i, 'company', 'Company ' || i, NULL, '', '', :began FROM one""",
    """INSERT INTO contacts (id, workspace_id, number, type, name, company_id, search, match_key, created_at)
    {contacts} SELECT :first + :companies + i, :workspace, 'CT' || i, 'person', 'Anna ' || i,
      :first + 1 + i % :companies, '', '', :began FROM one""",
    """INSERT INTO operations (id, workspace_id, actor_id, kind, ended_at)
    {count} SELECT :first + i * :stride + 1, :workspace, {person}, 'quick_log', {at} FROM one""",
    """INSERT INTO operations (id, workspace_id, actor_id, kind, ended_at)
    {count} SELECT :first + i * :stride + 2, :workspace, {person}, 'cancel', {at} FROM one
    WHERE i % :one_in = 0""",
    """INSERT INTO drafts (id, workspace_id, form_id, owner_id, contact_id, state, form, layout, opened_at, saved_at)
    {count} SELECT :first + i * :stride + 3, :workspace, 'draft' || i, {person}, NULL, 'finished',
      '{{"description": "Outgoing call", "comment": "Agreed the price list for next year"}}', '{{}}', {at}, {at}
    FROM one WHERE i % (2 * :one_in) = 0""",
    """INSERT INTO entries (id, workspace_id, number, contact_id, company_id, template_id, group_id, description,
      subject, date, salesperson_id, logged_by, logged_at, form_id, draft_id, operation_id, duration,
      canceled_at, canceled_by, cancel_reason)
    {count} SELECT :first + i * :stride, :workspace, i, :first + :companies + 1 + (i * 7919) % :contacts,
      :first + 1 + (1 + (i * 7919) % :contacts) % :companies, {template}, :group_, 'Outgoing call', 'Outgoing call',
      {day}, {person}, {person}, {at}, {form},
      CASE WHEN i % (2 * :one_in) = 0 THEN :first + i * :stride + 3 END, :first + i * :stride + 1, 15,
      CASE WHEN i % :one_in = 0 THEN {at} + 3600000000 END,
      CASE WHEN i % :one_in = 0 THEN {person} END,
      CASE WHEN i % :one_in = 0 THEN 'canceled' END FROM one""",
    """INSERT INTO entry_comments (workspace_id, entry_id, line, comment)
    {count} SELECT :workspace, :first + i * :stride, 1, {said} FROM one WHERE i % 2 = 0""",
    """INSERT INTO entry_words (entry_id, workspace_id, words)
    {count} SELECT :first + i * :stride, :workspace, {letter} || replace('outgoing call' ||
      CASE WHEN i % 2 = 0 THEN ' ' || lower({said}) ELSE '' END, ' ', ' ' || {letter}) FROM one""",
    """INSERT INTO operation_items (workspace_id, operation_id, kind, item_id)
    {count} SELECT :workspace, :first + i * :stride + 1, 'entry', :first + i * :stride FROM one""",
    """INSERT INTO operation_items (workspace_id, operation_id, kind, item_id)
    {count} SELECT :workspace, :first + i * :stride + 2, 'entry', :first + i * :stride FROM one
    WHERE i % :one_in = 0""",
    """INSERT INTO history (id, workspace_id, kind, item_id, at, actor_id, field, old, new)
    {count} SELECT :first + i * :stride + 4, :workspace, 'entry', :first + i * :stride, {at},
      {person}, 'logged', NULL, CAST(i AS text) FROM one""",
    """INSERT INTO history (id, workspace_id, kind, item_id, at, actor_id, field, old, new)
    {count} SELECT :first + i * :stride + 5, :workspace, 'entry', :first + i * :stride, {at} + 3600000000,
      {person}, 'canceled', 'False', 'canceled' FROM one WHERE i % :one_in = 0""",
)


@contextmanager
def archive(kind: str, entries: int) -> Iterator[str]:
    """Yield the address of a database of so many entries that may be spoiled."""
    if kind == "sqlite":
        FOLDER.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix="saleslog-bench-", dir=FOLDER) as folder:
            copy = Path(folder) / "bench.db"
            shutil.copyfile(_kept(entries), copy)
            yield f"sqlite:///{copy}"
        return
    with server() as base:
        yield _filled_postgresql(base, entries)


def _kept(entries: int) -> Path:
    """Return the SQLite file with so many entries, made at first use."""
    path = FOLDER / f"entries-{entries}-{_edition()}.db"
    if not path.exists():
        part = path.with_suffix(".part")
        for earlier in FOLDER.glob(f"entries-{entries}-*"):
            earlier.unlink()
        schema.upgrade(f"sqlite:///{part}")
        _fill(f"sqlite:///{part}", entries)
        part.rename(path)
    return path


def _edition() -> str:
    """Return a mark of all that shapes the database: one made otherwise would answer otherwise."""
    shaping = [Path(__file__), *sorted(ROOT.glob("storage/migrations/versions/*.py"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in shaping)).hexdigest()[:8]


def _filled_postgresql(base: str, entries: int) -> str:
    name = f"bench_{Ids()()}"
    engine = create_engine(make_url(base).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    url = make_url(base).set(database=name).render_as_string(hide_password=False)
    schema.upgrade(url)
    _fill(url, entries)
    return url


def _fill(url: str, entries: int) -> None:
    store = open_store(url, SystemClock())
    try:
        values = _people(store, entries)
        _hurry(store)
        for statement in _STATEMENTS:
            _run(store, statement, values)
        if store.dialect == "sqlite":
            with store.writer.begin() as connection:
                connection.exec_driver_sql(_INDEXED)
        _settle(store)
    finally:
        store.close()


def _hurry(store: Store) -> None:
    """Let SQLite keep everything in memory and fear no crash while the database is made."""
    if store.dialect == "sqlite":
        store.reader.dispose()
        raw = store.writer.raw_connection()
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-3000000", "foreign_keys=OFF"):
            raw.cursor().execute(f"PRAGMA {pragma}")
        raw.close()


def _run(store: Store, statement: str, values: dict[str, int]) -> None:
    kind = store.dialect
    series = {name: _SERIES[kind].format(count=name) for name in ("count", "contacts", "companies")}
    letter = _LETTER[kind].format(day=_DAY[kind], months=FIRST_MONTH)
    cases = " ".join(f"WHEN {place} THEN :template{place}" for place in range(TEMPLATES))
    template = f"CASE (i / {TEMPLATES}) % {TEMPLATES} {cases} END"
    parts = {
        "template": template,
        "person": _PERSON,
        "at": _AT,
        "day": _DAY[kind],
        "form": _FORM[kind],
        "said": _SAID,
        "letter": letter,
    }
    written = text(statement.format(**series, **parts))
    wanted = {name: value for name, value in values.items() if f":{name}" in written.text}
    with store.writer.begin() as connection:
        if kind == "postgresql":
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.execute(written, wanted)
    sys.stderr.write(".")


def _people(store: Store, entries: int) -> dict[str, int]:
    workspace = People(store, frozenset(), guests_allowed=False).workspace(TEAM)
    with store.begin(workspace) as work:
        first = int(work.access.ids())
        for seat in range(SALESPEOPLE):
            work.people.add(_seller(workspace, first, seat))
        templates, mark = work.templates.active(), SearchIndex(work.access).mark
    step = WEEKS * 7 * 86_400 * 1_000_000 // entries
    now = int(store.clock.now().timestamp()) * 1_000_000
    return {
        "workspace": workspace,
        "first": FIRST,
        "stride": STRIDE,
        "mark": ord(mark),
        "count": entries,
        "contacts": CONTACTS,
        "companies": COMPANIES,
        "person": first,
        "people": SALESPEOPLE,
        "one_in": ONE_IN,
        **{f"template{place}": one.id for place, one in enumerate(templates[:TEMPLATES])},
        "group_": templates[0].group,
        "began": now - 200 * 86_400 * 1_000_000 - entries * step,
        "step": step,
    }


def _seller(workspace: object, first: int, seat: int) -> Person:
    return Person(
        id=PersonId(first + seat),
        workspace=workspace,  # type: ignore[arg-type]
        slack_id=SlackUser(f"U{seat:04d}"),
        code=f"S{seat}",
        name=f"Seller {seat}",
        role=Role.ADMIN if seat == 0 else Role.SALESPERSON,
    )


def _settle(store: Store) -> None:
    with store.writer.connect() as connection:
        if store.dialect == "postgresql":
            connection.exec_driver_sql("SET statement_timeout = 0")
        connection.exec_driver_sql("ANALYZE")
        connection.exec_driver_sql("COMMIT")
        if store.dialect == "sqlite":
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
