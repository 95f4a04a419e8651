"""Working days: by the arrangements a site was told of, else by the library's table; past both nothing is known.

The State Council publishes each year's holidays, and the weekend days worked for them, late in the year before.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

import chinese_calendar
import msgspec

_DAY: Final = dt.timedelta(days=1)
_SATURDAY: Final = 5


class Passed(msgspec.Struct, frozen=True):
    """Working days that have passed: exactly ``days``, or at least so many where what is known ends before."""

    days: int
    known: bool


class Calendar(msgspec.Struct, frozen=True):
    """Which days are worked. ``years`` are arranged; ``off`` are holidays, ``on`` weekend days that are worked."""

    years: frozenset[int] = frozenset()
    off: frozenset[dt.date] = frozenset()
    on: frozenset[dt.date] = frozenset()

    def is_workday(self, day: dt.date) -> bool | None:
        """Whether a day is worked; None where no arrangement says."""
        if day in self.off or day in self.on:
            return day in self.on
        if day.year in self.years:
            return day.weekday() < _SATURDAY
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            return None

    def passed(self, after: dt.date, until: dt.date) -> Passed:
        """Working days after one day, up to and with another; none where the second is not later."""
        days = 0
        for number in range(1, (until - after).days + 1):
            worked = self.is_workday(after + number * _DAY)
            if worked is None:
                return Passed(days, known=False)
            days += worked
        return Passed(days, known=True)

    def more_than(self, days: int, after: dt.date, until: dt.date) -> bool:
        """Whether more working days than ``days`` are known to lie between; quick, for it stops where there are."""
        if (until - after).days <= days:
            return False
        last = self.last_day(after, days + 1)
        return last is not None and last <= until

    def last_day(self, after: dt.date, days: int) -> dt.date | None:
        """The ``days``-th working day after a day: the last one in time. None where that is not known."""
        day = after
        while days:
            day += _DAY
            worked = self.is_workday(day)
            if worked is None:
                return None
            days -= worked
        return day

    def known_through(self, day: dt.date) -> dt.date | None:
        """The last day of the years known without a gap from a day's own on; None where that year is not known."""
        year = day.year
        while self.is_workday(dt.date(year, 12, 31)) is not None:
            year += 1
        return dt.date(year - 1, 12, 31) if year > day.year else None
