"""A file's bytes, decoded to the end: compressed, packed, in another character set, or plain.

What is inside texts (entities, escapes, base64) is ``unfold``'s.
"""

from __future__ import annotations

from collections.abc import Iterator
import importlib
import io
from pathlib import Path
import re
from typing import Final
import zipfile
import zlib

import msgspec

from site_builder.audit import typed
from site_builder.outputs.formats.format import UnreadableError

MARKER: Final = b"pagefind_dcd"
"""What Pagefind puts before its JSON once unpacked."""

STREAMS: Final = "pdf-streams"
"""What a PDF draws with: its numbers are places on a page, and no number of anybody's."""

DEPTH: Final = 4
"""Containers within containers that are opened."""

CHUNK: Final = 4 << 20
"""Bytes read at once of what is long; cut where a line, a row or at least a tag ends."""

_OFFICE: Final = ("word/", "xl/sharedStrings")
"""The parts of office files in which one word may be cut into several elements."""

_GZIP: Final = b"\x1f\x8b"
_PLAIN_GZIP: Final = b"\x1f\x8b\x08\0\0\0\0\0\0\x03"
"""How what is squeezed ahead of time begins: no name, no comment, no time."""

_ZIP: Final = b"PK\x03\x04"
_GZIP_WINDOW: Final = 31
_LONGEST: Final = 1 << 31
_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_CUTS: Final = (b"\n", b"</row>", b">", b" ")


class UndecodableError(Exception):
    """Bytes that say they are packed and cannot be unpacked, or are packed deeper than ``DEPTH``."""


class Reading(msgspec.Struct, frozen=True):
    """Bytes to be searched and how they were reached; ``packed`` ones are what something else was unpacked from."""

    how: str
    data: bytes
    packed: bool = False


def readings(name: str, data: bytes, how: str = "", depth: int = DEPTH) -> Iterator[Reading]:
    """The bytes themselves and everything inside them. Raises ``UndecodableError``."""
    inside = _opened(name, data, depth)
    if inside is None:
        for chunk in chunks(io.BytesIO(data)):
            yield Reading(how, chunk)
        for charset, text in _other_charsets(data):
            yield Reading(_via(how, charset), text)
        return
    if not data.startswith(typed.SQLITE):  # its cells touch, so that two values may look like a third
        yield Reading(how, data, packed=True)
    if depth == 0:
        raise UndecodableError
    try:
        for kind, member, stream in inside:
            for chunk in chunks(stream):
                if kind == STREAMS:
                    yield Reading(_via(how, kind), chunk, packed=True)
                    continue
                yield from readings(member, chunk, _via(how, kind), depth - 1)
    except (zlib.error, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, UnreadableError):
        raise UndecodableError from None


def is_packed(name: str, data: bytes) -> bool:
    """Whether the bytes are to be unpacked before they can be read."""
    return _opened(name, data, 0) is not None


def is_bare(name: str, data: bytes) -> bool:
    """Whether packed bytes hold nothing beside what is packed: gzip has room for a name and a comment, and members."""
    if not name.endswith(".gz"):
        return True
    if not data.startswith(_PLAIN_GZIP):
        return False
    unpacking = zlib.decompressobj(_GZIP_WINDOW)
    try:
        while data and not unpacking.eof:
            unpacking.decompress(data, CHUNK)
            data = unpacking.unconsumed_tail
    except zlib.error:
        return False
    return unpacking.eof and not unpacking.unused_data


def packs(original: Path, name: str, data: bytes) -> bool:
    """Whether compressed bytes are those of a file."""
    try:
        inside = b"".join(one.data for one in readings(name, data) if not one.packed)
    except UndecodableError:
        return False
    return inside == original.read_bytes()


Opened = Iterator[tuple[str, str, io.BufferedIOBase]]


