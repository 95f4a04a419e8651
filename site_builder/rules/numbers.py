"""Numbers of persons in a text: resident IDs, mobile and bank-card numbers, however they are written (contract, 3).

The one reader of the decision and of the gate. Groups of digits divided by gaps are read together and apart, at digit
boundaries: 「138 0000 0000」 is one number, so is each of two numbers with a space between, and a part of a group is
none. What is put together of several groups and plainly is something else (``look_alikes``) is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
import datetime as dt
import itertools
import re
from typing import Final

import msgspec

from site_builder.records.values import is_credit_code, resident_birth
from site_builder.rules.digits import (
    ASTERISKS,
    CARD,
    CHINESE,
    COVERED_BEFORE,
    COVERING,
    CROSSES,
    ENCLOSED,
    ENCLOSED_STRETCH,
    GROUP,
    LEFT_BEFORE,
    LEFT_BEHIND,
    LETTER_X,
    MASKED_CARD,
    MASKED_GROUP,
    MASKED_ID,
    MASKED_STRETCH,
    MASKS,
    MAY_HOLD,
    MAY_HOLD_ID,
    MOBILE,
    MOST_HIDDEN,
    PLAIN,
    STRETCH,
)
from site_builder.rules.look_alikes import What, in_text, is_amount, is_product, is_registration, is_something_else
from site_builder.rules.put_together import belong_together, is_usual

_LENGTHS: Final = range(11, 20)
_WITH_CHECK: Final = 18
"""Characters of a resident ID that has a check digit; the older ones have 15 and none."""

_VALUES: Final = {
    ord(char): str(value)
    for digits in (PLAIN, CHINESE, ENCLOSED)
    for value, chars in enumerate(digits)
    for char in chars
}
_XS: Final = {ord(char): "X" for char in LETTER_X}
_TO_PLAIN: Final = _VALUES | _XS
_TO_MASKED: Final = _VALUES | {ord(char): "*" for char in MASKS} | _XS

_DIGITS: Final = frozenset("".join((*PLAIN, *CHINESE)))
_ENCLOSED: Final = frozenset("".join(ENCLOSED))
_MASKS: Final = frozenset(MASKS)
_LETTERS: Final = frozenset(LETTER_X)
_CROSSES: Final = frozenset(CROSSES) | _LETTERS


class Number(msgspec.Struct, frozen=True):
    """A number found: its digits without gaps (a masked one as ``*``, a mobile number's own eleven), and its place.

    ``born`` is the birth date in a resident ID, the first there can be: before that day it is none.
    """

    what: What
    digits: str
    start: int
    end: int
    born: dt.date | None = None


class _Group(msgspec.Struct, frozen=True):
    """Digits without a gap, or what masks some."""

    start: int
    end: int
    digits: str

    @property
    def masks(self) -> bool:
        """Whether it stands for digits that are not told."""
        return not self.digits.isdigit()


def numbers(text: str) -> Iterator[Number]:
    """Every number in a text, whatever day it is: those with a birth date are resident IDs from that day on."""
    return _found(text, MAY_HOLD)


def resident_ids(text: str) -> Iterator[Number]:
    """The resident IDs among the numbers."""
    return (one for one in _found(text, MAY_HOLD_ID) if one.born is not None)


def luhn(digits: str) -> bool:
    """Whether the last digit is the Luhn check digit (ISO/IEC 7812)."""
    doubled = sum(sum(divmod(int(digit) * 2, 10)) for digit in digits[-2::-2])
    return (doubled + sum(int(digit) for digit in digits[-1::-2])) % 10 == 0


def _found(text: str, may_begin: re.Pattern[str]) -> Iterator[Number]:
    at = 0
    while begins := may_begin.search(text, at):
        place = begins.start()
        at = place + 1
        if text[place] in _ENCLOSED:
            yield from _told(text, ENCLOSED_STRETCH.match(text, place))
        else:
            yield from _told(text, STRETCH.match(text, place))
            covered = place
            while text[covered - 1 : covered] in _MASKS:
                covered -= 1
            yield from _masked(text, MASKED_STRETCH.match(text, covered))


def _told(text: str, stretch: re.Match[str] | None) -> Iterator[Number]:
    """The numbers at the head of a stretch with every digit told."""
    for groups, digits in _together(stretch, GROUP, _TO_PLAIN):
        for what, told, born in _kinds(digits):
            number = Number(what, told, groups[0].start, groups[-1].end, born)
            if not _is_other(text, number, groups):
                yield number


def _masked(text: str, stretch: re.Match[str] | None) -> Iterator[Number]:
    """The numbers at the head of a stretch with one to three digits masked; what marks an item masks no first digit."""
    for groups, digits in _together(stretch, MASKED_GROUP, _TO_MASKED):
        wild = _wild(digits)
        if 1 <= wild.count("*") <= MOST_HIDDEN and _hides(text, groups, digits):
            around = in_text(text, [(one.start, one.end) for one in groups])
            apart = groups[-1].masks and groups[-1].start > groups[-2].end
            for what, told, born in _kinds_of_masked(wild):
                marked = born is None and groups[0].masks and text[groups[0].start] not in ASTERISKS
                strewn = apart and not is_usual(around, what)
                if not (marked or strewn) and belong_together(around, what):
                    yield Number(what, told, groups[0].start, groups[-1].end, born)


def _together(
    stretch: re.Match[str] | None, pattern: re.Pattern[str], same: dict[int, str]
) -> Iterator[tuple[list[_Group], str]]:
    """Its first groups, as many of them as together have the digits of a number; a stretch goes on past the longest."""
    if stretch is None:
        return
    groups: list[_Group] = []
    digits = ""
    for one in pattern.finditer(stretch.string, stretch.start(), stretch.end()):
        groups.append(_Group(one.start(), one.end(), one.group().translate(same)))
        digits += groups[-1].digits
        if len(digits) > _LENGTHS[-1]:
            return
        if len(digits) in _LENGTHS:
            yield list(groups), digits


def _of_size(digits: str) -> What:
    return What.RESIDENT_ID if len(digits) == _WITH_CHECK else What.OLD_RESIDENT_ID


def _kinds(digits: str) -> Iterator[tuple[What, str, dt.date | None]]:
    """What so many digits may be, each with its digits and the birth date."""
    born = resident_birth(digits)
    if born is not None:
        yield _of_size(digits), digits, born
    mobile = MOBILE.fullmatch(digits)
    if mobile is not None:
        yield What.MOBILE, mobile[1], None
    if CARD.fullmatch(digits) and luhn(digits):
        yield What.CARD, digits, None


def _is_other(text: str, number: Number, groups: list[_Group]) -> bool:
    """Whether the digits are no number: an X goes on with them, circles cover some, or they are something else."""
    if number.born is not None and number.digits[-1] != "X" and text[number.end : number.end + 1] in _LETTERS:
        return True
    if any(COVERING.fullmatch(text, one.start, one.end) for one in groups) or _is_left(text, number):
        return True
    if number.what is What.OLD_RESIDENT_ID and len(groups) == 1:
        return is_registration(text, number.start)
    if len(groups) == 1 and number.what is not What.MOBILE:
        return False
    digits = in_text(text, [(one.start, one.end) for one in groups])
    if number.what is What.MOBILE and is_amount(digits):
        return True
    return len(groups) > 1 and (is_something_else(digits, number.what) or not belong_together(digits, number.what))


def _is_left(text: str, number: Number) -> bool:
    """Whether the digits are what is told of a longer number of which the rest is masked.

    They are where more digits are told beyond; fifteen are even without: of them most is by chance.
    """
    before = LEFT_BEFORE.search(text, max(0, number.start - _LENGTHS[-1]), number.start)
    found = [one for one in (before, LEFT_BEHIND.match(text, number.end)) if one is not None]
    return any(one["digit"] is not None or number.what is What.OLD_RESIDENT_ID for one in found)


def _wild(digits: str) -> str:
    """The digits with ``*`` for each that is masked: an X is one too, unless it is a check character behind others."""
    wild = digits.replace("X", "*")
    if wild.count("*") > MOST_HIDDEN and len(digits) == _WITH_CHECK and digits.find("X") == _WITH_CHECK - 1:
        return f"{wild[:-1]}X"
    return wild


def _hides(text: str, groups: list[_Group], digits: str) -> bool:
    """Whether what seems to mask digits does.

    It is beside them, no letter of a word or of a code, no sign of multiplication, and no X that goes on with a number.
    """
    before, behind = text[groups[0].start - 1 : groups[0].start], text[groups[-1].end : groups[-1].end + 1]
    if before in _MASKS or behind in _MASKS:
        return False
    if (groups[0].masks and before in _DIGITS) or (groups[-1].masks and behind in _DIGITS):
        return False
    if groups[0].masks and _goes_on_masked(text, groups[0]):
        return False
    if not all(_covers(text, groups, place) for place, one in enumerate(groups) if one.masks):
        return False
    if "*" not in digits and (resident_birth(digits) or is_credit_code(digits)):
        return False
    if len(digits) > _WITH_CHECK and digits[-1] == "X" and resident_birth(digits[:_WITH_CHECK]):
        return False
    return not is_product(in_text(text, [(one.start, one.end) for one in groups]))


def _goes_on_masked(text: str, first: _Group) -> bool:
    """Whether the masks before a gap and those of the first group behind it are one mask of four digits or more."""
    before = COVERED_BEFORE.search(text, max(0, first.start - _LENGTHS[-1]), first.start)
    return before is not None and len(before[0]) + len(first.digits) > MOST_HIDDEN


def _covers(text: str, groups: list[_Group], place: int) -> bool:
    """Whether a group stands for digits: touching some, or behind some; a letter not touching other letters."""
    one = groups[place]
    covering = frozenset(text[one.start : one.end])
    touches = [
        other
        for other in (place - 1, place + 1)
        if 0 <= other < len(groups) and one.start <= groups[other].end and groups[other].start <= one.end
    ]
    if not touches and (place == 0 or (covering & _CROSSES and text[one.start] not in ASTERISKS)):
        return False
    around = text[one.start - 1 : one.start] + text[one.end : one.end + 1]
    return not (covering & _LETTERS and any(char.isascii() and char.isalpha() for char in around))


def _kinds_of_masked(wild: str) -> Iterator[tuple[What, str, dt.date | None]]:
    """What digits some of which are masked may be; a masked digit makes any Luhn check good."""
    if MASKED_ID.fullmatch(wild):
        births = [born for born in map(resident_birth, _filled(wild)) if born is not None]
        if births:
            yield _of_size(wild), wild, min(births)
    mobile = MOBILE.fullmatch(wild)
    if mobile is not None:
        yield What.MOBILE, mobile[1], None
    if MASKED_CARD.fullmatch(wild):
        yield What.CARD, wild, None


def _filled(wild: str) -> Iterator[str]:
    """Every number it may be."""
    choices = ("0123456789X" if place == _WITH_CHECK - 1 else "0123456789" for place in range(len(wild)))
    return map(
        "".join, itertools.product(*(some if char == "*" else char for char, some in zip(wild, choices, strict=True)))
    )
