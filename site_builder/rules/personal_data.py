"""Personal data in what would be shown: resident IDs everywhere, mobile and card numbers in free text (contract, 3).

A text is read after NFKC, with spaces, hyphens and zero-width characters between digits dropped, at digit boundaries: a
part of a group of digits is no number.
"""

from __future__ import annotations

from collections.abc import Iterator
import datetime as dt
import re
from typing import Final
import unicodedata

import msgspec

from site_builder.public.views import View
from site_builder.records.values import is_resident_id, resident_birth
from site_builder.rules.decision import Facts

CODE_FIELDS: Final = frozenset({"id", "decision_no", "subject_code", "region", "measure_ids", "clause", "photo"})
"""Fields that hold codes and numbers by their nature: only resident IDs are looked for there."""

PROCEDURE_FIELDS: Final = frozenset({"remedies", "removal_procedure"})
"""Fields where an office may give its telephone number: only resident IDs are looked for there."""

_GAP_CHARS: Final = (
    r"\s\-\u2010\u2011\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
)
_GAPPED: Final = re.compile(rf"[0-9]+(?:[{_GAP_CHARS}]+[0-9]+)*(?:[{_GAP_CHARS}]*[Xx])?")
_GROUP: Final = re.compile(r"[0-9]+|[Xx]")
_LENGTHS: Final = range(11, 20)
_LONG_ENOUGH: Final = re.compile(rf"[0-9][0-9{_GAP_CHARS}]{{9,}}[0-9Xx]")
"""What a text must hold for a run of eleven digits to be in it; most texts do not."""

_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")
_CARD: Final = re.compile(
    r"(?:62|60|65|35)[0-9]{14,17}|4[0-9]{15}(?:[0-9]{3})?|5[1-5][0-9]{14}|2[2-7][0-9]{14}|955[0-9]{16}"
)
"""Issuer prefixes with their lengths: UnionPay 62, Discover, JCB, Visa, Mastercard, and the older domestic 955.

Lengths matter: organisation codes of 18 characters may begin with 51 to 53.
"""
_ID_LENGTHS: Final = (15, 18)


class Numbers(msgspec.Struct, frozen=True):
    """What was found: resident IDs (upper case), mobile numbers or cards."""

    resident_ids: frozenset[str]
    cards: frozenset[str]
    mobile: bool


_NONE: Final = Numbers(frozenset(), frozenset(), mobile=False)


def personal_data(view: View, facts: Facts) -> bool:
    """Whether a shown field holds personal data that is not an organisation's code of this export."""
    found = find_numbers(view, facts.as_of)
    return found.mobile or bool((found.resident_ids | found.cards) - facts.excused)


def find_numbers(view: View, as_of: dt.date) -> Numbers:
    """Every number in the view's shown fields that looks like personal data."""
    if not _LONG_ENOUGH.search(unicodedata.normalize("NFKC", _joined(view))):
        return _NONE
    ids: set[str] = set()
    cards: set[str] = set()
    mobile = False
    for free, text in _texts(view):
        if not _LONG_ENOUGH.search(text):
            continue
        for run in digit_runs(text):
            if len(run) in _ID_LENGTHS and is_resident_id(run, as_of):
                ids.add(run.upper())
            if free:
                mobile = mobile or _MOBILE.fullmatch(run) is not None
                if _CARD.fullmatch(run) and luhn(run):
                    cards.add(run)
    return Numbers(frozenset(ids), frozenset(cards), mobile)


def births_to_come(record: msgspec.Struct, as_of: dt.date) -> set[dt.date]:
    """The days after ``as_of`` from which on a number in the record's texts can be a resident ID."""
    text = unicodedata.normalize("NFKC", _joined(record))
    if not _LONG_ENOUGH.search(text):
        return set()
    births = (resident_birth(run) for run in digit_runs(text) if len(run) in _ID_LENGTHS)
    return {born for born in births if born is not None and born > as_of}


def digit_runs(text: str) -> Iterator[str]:
    """The numbers of 11 to 19 digits (or 17 and an X) a text may hold, gaps closed.

    Groups of digits divided by gaps are read together and apart: 「138 0000 0000」 is one number, and so is each of
    two numbers with a space between.
    """
    for match in _GAPPED.finditer(text):
        groups = _GROUP.findall(match.group())
        for first in range(len(groups)):
            number = ""
            for group in groups[first:]:
                number += group
                if len(number) > _LENGTHS[-1]:
                    break
                if len(number) in _LENGTHS:
                    yield number


def luhn(digits: str) -> bool:
    """Whether the last digit is the Luhn check digit (ISO/IEC 7812)."""
    doubled = sum(sum(divmod(int(digit) * 2, 10)) for digit in digits[-2::-2])
    return (doubled + sum(int(digit) for digit in digits[-1::-2])) % 10 == 0


def _joined(record: msgspec.Struct) -> str:
    """All texts of a view or a record, joined by a character no gap contains."""
    texts: list[str] = []
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if value.__class__ is str:
            texts.append(value)
        elif value.__class__ is tuple:
            texts += value
    return "|".join(texts)


def _texts(view: View) -> Iterator[tuple[bool, str]]:
    """The texts to read: codes and procedures one by one, free text joined by a character no gap contains."""
    free: list[str] = []
    for name in view.__struct_fields__:
        value = getattr(view, name)
        if value.__class__ is tuple:
            value = "|".join(value)
        if value.__class__ is not str or not value:
            continue
        if name in CODE_FIELDS or name in PROCEDURE_FIELDS:
            yield False, unicodedata.normalize("NFKC", value)
        else:
            free.append(value)
    yield True, unicodedata.normalize("NFKC", "|".join(free))
