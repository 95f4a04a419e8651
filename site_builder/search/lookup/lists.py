"""Lists of row numbers, and which of the rows begin with what is listed, equal it, or are only said to have it.

``<u32 rows in the list> <u32 rows of the index> <u8 parts>``, then the numbers: where they are more than an eighth of
all, one bit a row of the index, else the gaps between them in three byte planes. Then one bit a row in the list for
each part there is: 1, the row begins with it; 2, the row is equal to it; 4, the row is by an authority or on a list
called so. The lowest bit comes first.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from site_builder.search.lookup.units import Numbers

BEGINS, EQUALS, TOLD = 1, 2, 4
"""The parts."""

DENSE: Final = 8
"""A list of more than one in so many rows is written as bits."""

_PLANES: Final = 3
_NONE: Final[Numbers] = np.zeros(0, np.uint32)


def _bits(flags: NDArray[np.bool_]) -> bytes:
    return np.packbits(flags, bitorder="little").tobytes()


def _as_bits(rows: Numbers, total: int) -> bytes:
    flags = np.zeros(total, np.bool_)
    flags[rows] = True
    return _bits(flags)


def _as_gaps(rows: Numbers) -> bytes:
    gaps = np.diff(rows, prepend=rows.dtype.type(0))
    return b"".join((gaps >> np.uint32(8 * plane)).astype(np.uint8).tobytes() for plane in range(_PLANES))


def among(rows: Numbers, some: Numbers) -> NDArray[np.bool_]:
    """For each of the ascending rows whether it is one of ``some`` of them."""
    flags = np.zeros(len(rows), np.bool_)
    flags[np.searchsorted(rows, some)] = True
    return flags


def encode_list(
    rows: Numbers, total: int, begins: Numbers = _NONE, equals: Numbers = _NONE, told: Numbers = _NONE
) -> bytes:
    """A list of ascending ``rows`` among ``total``, of which some begin, equal or are told."""
    parts = (BEGINS if len(begins) else 0) | (EQUALS if len(equals) else 0) | (TOLD if len(told) else 0)
    head = len(rows).to_bytes(4, "little") + total.to_bytes(4, "little") + bytes([parts])
    numbers = _as_bits(rows, total) if len(rows) * DENSE > total else _as_gaps(rows)
    return b"".join([head, numbers, *(_bits(among(rows, some)) for some in (begins, equals, told) if len(some))])
