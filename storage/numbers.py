"""Number series: the next number of a kind, unique within the workspace (`domain.md` 1.17)."""

from collections.abc import Iterator

from sqlalchemy import Column, and_, bindparam, func, or_, select, update

from bot.domain.messages import Refusal
from bot.domain.number_series import Series, SeriesCode
from storage.access import Access
from storage.tables.contacts import contacts
from storage.tables.people import number_series
from storage.tables.removals import removed_contacts
from storage.tables.segments import logged_segments, segments
from storage.tables.templates import campaigns, opportunities

_TAKE = (
    update(number_series)
    .where(
        number_series.c.workspace_id == bindparam("workspace"), number_series.c.code == bindparam("series")
    )
    .values(next=number_series.c.next + bindparam("count"))
    .returning(number_series.c.prefix, number_series.c.digits, number_series.c.next)
)
_GIVEN: dict[SeriesCode, tuple[Column[str], ...]] = {
    SeriesCode.SEGMENT: (segments.c.number, logged_segments.c.segment_number),
    SeriesCode.CONTACT: (contacts.c.number, removed_contacts.c.number),
    SeriesCode.CAMPAIGN: (campaigns.c.number,),
    SeriesCode.OPPORTUNITY: (opportunities.c.number,),
}
"""Where the numbers of a series stand."""


class Numbers:
    """The number series of a workspace."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def open(self, code: str, prefix: str, digits: int) -> None:
        """Start a series at one; an existing one is left alone."""
        self._access.connection.execute(
            self._access.insert_once(number_series, "code").values(
                workspace_id=self._access.workspace, code=code, prefix=prefix, digits=digits, next=1
            )
        )

    def manual(self, code: str) -> bool:
        """Whether a number of this series may be given by hand."""
        query = select(number_series.c.manual).where(
            self._access.mine(number_series), number_series.c.code == code
        )
        return bool(self._access.connection.scalar(query))

    def take(self, code: str) -> str:
        """Return the next number, as in `CT000123`."""
        return self.take_many(code, 1)[0]

    def take_many(self, code: str, count: int) -> list[str]:
        """Return the next `count` numbers.

        Raises:
            Refusal: the workspace has no such series.
        """
        asked = {"workspace": self._access.workspace, "series": code, "count": count}
        row = self._access.connection.execute(_TAKE, asked).one_or_none()
        if row is None:
            raise Refusal("There is no number series “{code}”. Ask an admin to set it up.", code=code)
        first = row.next - count
        return [f"{row.prefix}{number:0{row.digits}d}" for number in range(first, row.next)]

    def series(self, code: SeriesCode) -> Series | None:
        """Return one series as it stands."""
        query = select(number_series).where(
            self._access.mine(number_series), number_series.c.code == code.value
        )
        row = self._access.connection.execute(query).one_or_none()
        if row is None:
            return None
        return Series(code=code, prefix=row.prefix, next=row.next, digits=row.digits, manual=row.manual)

    def hold(self, code: SeriesCode) -> None:
        """Let nobody take a number of a series until this transaction is over."""
        self._access.connection.execute(
            update(number_series)
            .where(self._access.mine(number_series), number_series.c.code == code.value)
            .values(next=number_series.c.next)
        )

    def put(self, series: Series) -> None:
        """Write a series back, or start it."""
        facts = {
            "prefix": series.prefix,
            "digits": series.digits,
            "next": series.next,
            "manual": series.manual,
        }
        statement = self._access.upsert(number_series).values(
            workspace_id=self._access.workspace, code=series.code.value, **facts
        )
        self._access.connection.execute(
            statement.on_conflict_do_update(index_elements=["workspace_id", "code"], set_=facts)
        )

    def collision(self, series: Series) -> str | None:
        """Return a number that was given already and that the series would give again, None when there is none."""
        return next((number for number in self._at_or_after(series) if series.will_give(number)), None)

    def _at_or_after(self, series: Series) -> Iterator[str]:
        """Yield the numbers that look as if the series might give them; not more than one page of each kind."""
        first = series.number
        for number in _GIVEN[series.code]:
            length, begins = func.length(number), func.substr(number, 1, len(series.prefix))
            query = (
                select(number)
                .where(
                    self._access.mine(number.table),
                    begins == series.prefix,
                    or_(length > len(first), and_(length == len(first), number >= first)),
                )
                .order_by(number)
            )
            yield from self._access.connection.scalars(query)
