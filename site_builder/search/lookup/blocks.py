"""The blocks the index is made of: gzip bytes under a name made from them."""

from __future__ import annotations

from collections.abc import Callable
import hashlib
from typing import Final, TypeAlias
import zlib

import deflate
import msgspec

Out: TypeAlias = Callable[[str, bytes], None]
"""Takes a path relative to ``search/lookup/`` and the file's bytes."""

MANIFEST = "index.json"
"""The one file whose name does not change; its size does not depend on the site's."""

NAME_LENGTH = 16
"""Hexadecimal digits of SHA-256 in a block's name."""

_LEVEL: Final = 6
_QUICK_LEVEL: Final = 3
_GZIP: Final = 31


def pack(data: bytes, *, quick: bool = False) -> bytes:
    """The bytes as one gzip member that tells neither time nor machine; ``quick`` for columns, which gain little."""
    return bytes(deflate.gzip_compress(data, _QUICK_LEVEL if quick else _LEVEL))


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
