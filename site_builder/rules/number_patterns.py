"""Where a number may begin in a text, and the groups of digits it may be put together of.

A search goes over every character of a site, so it begins with one class of characters, and what fails fails at once.
"""

from __future__ import annotations

from collections.abc import Iterable
import re
from typing import Final

from site_builder.rules.digits import CHINESE, CIRCLES, ENCLOSED, LETTER_X, MASKS, NARROW, PLAIN, SEPARATORS

MOST_HIDDEN: Final = 3
"""Digits masked in what still is a number: with four, it is masked."""


def _class(characters: Iterable[str]) -> str:
    return f"[{re.escape(''.join(characters))}]"


def _lean(characters: Iterable[str]) -> str:
    """The class, and more beyond the basic plane: single characters there make a search ten times as slow."""
    basic = "".join(char for char in "".join(characters) if ord(char) <= 0xFFFF)  # noqa: PLR2004  # the last of it
    return f"[{re.escape(basic)}\U0001d400-\U0001d7ff\U0001fbf0-\U0001fbf9]"


def _any(*values: int) -> str:
    """The digits of these values, and more beyond the basic plane."""
    return _lean(PLAIN[value] + CHINESE[value] for value in values)


_P: Final = "[0-9０-９\U0001d7ce-\U0001d7ff\U0001fbf0-\U0001fbf9]"
_C: Final = _class(CHINESE)
_D: Final = f"{_P[:-1]}{_C[1:]}"
_E: Final = _class(ENCLOSED)
_M: Final = _class(MASKS)
_X: Final = _class(LETTER_X)
_N: Final = _class(NARROW)
_S: Final = _class(SEPARATORS)
_GAP: Final = f"{_N}*+(?:{_S}{_N}*+)?+"
"""Between two digits: spaces and dashes, among them one separator at most."""

_MASKED_GAP: Final = f"{_N}*+(?:{_class(char for char in SEPARATORS if char not in MASKS)}{_N}*+)?+"
_ANY_GAP: Final = _class(char for char in NARROW + SEPARATORS if char not in MASKS) + "*+"
_BEGINS: Final = f"(?:(?<={_P})(?<!{_P}.)|(?<={_C})(?<!{_C}.))"
_ENDS: Final = f"(?:(?<={_P})(?!{_P})|(?<={_C})(?!{_C}))"


def _on(*classes: str | tuple[str, str]) -> str:
    """These digits, each behind a gap; a pair says how often."""
    return "".join(f"{_GAP}{one}" if isinstance(one, str) else f"(?:{_GAP}{one[0]}){one[1]}" for one in classes)


def _behind(first: str, *on: str | tuple[str, str]) -> str:
    """A number whose first digit was read."""
    return f"(?<={first}){_on(*on)}{_ENDS}"


_OWN: Final = (_any(1), _any(*range(3, 10)), (_D, "{9}"))
_LAST: Final = (_any(0, 1), _D, _any(0, 1, 2, 3), _D, (_D, "{3}"))
_BORN: Final = f"(?:{_on(_any(1), _any(9))}|{_on(_any(2), _D)}){_on(_D, _D, *_LAST)}"
_IDS: Final = (
    f"(?<={_any(*range(1, 9))}){_on(_D, (_D, '{4}'))}(?:{_BORN}{_GAP}(?:{_D}{_ENDS}|{_X})|{_on(_D, _D, *_LAST)}{_ENDS})"
)
_OTHERS: Final = (
    _behind(*_OWN),
    f"(?<={_any(0)})(?:{_on(*_OWN)}|{_on(_any(0), _any(8), _any(6))}(?:{_GAP}{_any(0)})?+{_on(*_OWN)}){_ENDS}",
    f"(?<={_any(8)}){_on(_any(6))}(?:{_GAP}{_any(0)})?+{_on(*_OWN)}{_ENDS}",
    _behind(_any(6), _any(0, 2, 5), (_D, "{14,17}")),
    _behind(_any(3), _any(5), (_D, "{14,17}")),
    f"(?<={_any(4)})(?:{_GAP}{_D}){{15}}(?:{_ENDS}|(?:{_GAP}{_D}){{3}}{_ENDS})",
    _behind(_any(5), _any(*range(1, 6)), (_D, "{14}")),
    _behind(_any(2), _any(*range(2, 8)), (_D, "{14}")),
    _behind(_any(9), _any(5), _any(5), (_D, "{16}")),
)
_LEAN_M: Final = _lean(MASKS)
_COVERED: Final = (
    f"(?<={_LEAN_M}.)(?<!{_LEAN_M}{{{MOST_HIDDEN + 1}}}.)"
    f"|(?:{_ANY_GAP}{_D}){{0,17}}{_ANY_GAP}{_LEAN_M}(?!{_LEAN_M}{{{MOST_HIDDEN}}})"
)
"""Some digits are masked, before the first or behind it."""


