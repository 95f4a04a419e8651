"""What a record is found by: its keys, folded, and how many characters of each a query must have."""

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
    """A record's keys, empty where it has none.

    ``title``, ``number`` and ``code`` may be entered at any character; the reading of the title, one syllable a
    character, and its initials, a letter a syllable, at a syllable's start.
    """

    title: str
    number: str
    code: str
    syllables: list[str]

    @property
    def initials(self) -> list[str]:
        """The first letter of each syllable."""
        return [syllable[0] for syllable in self.syllables]


def keys_of(row: LookupRow) -> Keys:
    """The keys of one row; a number that is the title is not another key, nor a reading that says no more than it."""
    title, number = fold(row.title), fold(row.number)
    reading = [] if title.isascii() else syllables(title)
    if reading == list(title):
        reading = []
    return Keys(title, number if number != title else "", fold(row.code), reading)
