"""What digits may be instead of a person's number: dates, amounts, landlines, places, machines, products.

Asked only of what would be a number, and but for amounts only of digits put together over gaps: so most texts never
come here.
"""

from __future__ import annotations

from collections.abc import Sequence
import enum
import re
from typing import Final

import msgspec

from site_builder.records.values import is_credit_code
from site_builder.rules.digits import CHINESE, DOTS, NARROW, PLAIN, SENTENCES, SLASHES

_FAR: Final = 120
"""Characters read before and behind."""

_SAME: Final = (
    {ord(char): "-" for char in NARROW}
    | {ord(char): " " for char in NARROW if char.isspace() and char != "\n"}
    | {ord(char): str(value) for digits in (PLAIN, CHINESE) for value, chars in enumerate(digits) for char in chars}
    | {ord(char): "·" for char in DOTS if char not in SENTENCES}
    | {ord(char): "." for char in ".．﹒․"}
    | {ord(char): "/" for char in SLASHES}
    | {ord(one): other for one, other in zip("\n､﹑︑﹐︐（）￥：％＊ｘＸ×✕✖X", "\n、、、,,()¥:%*xxxxxx", strict=True)}
)
"""Other forms of what the patterns below are made of, one character each. The wide comma stays: beside narrow ones it
divides amounts, not thousands."""

_NOT_BEHIND: Final = r"(?<![0-9])(?<![0-9][-./·])"
_NOT_BEFORE: Final = r"(?![0-9])(?![-./·][0-9])"
_YEAR: Final = r"(?:19|20)[0-9]{2}"
_MONTH: Final = r"(?:0?[1-9]|1[0-2])"
_DAY: Final = "|".join(
    rf"{_YEAR} ?{mark} ?{_MONTH} ?{mark} ?(?:0?[1-9]|[12][0-9]|3[01])(?![0-9])" for mark in ("-", r"\.", "/")
)
_OTHER_DAY: Final = rf"{_YEAR}年|{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9])"
_AND: Final = r"(?: ?[-~～]{1,2} ?| ?[/、,，] ?)"
_DATE: Final = re.compile(
    rf"{_NOT_BEHIND}(?:(?:{_OTHER_DAY}){_AND})*(?:{_DAY})(?:{_AND}(?:{_DAY}|{_OTHER_DAY}))*{_NOT_BEFORE}"
)
"""Days, one or several."""

_YEARS: Final = re.compile(rf"(?<![0-9]){_YEAR}(?:\.{_MONTH})? ?[-~～至到]{{1,2}} ?{_YEAR}(?:\.{_MONTH}(?![0-9])| ?年)")
_OF_YEAR: Final = re.compile(rf"(?<![0-9]){_YEAR} ?年")
_TIME: Final = re.compile(r"(?<![0-9])[0-2]?[0-9]:[0-5][0-9](?![0-9])")

_DECIMALS: Final = r"(?:\.[0-9]{1,4})"


def _grouped(comma: str) -> str:
    """A number with a comma every three digits, of at most thirteen before the point."""
    return rf"(?:[1-9][0-9]{{0,2}}(?:{comma}[0-9]{{3}}){{1,3}}|[1-9](?:{comma}[0-9]{{3}}){{4}})(?!{comma}?[0-9])"


_SUM: Final = rf"(?:(?:{_grouped(',')}|{_grouped('，')}){_DECIMALS}?|(?:0|[1-9][0-9]*){_DECIMALS})(?![0-9])"
_PART: Final = rf"(?>{_SUM}|[1-9][0-9]*)"
_SUMS: Final = rf"{_PART}(?: ?(?:[-~～]{{1,2}}|[至到、，,/]) ?{_PART})*+"
_MONEY: Final = r"[十百千万亿]{0,3}(?:元(?![旦月宵老件首帅素])|[美欧日港]元|英镑|人民币)"
_UNITS: Final = rf"(?:{_MONEY}|[%‰]|[万亿](?![一-鿿])|吨|公斤|千克|克|平方|立方|㎡|米|公里|公顷|亩|股|千瓦|度)"
_COINS: Final = r"(?:[¥$€]|RMB|CNY|USD|金额|人民币|罚款|[合共]计|余额|本金|利息|货值|价款|税款)[: 为]{0,2}"
_ITEM: Final = re.compile(r"[0-9]{1,2} ?[、.),，] ?")
"""What numbers an item of a list."""

