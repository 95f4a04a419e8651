"""Resident IDs, mobile and bank-card numbers in finished text (contract, section 3, personal data)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
import datetime as dt
from functools import lru_cache
import re
from typing import Final
import unicodedata

import msgspec

from site_builder.records.values import is_resident_id
from site_builder.rules.personal_data import digit_runs, luhn

_GAP: Final = (
    rb"(?:[ \t\r\x0b\x0c-]|\xc2[\xa0\xad]|\xe2[\x80\x81][\x80-\xbf]"
    rb"|\xe3\x80\x80|\xef\xbb\xbf|\xef\xb8[\x80-\x8f]|\xcd\x8f|\xd8\x9c|\xe1\xa0\x8e)"
)
_ASCII: Final = re.compile(rb"[0-9](?:" + _GAP + rb"*[0-9]){10}")
_OTHER: Final = re.compile(
    rb"\xef\xbc[\x90-\x99]|\xf0\x9d\x9f[\x8e-\xbf]|\xc2[\xb2\xb3\xb9]|\xe2\x81[\xb0-\xb9]|\xe2\x82[\x80-\x89]|\xe2\x91[\xa0-\xbf]"
)
"""Digits NFKC makes ASCII digits of: full width, mathematical, raised, lowered, circled."""

_DIGITS: Final = bytes(byte if byte in b"0123456789" else 0x20 for byte in range(256))
"""Leaves digits and makes everything else a space."""

_GAP_BYTES: Final = b" \t\r\x0b\x0c-\xc2\xcd\xd8\xe1\xe2\xe3\xef" + bytes(range(0x80, 0xC0))
"""Every byte a gap may be made of, and more."""

_TELLING: Final = re.compile(rb"1[3-9][0-9]{9}|[0-9]{15}")
"""What digits run together must hold to be any of the numbers looked for."""

_NO_DIGIT: Final = re.compile(r"\D+")
_FEWEST: Final = 11

REMEMBERED: Final = 20_000
"""Texts whose numbers are kept in mind: many of them are said of many records."""

_DIGEST: Final = re.compile(
    r"(?<![0-9A-Za-z])(?:(?:[0-9a-f]{16})+|[0-9a-f]{12}|[0-9a-f]{20}|[0-9a-f]{40})(?![0-9A-Za-z])"
)
"""Names made from digests: of files, of lists, of blocks run together; a number alone is none of them."""

_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")
_CARD: Final = re.compile(
    r"(?:62|60|65|35)[0-9]{14,17}|4[0-9]{15}(?:[0-9]{3})?|5[1-5][0-9]{14}|2[2-7][0-9]{14}|955[0-9]{16}"
)
_ID_LENGTHS: Final = (15, 18)


class Excused(msgspec.Struct, frozen=True):
    """Numbers that may stand in a site.

    ``codes``: organisations' codes of the export's code columns, which excuse anything. ``numbers``: what stands in
    code columns, in the fields that may name a telephone, and in the site folder: no mobile or card is told by them.
    ``names``: block names that happen to be numbers.
    """

    codes: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


def personal_numbers(text: bytes, as_of: dt.date, excused: Excused) -> Iterator[tuple[int, str]]:
    """(place, what it is) of every line that holds personal data."""
    if not may_hold(text, as_of, excused):
        return
    lines = list(candidates(text))
    if not lines or not any(in_line(b"\n|".join(line for _, line in lines), as_of, excused)):
        return
    for start, line in lines:
        for what in in_line(line, as_of, excused):
            yield start, what


def may_hold(text: bytes, as_of: dt.date, excused: Excused) -> bool:
    """Whether the text must be looked at line by line: a number may stand in it that is not known to be harmless.

    Digits are run together over everything a gap may be, so nothing is overlooked. What is told here to be harmless
    stands without a gap wherever it stands: were it pieced together once, it would be met more often so than apart.
    """
    if _OTHER.search(text):
        return True
    runs = Counter(
        run for run in text.translate(_DIGITS, _GAP_BYTES).split() if len(run) >= _FEWEST and _TELLING.search(run)
    )
    if not runs:
        return False
    apart = Counter(text.translate(_DIGITS).split())
    return any(count > apart[run] or not _harmless(run.decode(), as_of, excused) for run, count in runs.items())


def _harmless(run: str, as_of: dt.date, excused: Excused) -> bool:
    return not personal(run, as_of, excused) and not personal(f"{run}X", as_of, excused)


def in_line(line: bytes, as_of: dt.date, excused: Excused) -> Iterator[str]:
    """What every number of a line is that is personal data."""
    text = unicodedata.normalize("NFKC", line.decode("utf-8", "replace"))
    for run in digit_runs(_DIGEST.sub(_kept, text)):
        if what := personal(run, as_of, excused):
            yield what


def personal(run: str, as_of: dt.date, excused: Excused) -> str:
    """What a run of digits is, in words, or nothing."""
    if run.upper() in excused.codes or run in excused.names:
        return ""
    if len(run) in _ID_LENGTHS and is_resident_id(run, as_of):
        return "身份证号"
    if run in excused.numbers:
        return ""
    if _MOBILE.fullmatch(run):
        return "手机号"
    return "银行卡号" if _CARD.fullmatch(run) and luhn(run) else ""


@lru_cache(maxsize=REMEMBERED)
def numbers_in(text: str) -> frozenset[str]:
    """Every run of digits of a text that may be excused."""
    if len(text) < _FEWEST or len(_NO_DIGIT.sub("", text)) < _FEWEST:
        return frozenset()
    return frozenset(run.upper() for run in digit_runs(unicodedata.normalize("NFKC", text)))


def candidates(text: bytes) -> Iterator[tuple[int, bytes]]:
    """The lines that hold eleven digits together, each once, with their place."""
    for mark in (_ASCII, _OTHER):
        at = 0
        while match := mark.search(text, at):
            start = text.rfind(b"\n", 0, match.start()) + 1
            end = text.find(b"\n", match.end())
            at = len(text) if end < 0 else end
            yield start, text[start:at]


def _kept(match: re.Match[str]) -> str:
    return match.group() if match.group().isdigit() else ""
