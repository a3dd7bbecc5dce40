"""One PostgreSQL database that test after test finds empty: making one for each would take longer than the tests."""

from dataclasses import dataclass, field

from sqlalchemy import Connection, NullPool, create_engine, make_url, text

_SHAPE = text(
    "SELECT md5(string_agg(c.oid || c.relname || (SELECT count(*) FROM pg_attribute WHERE attrelid = c.oid),"
    " ',' ORDER BY c.oid)) FROM pg_class c WHERE relnamespace = 'public'::regnamespace"
)
_REVISION = text("SELECT string_agg(version_num, ',') FROM alembic_version")
_TABLES = text(
    "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
)
_OTHERS = text(
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
_TOO_LARGE = 200_000_000
_SIZE = text("SELECT pg_database_size(current_database())")


@dataclass
class Reused:
    """The database of one test process, made again where a test changed its tables or filled it very full."""

    server: str
    template: str
    shape: str = ""
    revision: str = ""
    names: list[str] = field(default_factory=list)

    def url(self) -> str:
        """Return the URL of the database, which is empty."""
        if not self.names:
            self._make()
        return _at(self.server, self.names[-1])

    def clean(self) -> None:
        """Empty it; what is still connected is cut off."""
        if not self.names:
            return
        with _connected(_at(self.server, self.names[-1])) as connection:
            connection.execute(_OTHERS)
            whole = (
                connection.scalar(_SHAPE) == self.shape
                and connection.scalar(_REVISION) == self.revision
                and connection.execute(_SIZE).scalar_one() < _TOO_LARGE
            )
            if whole:
                _empty(connection)
        if not whole:
            self.drop()

    def drop(self) -> None:
        """Drop it, if there is one."""
        for name in self.names:
            with _connected(self.server) as connection:
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        self.names.clear()

    def _make(self) -> None:
        name = f"reused_{self.template}"
        with _connected(self.server) as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {self.template}"))
        self.names.append(name)
        with _connected(_at(self.server, name)) as connection:
            self.shape = connection.execute(_SHAPE).scalar_one()
            self.revision = connection.execute(_REVISION).scalar_one()


def _empty(connection: Connection) -> None:
    connection.execute(text("SET session_replication_role = replica"))
    tables = connection.scalars(_TABLES).all()
    connection.execute(text(";".join(f"DELETE FROM {table}" for table in tables)))


def _connected(url: str) -> Connection:
    address = make_url(url).set(drivername="postgresql+psycopg")
    return create_engine(address, isolation_level="AUTOCOMMIT", poolclass=NullPool).connect()


def _at(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)