_ONE_SUM: Final = re.compile(rf"(?<![0-9]){_SUM}")
_MEASURED: Final = re.compile(rf"(?<![0-9]){_SUMS} ?{_UNITS}|{_COINS}{_SUMS}(?![-./,，、·]?[0-9])")
_GROUPED: Final = re.compile(
    rf"(?<![0-9])(?:(?<![0-9][.,]){_grouped(',')}|(?<![0-9][.，]){_grouped('，')}){_DECIMALS}?"
    r"(?!\.?[0-9]|[-· ][0-9]{4})"
)
_PLACES: Final = re.compile(r"(?<![0-9.])[0-9]{1,3}\.[0-9]{4,} ?[,，、/ ] ?[0-9]{1,3}\.[0-9]{4,}(?![0-9])(?!\.[0-9])")
"""Coordinates."""

_BYTE: Final = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_MACHINE: Final = re.compile(
    rf"(?<![0-9])(?<![0-9]\.)(?:{_BYTE}\.){{3}}{_BYTE}(?![0-9])(?!\.[0-9])(?:/[0-9]{{1,2}}(?![0-9./]))?"
)
_AREA: Final = r"0(?:10|2[0-9]|[3-9][0-9]{2})"
_LOCAL: Final = r"[2-9][0-9]{6,7}(?![0-9])"
_LANDLINE: Final = re.compile(
    rf"{_NOT_BEHIND}(?:{_AREA}(?:\) ?|-{{1,2}})|(?<![0-9] ){_AREA} |(?<![0-9][、,， ]){_AREA})"
    rf"[2-9][0-9]{{2,3}}[- ]?[0-9]{{4}}"
    rf"(?![0-9])(?:-[0-9]{{1,6}}(?![- ]?[0-9]))?(?: ?[、/,，;； ] ?{_LOCAL})*"
    rf"|(?:{_NOT_BEHIND}|(?<={_NOT_BEHIND}[1-9][-.])(?=[48]00[- ]))"
    rf"[48]00[- ]?(?:[0-9]{{7}}|[0-9]{{3}}[- ][0-9]{{4}}|[0-9]{{4}}[- ][0-9]{{3}})(?![0-9])(?:-[0-9]{{1,4}}(?![-0-9]))?"
)
"""With an area code and an extension, more beside it; the service numbers 400 and 800, as an item too."""

_LANDLINES: Final = re.compile(rf"(?<![0-9]){_LOCAL}(?: ?[、/,，;；] ?{_LOCAL})+")
_FACTOR: Final = r" ?[*x] ?[1-9][0-9]*(?:\.[0-9]+)?"
_PRODUCT: Final = re.compile(
    rf"(?<![0-9*x])[1-9][0-9]*(?:\.[0-9]+)?(?:(?:{_FACTOR}){{2,}}|{_FACTOR} ?(?:[=mc㎜㎝]|毫米|厘米|米|像素|{_MONEY}))"
)
_STANDARD: Final = re.compile(r"[A-Z]{2,}(?:/[A-Z]+)? ?[0-9]{3,6}(?:\.[0-9]+)?-(?:19|20)[0-9]{2}(?![0-9]|-[0-9])")
_TELEPHONE: Final = re.compile(r"(?:电话|手机|联系)(?:号码?|方式|人)?[为是: (+]{0,3}\Z")
_WITH_UNIT: Final = re.compile(rf"{_DECIMALS}? ?{_MONEY}")
_WITH_CENTS: Final = re.compile(r"\.[0-9]{2}(?=[,，;；、。)\s|]|\Z)")
"""Behind an amount: a unit; two decimals and no more."""

_REGISTERED: Final = re.compile(r"(?:注册号|税号|纳税人识别号)码?[为是:： ]{0,2}\Z")
"""Before 15 digits that are an organisation's."""


