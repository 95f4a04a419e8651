"""The leaves: some two thousand sorted entries each, as columns, cut where they are told apart from their neighbours.

A leaf is ``<u16 entries> <u8 columns>``, the text columns (the first byte of every entry, the second, …), the flags,
three planes of row numbers and the planes of the facets. A byte 0 says that the entry is cut here: in the leaf no other
entry has its first bytes, so at most one entry of a leaf is doubtful for a query, and the row itself settles it.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.search.lookup.blocks import Out, write_block
from site_builder.search.lookup.facets import FACETS_WIDTH
from site_builder.search.lookup.suffixes import END, WIDTH

LEAF_ENTRIES = 2048
"""Entries of a leaf; the last has fewer."""

ROW_WIDTH = 3
"""Bytes of a row's number in an entry, the highest first."""

ENTRY_WIDTH = WIDTH + 1 + ROW_WIDTH + FACETS_WIDTH
"""Bytes of an entry: text, flag, row, facets."""

_SAME = bytes([255, *bytes(255)])
"""Translates the bytes in which two columns differ: 255 where they do not."""

_OPEN = bytes(0 if byte == ord(END) else 255 for byte in range(256))
"""Translates a column: 0 where the key ends."""


def text_columns(joined: bytes, count: int) -> list[bytes]:
    """The text columns of ``count`` joined entries, cut behind what tells them apart, up to the last one needed."""
    columns = []
    same = int.from_bytes(b"\xff" * (count - 1), "little")
    for place in range(WIDTH):
        column = joined[place::ENTRY_WIDTH]
        needed = same | same << 8
        if not needed:
            break
        number = int.from_bytes(column, "little")
        columns.append((number & needed).to_bytes(count, "little"))
        differences = (number ^ number >> 8).to_bytes(count, "little")
        same &= int.from_bytes(differences.translate(_SAME), "little")
        same &= int.from_bytes(column.translate(_OPEN), "little")
    return columns


def encode_leaf(entries: list[str]) -> bytes:
    """The bytes of a leaf before they are packed."""
    joined = "".join(entries).encode("latin-1")
    columns = text_columns(joined, len(entries))
    head = len(entries).to_bytes(2, "little") + bytes([len(columns)])
    rest = [joined[place::ENTRY_WIDTH] for place in range(WIDTH, ENTRY_WIDTH)]
    return b"".join([head, *columns, *rest])


def divider(before: str, first: str) -> str:
    """The shortest start of ``first`` that is above ``before``.

    Where the two keys are equal to their end it ends with ``END``; where they agree in ``WIDTH`` bytes it has them all.
    """
    for place in range(WIDTH):
        if before[place] != first[place] or first[place] == END:
            return first[: place + 1]
    return first[:WIDTH]


class Leaves:
    """Takes sorted entries, writes leaves; ``names`` and ``dividers`` grow with them.

    ``dividers[i]`` is not above leaf i's first entry, and above the last one of leaf i - 1 unless the keys are equal.
    """

    def __init__(self, out: Out) -> None:
        self._out = out
        self._waiting: list[str] = []
        self._last = ""
        self.names: list[str] = []
        self.dividers: list[str] = []

    def add(self, entries: list[str]) -> None:
        """The next entries in order."""
        self._waiting += entries
        whole = len(self._waiting) - len(self._waiting) % LEAF_ENTRIES
        for start in range(0, whole, LEAF_ENTRIES):
            self._write(self._waiting[start : start + LEAF_ENTRIES])
        if whole:
            del self._waiting[:whole]

    def close(self) -> None:
        """Write what is left."""
        if self._waiting:
            self._write(self._waiting)
            self._waiting = []

    def _write(self, entries: list[str]) -> None:
        self.dividers.append(divider(self._last, entries[0]) if self._last else "")
        self._last = entries[-1]
        self.names.append(write_block("leaf", encode_leaf(entries), self._out, quick=True))


def texts_of(columns: list[bytes], count: int) -> Iterator[bytes]:
    """The texts of a leaf's entries as stored, without the bytes 0 behind a cut."""
    width = len(columns)
    joined = bytearray(width * count)
    for place, column in enumerate(columns):
        joined[place::width] = column
    for start in range(0, width * count, width or 1):
        yield bytes(joined[start : start + width]).rstrip(b"\0")
