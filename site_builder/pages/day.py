"""The as-of day as pages print it: as a mark, so that a page is the same on every day but for one known place."""

from __future__ import annotations

import datetime as dt
from typing import Final, NoReturn

DAY_MARK: Final = "\x03"
"""What stands for the day in a rendered page, until it is written; no export and no content holds this character."""


def put_day(page: bytes, as_of: AsOf) -> tuple[bytes, tuple[int, ...]]:
    """A rendered page with the day's digits for each mark, and the byte offsets where they stand now."""
    mark, day = DAY_MARK.encode(), as_of.written.encode()
    if mark not in page:
        return page, ()
    places: list[int] = []
    at = 0
    for part in page.split(mark)[:-1]:
        at += len(part)
        places.append(at)
        at += len(day)
    return page.replace(mark, day), tuple(places)


class AsOf(dt.date):
    """The as-of day (Asia/Shanghai). It can only be printed whole: a page cannot be made to depend on a part of it."""

    def isoformat(self) -> str:
        """``DAY_MARK``; the digits are put in where the page is written."""
        return DAY_MARK

    __str__ = isoformat

    @property
    def written(self) -> str:
        """The day's digits, ``YYYY-MM-DD``."""
        return super().isoformat()

    def _whole(self, *_: object) -> NoReturn:
        raise TypeError("the as-of day is printed whole, as YYYY-MM-DD, and in no other way")

    year = property(_whole)
    month = property(_whole)
    day = property(_whole)
    strftime = __format__ = isocalendar = timetuple = toordinal = weekday = isoweekday = _whole
