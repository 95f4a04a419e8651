"""What a record is found by: its keys, folded, and how many characters of each a query must have."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from site_builder.search.lookup.normalise import fold
from site_builder.search.lookup.rows import SYLLABLES, LookupRow

TEXT, LATIN, CODE, SAID = 0, 1, 2, 3
"""The types of key: names, titles and decision numbers; their pinyin; codes and record numbers; authority and list."""

SHORTEST: dict[int, int] = {TEXT: 1, LATIN: 2, CODE: 4, SAID: 3}
"""The fewest characters of a query that look into keys of a type."""

_PARTS: Final = re.compile(r"(?<=[-_])")


class Keys(msgspec.Struct, frozen=True, gc=False):
    """A record's keys, empty where it has none.

    ``title``, ``number``, ``code``, ``authority`` and ``list_name`` may be entered at any character; each of the
    ``readings`` of the title, one syllable a character, and its initials, a letter a syllable, at a syllable's start;
    the record's ``id`` at the start of each of its parts.
    """

    title: str
    number: str
    code: str
    readings: list[list[str]]
    id: list[str]
    authority: str
    list_name: str

    @property
    def syllables(self) -> list[str]:
        """The likeliest reading; empty where there is none."""
        return self.readings[0] if self.readings else []

    @property
    def initials(self) -> list[str]:
        """The first letter of each syllable of the likeliest reading."""
        return [syllable[0] for syllable in self.syllables]


def keys_of(row: LookupRow) -> Keys:
    """The keys of one row; a number that is the title is not another key, nor a reading that says no more than it."""
    title, number = fold(row.title), fold(row.number)
    return Keys(
        title=title,
        number=number if number != title else "",
        code=fold(row.code),
        readings=[one.split(SYLLABLES) for one in row.readings.split("\n")] if row.readings else [],
        id=list(filter(None, map(fold, _PARTS.split(row.id)))),
        authority=fold(row.authority),
        list_name=fold(row.list_name),
    )
