"""Databases and Parquet files read to the end: every value in them, a line each, and what columns are called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
import io
import sqlite3
from typing import Any, Final

from arro3.io import read_parquet

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
            yield lines_of(schema)
            for name, _, kind in schema:
                if kind == "table":
                    quoted = name.replace('"', '""')
                    rows = base.execute(f'SELECT * FROM "{quoted}"')  # noqa: S608  # quoted
                    while batch := rows.fetchmany(1000):
                        yield lines_of(batch)
        except sqlite3.Error:
            raise UnreadableError from None


def parquet_lines(data: bytes) -> Iterator[bytes]:
    """Every value of every column, and the columns' names. Raises ``UnreadableError``."""
    with parquet.readable():
        reader = read_parquet(io.BytesIO(data))
        yield lines_of([[str(reader.schema)]])
        for batch in reader:
            yield lines_of(column.to_pylist() for column in batch.columns)


def lines_of(rows: Iterable[Iterable[Any]]) -> bytes:
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
