"""The common pieces: what so many entries start with that reading them all would cost too much.

For each such piece (a *node* of the tree of all suffixes) the index holds how many rows there are, the first hits, the
facet counts, and the whole list of rows for later pages, filters and second words.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
import itertools
from operator import itemgetter

import msgspec

from site_builder.search.lookup.blocks import Out, from_little_endian, write_block, write_json
from site_builder.search.lookup.keys import CODE, SHORTEST
from site_builder.search.lookup.leaves import ENTRY_WIDTH, ROW_WIDTH
from site_builder.search.lookup.lists import encode_list
from site_builder.search.lookup.suffixes import BATCH, END, START, WIDTH, character_size

FEWEST, MOST, SHARE = 4096, 16384, 64
"""A piece is common above a 64th of the rows in entries, at least 4,096 and at most 16,384."""

FIRST_HITS = 100
"""Hits a piece's head lists: five pages of twenty."""

FEW_VALUES = 32
"""Up to so many different values are counted one by one."""

_ALL_TYPES = max(SHORTEST.values())
"""From this many characters on a query looks into keys of every type."""

_LOOKED_AT = [
    bytes(flag >> 1 <= CODE and SHORTEST[flag >> 1] <= length for flag in range(256))
    for length in range(_ALL_TYPES + 1)
]
"""For each length of a query: the translation of flags to whether such entries are looked at."""

_BEGINS = [bytes(seen & flag & START for flag, seen in enumerate(mask)) for mask in _LOOKED_AT]
"""The same for entries that are whole keys."""


def common_above(rows: int) -> int:
    """The number of entries above which a piece is common."""
    return max(FEWEST, min(MOST, rows // SHARE))


class Piece(msgspec.Struct, frozen=True, gc=False):
    """A common piece as stored: its text (bytes as Latin-1) and its head."""

    text: str
    head: list[object]


class Group:
    """The sorted entries that share a first character, with their rows and flags as columns."""

    def __init__(self, entries: list[str]) -> None:
        self.entries = entries
        self.rows = array("I")
        flags = []
        for start in range(0, len(entries), BATCH):
            joined = "".join(entries[start : start + BATCH]).encode("latin-1")
            numbers = bytearray(4 * (len(joined) // ENTRY_WIDTH))
            for plane in range(ROW_WIDTH):
                numbers[plane::4] = joined[WIDTH + ROW_WIDTH - plane :: ENTRY_WIDTH]
            self.rows.frombytes(from_little_endian(numbers))
            flags.append(joined[WIDTH::ENTRY_WIDTH])
        self.flags = b"".join(flags)


class Pieces:
    """Finds the common pieces in the groups of entries as they pass, and writes their lists."""

    def __init__(self, rows: int, columns: Sequence[array[int]], out: Out) -> None:
        self._rows = rows
        self._above = common_above(rows)
        self._columns = [bytes(column.tolist()) if max(column, default=0) < 256 else column for column in columns]  # noqa: PLR2004
        self._out = out
        self.found: list[Piece] = []

    def watch(self, entries: list[str]) -> None:
        """Note the common pieces of the entries that share their first character."""
        if len(entries) > self._above:
            text = entries[0][: character_size(entries[0][0])]
            self._walk(Group(entries), (0, len(entries)), text, 1)

    def _walk(self, group: Group, span: tuple[int, int], text: str, length: int) -> None:
        """Note ``text``, ``length`` characters that the entries of the span start with, and what is common below it.

        A piece whose entries all go on alike is left to the longer one.
        """
        start, stop = span
        children = list(self._children(group.entries, span, len(text)))
        if length < _ALL_TYPES or not any(child == span for _, child in children):
            ended = bisect_left(group.entries, text + chr(ord(END) + 1), start, stop)
            self._note(group, (start, stop, ended), text, min(length, _ALL_TYPES))
        for child_text, child in children:
            self._walk(group, child, child_text, length + 1)

    def _children(self, entries: list[str], span: tuple[int, int], size: int) -> Iterator[tuple[str, tuple[int, int]]]:
        """The common pieces one character longer: each covers at least one of the places looked at."""
        start, stop = span
        seen = start
        if size >= WIDTH:
            return
        for place in range(start, stop, self._above):
            if place < seen or entries[place][size] == END:
                continue
            text = entries[place][: size + character_size(entries[place][size])]
            if len(text) > WIDTH:
                continue
            first = bisect_left(entries, text, seen, place)
            seen = bisect_left(entries, text[:-1] + chr(ord(text[-1]) + 1), place, stop)
            if seen - first > self._above:
                yield text, (first, seen)

    def _note(self, group: Group, span: tuple[int, int, int], text: str, length: int) -> None:
        """Write the list of a piece and keep its head; the entries before the span's third number end with it."""
        start, stop, ended = span
        numbers, flags = group.rows[start:stop], group.flags[start:stop]
        begins_mask = flags.translate(_BEGINS[length])
        rows = sorted(set(itertools.compress(numbers, flags.translate(_LOOKED_AT[length]))))
        begins = sorted(set(itertools.compress(numbers, begins_mask)))
        equals = sorted(set(itertools.compress(numbers[: ended - start], begins_mask)))
        name = write_block("list", encode_list(rows, self._rows, begins, equals), self._out)
        self.found.append(Piece(text, self._head(rows, begins, equals, name)))

    def _head(self, rows: list[int], begins: list[int], equals: list[int], name: str) -> list[object]:
        """``[list's name, counts of all, begins, equals, first of equals, of begins, of the rest, facet counts]``."""
        others: list[int] = []
        if len(begins) < FIRST_HITS:
            set_apart = set(begins)
            rest = (row for row in reversed(rows) if row not in set_apart)
            others = list(itertools.islice(rest, FIRST_HITS - len(begins)))
        return [
            name,
            [len(rows), len(begins), len(equals)],
            equals[: -FIRST_HITS - 1 : -1],
            begins[: -FIRST_HITS - 1 : -1],
            others,
            [_counts(column, rows) for column in self._columns],
        ]


def _counts(column: bytes | array[int], rows: list[int]) -> list[tuple[int, int]]:
    """How often each number of the column comes in the rows, by number."""
    if not rows:
        return []
    values = itemgetter(*rows, rows[0])(column)[:-1]
    if isinstance(column, bytes):
        packed = bytes(values)
        different = sorted(set(packed))
        if len(different) <= FEW_VALUES:
            return [(number, packed.count(number)) for number in different]
    return sorted(Counter(values).items())


def write_heads(pieces: list[Piece], size: int, out: Out) -> list[str]:
    """The heads in blocks of ``size``; returns the blocks' names."""
    return [
        write_json("head", [piece.head for piece in pieces[start : start + size]], out)
        for start in range(0, len(pieces), size)
    ]
