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

_FILL = END * WIDTH
_FIRST_NOT_ASCII = "\x80"


def character_size(first_byte: str) -> int:
    """How many bytes of UTF-8 a character has, from its first (as a Latin-1 character)."""
    if first_byte < "\xc0":
        return 1
    if first_byte < "\xe0":
        return 2
    return 3 if first_byte < "\xf0" else 4


Cutter = Callable[[str], Iterable[str]]
"""Cuts a filled key into the texts of its entries."""

Buckets = defaultdict[str, list[str]]
"""Entries by their first bytes: three, or six where the first is not of ASCII."""


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


def _gather(stored: str, cutter: Cutter, type_: int, tail: str, buckets: Buckets) -> int:
    """Add the entries of one key; returns how many."""
    end = chr(2 * type_) + tail
    entries = [text + end for text in cutter(stored + _FILL)]
    if entries:
        entries[0] = entries[0][:WIDTH] + chr(2 * type_ + START) + tail
    if stored.isascii():
        for entry in entries:
            buckets[entry[:3]].append(entry)
    else:
        for entry in entries:
            buckets[entry[:3] if entry < _FIRST_NOT_ASCII else entry[:6]].append(entry)
    return len(entries)


class Suffixes:
    """Collects the keys of rows 0, 1, 2, … and gives all their entries back in order.

    Entries are kept in memory up to ``CHUNK_ENTRIES``; beyond that they wait, sorted, in one temporary file.
    """

    def __init__(self) -> None:
        self._rows = 0
        self._size = 0
        self._buckets: Buckets = defaultdict(list)
        self._spill: Spill | None = None

    def add(self, keys: Keys, facets: str) -> None:
        """The next row's keys; ``facets`` are the Latin-1 characters its entries end with."""
        row = self._rows
        self._rows = row + 1
        tail = chr(row >> 16) + chr(row >> 8 & 255) + chr(row & 255) + facets
        buckets = self._buckets
        for text in keys.texts:
            self._size += _gather(*_plain(text, TEXT), TEXT, tail, buckets)
        for code in keys.codes:
            self._size += _gather(*_plain(code, CODE), CODE, tail, buckets)
        for reading in keys.readings:
            self._size += _gather(*_reading(reading), LATIN, tail, buckets)
        if self._size >= CHUNK_ENTRIES:
            if self._spill is None:
                self._spill = Spill()
            self._spill.write(_in_groups(self._buckets))
            self._size = 0

    def groups(self) -> Iterator[list[str]]:
        """The entries that share a first character, sorted; the groups in order. They are given up as they are read."""
        if self._spill is None:
            yield from _in_groups(self._buckets)
            return
        self._spill.write(_in_groups(self._buckets))
        yield from self._spill.read()
        self._spill.close()


class Spill:
    """Sorted entries of one length in a temporary file, by their first character."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as this
        self._segments: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        self._length = 0

    def write(self, groups: Iterable[list[str]]) -> None:
        """Put groups behind what is there."""
        for entries in groups:
            self._length = len(entries[0])
            first = entries[0]
            start = self._file.tell()
            self._file.write("".join(entries).encode("latin-1"))
            self._segments[first[: character_size(first[0])]].append((start, len(entries)))

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


def _in_groups(buckets: Buckets) -> Iterator[list[str]]:
    """The buckets' entries by first character, sorted; buckets are given up as they are read."""
    for _, group in itertools.groupby(sorted(buckets), key=lambda head: head[: character_size(head[0])]):
        entries: list[str] = []
        for head in group:
            bucket = buckets.pop(head)
            bucket.sort()
            entries += bucket
        yield entries