def _quick(*kinds: str) -> re.Pattern[str]:
    """Finds a first digit: ten more must be behind it, before all else is asked."""
    first = _lean((*PLAIN, *CHINESE, *ENCLOSED))
    more = f"(?=(?:{_ANY_GAP}{_lean((*PLAIN, *CHINESE, *ENCLOSED, MASKS))}){{10}})"
    told = f"{_BEGINS}(?:{'|'.join((*kinds, _COVERED))})"
    return re.compile(f"{first}(?<![0-9][0-9]){more}(?:{told}|(?<={_E})(?:{_GAP}{_E}){{10}})", re.DOTALL)


MAY_HOLD: Final = _quick(_IDS, *_OTHERS)
"""Matches in every text that holds a number, and in few others."""

MAY_HOLD_ID: Final = _quick(_IDS)
"""Matches in every text that holds a resident ID, and in few others."""

STRETCH: Final = re.compile(f"{_D}(?:{_GAP}{_D}){{0,19}}(?:{_GAP}{_X})?")
"""Digits with gaps between them and an X behind: more of them than the longest number has, so that none is cut."""

ENCLOSED_STRETCH: Final = re.compile(f"{_E}(?:{_GAP}{_E}){{0,19}}")
MASKED_STRETCH: Final = re.compile(f"[{_D[1:-1]}{_M[1:-1]}](?:{_MASKED_GAP}[{_D[1:-1]}{_M[1:-1]}]){{0,19}}")
"""The same of circled, raised and lowered digits alone, and where some are masked."""

GROUP: Final = re.compile(f"{_P}+|{_C}+|{_E}+|{_X}")
"""Digits of one writing without a gap, or the X."""

MASKED_GROUP: Final = re.compile(
    f"{_P}+|{_class(CIRCLES)}*+{_class(char for char in ''.join(CHINESE) if char not in CIRCLES)}{_C}*+|{_M}+"
)
"""The same where some digits are masked; circles alone mask."""

COVERING: Final = re.compile(f"{_class(CIRCLES)}{{{MOST_HIDDEN + 1},}}")
"""Circles that are no zeros."""

LEFT_BEFORE: Final = re.compile(f"(?P<digit>{_D})?{_M}{{{MOST_HIDDEN + 1},}}\\Z")
LEFT_BEHIND: Final = re.compile(f"{_M}{{{MOST_HIDDEN + 1},}}(?P<digit>{_D})?")
"""What masks a number's other digits, before those that are told or behind them."""

MOBILE: Final = re.compile(r"(?:(?:00)?86)?0?(1[3-9*][0-9*]{9})")
"""With the country's or the trunk prefix, which are no part of it."""

CARD: Final = re.compile(
    r"(?:62|60|65|35)[0-9*]{14,17}|4[0-9][0-9*]{14}(?:[0-9*]{3})?|5[1-5][0-9*]{14}|2[2-7][0-9*]{14}|955[0-9*]{16}"
)
"""Issuer prefixes with their lengths: UnionPay 62, Discover, JCB, Visa, Mastercard, and the older domestic 955.

Lengths matter: organisation codes of 18 characters may begin with 51 to 53.
"""

MASKED_ID: Final = re.compile(
    r"[1-8*][0-9*]{5}(?:(?:[1*][9*]|[2*][0-9*])[0-9*]{2})?[0-9*]{0,2}"
    r"[01*][0-9*][0-3*][0-9*][0-9*]{3}[0-9X*]?"
)
"""What may be a resident ID when it is filled in, so that few are tried."""
