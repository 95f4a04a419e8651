"""The articles of a regulation's text that are in force on a day.

Under an article's first line, ``> from: 2027-03-01`` and ``> until: 2027-02-28`` say from which day its words hold and
which is their last; an article that is worded anew stands twice, each with its days.
"""

from __future__ import annotations

from collections.abc import Iterator
import contextlib
import datetime as dt
import itertools
import re
from typing import Final

from site_builder.content.laws import beginnings
from site_builder.errors import Exit, Place, refuse

_MARK: Final = re.compile(r"\s*>\s*(from|until)\s*[:：]\s*(\S*)\s*")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def wording_of(text: str, day: dt.date, file: str = "") -> str:
    """The text without the articles that are not in force on a day; every other line keeps its row.

    Raises ``SiteBuilderError`` (``bad-value``) where a day is none.
    """
    lines = text.split("\n")
    for begin, end in _articles(text):
        days = _days(lines, begin, end, file)
        for row in range(begin, end):
            if _MARK.fullmatch(lines[row]) or not days[0] <= day <= days[1]:
                lines[row] = ""
    return "\n".join(lines)


def change_days(text: str, file: str = "") -> set[dt.date]:
    """The days on which the wording changes. Raises as ``wording_of``."""
    found: set[dt.date] = set()
    lines = text.split("\n")
    for begin, end in _articles(text):
        first, last = _days(lines, begin, end, file)
        found |= {first} if first > dt.date.min else set()
        found |= {last + dt.timedelta(days=1)} if last < dt.date.max else set()
    return found


def _articles(text: str) -> Iterator[tuple[int, int]]:
    """Where each article or chapter begins and ends, as places among the lines."""
    if ">" not in text:
        return
    rows = [row - 1 for row in beginnings(text)]
    yield from itertools.pairwise([*rows, text.count("\n") + 1])


def _days(lines: list[str], begin: int, end: int, file: str) -> tuple[dt.date, dt.date]:
    first, last = dt.date.min, dt.date.max
    for row in range(begin, end):
        match = _MARK.fullmatch(lines[row])
        if match is None:
            continue
        day = None
        with contextlib.suppress(ValueError):
            day = dt.date.fromisoformat(match[2]) if _DATE.fullmatch(match[2]) else None
        if day is None:
            hint = "应当写成 YYYY-MM-DD，并且日历上有这一天"
            message = f"「{match[1]}」不是一个日子"
            raise refuse("bad-value", message, hint=hint, place=Place(file, row + 1), exit_code=Exit.USAGE)
        first, last = (day, last) if match[1] == "from" else (first, day)
    return first, last
