"""A calendar file (RFC 5545) of whole days: what a calendar program or a telephone reminds the webmaster of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
import datetime as dt
from typing import Final

import msgspec

_LONGEST: Final = 75
"""Octets in a line, without its end."""


class CalendarEvent(msgspec.Struct, frozen=True):
    """One day: a name that stays the same in later files, a title, and lines of text."""

    name: str
    day: dt.date
    title: str
    text: tuple[str, ...]


def calendar(title: str, stamp: dt.date, events: Iterable[CalendarEvent]) -> Iterator[str]:
    """The file in lines with CRLF; ``stamp`` is the day it speaks from. The same events give the same lines."""
    yield from _folded("BEGIN:VCALENDAR")
    yield from _folded("VERSION:2.0")
    yield from _folded("PRODID:-//site_builder//next//ZH")
    yield from _folded("CALSCALE:GREGORIAN")
    yield from _folded(f"X-WR-CALNAME:{_text(title)}")
    for one in events:
        yield from _folded("BEGIN:VEVENT")
        yield from _folded(f"UID:{one.name}@site-builder")
        yield from _folded(f"DTSTAMP:{stamp:%Y%m%d}T000000Z")
        yield from _folded(f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}")
        yield from _folded(f"SUMMARY:{_text(one.title)}")
        yield from _folded(f"DESCRIPTION:{_text(chr(10).join(one.text))}")
        yield from _folded("TRANSP:TRANSPARENT")
        yield from _folded("END:VEVENT")
    yield from _folded("END:VCALENDAR")


def _text(text: str) -> str:
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, escaped)
    return text


def _folded(line: str) -> Iterator[str]:
    """A line cut after at most 75 octets, never inside a character; what follows begins with a space."""
    part = ""
    for char in line:
        if len((part + char).encode()) > _LONGEST:
            yield part + "\r\n"
            part = " "
        part += char
    yield part + "\r\n"
