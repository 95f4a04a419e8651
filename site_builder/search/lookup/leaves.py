"""The leaves: some two thousand sorted entries each, cut where they are told apart from their neighbours.

A leaf is ``<u16 entries> <u32 letters>``, then columns of one byte an entry: how many UTF-16 units it shares with the
entry before; how many letters follow those; the letters' low bytes, all entries' run together; their high bytes; the
flags; the row numbers' three bytes, the highest first; and the facets' bytes. Where the letters end without ``END``,
no other entry goes on like that: at most one entry of a leaf is doubtful for a query, and the row itself settles it.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from site_builder.search.lookup.blocks import Out, write_block
from site_builder.search.lookup.facets import Planes
from site_builder.search.lookup.suffixes import SAME, Bucket
from site_builder.search.lookup.units import WIDTH, Bytes, Places, Text, Units

LEAF_ENTRIES: Final = 2048
"""Entries of a leaf; the last has fewer."""

ROW_BYTES: Final = 3
"""Bytes of a row's number in an entry."""

HEAD: Final = 6
"""Bytes before the columns."""


class Leaves:
    """Takes sorted entries, writes leaves; ``names`` and ``dividers`` grow with them.

    ``dividers[i]`` is not above leaf i's first entry, and above the last one of leaf i - 1 unless the keys are equal.
    """

    def __init__(self, facets: Planes, out: Out) -> None:
        self._facets = facets
        self._out = out
        self._text: Text | None = None
        self._places: Places = np.zeros(0, np.int32)
        self._columns: Bytes = np.zeros((2 + 1 + ROW_BYTES + len(facets), 0), np.uint8)
        self.names: list[str] = []
        self.dividers: list[str] = []

    def add(self, bucket: Bucket) -> None:
        """The next entries in order."""
        self._text = bucket.text
        self._places = np.concatenate([self._places, bucket.places])
        self._columns = np.concatenate([self._columns, self._columns_of(bucket)], axis=1)
        self._write(len(self._places) // LEAF_ENTRIES * LEAF_ENTRIES)

    def close(self) -> None:
        """Write what is left."""
        self._write(len(self._places))

    def _columns_of(self, bucket: Bucket) -> Bytes:
        """Shared units, kept units, flag, row, facets."""
        nearest = bucket.shared.copy()
        np.maximum(nearest[:-1], bucket.shared[1:], out=nearest[:-1])
        columns = np.empty((len(self._columns), len(bucket.places)), np.uint8)
        columns[1] = np.where(nearest == SAME, bucket.lengths, np.minimum(nearest, WIDTH - 1) + 1)
        columns[0] = np.where(bucket.shared == SAME, bucket.lengths, bucket.shared)
        columns[2] = bucket.flags
        for place in range(ROW_BYTES):
            columns[3 + place] = bucket.rows >> np.uint32(8 * (ROW_BYTES - 1 - place)) & np.uint32(255)
        np.take(self._facets, bucket.rows, axis=1, out=columns[3 + ROW_BYTES :])
        return columns

    def _write(self, count: int) -> None:
        """Write the first ``count`` entries as leaves."""
        if not count:
            return
        places, columns = self._places[:count], self._columns[:, :count]
        for start in range(0, count, LEAF_ENTRIES):
            self.dividers.append(self._divider(int(places[start]), int(columns[0, start]), int(columns[1, start])))
        columns[0, ::LEAF_ENTRIES] = 0
        columns[1] -= columns[0]
        letters, ends = self._letters(places, columns[0], columns[1])
        for start in range(0, count, LEAF_ENTRIES):
            stop = min(start + LEAF_ENTRIES, count)
            self._leaf(columns[:, start:stop], letters[ends[start] : ends[stop]])
        self._places, self._columns = self._places[count:].copy(), self._columns[:, count:].copy()

    def _divider(self, place: int, shared: int, kept: int) -> str:
        """The shortest start of an entry that is above the one before, to its end where the two are equal."""
        if not self.names and not self.dividers:
            return ""
        assert self._text is not None  # noqa: S101  # there are entries
        return whole_letters(self._text, place, min(shared + 1, kept))

    def _letters(self, places: Places, shared: Bytes, added: Bytes) -> tuple[Units, Places]:
        """The letters each entry adds, run together, and where each entry's begin."""
        assert self._text is not None  # noqa: S101  # there are entries
        ends = np.zeros(len(added) + 1, np.int32)
        np.cumsum(added, out=ends[1:])
        at = np.repeat(places + shared - ends[:-1], added)
        at += np.arange(len(at), dtype=np.int32)
        return self._text.alphabet[self._text.ranks[at]], ends

    def _leaf(self, columns: Bytes, letters: Units) -> None:
        entries = columns.shape[1]
        parts = [
            entries.to_bytes(2, "little"),
            len(letters).to_bytes(4, "little"),
            columns[:2].tobytes(),
            letters.astype(np.uint8).tobytes(),
            (letters >> 8).astype(np.uint8).tobytes(),
            columns[2:].tobytes(),
        ]
        self.names.append(write_block("leaf", b"".join(parts), self._out, quick=True))


def whole_letters(text: Text, place: int, length: int) -> str:
    """``length`` units from a place, or one more where that would cut a pair in two."""
    spelt = text.spelt(place, length)
    return text.spelt(place, length + 1) if "\ud800" <= spelt[-1] <= "\udbff" else spelt