class What(enum.Enum):
    """What a number is."""

    RESIDENT_ID = "身份证号"
    OLD_RESIDENT_ID = "身份证号（15 位）"
    MOBILE = "手机号"
    CARD = "银行卡号"


class Digits(msgspec.Struct, frozen=True):
    """Digits in the text around them, as written and all in plain writing, and where each group of them stands."""

    written: str
    around: str
    groups: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        """Where the first group begins."""
        return self.groups[0][0]

    @property
    def end(self) -> int:
        """Where the last group ends."""
        return self.groups[-1][1]


def in_text(text: str, groups: Sequence[tuple[int, int]]) -> Digits:
    """The digits of these groups of a text."""
    origin = max(0, groups[0][0] - _FAR)
    written = text[origin : groups[-1][1] + _FAR]
    return Digits(written, written.translate(_SAME), tuple((start - origin, end - origin) for start, end in groups))


def is_something_else(digits: Digits, what: What) -> bool:
    """Whether digits put together are, or cut, a date, an amount or whatever else they are made of."""
    if any(not _is_birth_date(one, digits, what) for one in _spans(_DATE, digits)):
        return True
    whole = (_GROUPED, _PLACES, _MACHINE, _LANDLINES)
    if any(_is_cut(digits, one) for one in (*whole, _TIME, _OF_YEAR, _STANDARD)) or _is_measured(digits):
        return True
    if what is What.RESIDENT_ID:
        return False
    return (
        bool(_spans(_LANDLINE, digits))
        or bool(_spans(_YEARS, digits))
        or bool(_spans(_PLACES, digits))
        or any(_is_covered(digits, one) for one in whole)
        or (what is What.CARD and any(is_credit_code(digits.around[start:end]) for start, end in digits.groups))
    )


def is_amount(digits: Digits) -> bool:
    """Whether digits are an amount of money."""
    around, start, end = digits.around, digits.start, digits.end
    if around[start - 1 : start] in {"¥", "$"} or _WITH_UNIT.match(around, end) or _is_measured(digits):
        return True
    return _WITH_CENTS.match(around, end) is not None and not _TELEPHONE.search(around, 0, start)


def is_registration(text: str, start: int) -> bool:
    """Whether what begins there is called an organisation's number of registration, which has 15 digits too."""
    return _REGISTERED.search(text, max(0, start - _FAR), start) is not None


def is_product(digits: Digits) -> bool:
    """Whether what masks digits multiplies them: several times, or with a unit behind."""
    return bool(_spans(_PRODUCT, digits))


def _spans(pattern: re.Pattern[str], digits: Digits) -> list[tuple[int, int]]:
    """What of this kind stands where the digits stand, or some of them."""
    found = (one.span() for one in pattern.finditer(digits.around))
    return [(start, end) for start, end in found if start < digits.end and end > digits.start]


def _is_covered(digits: Digits, pattern: re.Pattern[str]) -> bool:
    """Whether all the digits belong to something of this kind, but for the number of an item before it."""
    spans, groups = _spans(pattern, digits), digits.groups
    if len(groups) > 1 and _ITEM.fullmatch(digits.around, groups[0][0], groups[1][0]):
        groups = groups[1:]
    return all(any(first <= start and end <= last for first, last in spans) for start, end in groups)


def _is_cut(digits: Digits, pattern: re.Pattern[str]) -> bool:
    """Whether something of which they hold a part goes on before or behind the digits."""
    return any(start < digits.start or end > digits.end for start, end in _spans(pattern, digits))


def _is_measured(digits: Digits) -> bool:
    """Whether all of them are sums with a unit behind or money before them; whole numbers alone are none."""
    return _is_covered(digits, _MEASURED) and bool(_spans(_ONE_SUM, digits))


def _is_birth_date(date: tuple[int, int], digits: Digits, what: What) -> bool:
    """Whether a date is that in a resident ID: after six digits."""
    before = sum(end - start for start, end in digits.groups if end <= date[0])
    inside = sum(end - start for start, end in digits.groups if date[0] <= start and end <= date[1])
    return what is What.RESIDENT_ID and before == 6 and inside in {6, 7, 8}  # noqa: PLR2004  # its digits
