"""Values with rules of their own: credit codes, resident ID numbers, months on a calendar."""

from __future__ import annotations

import calendar
import datetime as dt
from functools import lru_cache
from operator import mul
import re
from typing import Final
import unicodedata

CODE_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters of GB 32100: no I, O, S, V, Z."""

NO_CODE: Final = "0" * 17 + "X"
"""What the national tables write for the code of a sole trader who has none."""

_CODE_VALUE: Final = {char: value for value, char in enumerate(CODE_ALPHABET)}
_CODE_WEIGHTS: Final = tuple(pow(3, place, 31) for place in range(17))
_CODE_LENGTH: Final = 18

_ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECK: Final = "10X98765432"
_ID_SHAPE: Final = re.compile(r"[0-9]{17}[0-9Xx]")
_ID_NUMBER: Final = re.compile(r"[0-9]{15}|[0-9]{17}[0-9Xx]")

PROVINCES: Final = range(11, 84)
"""The first two digits of a resident ID number (contract, section 3: 11–83)."""

EARLIEST_BIRTH: Final = dt.date(1900, 1, 1)
"""Birth dates before this day are taken for something else."""


def is_credit_code(text: str) -> bool:
    """Whether ``text`` has the 18 characters of GB 32100 and the right mod-31 check digit, in either case.

    Nothing more is asked, but that they are not all zeros, which offices write for none: retired division codes are on
    real certificates.
    """
    code = text.upper()
    if len(code) != _CODE_LENGTH or not text.isascii() or not code.strip("0"):
        return False
    try:
        values = [_CODE_VALUE[char] for char in code]
    except KeyError:
        return False
    total: int = sum(map(mul, values, _CODE_WEIGHTS))
    return values[17] == (31 - total % 31) % 31


def has_id_shape(text: str) -> bool:
    """Whether ``text`` is 17 digits and a digit or X, the form of a resident ID number (LY 8)."""
    return _ID_SHAPE.fullmatch(text) is not None


def person_code(text: str) -> str:
    """A natural person's code as it may be shown: first 4, ten ``*``, last 4 of an ID number; else nothing (LY 8)."""
    code = unicodedata.normalize("NFKC", text)
    return f"{code[:4]}{'*' * 10}{code[14:]}" if has_id_shape(code) else ""


def birth_date(digits: str) -> dt.date | None:
    """The day written in ``YYYYMMDD``, or None where there is no such day."""
    try:
        return dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def person_birth(text: str) -> dt.date | None:
    """The birth date held by an 18-character ID number, or None."""
    code = unicodedata.normalize("NFKC", text)
    return birth_date(code[6:14]) if has_id_shape(code) else None


def is_resident_id(text: str, as_of: dt.date) -> bool:
    """Whether ``text`` can be a resident ID number of someone born by ``as_of``."""
    born = resident_birth(text)
    return born is not None and born <= as_of


def resident_birth(text: str) -> dt.date | None:
    """The birth date in what can be a resident ID number (15 or 18 characters), or None where it cannot be one.

    18: province, birth date from 1900 on, check digit of GB 11643; 15: province and date of 19YY.
    """
    if not _ID_NUMBER.fullmatch(text) or int(text[:2]) not in PROVINCES:
        return None
    if len(text) == _CODE_LENGTH:
        born = birth_date(text[6:14])
        right = born is not None and born >= EARLIEST_BIRTH and _check_of(text[:17]) == text[17].upper()
        return born if right else None
    return birth_date("19" + text[6:12])


def resident_number(text: str) -> str:
    """The 18 characters a resident ID number of 15 digits became (GB 11643); empty where ``text`` is not one."""
    if len(text) == _CODE_LENGTH or resident_birth(text) is None:
        return ""
    front = f"{text[:6]}19{text[6:]}"
    return front + _check_of(front)


def _check_of(front: str) -> str:
    """The check character behind the first 17 digits of a resident ID number (GB 11643)."""
    total: int = sum(map(mul, map(int, front), _ID_WEIGHTS))
    return _ID_CHECK[total % 11]


@lru_cache(10_000)
def add_months(day: dt.date, months: int) -> dt.date:
    """The same day ``months`` later, or that month's last day where there is none; never past the calendar's end.

    Ends are inclusive and holidays move nothing (contract, section 3).
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > dt.MAXYEAR:
        return dt.date.max
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def years_old(born: dt.date, on: dt.date) -> int:
    """Whole years from ``born`` to ``on``."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
