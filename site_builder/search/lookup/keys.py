"""What a record is found by: its keys, folded and parted, and how many characters of each a query must have."""

from __future__ import annotations

import msgspec

from site_builder.search.lookup.normalise import fold
from site_builder.search.lookup.pinyin import syllables
from site_builder.search.lookup.rows import LookupRow

TEXT, LATIN, CODE = 0, 1, 2
"""The types of key: names, titles and decision numbers; their pinyin; credit codes."""

SHORTEST: dict[int, int] = {TEXT: 1, LATIN: 2, CODE: 4}
"""The fewest characters of a query that look into keys of a type."""


class Keys(msgspec.Struct, frozen=True, gc=False):
    """A record's keys. ``texts`` and ``codes`` may be entered at any character, ``readings`` at a syllable's start.

    A reading is a list of syllables; the initials are a reading whose syllables are single letters.
    """

    texts: list[str]
    readings: list[list[str]]
    codes: list[str]


def readings_of(text: str) -> list[list[str]]:
    """The full and the initial pinyin of a folded name; none where it says no more than the name."""
    if text.isascii():
        return []
    full = syllables(text)
    return [] if full == list(text) else [full, [syllable[0] for syllable in full]]


def keys_of(row: LookupRow) -> Keys:
    """The keys of one row; what is empty is none, and a number that is the title is not another key."""
    title, number, code = fold(row.title), fold(row.number), fold(row.code)
    texts = [text for text in dict.fromkeys((title, number)) if text]
    return Keys(texts, readings_of(title), [code] if code else [])
