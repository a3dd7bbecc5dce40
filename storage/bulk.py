"""Many rows at once: the driver's executemany on SQLite, COPY on PostgreSQL."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.domain.messages import Busy

Values = tuple[Any, ...]


def insert_rows(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Values]) -> None:
    """Insert rows of plain driver values (numbers, texts, None), not of our own types.

    Raises:
        Busy: somebody else wrote one of the rows just now; look again, and decide anew.
        DBAPIError: the database can't be written.
    """
    if rows:
        try:
            _insert(connection, table, columns, rows)
        except IntegrityError as error:
            raise Busy from error


def _insert(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Values]) -> None:
    names = ", ".join(columns)
    if connection.dialect.name == "sqlite":
        places = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({places})", list(rows))  # noqa: S608 - names of ours
    else:
        _copy(connection, f"COPY {table} ({names}) FROM STDIN", rows)


def _copy(connection: Connection, statement: str, rows: Sequence[Values]) -> None:
    driver = connection.dialect.loaded_dbapi.Error
    try:
        with cast("Any", connection.connection.cursor()) as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except driver as error:
        raise DBAPIError.instance(statement, None, error, driver, dialect=connection.dialect) from error
