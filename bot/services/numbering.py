"""Numbers of rows that are imported: their own, or the next of the series, which never gives one again."""

from dataclasses import replace

from bot.domain.number_series import Series, SeriesCode
from storage.work import Work


class Numbering:
    """Gives numbers of one series in one transaction."""

    def __init__(self, work: Work, series: str) -> None:
        self._work = work
        self._code = SeriesCode(series)

    def of(self, own: str | None) -> str:
        """Return a row's own number, after which the series goes on, else the next one.

        Raises:
            Refusal: the workspace has no such series.
        """
        if not own:
            return self._work.numbers.take(self._code.value)
        series = self._work.numbers.series(self._code)
        if series is not None and series.will_give(own):
            self._work.numbers.put(_after(series, own))
        return own


def _after(series: Series, number: str) -> Series:
    return replace(series, next=int(number.removeprefix(series.prefix)) + 1)
