"""Numbers of a series for many rows at once."""

from sqlalchemy import update

from bot.domain.messages import Refusal
from storage.access import Access
from storage.tables.people import number_series


def take_block(access: Access, code: str, count: int) -> int:
    """Take the next `count` numbers of a series and return the first.

    Raises:
        Refusal: the workspace has no such series.
    """
    after = access.connection.scalar(
        update(number_series)
        .where(access.mine(number_series), number_series.c.code == code)
        .values(next=number_series.c.next + count)
        .returning(number_series.c.next)
    )
    if after is None:
        raise Refusal("There is no number series “{code}”. Ask an admin to set it up.", code=code)
    return int(after) - count


def give_back(access: Access, code: str, after: int, count: int) -> None:
    """Give back the last `count` numbers of a block that ended before `after`; not where others took more since."""
    if count:
        mine = (access.mine(number_series), number_series.c.code == code, number_series.c.next == after)
        access.connection.execute(update(number_series).where(*mine).values(next=after - count))
