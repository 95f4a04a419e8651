"""A record's page without its own record's public words: so the pages of all records are nearly the same page.

Each such word was searched for itself, as the downloads say it, and its page may say it. What is left of a page is
compared with what is left of pages read before: a line met before says, beside the record's own words, only what was
read then. Any other word, of this record or of another, makes the line another one, and it is read as it is.
"""

from __future__ import annotations

from collections.abc import Callable
import datetime as dt
import re
from typing import Final

import msgspec

from site_builder.audit.rows import day_text
from site_builder.public.views import View

MARK: Final = b"\x01"
"""Begins what stands for a word; a page that has it is read whole."""

FIELDS: Final = ("cause", "name", "decision_no", "subject_code", "id")
"""The texts that tell records apart, those that may hold others first."""

_DAY: Final = MARK + b"0"
_SHORTEST: Final = 4
_PLAIN: Final = re.compile(r"[^&<>\"'\n]+")
"""A word that stands on a page as it is."""


def own_words(view: View) -> Callable[[bytes], bytes]:
    """What puts a mark for each of the record's own words and days in a text of its page; lines stay lines."""
    marks: dict[bytes, bytes] = {}
    for number, name in enumerate(FIELDS, start=1):
        text = getattr(view, name, "")
        if len(text) >= _SHORTEST and _PLAIN.fullmatch(text):
            marks[text.encode()] = b"%b%d" % (MARK, number)
    for value in msgspec.structs.astuple(view):
        if value.__class__ is dt.date:
            marks[day_text(value).encode()] = _DAY

    def without(text: bytes) -> bytes:
        for word, mark in marks.items():
            text = text.replace(word, mark)
        return text

    return without
