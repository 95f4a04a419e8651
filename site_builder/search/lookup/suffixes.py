"""Every place a query may start at: the suffixes of all keys, sorted.

An *entry* is what is sorted and stored for a suffix: ``WIDTH`` bytes of its UTF-8, filled up with ``END``, then one
flag byte, the row's number and its facets. Entries are strings of Latin-1 characters, one a byte, which Python compares
fastest. Entries that agree in their text are thus in the order of their rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
import itertools
from operator import itemgetter
import tempfile

from site_builder.search.lookup.keys import CODE, LATIN, SHORTEST, TEXT, Keys

WIDTH = 48
"""Bytes of a suffix that are compared; what agrees further is told apart by the rows themselves."""

END = "\x01"
"""Ends a key; no folded text holds it."""

START = 1
"""The flag's lowest bit: the suffix is a whole key. The bits above it are the key's type."""

CHUNK_ENTRIES = 7_000_000
"""Entries held at once, 120 bytes each."""

BATCH = 100_000
"""Entries joined at once."""

_FILL = END * WIDTH


def character_size(first_byte: str) -> int:
    """How many bytes of UTF-8 a character has, from its first (as a Latin-1 character)."""
    if first_byte < "\xc0":
        return 1
    if first_byte < "\xe0":
        return 2
    return 3 if first_byte < "\xf0" else 4


Cutter = Callable[[str], Iterable[str]]
"""Cuts a filled key into the texts of its entries."""

Groups = defaultdict[str, list[str]]
"""Entries by their first character."""


@cache
def _evenly(count: int, step: int) -> Cutter:
    """Cuts at ``count`` places, ``step`` bytes apart."""
    spans = [slice(start, start + WIDTH) for start in range(0, count * step, step)]
    if len(spans) > 1:
        return itemgetter(*spans)
    return lambda filled: [filled[span] for span in spans]


def _at(starts: list[int]) -> Cutter:
    """Cuts at given places."""
    return lambda filled: [filled[start : start + WIDTH] for start in starts]


def _plain(text: str, type_: int) -> tuple[str, Cutter]:
    """The bytes and the cutter of a key that may be entered wherever enough is left for the shortest query."""
    if text.isascii():
        return text, _evenly(max(0, len(text) - SHORTEST[type_] + 1), 1)
    stored = text.encode().decode("latin-1")
    if len(stored) == 3 * len(text):
        return stored, _evenly(len(text), 3)
    return stored, _at([place for place, byte in enumerate(stored) if not "\x80" <= byte < "\xc0"])


def _reading(syllables: list[str]) -> tuple[str, Cutter]:
    """The bytes and the cutter of a key that may be entered at a syllable's start."""
    stored = "".join(syllables)
    if len(stored) == len(syllables) and stored.isascii():
        return stored, _evenly(max(0, len(stored) - SHORTEST[LATIN] + 1), 1)
    if not stored.isascii():
        syllables = [syllable.encode().decode("latin-1") for syllable in syllables]
        stored = "".join(syllables)
    starts = [0, *itertools.accumulate(map(len, syllables[:-1]))]
    while starts and len(stored) - starts[-1] < SHORTEST[LATIN]:
        starts.pop()
    return stored, _at(starts)


def _gather(stored: str, cutter: Cutter, type_: int, tail: str, groups: Groups) -> int:
    """Add the entries of one key; returns how many."""
    end = chr(2 * type_) + tail
    entries = [text + end for text in cutter(stored + _FILL)]
    if entries:
        entries[0] = entries[0][:WIDTH] + chr(2 * type_ + START) + tail
    if stored.isascii():
        for entry in entries:
            groups[entry[0]].append(entry)
    else:
        for entry in entries:
            groups[entry[: character_size(entry[0])]].append(entry)
    return len(entries)


class Suffixes:
    """Collects the keys of rows 0, 1, 2, … and gives all their entries back in order.

    Entries are kept in memory up to ``CHUNK_ENTRIES``; beyond that they wait, sorted, in one temporary file.
    """

    def __init__(self) -> None:
        self._rows = 0
        self._size = 0
        self._groups: Groups = defaultdict(list)
        self._spill: Spill | None = None

    def add(self, keys: Keys, facets: str) -> None:
        """The next row's keys; ``facets`` are the Latin-1 characters its entries end with."""
        row = self._rows
        self._rows = row + 1
        tail = chr(row >> 16) + chr(row >> 8 & 255) + chr(row & 255) + facets
        groups = self._groups
        for text in keys.texts:
            self._size += _gather(*_plain(text, TEXT), TEXT, tail, groups)
        for code in keys.codes:
            self._size += _gather(*_plain(code, CODE), CODE, tail, groups)
        for reading in keys.readings:
            self._size += _gather(*_reading(reading), LATIN, tail, groups)
        if self._size >= CHUNK_ENTRIES:
            if self._spill is None:
                self._spill = Spill()
            self._spill.write(_sorted(self._groups))
            self._size = 0

    def groups(self) -> Iterator[list[str]]:
        """The entries that share a first character, sorted; the groups in order. They are given up as they are read."""
        if self._spill is None:
            yield from (entries for _, entries in _sorted(self._groups))
            return
        self._spill.write(_sorted(self._groups))
        yield from self._spill.read()
        self._spill.close()


class Spill:
    """Sorted entries of one length in a temporary file, by their first character."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as this
        self._segments: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        self._length = 0

    def write(self, groups: Iterable[tuple[str, list[str]]]) -> None:
        """Put groups behind what is there."""
        for character, entries in groups:
            self._length = len(entries[0])
            self._segments[character].append((self._file.tell(), len(entries)))
            for start in range(0, len(entries), BATCH):
                self._file.write("".join(entries[start : start + BATCH]).encode("latin-1"))

    def read(self) -> Iterator[list[str]]:
        """All entries of each first character as one sorted group."""
        length = self._length
        for _, segments in sorted(self._segments.items()):
            entries: list[str] = []
            for start, count in segments:
                self._file.seek(start)
                text = self._file.read(count * length).decode("latin-1")
                entries += [text[place : place + length] for place in range(0, len(text), length)]
            entries.sort()
            yield entries

    def close(self) -> None:
        """Give the disk back."""
        self._file.close()


def _sorted(groups: Groups) -> Iterator[tuple[str, list[str]]]:
    """The groups in order, their entries sorted; they are given up as they are read."""
    for character in sorted(groups):
        entries = groups.pop(character)
        entries.sort()
        yield character, entries
