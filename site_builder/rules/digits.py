"""How the digits of a number are written (plain, in Chinese, with gaps, some of them masked), and where one may begin.

Every class is a set of single characters, so that a text is read as it stands: what NFKC makes one of these characters
of is in the class itself. A circled, raised or lowered digit, or one of a fraction, is none of a number beside it, and
so is in none. A search goes over every character of a site, so it begins with one class, and what fails fails at once.
"""

from __future__ import annotations

from collections.abc import Iterable
import re
from typing import Final

_WIDE: Final = (0x30, 0xFF10, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1FBF0)
"""Where 0 to 9 stand: ASCII, full width, mathematical, segmented."""

PLAIN: Final = tuple("".join(chr(zero + value) for zero in _WIDE) for value in range(10))
"""By value: the digits of numerals."""

CIRCLES: Final = "○◯￮"
"""Zero in Chinese, and what covers a digit: four of them together cover."""

CHINESE: Final = (
    f"〇零\uf9b2{CIRCLES}",
    "一壹壱弌幺\u2f00\u2f33",
    "二贰貳弐弍\u2f06",
    "三叁參叄弎\uf96b",
    "四肆",
    "五伍",
    "六陆陸\uf9d1\uf9d3",
    "七柒",
    "八捌\u2f0b",
    "九玖",
)
"""By value: Chinese digits, ordinary and capital."""

ENCLOSED: Final = (
    "⓪⓿⁰₀",
    *(
        "".join(
            (chr(0x245F + value), chr(0x24F4 + value), chr(0x2775 + value), chr(0x277F + value), chr(0x2789 + value))
        )
        + "⁰¹²³⁴⁵⁶⁷⁸⁹"[value]
        + chr(0x2080 + value)
        for value in range(1, 10)
    ),
)
"""By value: circled, raised and lowered digits, which make a number among themselves alone."""

LETTER_X: Final = "XxＸｘⅩⅹ𝐗𝐱𝑋𝑥𝑿𝒙𝒳𝓍𝓧𝔁𝔛𝔵𝕏𝕩𝖃𝖝𝖷𝗑𝗫𝘅𝘟𝘹𝙓𝙭𝚇𝚡"
"""The check character of a resident ID, and a letter that covers a digit."""

CROSSES: Final = "×✕✖✗✘╳☓⨉⨯"
ASTERISKS: Final = "*＊﹡٭⁎∗✱✲✳✻✼✽❉❊❋⚹"
MASKS: Final = f"{ASTERISKS}※★☆●•⚫⬤◉◎◌■￭□▪▫◼◻◾◽█▇▆▓▒░◆◇▲△#＃﹟?？﹖︖{CROSSES}{CIRCLES}{LETTER_X}"
"""What covers a digit."""

NARROW: Final = (
    " \t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\u2800"
    + "".join(map(chr, range(0x2000, 0x200B)))
    + "\xad\u034f\u061c\u115f\u1160\u180e\ufeff\u3164\uffa0"
    + "".join(map(chr, (*range(0x180B, 0x1810), *range(0x200B, 0x2010), *range(0x202A, 0x202F))))
    + "".join(map(chr, (*range(0x2060, 0x2070), *range(0xFE00, 0xFE10))))
    + "-－﹣−⁃─━ーｰ⸺⸻︱︲﹘"
    + "".join(map(chr, range(0x2010, 0x2016)))
)
"""Spaces, what has no width, hyphens and dashes: any number of them is a gap."""

SENTENCES: Final = "。｡︒"
DOTS: Final = SENTENCES + ".．﹒․·\u0387•‧∙⋅・･ꞏ⸱"
SLASHES: Final = "/／∕⁄⧸"
COMMAS: Final = ",，﹐︐、､﹑︑"
SEPARATORS: Final = DOTS + SLASHES + COMMAS
"""Dots, middle dots, slashes and commas: one of them is a gap."""

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
    f"|(?:{_ANY_GAP}{_D}){{0,17}}{_ANY_GAP}{_LEAN_M}"
    f"(?!{_LEAN_M}{{{MOST_HIDDEN - 1}}}(?:{_LEAN_M}(?<!{_X})|{_LEAN_M}{{2}}))"
)
"""Some digits are masked, before the first or behind it; an X behind the last that is may be the check character."""


def _quick(*kinds: str) -> re.Pattern[str]:
    """Finds a first digit: ten more must be behind it or masked before it, before all else is asked."""
    first = _lean((*PLAIN, *CHINESE, *ENCLOSED))
    one = f"(?:{_ANY_GAP}{_lean((*PLAIN, *CHINESE, *ENCLOSED, MASKS))})"
    told = f"(?={one}{{10}})(?:{_BEGINS}(?:{'|'.join((*kinds, _COVERED))})|(?<={_E})(?:{_GAP}{_E}){{10}})"
    hidden = f"(?<={_lean(ASTERISKS)}.)(?={one}{{{10 - MOST_HIDDEN}}})"
    return re.compile(f"{first}(?<![0-9][0-9])(?:{told}|{hidden})", re.DOTALL)


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

COVERING: Final = re.compile(f"{_class(CIRCLES)}{{{MOST_HIDDEN + 1},}}|(?<={_P})〇{{{MOST_HIDDEN + 1},}}")
"""Circles that are no zeros; 〇 is none beside a plain digit."""

COVERED_BEFORE: Final = re.compile(f"(?<={_D}){_M}+(?={_N}+\\Z)")
"""What masks the digits before a gap: more that is masked behind it goes on with it."""

LEFT_BEFORE: Final = re.compile(f"(?P<digit>{_D})?{_M}{{{MOST_HIDDEN + 1},}}\\Z")
LEFT_BEHIND: Final = re.compile(f"{_M}{{{MOST_HIDDEN + 1},}}(?P<digit>{_D})?")
"""What masks a number's other digits, before those that are told or behind them."""

MOBILE: Final = re.compile(r"(?:(?:00)?86)?0?((?:1[3-9*]|\*(?![48]00)[3-9*])[0-9*]{9})")
"""With the country's or the trunk prefix, which are no part of it; behind a mask, no service number 400 or 800."""

CARD: Final = re.compile(
    r"(?:62|60|65|35)[0-9]{14,17}|4[0-9]{15}(?:[0-9]{3})?|5[1-5][0-9]{14}|2[2-7][0-9]{14}|955[0-9]{16}"
)
"""Issuer prefixes with their lengths: UnionPay 62, Discover, JCB, Visa, Mastercard, and the older domestic 955.

Lengths matter: organisation codes of 18 characters may begin with 51 to 53.
"""

MASKED_CARD: Final = re.compile(
    r"(?:[6*][205*]|[3*][5*])[0-9*]{14,17}|[4*][0-9*]{15}(?:[0-9*]{3})?|[5*][1-5*][0-9*]{14}|[2*][2-7*][0-9*]{14}"
    r"|[9*][5*][5*][0-9*]{16}"
)
"""The same where some digits are masked, of the prefix too."""

MASKED_ID: Final = re.compile(
    r"[1-8*][0-9*]{5}(?:(?:[1*][9*]|[2*][0-9*])[0-9*]{2})?[0-9*]{0,2}"
    r"[01*][0-9*][0-3*][0-9*][0-9*]{3}[0-9X*]?"
)
"""What may be a resident ID when it is filled in, so that few are tried."""
