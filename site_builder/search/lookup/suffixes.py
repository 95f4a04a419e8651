"""Every place a query may start at, sorted by what stands there.

The sort goes over buckets of places that start alike, so that it never holds more than one. A bucket is sorted by its
first few units, packed into one number; what agrees in them, and has not ended, by the next few, and so on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from site_builder.search.lookup.units import WIDTH, Bytes, Numbers, Places, Text

Packed: TypeAlias = NDArray[np.uint64]

Order: TypeAlias = NDArray[np.intp]

SAME: Final = 255
"""Stands for the units an entry shares with the one before where both end alike."""

BUCKET: Final = 1 << 19
"""Places of a bucket, unless more than that start with one unit."""

MOST_BUCKETS: Final = 32
"""Every bucket costs a look at every place, so a large index has larger ones."""

_BITS: Final = 64


@dataclass(frozen=True, slots=True)
class Bucket:
    """Sorted places, equal ones by row, and what is known of each.

    ``shared[i]`` is how many units entry i has in common with entry i - 1, at most ``WIDTH``, or ``SAME``; the first
    entry's is 0. ``rows``, ``flags`` and ``lengths`` are ``Text.owners``'.
    """

    text: Text
    places: Places
    shared: Bytes
    rows: Numbers
    flags: Bytes
    lengths: Bytes


def buckets(text: Text) -> Iterator[Bucket]:
    """All entries in order."""
    bits = max(1, int(len(text.alphabet) - 1).bit_length())
    sums = np.concatenate([[0], np.cumsum(text.counts)])
    size = max(BUCKET, int(sums[-1]) // MOST_BUCKETS)
    first = 1
    while first < len(text.alphabet):
        last = max(first + 1, int(np.searchsorted(sums, sums[first] + size, "right")) - 1)
        if sums[last] > sums[first]:
            places = text.starting(first, last)
            rows, flags, lengths = text.owners(places)
            order, shared = _sorted(text.ranks, places, bits)
            yield Bucket(text, places[order], shared, rows[order], flags[order], lengths[order])
        first = last


def _packed(ranks: NDArray[np.uint16], places: Places, units: int, bits: int) -> Packed:
    """The next units at each place as one number, 0 from the end of the key on."""
    unit = ranks[places]
    packed = unit.astype(np.uint64)
    for ahead in range(1, units):
        going = unit != 0
        unit = ranks[places + ahead]
        unit *= going
        packed <<= np.uint64(bits)
        packed |= unit
    return packed


def _agreeing(differences: Packed, units: int, bits: int) -> Bytes:
    """How many of the leading units two numbers share, from their exclusive or."""
    count = np.zeros(len(differences), np.uint8)
    for left in range(units):
        count += differences >> np.uint64(bits * left) == 0
    return count


def _sorted(ranks: NDArray[np.uint16], places: Places, bits: int) -> tuple[Order, Bytes]:
    """The order of ascending places, and what each shares with the one before."""
    units = min(_BITS // bits, WIDTH)
    last = np.uint64((1 << bits) - 1)
    packed = _packed(ranks, places, units, bits)
    order = np.argsort(packed)
    packed = packed[order]
    shared = np.zeros(len(places), np.uint8)
    shared[1:] = _agreeing(packed[1:] ^ packed[:-1], units, bits)
    tied = shared == units
    tied[:1] = False
    going = packed & last != 0
    depth = units
    while depth < WIDTH:
        active = np.flatnonzero(_members(tied) & going)
        if not len(active):
            break
        again = tied[active]
        packed = np.cumsum(~again, dtype=np.uint64)
        units = min((_BITS - int(packed[-1]).bit_length()) // bits, WIDTH - depth)
        packed <<= np.uint64(units * bits)
        packed |= _packed(ranks, places[order[active]] + np.int32(depth), units, bits)
        inner = np.argsort(packed)
        order[active] = order[active[inner]]
        packed = packed[inner]
        going[active] = packed & last != 0
        agreeing = _agreeing(packed[1:] ^ packed[:-1], units, bits)[again[1:]]
        active = active[again]
        shared[active] = depth + agreeing
        tied[active] = agreeing == units
        depth += units
    shared[tied] = np.where(going[tied], WIDTH, SAME)
    _by_place(order, tied)
    return order, shared


def _members(tied: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What is tied to its neighbour on either side."""
    members = tied.copy()
    members[:-1] |= tied[1:]
    return members


def _by_place(order: Order, tied: NDArray[np.bool_]) -> None:
    """Put those that agree in the order of their places."""
    active = np.flatnonzero(_members(tied))
    packed = np.cumsum(~tied[active], dtype=np.uint64) << np.uint64(_BITS // 2)
    packed |= order[active].astype(np.uint64)
    packed.sort()
    order[active] = (packed & np.uint64((1 << _BITS // 2) - 1)).astype(np.intp)
