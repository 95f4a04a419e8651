"""What a record is found by: its keys, folded and parted, and how many characters of each a query must have."""

from __future__ import annotations

import msgspec

from site_builder.search.lookup.normalise import pieces
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


def readings_of(texts: list[str]) -> list[list[str]]:
    """The full and the initial pinyin of each piece of a name; none where it says no more than the name."""
    found: list[list[str]] = []
    for text in texts:
        if text.isascii():
            continue
        full = syllables(text)
        if full != list(text):
            found += [full, [syllable[0] for syllable in full]]
    return found


def keys_of(row: LookupRow) -> Keys:
    """The keys of one row. Each piece stands once, so that a repeated name does not count twice."""
    titles = pieces(row.title)
    texts = list(dict.fromkeys(titles + pieces(row.number)))
    return Keys(texts, readings_of(titles), pieces(row.code))
