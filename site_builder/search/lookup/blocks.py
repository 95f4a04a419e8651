"""The blocks the index is made of: gzip bytes under a name made from them, and number columns as byte planes."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
import hashlib
import operator
import sys
from typing import TypeAlias
import zlib

import msgspec

Out: TypeAlias = Callable[[str, bytes], None]
"""Takes a path relative to ``search/lookup/`` and the file's bytes."""

MANIFEST = "index.json"
"""The one file whose name does not change; its size does not depend on the site's."""

NAME_LENGTH = 16
"""Hexadecimal digits of SHA-256 in a block's name."""

_LEVEL = 6
_QUICK_LEVEL = 3
_GZIP = 31
_SYSTEM_BYTE = 9


def pack(data: bytes, *, quick: bool = False) -> bytes:
    """The bytes as one gzip member that tells neither time nor machine; ``quick`` for columns, which gain little."""
    packed = bytearray(zlib.compress(data, _QUICK_LEVEL if quick else _LEVEL, _GZIP))
    packed[_SYSTEM_BYTE] = 255
    return bytes(packed)


def unpack(data: bytes) -> bytes:
    """What ``pack`` was given."""
    return zlib.decompress(data, _GZIP)


def name_of(data: bytes) -> str:
    """The content name: the first hexadecimal digits of SHA-256."""
    return hashlib.sha256(data).hexdigest()[:NAME_LENGTH]


def write_block(folder: str, data: bytes, out: Out, *, quick: bool = False) -> str:
    """Write ``<folder>/<name>.bin``; returns the name."""
    packed = pack(data, quick=quick)
    name = name_of(packed)
    out(f"{folder}/{name}.bin", packed)
    return name


def write_json(folder: str, value: object, out: Out) -> str:
    """A block that holds JSON; returns its name."""
    return write_block(folder, msgspec.json.encode(value), out)


def from_little_endian(words: bytes | bytearray) -> bytes:
    """Little-endian 32-bit words as this machine has them; the way back is the same."""
    if sys.byteorder == "little":
        return bytes(words)
    column = array("I", bytes(words))
    column.byteswap()
    return column.tobytes()


def words_of(numbers: Sequence[int]) -> bytes:
    """Numbers below 2**32 as little-endian 32-bit words, on any machine."""
    return from_little_endian(array("I", numbers).tobytes())


def planes(numbers: Sequence[int], width: int) -> bytes:
    """The lowest bytes of all numbers, then their second bytes, … ``width`` planes in all."""
    words = words_of(numbers)
    return b"".join(words[plane::4] for plane in range(width))


def from_planes(data: bytes, count: int, width: int) -> array[int]:
    """The numbers ``planes`` was given."""
    words = bytearray(4 * count)
    for plane in range(width):
        words[plane::4] = data[plane * count : (plane + 1) * count]
    return array("I", from_little_endian(words))


def gaps(ascending: Sequence[int]) -> list[int]:
    """The first number, then each one's distance from the one before."""
    return [*ascending[:1], *map(operator.sub, ascending[1:], ascending)]
