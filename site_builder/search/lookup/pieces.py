"""The common pieces: what so many entries start with that reading them all would cost too much.

For each such piece (a *node* of the tree of all suffixes) the index holds how many rows there are, the first hits, the
facet counts, and the whole list of rows for later pages, filters and second words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import msgspec
import numpy as np

from site_builder.search.lookup.blocks import Out, write_block, write_json
from site_builder.search.lookup.keys import SAID, SHORTEST
from site_builder.search.lookup.lists import among, encode_list
from site_builder.search.lookup.suffixes import Bucket
from site_builder.search.lookup.units import START, WIDTH, Numbers

FEWEST, MOST, SHARE = 4096, 16384, 64
"""A piece is common above a 64th of the rows in entries, at least 4,096 and at most 16,384."""

FIRST_HITS: Final = 100
"""Hits a piece's head lists: five pages of twenty."""

_ALL_TYPES: Final = max(SHORTEST.values())
"""From this many characters on a query looks into keys of every type."""

_LOOKED_AT: Final = [
    np.array([flag >> 1 <= SAID and SHORTEST[flag >> 1] <= length for flag in range(256)])
    for length in range(_ALL_TYPES + 1)
]
"""For each length of a query and each flag whether entries of that flag are looked at."""


def common_above(rows: int) -> int:
    """The number of entries above which a piece is common."""
    return max(FEWEST, min(MOST, rows // SHARE))


class Piece(msgspec.Struct, frozen=True, gc=False):
    """A common piece as stored: its text and its head.

    That is ``[list's name, counts of all, begins, equals, told, first of equals, of begins, of the rest, facet
    counts]``; of the rest those whose own name has it come first.
    """

    text: str
    head: list[object]


class BucketSpan(NamedTuple):
    """The entries of a bucket from ``start`` to before ``stop``, which all start with the same ``size`` units.

    Those before ``ended`` end with them.
    """

    start: int
    stop: int
    size: int
    ended: int


class Pieces:
    """Finds the common pieces in the entries as they pass, and writes their lists."""

    def __init__(self, rows: int, columns: Sequence[Numbers], out: Out) -> None:
        self._rows = rows
        self._above = common_above(rows)
        self._columns = columns
        self._out = out
        self.found: list[Piece] = []

    def watch(self, bucket: Bucket) -> None:
        """Note the common pieces of the entries."""
        for child in self._children(bucket, BucketSpan(0, len(bucket.places), 0, 0)):
            self._walk(bucket, child)

    def _walk(self, bucket: Bucket, span: BucketSpan) -> None:
        """Note what the entries of the span start with, and what is common below it.

        A piece whose entries all go on alike is left to the longer one; half of a pair is none.
        """
        text = self._text(bucket, span)
        children = list(self._children(bucket, span))
        alike = len(text) >= _ALL_TYPES and [(child.start, child.stop) for child in children] == [
            (span.start, span.stop)
        ]
        if not _is_half(text) and not (alike and not _is_half(self._text(bucket, children[0]))):
            self._note(bucket, span, text)
        for child in children:
            self._walk(bucket, child)

    def _text(self, bucket: Bucket, span: BucketSpan) -> str:
        return bucket.text.spelt(int(bucket.places[span.start]), span.size)

    def _children(self, bucket: Bucket, span: BucketSpan) -> Iterator[BucketSpan]:
        """The common pieces one unit longer."""
        start, stop, size, _ = span
        if size >= WIDTH:
            return
        borders = np.flatnonzero(bucket.shared[start + 1 : stop] == size) + (start + 1)
        edges = np.concatenate([[start], borders, [stop]])
        for one in np.flatnonzero(np.diff(edges) > self._above).tolist():
            first, last = int(edges[one]), int(edges[one + 1])
            if bucket.text.ranks[int(bucket.places[first]) + size] != 0:
                yield BucketSpan(first, last, size + 1, self._ended(bucket, first, last, size + 1))

    def _ended(self, bucket: Bucket, start: int, stop: int, size: int) -> int:
        """Where those that end with their first ``size`` units stop: ``END`` is below everything."""
        lengths = bucket.lengths[start:stop]
        return start + int(np.searchsorted(lengths != size + 1, v=True))

    def _note(self, bucket: Bucket, span: BucketSpan, text: str) -> None:
        """Write the list of a piece and keep its head."""
        start, stop, _, ended = span
        numbers, flags = bucket.rows[start:stop], bucket.flags[start:stop]
        looked_at = _LOOKED_AT[min(len(text), _ALL_TYPES)][flags]
        begin = looked_at & (flags & START != 0)
        rows, begins = _different(numbers[looked_at]), _different(numbers[begin])
        equals = _different(numbers[: ended - start][begin[: ended - start]])
        named = _different(numbers[looked_at & (flags >> 1 != SAID)])
        told = rows[~among(rows, named)]
        name = write_block("list", encode_list(rows, self._rows, begins, equals, told), self._out)
        holds = named[~among(named, begins)]
        others = [*_newest(holds, FIRST_HITS - len(begins)), *_newest(told, FIRST_HITS - len(named))]
        head: list[object] = [
            name,
            [len(rows), len(begins), len(equals), len(told)],
            _newest(equals, FIRST_HITS),
            _newest(begins, FIRST_HITS),
            others,
            [_counts(column[rows]) for column in self._columns],
        ]
        self.found.append(Piece(text, head))


def _is_half(text: str) -> bool:
    return "\ud800" <= text[-1] <= "\udbff"


def _different(rows: Numbers) -> Numbers:
    """The rows, ascending, each once."""
    ordered = np.sort(rows)
    first = np.ones(len(ordered), np.bool_)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


def _newest(rows: Numbers, most: int) -> list[int]:
    """The last ``most`` of ascending rows, the last one first."""
    newest: list[int] = rows[::-1][: max(0, most)].tolist()
    return newest


def _counts(numbers: Numbers) -> list[tuple[int, int]]:
    """How often each number comes, by number."""
    counts = np.bincount(numbers)
    return [(number, int(counts[number])) for number in np.flatnonzero(counts).tolist()]


def write_heads(pieces: list[Piece], size: int, out: Out) -> list[str]:
    """The heads in blocks of ``size``; returns the blocks' names."""
    return [
        write_json("head", [piece.head for piece in pieces[start : start + size]], out)
        for start in range(0, len(pieces), size)
    ]
