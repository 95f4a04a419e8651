"""Whether groups of digits belong together: they do not where they are listed, or met one another by chance.

The contract's separators (dots, slashes, commas) stand between the digits of one number as well as between numbers.
Digits with nothing but one number's worth of them in a row are that number, however they are divided; beside others
they are it only where they are divided as people divide such a number.
"""

from __future__ import annotations

import itertools
import re
from typing import Final

from site_builder.rules.digits import CHINESE, NARROW, SENTENCES, SEPARATORS
from site_builder.rules.look_alikes import Digits, What

_LISTING: Final = frozenset("、,，/")
_COUNTER: Final = re.compile(r" ?[条款项号页章节期批届室楼栋幢座层户人名家件起次台套辆个年月日岁类级间]")
_FEWEST: Final = 3
_SMALL: Final = 3
_ENDS_SENTENCES: Final = frozenset(SENTENCES)

_USUAL: Final = {
    What.RESIDENT_ID: {(6, 8, 4), (6, 4, 4, 4), (6, 4, 2, 2, 4), (3, 3, 4, 4, 4), (6, 12), (14, 4)},
    What.OLD_RESIDENT_ID: {(6, 6, 3), (6, 2, 2, 2, 3), (6, 9)},
    What.MOBILE: {(3, 4, 4), (2, 3, 4, 4)},
    What.CARD: {(4, 4, 4, 4), (4, 4, 4, 4, 1), (4, 4, 4, 4, 2), (4, 4, 4, 4, 3), (6, 10), (6, 13)},
}
"""By how many digits each is mostly divided."""

_COMMAS: Final = re.compile(r"\s*[、,，\n]\s*")
_ORDINARY: Final = re.compile(r"[1-9][0-9]*(?:\.[0-9]+)*")

_CHINESE: Final = re.escape("".join(CHINESE))
_NUMBERED: Final = re.compile(rf"[{_CHINESE}][、.．](?=[^{_CHINESE}]*[0-9]{{2}})([^{_CHINESE}]+)")
"""The Chinese number of an item, and plain digits."""

_SPACES: Final = f"[{re.escape(NARROW)}]"
_ONE_MARK: Final = f"[{re.escape(SEPARATORS)}]{_SPACES}*"
_GAP: Final = f"(?:{_SPACES}+(?:{_ONE_MARK})?|{_ONE_MARK}|[*x:])"
_MORE_BEFORE: Final = re.compile(f"[0-9]{_GAP}$")
_MORE_BEHIND: Final = re.compile(f"{_GAP}[0-9]")
_CALLED: Final = re.compile(r"(?:卡|账户|[账帐]号|身份|证件)[^0-9]{0,8}\Z")
_CODE_BEFORE: Final = re.compile(r"[0-9][0-9A-Za-z]*[A-Za-z]$")
_CODE_BEHIND: Final = re.compile(r"[A-Za-z]")


def belong_together(digits: Digits, what: What) -> bool:
    """Whether groups of digits that would make such a number are it."""
    if not all(digits.around[start:end].isdigit() for start, end in digits.groups):  # some are masked
        return not _separated(digits) or _is_whole(digits, what)
    return not _is_list(digits, what) and (not _separated(digits) or _is_whole(digits, what))


def _is_list(digits: Digits, what: What) -> bool:
    """Whether whole numbers are listed: counted, growing, all as long, or with others before or behind them."""
    told = [digits.around[start:end] for start, end in digits.groups]
    sizes, marks = _sizes(digits), _marks(digits)
    if (
        _CALLED.search(digits.around[: digits.start])
        or max(sizes) == 1
        or not _are_whole(digits)
        or len(marks) != 1
        or not marks <= _LISTING
    ):
        return False
    mark = marks.pop()
    several = len(told) >= _FEWEST
    alike = several and min(sizes) >= _SMALL and len(set(sizes)) == 1
    small = several and max(sizes) <= _SMALL
    grows = several and all(int(one) < int(other) for one, other in itertools.pairwise(told))
    if what is What.RESIDENT_ID:
        return alike or (small and grows)
    even = max(sizes) - min(sizes) <= 1
    if (small and grows) or _goes_on(digits, mark):
        return True
    if (small or what is not What.MOBILE) and _is_counted(digits, mark):
        return True
    return not is_usual(digits, what) and (alike or (even and grows and what is not What.MOBILE))