def _opened(name: str, data: bytes, _depth: int) -> Opened | None:
    """What to unpack, as (kind, name inside, bytes to read), or None where the bytes are plain."""
    if data.startswith(_GZIP):
        return iter([("gzip", name.removesuffix(".gz"), _Lazy(_inflate, data))])
    if data.startswith(MARKER):
        return iter([("pagefind", name, io.BytesIO(data[len(MARKER) :]))])
    if data.startswith(_ZIP):
        return _members(data)
    if data.startswith(typed.SQLITE):
        return iter([("sqlite", "", _buffered(typed.sqlite_lines(data)))])
    if data.startswith(typed.PARQUET) and data.endswith(typed.PARQUET):
        return iter([("parquet", "", _buffered(typed.parquet_lines(data)))])
    if data.startswith(typed.PDF) or name.endswith(".pdf"):
        from site_builder.audit import pdf  # noqa: PLC0415  # its library takes long to come, and few sites have any

        return iter([("pdf", "", _buffered(pdf.text_lines(data))), (STREAMS, "", _buffered(pdf.streams(data)))])
    if name.startswith(_OFFICE) and name.endswith(".xml"):
        return iter([("text", "", io.BytesIO(_paragraphs(data))), ("xml", "", io.BytesIO(data))])
    if name.endswith(".br"):
        return iter([("br", name.removesuffix(".br"), _Lazy(_brotli, data))])
    return None


def _paragraphs(part: bytes) -> bytes:
    """The text of a part without its tags, a line a paragraph or string."""
    return re.sub(rb"<[^<>]*>", b"", re.sub(rb"</(?:\w+:)?(?:p|si)>", b"\n", part))


def _buffered(pieces: Iterator[bytes]) -> io.BufferedReader:
    return io.BufferedReader(typed.Flow(pieces))


class _Lazy(io.BytesIO):
    """Unpacks when first read, so that a fault shows where it is caught."""

    def __init__(self, unpack: object, data: bytes) -> None:
        super().__init__()
        self._unpack = unpack
        self._data: bytes | None = data

    def read(self, size: int | None = -1, /) -> bytes:
        """So many bytes of what is inside."""
        if self._data is not None and callable(self._unpack):
            data, self._data = self._data, None
            super().write(self._unpack(data))
            super().seek(0)
        return super().read(size)


def _inflate(data: bytes) -> bytes:
    """Every member of a gzip file, and what stands behind the last."""
    out: list[bytes] = []
    total = 0
    while data.startswith(_GZIP):
        member = zlib.decompressobj(_GZIP_WINDOW)
        out.append(member.decompress(data, _LONGEST - total))
        total += len(out[-1])
        if not member.eof:
            raise UndecodableError
        data = member.unused_data
    return b"".join([*out, data])


def _brotli(data: bytes) -> bytes:
    """What is inside; where the library is not at hand nothing vouches for the file."""
    try:
        library = importlib.import_module("brotli")
    except ImportError:
        raise UndecodableError from None
    try:
        inside: bytes = library.decompress(data)
    except library.error:
        raise UndecodableError from None
    return inside


def _members(data: bytes) -> Opened:
    """Every member of a zip, its name and comment, and the zip's own comment."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [
            archive.comment,
            *(part for one in archive.infolist() for part in (one.filename.encode(), one.comment)),
        ]
        yield "zip", "", io.BytesIO(b"\n".join(names))
        for member in archive.infolist():
            if not member.is_dir():
                with archive.open(member) as stream:
                    yield "zip", member.filename, stream  # type: ignore[misc]  # ZipExtFile reads bytes


def chunks(stream: io.BufferedIOBase) -> Iterator[bytes]:
    """The stream in pieces of about ``CHUNK`` bytes that cut no line (or row, or tag) in two."""
    left = b""
    while piece := stream.read(CHUNK):
        whole = left + piece
        if len(piece) < CHUNK:
            left = whole
            continue
        cut = max((whole.rfind(mark) + len(mark) for mark in _CUTS[:2] if mark in whole), default=0)
        cut = cut or max((whole.rfind(mark) + len(mark) for mark in _CUTS[2:] if mark in whole), default=0)
        yield whole[: cut or len(whole)]
        left = whole[cut or len(whole) :]
    yield left


def _other_charsets(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The text as UTF-8, where the bytes are text of another character set."""
    if data.startswith(_MARKS):
        yield "utf-16", data.decode("utf-16", "replace").encode("utf-8", "replace")
        return
    if b"\0" in data[:CHUNK]:
        for charset in ("utf-16-le", "utf-16-be"):
            text = _strictly(data[: len(data) // 2 * 2], charset)
            if text is not None:
                yield charset, text
    elif not is_utf8(data):
        text = _strictly(data, "gb18030")
        if text is not None:
            yield "gb18030", text


def is_utf8(data: bytes) -> bool:
    """Whether the bytes are text of UTF-8."""
    return _strictly(data, "utf-8") is not None


def _strictly(data: bytes, charset: str) -> bytes | None:
    try:
        return data.decode(charset).encode()
    except UnicodeError:
        return None


def _via(how: str, step: str) -> str:
    return f"{how}+{step}" if how else step
