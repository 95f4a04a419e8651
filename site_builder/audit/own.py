"""A record's page without its own record's public words: so the pages of all records are nearly the same page.

Each such word was searched for itself, as the downloads say it, and its page may say it. What is left of a page is
compared with what is left of pages read before: a line met before says, beside the record's own words, only what was
read then. Any other word, of this record or of another, makes the line another one, and it is read as it is.

Together with what stands beside them own words might still make a value that may not be told (the company's name, and
「集团」 as on another page): such lines are searched too, in their plain writing. Where an address leads is asked anew
unless it is the page's own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
import datetime as dt
import re
from typing import Final

import msgspec

from site_builder.audit.links import leading
from site_builder.audit.rows import day_text
from site_builder.public.cited import piece
from site_builder.public.view import View

Own = Callable[[Sequence[bytes]], list[bytes]]
"""Leaves a record's own words out of lines of its page."""

MARK: Final = b"\x01"
"""Begins what stands for a word; a page that has it is read whole."""

FIELDS: Final = ("cause", "name", "decision_no", "subject_code", "id")
"""The texts that tell records apart, those that may hold others first; each also as the page's sentence cites it."""

_DAY: Final = MARK + b"\x10"
_ADDRESS: Final = MARK + b"\x11"
_FIRST: Final = 0x12
_SHORTEST: Final = 4
_PLAIN: Final = re.compile(r"[^&<>\"'%\\]+")
"""A word that stands on a page as it is; printable ones alone hold nothing of a mark, and nothing invisible."""


def own_words(view: View, canonical: str) -> Own:
    """What puts a mark for each of the record's own words and days; ``canonical`` is its page's absolute address."""
    marks: dict[bytes, bytes] = {}
    for number, name in enumerate(FIELDS, start=_FIRST):
        text = getattr(view, name, "")
        for word in (text, piece(text)):
            if len(word) >= _SHORTEST and word.isprintable() and _PLAIN.fullmatch(word):
                marks[word.encode()] = MARK + bytes([number])
    for value in msgspec.structs.astuple(view):
        if value.__class__ is dt.date:
            marks[day_text(value).encode()] = _DAY
    address = f'"{canonical}"'.encode()

    def without(lines: Sequence[bytes]) -> list[bytes]:
        leads = frozenset(leading(b"\n".join(lines)))
        text = b"\n".join([line for line in lines if line not in leads])
        for word, mark in marks.items():
            text = text.replace(word, mark)
        others = iter(text.split(b"\n"))
        return [line.replace(address, _ADDRESS) if line in leads else next(others) for line in lines]

    return without
