"""Every place a query may start at: the suffixes of all keys, sorted.

An *entry* is what is sorted and stored for a suffix: ``WIDTH`` bytes of its UTF-8, filled up with ``END``, then one flag
byte, the row's number and its facets. Entries are strings of Latin-1 characters, one a byte, which Python compares
fastest. Entries that agree in their text are thus in the order of their rows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
import itertools

from site_builder.search.lookup.keys import CODE, LATIN, SHORTEST, TEXT, Keys

WIDTH = 64
"""Bytes of a suffix that are compared; what agrees further is told apart by the rows themselves."""

END = "\x01"
"""Ends a key; no folded text holds it."""

START = 1
"""The flag's lowest bit: the suffix is a whole key. The bits above it are the key's type."""

PASS_ENTRIES = 7_000_000
"""Entries held at once, 130 bytes each; where there are more, the keys are gone through several times."""

_FILL = END * WIDTH
_FIRST_NOT_ASCII = "\x80"
_SAMPLE = 16


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


def _gather(keys: Iterable[_Key], tail: str, buckets: Buckets) -> None:
    """Add the entries of one row."""
    for key in keys:
        if not key.starts:
            continue
        filled = key.stored + _FILL
        end = chr(2 * key.type) + tail
        starts = key.starts
        if starts[0] == 0:
            entry = filled[:WIDTH] + chr(2 * key.type + START) + tail
            buckets[entry[:3] if entry < _FIRST_NOT_ASCII else entry[:6]].append(entry)
            starts = starts[1:]
        if key.type == TEXT:
            for start in starts:
                entry = filled[start : start + WIDTH] + end
                buckets[entry[:3] if entry < _FIRST_NOT_ASCII else entry[:6]].append(entry)
        else:
            for start in starts:
                entry = filled[start : start + WIDTH] + end
                buckets[entry[:3]].append(entry)


class Suffixes:
    """Collects the keys of rows 0, 1, 2, … and gives all their entries back in order."""

    def __init__(self) -> None:
        self._keys: list[Keys] = []
        self._facets: list[str] = []
        self._sample: Counter[str] = Counter()

    def add(self, keys: Keys, facets: str) -> None:
        """The next row's keys; ``facets`` are the Latin-1 characters its entries end with."""
        if len(self._keys) % _SAMPLE == 0:
            self._sample.update(key.stored[start] for key in _cut(keys) for start in key.starts)
        self._keys.append(keys)
        self._facets.append(facets)

    def groups(self) -> Iterator[list[str]]:
        """The entries that share a first character, sorted; the groups in order."""
        spans = list(self._spans())
        for first, last in spans:
            buckets: Buckets = defaultdict(list)
            for row, (keys, facets) in enumerate(zip(self._keys, self._facets, strict=True)):
                tail = chr(row >> 16) + chr(row >> 8 & 255) + chr(row & 255) + facets
                cut = _cut(keys)
                if len(spans) > 1:
                    for key in cut:
                        stored = key.stored
                        key.starts = [start for start in key.starts if first <= stored[start] <= last]
                _gather(cut, tail, buckets)
            yield from _in_groups(buckets)

    def _spans(self) -> Iterator[tuple[str, str]]:
        """First and last first bytes for each pass, so that none holds many more entries than ``PASS_ENTRIES``."""
        first, size = "\0", 0
        for byte, count in sorted(self._sample.items()):
            if size and (size + count) * _SAMPLE > PASS_ENTRIES:
                yield first, chr(ord(byte) - 1)
                first, size = byte, 0
            size += count
        yield first, "\xff"


def _in_groups(buckets: Buckets) -> Iterator[list[str]]:
    """The buckets' entries by first character, sorted; buckets are given up as they are read."""
    heads = sorted(buckets)
    for _, group in itertools.groupby(heads, key=lambda head: head[: character_size(head[0])]):
        entries: list[str] = []
        for head in group:
            bucket = buckets.pop(head)
            bucket.sort()
            entries += bucket
        yield entries
