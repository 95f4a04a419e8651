"""Files squeezed ahead of time, for servers that hand them out as they are (nginx: gzip_static, brotli_static)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final
import zlib

import brotli  # type: ignore[import-untyped]  # ships no types

WORTH: Final = (".html", ".css", ".js", ".mjs", ".json", ".xml", ".txt", ".svg", ".csv", ".jsonl")
"""What becomes much smaller; pictures, workbooks and the blocks of the search are squeezed already."""

_GZIP: Final = 16 + zlib.MAX_WBITS


def worth(path: str) -> bool:
    """Whether a file is to be squeezed."""
    return path.endswith(WORTH)


def _gz(chunks: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(6, zlib.DEFLATED, _GZIP)
    for chunk in chunks:
        yield packer.compress(chunk)
    yield packer.flush()


def _br(chunks: Iterable[bytes]) -> Iterator[bytes]:
    packer = brotli.Compressor(mode=brotli.MODE_TEXT, quality=5)
    for chunk in chunks:
        yield packer.process(chunk)
    yield packer.finish()


EXTENSIONS: Final[dict[str, Callable[[Iterable[bytes]], Iterator[bytes]]]] = {".gz": _gz, ".br": _br}
"""What is put behind the name of a file, and how its chunks are squeezed: the same bytes each time, no time in them."""
