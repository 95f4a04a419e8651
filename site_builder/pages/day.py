"""The as-of day as pages print it: as a mark, so that a page is the same on every day but for one known place."""

from __future__ import annotations

import datetime as dt
from typing import Final, NoReturn

DAY_MARK: Final = "\x03"
"""What stands for the day in a rendered page, until it is written; no export and no content holds this character."""


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
