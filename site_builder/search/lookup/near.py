"""Names by what is left of them without one character: so a name is found that is typed with one mistake.

Of every name that may be offered (at least four characters, at most forty, no natural person's) the index holds the
hash of the whole, of what is left when any one character is left out, and of all its characters in order of their
numbers. A query has the same hashes: where it differs from a name by one character that is wrong, missing, too many or
in its neighbour's place, or where its words stand in another order, one of its hashes is one of the name's.

A hash tells its block (``hash % blocks``) and is told there by 16 bits (``hash // blocks``). A block is ``<u16
entries>``, then columns of one byte an entry, the entries ascending: the 16 bits, the higher first, and the row's
three bytes, the highest first. Blocks are named by the segment of 1,024 they belong to.
"""

from __future__ import annotations

from collections.abc import Iterable
import itertools
from typing import Final

import numpy as np

from site_builder.search.lookup.blocks import Out, name_of, pack
from site_builder.search.lookup.normalise import MASK, fold
from site_builder.search.lookup.rows import LookupRow
from site_builder.search.lookup.units import Numbers
from site_builder.vocabulary import Kind, SubjectType

SHORTEST_NAME: Final = 4
"""Characters of the shortest name that is offered."""

LONGEST_NAME: Final = 40
"""UTF-16 units of the longest."""

ENTRIES: Final = 256
"""Entries of a block, on average."""

SEGMENT_BLOCKS: Final = 1024
"""Blocks that share a content name."""

BASE: Final = 16777619
SORTED: Final = 0x5BD1E995
"""Added to the hash of a name's characters in order."""

_BATCH: Final = 4096
_SPREAD: Final = ((16, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1))
_EMPTY: Final[Numbers] = np.zeros(0, np.uint32)


def is_offered(row: LookupRow) -> bool:
    """Whether a row's name may be offered to who typed another: a natural person's never is."""
    return row.subject_type != SubjectType.NATURAL_PERSON and MASK not in row.code


class Near:
    """Takes the rows in order, writes the blocks.

    Of rows of one name one is kept: the newest, of those on the severe list where there are any.
    """

    def __init__(self, out: Out) -> None:
        self._out = out
        self._waiting: dict[int, list[tuple[int, bool, bytes]]] = {}
        self._held = 0
        self._hashes: list[Numbers] = []
        self._rows: list[Numbers] = []
        self._names: list[Numbers] = []

    def add(self, number: int, row: LookupRow) -> None:
        """The next row."""
        name = fold(row.title) if is_offered(row) else ""
        units = name.encode("utf-16-le")
        if len(name) < SHORTEST_NAME or len(units) > 2 * LONGEST_NAME:
            return
        self._waiting.setdefault(len(units) // 2, []).append((number, row.kind == Kind.SEVERE, units))
        self._held += 1
        if self._held == _BATCH:
            self._flush()

    def _flush(self) -> None:
        for length, some in sorted(self._waiting.items()):
            units = np.frombuffer(b"".join([one for _, _, one in some]), "<u2").reshape(-1, length).astype(np.uint32)
            rows = np.array([number for number, _, _ in some], np.uint32)
            severe = np.array([listed for _, listed, _ in some], np.uint32)
            hashes = hashes_of(units)
            self._hashes.append(hashes.ravel())
            self._rows.append(np.repeat(rows, hashes.shape[1]))
            self._names.append(np.stack([rows, hashes[:, 0], hashes[:, -1], severe], axis=1))
        self._waiting.clear()
        self._held = 0

    def close(self) -> dict[str, object]:
        """Write the blocks; returns how many there are and their segments' names, run together."""
        self._flush()
        hashes, rows = np.concatenate([_EMPTY, *self._hashes]), np.concatenate([_EMPTY, *self._rows])
        kept = _kept(np.concatenate([np.zeros((0, 4), np.uint32), *self._names]))[rows] if len(rows) else rows > 0
        blocks = max(1, int(kept.sum()) // ENTRIES)
        hashes, rows = hashes[kept].astype(np.uint64), rows[kept].astype(np.uint64)
        entries = hashes % np.uint64(blocks) << np.uint64(40)
        entries |= (hashes // np.uint64(blocks) & np.uint64(0xFFFF)) << np.uint64(24)
        entries = np.unique(entries | rows)
        edges = np.searchsorted(entries, np.arange(blocks + 1, dtype=np.uint64) << np.uint64(40))
        packed = [_block(entries[start:stop]) for start, stop in itertools.pairwise(edges.tolist())]
        names = []
        for first in range(0, blocks, SEGMENT_BLOCKS):
            segment = packed[first : first + SEGMENT_BLOCKS]
            names.append(name_of(b"".join(segment)))
            for place, data in enumerate(segment):
                self._out(f"near/{names[-1]}-{place}.bin", data)
        return {"blocks": blocks, "segment": "".join(names)}


def write_near(rows: Iterable[LookupRow], out: Out) -> dict[str, object]:
    """The blocks of rows in their order."""
    near = Near(out)
    for number, row in enumerate(rows):
        near.add(number, row)
    return near.close()


def hashes_of(units: Numbers) -> Numbers:
    """For each name, a row of UTF-16 units: the hash of it all, without each character in turn, and of all in order."""
    length = units.shape[1]
    front = np.zeros((len(units), length + 1), np.uint32)
    back = np.zeros((len(units), length + 1), np.uint32)
    powers = np.array([pow(BASE, place, 1 << 32) for place in range(length)], np.uint32)
    for place in range(length):
        front[:, place + 1] = front[:, place] * np.uint32(BASE) + units[:, place]
    for place in reversed(range(length)):
        back[:, place] = back[:, place + 1] + units[:, place] * powers[length - 1 - place]
    found = np.empty((len(units), length + 2), np.uint32)
    found[:, 0] = front[:, length]
    for place in range(length):
        found[:, place + 1] = front[:, place] * powers[length - 1 - place] + back[:, place + 1]
    ordered = np.sort(units, axis=1)
    whole = np.zeros(len(units), np.uint32)
    for place in range(length):
        whole = whole * np.uint32(BASE) + ordered[:, place]
    found[:, -1] = whole + np.uint32(SORTED)
    for shift, factor in _SPREAD:
        found ^= found >> np.uint32(shift)
        found *= np.uint32(factor)
    return found


def _kept(names: Numbers) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """For each row number up to the last whether it stands for its name.

    ``names`` are rows with two hashes and whether they are of the severe list.
    """
    kept = np.zeros(int(names[:, 0].max()) + 1, np.bool_)
    alike = names[:, 1].astype(np.uint64) << np.uint64(32) | names[:, 2].astype(np.uint64)
    order = np.lexsort((names[:, 0], names[:, 3], alike))
    last = np.ones(len(order), np.bool_)
    last[:-1] = alike[order][1:] != alike[order][:-1]
    kept[names[order[last], 0]] = True
    return kept


def _block(entries: np.ndarray[tuple[int], np.dtype[np.uint64]]) -> bytes:
    columns = [(entries >> np.uint64(shift)).astype(np.uint8).tobytes() for shift in (32, 24, 16, 8, 0)]
    return pack(len(entries).to_bytes(2, "little") + b"".join(columns))
