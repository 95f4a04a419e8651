"""Every place a query may start at: the suffixes of all keys, sorted.

An *entry* is what is sorted and stored for a suffix: ``WIDTH`` bytes of its UTF-8, filled up with ``END``, then one flag
byte, the row's number and its facets. Entries are strings of Latin-1 characters, one a byte, which Python compares
fastest. Entries that agree in their text are thus in the order of their rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
import itertools
import tempfile

from site_builder.search.lookup.keys import CODE, LATIN, SHORTEST, TEXT, Keys

WIDTH = 48
"""Bytes of a suffix that are compared; what agrees further is told apart by the rows themselves."""

END = "\x01"
"""Ends a key; no folded text holds it."""

START = 1
"""The flag's lowest bit: the suffix is a whole key. The bits above it are the key's type."""

CHUNK_ENTRIES = 6_000_000
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


class _Key:
    """One key ready to be cut: its bytes, the places a suffix starts at, its type."""

    __slots__ = ("starts", "stored", "type")

    def __init__(self, stored: str, starts: list[int], type_: int) -> None:
        self.stored = stored
        self.starts = starts
        self.type = type_


def _plain(text: str, type_: int) -> _Key:
    """A key that may be entered at any character that leaves enough for the shortest query."""
    if text.isascii():
        return _Key(text, list(range(len(text) - SHORTEST[type_] + 1)), type_)
    stored = text.encode().decode("latin-1")
    if len(stored) == 3 * len(text):
        return _Key(stored, list(range(0, len(stored), 3)), type_)
    starts = [place for place, byte in enumerate(stored) if not "\x80" <= byte < "\xc0"]
    return _Key(stored, starts, type_)


def _reading(syllables: list[str]) -> _Key:
    """A key that may be entered at a syllable's start."""
    stored = "".join(syllables)
    if not stored.isascii():
        syllables = [syllable.encode().decode("latin-1") for syllable in syllables]
        stored = "".join(syllables)
    starts = [0, *itertools.accumulate(map(len, syllables[:-1]))]
    while starts and len(stored) - starts[-1] < SHORTEST[LATIN]:
        starts.pop()
    return _Key(stored, starts, LATIN)


def _cut(keys: Keys) -> list[_Key]:
    return [
        *(_plain(text, TEXT) for text in keys.texts),
        *(_plain(code, CODE) for code in keys.codes),
        *(_reading(reading) for reading in keys.readings),
    ]


Buckets = defaultdict[str, list[str]]
"""Entries by their first bytes: three, or six where the first is not of ASCII."""


def _gather(keys: Iterable[_Key], tail: str, buckets: Buckets) -> int:
    """Add the entries of one row; returns how many."""
    size = 0
    for key in keys:
        starts = key.starts
        size += len(starts)
        filled = key.stored + _FILL
        end = chr(2 * key.type) + tail
        if starts and starts[0] == 0:
            entry = filled[:WIDTH] + chr(2 * key.type + START) + tail
            buckets[entry[:3] if entry < _FIRST_NOT_ASCII else entry[:6]].append(entry)
            del starts[0]
        if key.type == TEXT:
            for start in starts:
                entry = filled[start : start + WIDTH] + end
                buckets[entry[:3] if entry < _FIRST_NOT_ASCII else entry[:6]].append(entry)
        else:
            for start in starts:
                entry = filled[start : start + WIDTH] + end
                buckets[entry[:3]].append(entry)
    return size


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
        self._size += _gather(_cut(keys), chr(row >> 16) + chr(row >> 8 & 255) + chr(row & 255) + facets, self._buckets)
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