def _is_whole(digits: Digits, what: What) -> bool:
    """Whether digits with separators between them are a number, and not what stood between others or inside a code."""
    before, behind = digits.around[: digits.start], digits.around[digits.end :]
    if _CODE_BEFORE.search(before) or _CODE_BEHIND.match(behind):
        return False
    marks, usual = _marks(digits), is_usual(digits, what)
    if (len(marks) > 1 and marks & _ENDS_SENTENCES) or _is_item(digits):
        return False
    if not usual and what is not What.RESIDENT_ID and _is_parted(digits, what):
        return False
    if _MORE_BEFORE.search(before) or _MORE_BEHIND.match(behind):
        if marks <= _LISTING | _ENDS_SENTENCES:
            if what is What.RESIDENT_ID:
                return usual or max(_sizes(digits)) == 1
            return usual and not (_are_whole(digits) and any(_goes_on(digits, mark) for mark in marks))
        return what is not What.OLD_RESIDENT_ID and (usual or len(marks) == 1)
    return usual or not _is_ordinary(digits, what)


def _is_parted(digits: Digits, what: What) -> bool:
    """Whether whole groups met: a sentence ends between them, they are listed behind letters, or little is checked.

    With commas or slashes in it a card or a number of 15 digits is one where it is divided evenly, or called that.
    """
    sizes, marks, before = _sizes(digits), _marks(digits), digits.around[: digits.start]
    if marks & _ENDS_SENTENCES:
        return max(sizes) > 1
    listed = bool(marks & _LISTING)
    if listed and before[-1:].isascii() and before[-1:].isalpha():
        return True
    even = len(sizes) > _FEWEST and len(set(sizes[:-1])) == 1 and sizes[-1] <= sizes[0]
    return listed and what is not What.MOBILE and not even and not _CALLED.search(before)


def _is_item(digits: Digits) -> bool:
    """Whether the first is the Chinese number of an item in a list of plain numbers."""
    found = _NUMBERED.fullmatch(digits.written, digits.start, digits.end)
    return found is not None and all(_ORDINARY.fullmatch(one) for one in _COMMAS.split(found[1]))


def _are_whole(digits: Digits) -> bool:
    """Whether no group begins with zero."""
    return not any(digits.around[start] == "0" for start, _ in digits.groups)


def _is_ordinary(digits: Digits, what: What) -> bool:
    """Whether they are whole numbers, decimals and section numbers with commas between: they met by chance.

    Of such digits one in ten to forty is good by chance; in a resident ID with a check digit more is checked.
    """
    if what is What.RESIDENT_ID or len(_marks(digits)) == 1:
        return False
    parts = _COMMAS.split(digits.around[digits.start : digits.end])
    return len(parts) > 1 and all(_ORDINARY.fullmatch(one) for one in parts)


def _is_counted(digits: Digits, mark: str) -> bool:
    """Whether the whole list stands between 第 and 条, or what else is counted."""
    around = digits.around
    for one in re.finditer(rf"[0-9]{{1,4}}(?: ?{mark} ?[0-9]{{1,4}})+", around):
        if one.start() <= digits.start and digits.end <= one.end():
            return around[: one.start()].rstrip().endswith("第") or _COUNTER.match(around, one.end()) is not None
    return False


def _goes_on(digits: Digits, mark: str) -> bool:
    """Whether the list has more before or behind."""
    before, behind = digits.around[: digits.start], digits.around[digits.end :]
    return bool(re.search(rf"[0-9] ?{mark} ?$", before) or re.match(rf" ?{mark} ?[0-9]", behind))


def is_usual(digits: Digits, what: What) -> bool:
    """Whether they are divided as such a number mostly is, what touches taken as one or not."""
    groups = tuple(end - start for start, end in digits.groups)
    return groups in _USUAL[what] or tuple(_sizes(digits)) in _USUAL[what]


def _separated(digits: Digits) -> bool:
    """Whether more than spaces and dashes stands between the digits."""
    return any(char in SEPARATORS for gap in _gaps(digits) for char in gap)


def _marks(digits: Digits) -> set[str]:
    """What stands between the groups, but for spaces."""
    return {gap.strip(" \n") for gap in _gaps(digits) if gap}


def _gaps(digits: Digits) -> list[str]:
    return [digits.around[one[1] : other[0]] for one, other in itertools.pairwise(digits.groups)]


def _sizes(digits: Digits) -> list[int]:
    """How many digits stand between gaps; groups that touch (another writing, a mask, an X) are one."""
    sizes: list[int] = []
    end = None
    for one in digits.groups:
        touching = sizes.pop() if one[0] == end else 0
        sizes.append(touching + one[1] - one[0])
        end = one[1]
    return sizes
