"""Lists of row numbers, and which of the rows begin with what is listed or equal it.

``<u32 rows in the list> <u32 rows of the index> <u8 parts>``, then the numbers: where they are more than an eighth of
all, one bit a row of the index, else the gaps between them in three byte planes. Then one bit a row in the list for
each part there is: 1, the row begins with it; 2, the row is equal to it. The lowest bit comes first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
import itertools

from site_builder.search.lookup.blocks import gaps, planes, words_of

BEGINS, EQUALS = 1, 2
"""The parts."""

DENSE = 8
"""A list of more than one in so many rows is written as bits."""

_ZERO, _ONE = b"01"
_DIGITS = bytes([_ZERO, *[_ONE] * 255])


def pack_bits(flags: bytes | bytearray) -> bytes:
    """One bit for each byte, set where it is not 0."""
    if not flags:
        return b""
    return int(bytes(flags[::-1]).translate(_DIGITS), 2).to_bytes((len(flags) + 7) // 8, "little")


def _as_bits(rows: Sequence[int], total: int) -> bytes:
    flags = bytearray(total)
    deque(map(flags.__setitem__, rows, itertools.repeat(1)), maxlen=0)
    return pack_bits(flags)


def encode_list(rows: Sequence[int], total: int, begins: Sequence[int] = (), equals: Sequence[int] = ()) -> bytes:
    """A list of ascending ``rows`` among ``total``; ``begins`` are among the rows, ``equals`` among those."""
    parts = (BEGINS if begins else 0) | (EQUALS if equals else 0)
    numbers = _as_bits(rows, total) if len(rows) * DENSE > total else planes(gaps(rows), 3)
    marks = [pack_bits(bytes(map(set(some).__contains__, rows))) for some in (begins, equals) if some]
    return b"".join([words_of([len(rows), total]), bytes([parts]), numbers, *marks])
