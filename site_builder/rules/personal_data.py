"""Personal data in what would be shown: resident IDs everywhere, mobile and card numbers in free text (contract, 3).

How a number may be written, and what is none, is told by ``numbers``, which the gate reads finished text with as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
import datetime as dt
import html
import re
from typing import Final

import msgspec

from site_builder.public.view import View
from site_builder.rules.decision import Facts
from site_builder.rules.look_alikes import What
from site_builder.rules.numbers import numbers, resident_ids
from site_builder.rules.written import OTHERWISE, readings

CODE_FIELDS: Final = frozenset(
    {"id", "decision_no", "certificate_no", "subject_code", "authority_code"}
    | {"region", "measure_ids", "clause", "photo"}
)
"""Fields that hold codes and numbers by their nature: only resident IDs are looked for there."""

PROCEDURE_FIELDS: Final = frozenset({"remedies", "removal_procedure"})
"""Fields where an office may give its telephone number: only resident IDs are looked for there."""

_BY_ID_ALONE: Final = CODE_FIELDS | PROCEDURE_FIELDS

_MARKS: Final = re.compile(r"[*_`~\\\[&]")
_ESCAPES: Final = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_MARKUP: Final = re.compile(r"[*_`\\]+|~~+|!?\[|\](?:\((?:[^()\n]|\([^()\n]*\))*+\)|\[[^\]\n]*\])?")
"""What Markdown leaves out of a story: escapes, emphasis, and all of a link but its text."""


class Numbers(msgspec.Struct, frozen=True):
    """What was found: resident IDs (upper case) and cards, masked digits as ``*``; whether a mobile number."""

    resident_ids: frozenset[str]
    cards: frozenset[str]
    mobile: bool


def personal_data(view: View, facts: Facts) -> bool:
    """Whether a shown field holds personal data that is not an organisation's code of this export."""
    found = find_numbers(view, facts.as_of)
    return found.mobile or bool((found.resident_ids | found.cards) - facts.excused)


def find_numbers(view: View, as_of: dt.date) -> Numbers:
    """Every number in the view's shown fields that looks like personal data."""
    codes, free = _texts(view)
    ids: set[str] = set()
    cards: set[str] = set()
    mobile = False
    for one in (*resident_ids(codes), *numbers(free)):
        if one.born is not None:
            ids.update([one.digits] if one.born <= as_of else [])
        elif one.what is What.CARD:
            cards.add(one.digits)
        else:
            mobile = True
    return Numbers(frozenset(ids), frozenset(cards), mobile)


def births_to_come(record: msgspec.Struct, as_of: dt.date) -> set[dt.date]:
    """The days after ``as_of`` from which on a number in the record's texts can be a resident ID."""
    births = (one.born for one in resident_ids(_joined(record)))
    return {born for born in births if born is not None and born > as_of}


def _joined(record: msgspec.Struct) -> str:
    """All texts of a record, joined by a character no gap contains."""
    texts: list[str] = []
    for value in msgspec.structs.astuple(record):
        if value.__class__ is str:
            texts.append(value)
        elif value.__class__ is tuple:
            texts += value
    if _MARKS.search("|".join(texts)):
        said = [value for value in msgspec.structs.astuple(record) if isinstance(value, str)]
        texts += [read for value in said for read in as_rendered(value)]
    return _read(texts)


def as_rendered(text: str) -> Iterator[str]:
    """What Markdown may make of a text, where it may make something else of it: without escapes, without any marks."""
    if _MARKS.search(text):
        plain = html.unescape(text)
        yield _ESCAPES.sub("", plain)
        yield _MARKUP.sub("", plain)


def _texts(view: View) -> tuple[str, str]:
    """The texts to read: codes with procedures, and free text, each joined by a character no gap contains.

    What is written otherwise (``&#49;``, ``u0031`` behind a backslash, ``%31``) is read as what it stands for, too, as
    the gate reads it.
    """
    free: list[str] = []
    codes: list[str] = []
    for name, value in zip(view.__struct_fields__, msgspec.structs.astuple(view), strict=True):
        if value.__class__ is str:
            (codes if name in _BY_ID_ALONE else free).append(value)
            if name == "deeds":
                free += as_rendered(value)
        elif value.__class__ is tuple:
            (codes if name in _BY_ID_ALONE else free).extend(value)
    return _read(codes), _read(free)


def _read(texts: Sequence[str]) -> str:
    """Texts joined by a character no gap contains, and what they say in other writings."""
    joined = "|".join(texts)
    return "|".join(read for one in texts for read in readings(one)) if OTHERWISE.search(joined) else joined
