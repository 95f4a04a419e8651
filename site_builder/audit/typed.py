"""Databases, Parquet and PDF files read to the end: every value in them, a line each, and what columns are called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
import contextlib
import io
import sqlite3
from typing import Any, Final

from arro3.io import read_parquet
from pypdf import PdfReader
from pypdf.generic import StreamObject

from site_builder.attachments.pdf import BROKEN
from site_builder.attachments.radicals import usual
from site_builder.outputs.formats import parquet
from site_builder.outputs.formats.format import UnreadableError

SQLITE: Final = b"SQLite format 3\0"
PARQUET: Final = b"PAR1"
PDF: Final = b"%PDF-"


class Flow(io.RawIOBase):
    """Reads pieces of bytes as one stream, so that a large file is never whole in memory as text."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        super().__init__()
        self._pieces = iter(pieces)
        self._left = b""

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: Any, /) -> int:  # noqa: ANN401  # any buffer will do
        """The next bytes."""
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = piece
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size


def sqlite_lines(data: bytes) -> Iterator[bytes]:
    """Every value of every table, and the text of the schema. Raises ``UnreadableError``."""
    with sqlite3.connect(":memory:") as base:
        try:
            base.deserialize(data)
            schema = base.execute("SELECT name, sql, type FROM sqlite_master").fetchall()
            yield _lines(schema)
            for name, _, kind in schema:
                if kind == "table":
                    quoted = name.replace('"', '""')
                    rows = base.execute(f'SELECT * FROM "{quoted}"')  # noqa: S608  # quoted
                    while batch := rows.fetchmany(1000):
                        yield _lines(batch)
        except sqlite3.Error:
            raise UnreadableError from None


def parquet_lines(data: bytes) -> Iterator[bytes]:
    """Every value of every column, and the columns' names. Raises ``UnreadableError``."""
    with parquet.readable():
        reader = read_parquet(io.BytesIO(data))
        yield _lines([[str(reader.schema)]])
        for batch in reader:
            yield _lines(column.to_pylist() for column in batch.columns)


def pdf_lines(data: bytes) -> Iterator[bytes]:
    """The text of every page, and every string of every object. Raises ``UnreadableError``.

    Objects are read whether or not anything leads to them; older revisions of one are not, and so the bytes of the
    file may begin and end but once.
    """
    if data.count(b"%%EOF") != 1 or data.count(b"startxref") != 1:
        raise UnreadableError
    with _readable_pdf():
        texts = [usual(page.extract_text()) for page in PdfReader(io.BytesIO(data)).pages]
        yield "\n".join([*texts, "".join("".join(texts).split()), ""]).encode("utf-8", "replace")
        yield _lines(_strings(one) for one in _objects(data))


def pdf_streams(data: bytes) -> Iterator[bytes]:
    """What is behind the filters of every object but pictures. Raises ``UnreadableError``."""
    with _readable_pdf():
        for one in _objects(data):
            if isinstance(one, StreamObject) and one.get("/Subtype") != "/Image":
                yield one.get_data() + b"\n"


@contextlib.contextmanager
def _readable_pdf() -> Iterator[None]:
    try:
        yield
    except BROKEN:
        raise UnreadableError from None


def _objects(data: bytes) -> Iterator[object]:
    reader = PdfReader(io.BytesIO(data))
    for number in sorted({*reader.xref.get(0, {}), *reader.xref_objStm} - {0}):
        yield reader.get_object(number)


def _strings(one: object) -> Iterator[str]:
    """Every string in an object, but for what it only refers to."""
    if isinstance(one, (str, bytes)):
        yield one if isinstance(one, str) else one.decode("utf-8", "replace")
    elif isinstance(one, dict):
        for key, value in dict.items(one):
            yield str(key)
            yield from _strings(value)
    elif isinstance(one, list):
        for value in list.__iter__(one):
            yield from _strings(value)


def _lines(rows: Iterable[Iterable[Any]]) -> bytes:
    """One value a line; lists as their items."""
    lines: list[str] = []
    for row in rows:
        for value in row:
            if isinstance(value, list):
                lines += map(str, value)
            elif isinstance(value, bytes):
                lines.append(value.decode("utf-8", "replace"))
            elif value is not None:
                lines.append(str(value))
    return "\n".join([*lines, ""]).encode("utf-8", "surrogatepass")
