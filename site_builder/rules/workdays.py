"""Working days by the State Council's table of holidays; past the table nothing is known."""

from __future__ import annotations

import datetime as dt

import chinese_calendar
import msgspec


class Passed(msgspec.Struct, frozen=True):
    """Working days that have passed: exactly ``days``, or at least so many where the table ends before."""

    days: int
    known: bool


def passed(after: dt.date, until: dt.date) -> Passed:
    """Working days after one day, up to and with another; none where the second is not later."""
    days = 0
    for number in range(1, (until - after).days + 1):
        try:
            days += chinese_calendar.is_workday(after + dt.timedelta(days=number))
        except NotImplementedError:
            return Passed(days, known=False)
    return Passed(days, known=True)


def more_than(days: int, after: dt.date, until: dt.date) -> bool:
    """Whether more working days than ``days`` are known to lie between; quick, for it stops where there are."""
    if (until - after).days <= days:
        return False
    last = last_day(after, days + 1)
    return last is not None and last <= until


def last_day(after: dt.date, days: int) -> dt.date | None:
    """The ``days``-th working day after a day: the last one in time. None past the table."""
    day = after
    while days:
        day += dt.timedelta(days=1)
        try:
            days -= chinese_calendar.is_workday(day)
        except NotImplementedError:
            return None
    return day
