"""The two character tables both sides of the lookup share: which characters are dropped, and which are another.

``javascript()`` is the module the browser loads: the theme's ``assets/search/lookup/characters.js``.
"""

from __future__ import annotations

from functools import cache
import itertools
import json
from pathlib import Path
from typing import Final
import unicodedata

TABLE: Final = Path(__file__).with_name("TSCharacters.txt")
"""``data/dictionary/TSCharacters.txt`` of OpenCC 1.1.9 (github.com/BYVoid/OpenCC, Apache-2.0), as it is."""

_BARE_CATEGORIES = frozenset({"Ps", "Pe", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs"})
"""Brackets, spaces, controls and format characters, lone surrogates."""

_MARKS = frozenset({"Pi", "Pf", "Pd"})
"""Quotation marks and dashes."""

_TYPED_OTHERWISE = (
    *map(ord, "\"'`\u2032\u2033\u2034\u2035\u02b9\u02ba\u02bb\u02bc\u02bd\u02c8\u055a"),
    *map(ord, "\u00b7\u2022\u2027\u2219\u22c5\u30fb\u1427\u2e31\u2e33\ua78f"),
    *map(ord, "\u2043\u2212"),
    *range(0x0300, 0x0370),
)
"""More quotation marks and apostrophes, the dots of names, dashes, and what stands above or below a letter."""

_SAME: Final = {"〇": "零", "○": "零", "◯": "零"}
"""Ways to write one numeral."""

_INVISIBLE_RANGES = (
    (0x034F, 0x034F),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x2065, 0x2065),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFF8),
    (0xE0000, 0xE0FFF),
)
"""What else Unicode calls default ignorable: fillers, variation selectors, tags."""


@cache
def bare() -> tuple[tuple[int, int], ...]:
    """Brackets, spaces and what is invisible: the code points as ascending inclusive ranges."""
    extra = itertools.chain.from_iterable(range(first, last + 1) for first, last in _INVISIBLE_RANGES)
    return _ranges(_BARE_CATEGORIES, frozenset(extra))


@cache
def dropped() -> tuple[tuple[int, int], ...]:
    """The code points the lookup does not see: those of ``bare``, quotation marks, dashes, dots of names, accents."""
    extra = itertools.chain.from_iterable(range(first, last + 1) for first, last in _INVISIBLE_RANGES)
    return _ranges(_BARE_CATEGORIES | _MARKS, frozenset([*extra, *_TYPED_OTHERWISE]))


_MARKED: Final = (range(0x20000), range(0xE0000, 0xE1000))
"""Where such characters are; beyond there are ideographs, private and unassigned code points alone."""


def _ranges(categories: frozenset[str], extra: frozenset[int]) -> tuple[tuple[int, int], ...]:
    ranges: list[tuple[int, int]] = []
    for point in itertools.chain(*_MARKED):
        if point in extra or unicodedata.category(chr(point)) in categories:
            if ranges and ranges[-1][1] == point - 1:
                ranges[-1] = (ranges[-1][0], point)
            else:
                ranges.append((point, point))
    return tuple(ranges)


@cache
def simplified() -> dict[str, str]:
    """Traditional character → Simplified character: the table's first of several, single ones only; and 〇 → 零."""
    table: dict[str, str] = dict(_SAME)
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        traditional, _, candidates = line.partition("\t")
        first = candidates.split(" ")[0].strip()
        if len(traditional) == 1 and len(first) == 1 and traditional != first:
            table[traditional] = first
    return table


def javascript() -> str:
    """Both tables as an ES module: ``DROPPED`` (flat list of range ends) and two strings of equal character count."""
    pairs = sorted(simplified().items())
    ranges = json.dumps(list(itertools.chain.from_iterable(dropped())), separators=(",", ":"))
    return (
        "// Made by site_builder.search.lookup.characters. Data: OpenCC's TSCharacters (Apache-2.0) and Unicode.\n"
        f"export const DROPPED = {ranges};\n"
        f"export const TRADITIONAL = {json.dumps(''.join(old for old, _ in pairs), ensure_ascii=False)};\n"
        f"export const SIMPLIFIED = {json.dumps(''.join(new for _, new in pairs), ensure_ascii=False)};\n"
    )
