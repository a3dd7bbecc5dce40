"""Many are looked after one by one: what breaks for one is logged, and the others have their turn."""

import logging
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from bot.domain.messages import Busy, Unwritable

_T = TypeVar("_T")
_log = logging.getLogger(__name__)


def one_by_one(things: Iterable[_T], act: Callable[[_T], bool], broken: Callable[[_T], None]) -> int:
    """Act on each thing and return how often `act` said yes; `broken` gets those for whom it broke.

    Raises:
        Busy, Unwritable: the database serves nobody now.
    """
    return sum(_acted(thing, act, broken) for thing in things)


def _acted(thing: _T, act: Callable[[_T], bool], broken: Callable[[_T], None]) -> bool:
    with _alone(thing):
        return act(thing)
    with _alone(thing):
        broken(thing)
    return False


@contextmanager
def _alone(thing: object) -> Iterator[None]:
    """Log what breaks, without the error's words: they may quote what somebody typed."""
    try:
        yield
    except (Busy, Unwritable):
        raise
    except Exception as error:  # noqa: BLE001 - the border of a job: the others go on
        frames = "".join(traceback.format_tb(error.__traceback__))
        _log.error("%s broke: %s\n%s", thing, type(error).__name__, frames)
