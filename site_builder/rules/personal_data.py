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

from site_builder.public.view import View
from site_builder.records.values import is_resident_id, resident_birth
from site_builder.rules.decision import Facts

CODE_FIELDS: Final = frozenset(
    {"id", "decision_no", "subject_code", "authority_code", "region", "measure_ids", "clause", "photo"}
)
"""Fields that hold codes and numbers by their nature: only resident IDs are looked for there."""

PROCEDURE_FIELDS: Final = frozenset({"remedies", "removal_procedure"})
"""Fields where an office may give its telephone number: only resident IDs are looked for there."""

_BY_ID_ALONE: Final = CODE_FIELDS | PROCEDURE_FIELDS

_GAP_CHARS: Final = (
    r"\s\-\u2010\u2011\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
)
_GAPPED: Final = re.compile(rf"[0-9]+(?:[{_GAP_CHARS}]+[0-9]+)*(?:[{_GAP_CHARS}]*[Xx])?")
_GROUP: Final = re.compile(r"[0-9]+|[Xx]")
_LENGTHS: Final = range(11, 20)
_ELEVEN: Final = re.compile(rf"[0-9](?:[{_GAP_CHARS}]*[0-9]){{10}}")
_FIFTEEN: Final = re.compile(rf"[0-9](?:[{_GAP_CHARS}]*[0-9]){{14}}")
"""What a text must hold for a mobile or a card number, and for a resident ID, to be in it; most texts do not."""

_RESPELT: Final = re.compile(
    "[\u00a0\u00a8\u00af\u00b2-\u00b4\u00b8\u00b9\u00bc-\u00be\u02d8-\u02dd\u02e3\u037a\u0384\u0385\u1fbd\u1fbf-\u1fc1"
    "\u1fcd-\u1fcf\u1fdd-\u1fdf\u1fed\u1fee\u1ffd\u1ffe\u2000-\u200a\u2011\u2017\u202f\u203e\u205f\u2070\u2074-\u2079"
    "\u2080-\u2089\u2093\u213b\u2150-\u215f\u2168-\u216b\u2178-\u217b\u2189\u2460-\u249b\u24b3\u24cd\u24e7\u24ea\u3000"
    "\u309b\u309c\u3251-\u325f\u32b1-\u32cb\u3358-\u3370\u3378\u3379\u339f-\u33a6\u33a8\u33af\u33d3\u33e0-\u33fe"
    "\ufc5e-\ufc63\ufdfa\ufdfb\ufe49-\ufe4c\ufe63\ufe70\ufe72\ufe74\ufe76\ufe78\ufe7a\ufe7c\ufe7e\uff0d\uff10-\uff19"
    "\uff38\uff58\uffe3\U0001d400-\U0001d7ff\U0001f100-\U0001f10a\U0001f127\U0001f147\U0001fbf0-\U0001fbf9]"
)
"""Every character that NFKC turns into a digit, an X or a gap: a text without one has the same numbers after it."""

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


def personal_data(view: View, facts: Facts) -> bool:
    """Whether a shown field holds personal data that is not an organisation's code of this export."""
    found = find_numbers(view, facts.as_of)
    return found.mobile or bool((found.resident_ids | found.cards) - facts.excused)


def find_numbers(view: View, as_of: dt.date) -> Numbers:
    """Every number in the view's shown fields that looks like personal data."""
    ids: set[str] = set()
    cards: set[str] = set()
    mobile = False
    for free, text in _texts(view):
        for run in _runs(text, _ELEVEN if free else _FIFTEEN):
            if len(run) in _ID_LENGTHS and is_resident_id(run, as_of):
                ids.add(run.upper())
            if free:
                mobile = mobile or _MOBILE.fullmatch(run) is not None
                if _CARD.fullmatch(run) and luhn(run):
                    cards.add(run)
    return Numbers(frozenset(ids), frozenset(cards), mobile)


def births_to_come(record: msgspec.Struct, as_of: dt.date) -> set[dt.date]:
    """The days after ``as_of`` from which on a number in the record's texts can be a resident ID."""
    runs = _runs(_respelt(_joined(record)), _FIFTEEN)
    births = (resident_birth(run) for run in runs if len(run) in _ID_LENGTHS)
    return {born for born in births if born is not None and born > as_of}


def digit_runs(text: str) -> Iterator[str]:
    """The numbers of 11 to 19 digits (or 17 and an X) a text may hold, gaps closed.

    Groups of digits divided by gaps are read together and apart: 「138 0000 0000」 is one number, and so is each of
    two numbers with a space between.
    """
    return _runs(text, _ELEVEN)


def _runs(text: str, enough: re.Pattern[str]) -> Iterator[str]:
    """The numbers of every stretch of digits and gaps that holds ``enough`` digits."""
    at = 0
    while found := enough.search(text, at):
        match = _GAPPED.match(text, found.start())
        assert match is not None  # noqa: S101  # it begins with a digit
        at = match.end()
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
    for value in msgspec.structs.astuple(record):
        if value.__class__ is str:
            texts.append(value)
        elif value.__class__ is tuple:
            texts += value
    return "|".join(texts)


def _texts(view: View) -> Iterator[tuple[bool, str]]:
    """The texts to read: codes with procedures, then free text, each joined by a character no gap contains."""
    free: list[str] = []
    codes: list[str] = []
    for name, value in zip(view.__struct_fields__, msgspec.structs.astuple(view), strict=True):
        if value.__class__ is str:
            (codes if name in _BY_ID_ALONE else free).append(value)
        elif value.__class__ is tuple:
            (codes if name in _BY_ID_ALONE else free).extend(value)
    yield False, _respelt("|".join(codes))
    yield True, _respelt("|".join(free))


def _respelt(text: str) -> str:
    """The text after NFKC, or as it is where that changes no number."""
    return unicodedata.normalize("NFKC", text) if _RESPELT.search(text) else text
