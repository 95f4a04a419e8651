"""Nothing stands in a site past its day."""

from __future__ import annotations

from collections.abc import Iterator
import datetime as dt
import re
from typing import Final

_MARK: Final = b"data-public-until"
_UNTIL: Final = re.compile(_MARK + rb"\s*=\s*[\"']?([^\"'\s>]*)")
_MAIN: Final = re.compile(rb"<main\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_AFTER: Final = re.compile(rb"unavailable_after:\s*([0-9-]+)T23:59:59\+08:00")


def marks(text: bytes) -> Iterator[tuple[int, dt.date | None]]:
    """(place, day) of every mark of a last day; None where it is no day."""
    place = text.find(_MARK)
    while place >= 0:
        if match := _UNTIL.match(text, place):
            yield place, _day(match[1])
        place = text.find(_MARK, place + 1)


def last_day(page: bytes) -> dt.date | None:
    """The last day a record page's ``main`` tells."""
    start = page.find(b"<main")
    main = _MAIN.match(page, start) if start >= 0 else None
    mark = _UNTIL.search(main.group()) if main else None
    return _day(mark[1]) if mark else None


def page_faults(page: bytes) -> Iterator[tuple[int, str]]:
    """(place, what is wrong) with the days a page tells."""
    day = last_day(page) if _MARK in page else None
    if b"unavailable_after" not in page:
        if day is not None:
            yield 0, "有公示末日的页面没有 unavailable_after"
        return
    found = _AFTER.search(page)
    if day is None or found is None or day != _day(found[1]):
        yield 0, "unavailable_after 与页面的公示末日不一致"


def _day(text: bytes) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.decode("ascii", "replace"))
    except ValueError:
        return None
