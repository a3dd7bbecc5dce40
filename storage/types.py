"""Column types that mean the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime

from sqlalchemy import JSON, BigInteger, Dialect, Integer
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

Id = BigInteger().with_variant(Integer, "sqlite")
"""A 63-bit identity; on SQLite an INTEGER, so that a primary key is the rowid."""

Json = JSON().with_variant(JSONB, "postgresql")


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant, stored as whole microseconds since 1970; naive values are refused."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An instant needs a time zone.")
        whole = value.astimezone(UTC)
        return int(whole.replace(microsecond=0).timestamp()) * 1_000_000 + whole.microsecond

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        seconds, micro = divmod(value, 1_000_000)
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=micro)
