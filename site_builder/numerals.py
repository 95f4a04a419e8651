"""Chinese numerals of articles and items: 1 to 999, both ways."""

from __future__ import annotations

import re

DIGITS = "一二三四五六七八九"
"""The digits 1 to 9, in order."""

NUMERAL = "[一二三四五六七八九十百零〇]{1,7}"
"""A regular expression for what may be a numeral."""

LARGEST = 999
"""The largest number that is read or written."""

_FORM = re.compile(f"(?:(?P<h>[{DIGITS}])百)?[零〇]?(?:(?P<t>[{DIGITS}])?(?P<ten>十))?(?P<u>[{DIGITS}])?")


def to_number(numeral: str) -> int | None:
    """The number a numeral stands for (``三十二`` is 32), or None where it is not the usual form of 1 to 999."""
    match = _FORM.fullmatch(numeral)
    if match is None:
        return None
    hundreds = _digit(match["h"])
    tens = (_digit(match["t"]) or 1) if match["ten"] else 0
    number = hundreds * 100 + tens * 10 + _digit(match["u"])
    usual = numeral.replace("〇", "零")
    return number if number and usual in {to_numeral(number), to_numeral(number).replace("百十", "百一十")} else None


def to_numeral(number: int) -> str:
    """The numeral of a number from 1 to 999 (32 is ``三十二``); ValueError for any other."""
    if not 0 < number <= LARGEST:
        raise ValueError("numerals are for 1 to 999")
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    text = DIGITS[hundreds - 1] + "百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else DIGITS[tens - 1]) + "十"
    elif hundreds and units:
        text += "零"
    return text + (DIGITS[units - 1] if units else "")


def _digit(char: str | None) -> int:
    return DIGITS.index(char) + 1 if char else 0
