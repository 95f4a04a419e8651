"""The SQLite download: one file of all kinds, indexed, as Datasette and any SQLite tool opens it.

Days are text ``YYYY-MM-DD``, booleans 0 or 1, lists JSON arrays of text, what is absent NULL. Rows go in once and in
order, so that the same rows give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
import datetime as dt
import errno
from itertools import repeat
import os
from pathlib import Path
import sqlite3
from typing import Final

import msgspec

from site_builder.attempts import new_file
from site_builder.kinds.shown import SHOWN
from site_builder.outputs.columns import COLUMNS, Cell, each_cell
from site_builder.outputs.formats.format import MEASURE_ENTRIES, MEASURE_LINKS, Format, RowSet, UnreadableError
from site_builder.public.columns import ShownColumn
from site_builder.vocabulary import ALWAYS, Kind

Stored = str | int | None

TABLES: Final[dict[str, tuple[ShownColumn, ...]]] = {
    **{kind.value.replace("-", "_"): columns for kind, columns in COLUMNS.items()},
    **{table.name.replace("-", "_"): table.columns for table in (MEASURE_LINKS, MEASURE_ENTRIES)},
}
"""Every table with its columns."""


def tables_of(kinds: Sequence[Kind]) -> dict[str, tuple[ShownColumn, ...]]:
    """The tables of a site that shows these kinds."""
    hidden = {name_of(kind) for kind in Kind if kind not in kinds}
    return {table: columns for table, columns in TABLES.items() if table not in hidden}


INDEXED: Final = {
    "measure_links": ("measure_id", "basis_url", "implementing_body", "clause"),
    "measure_entries": ("measure_id", "entry_id"),
    **{kind.value.replace("-", "_"): shown.looked_up for kind, shown in SHOWN.items()},
}
"""The columns that have an index: what people look up, group by and filter by."""

_KEY: Final = "id"
_PAGE: Final = 4096
_WRITER: Final = slice(92, 100)
"""Where a database tells the version of the library that wrote it (SQLite file format, 1.3)."""

_WRITTEN_BY: Final = (1).to_bytes(4, "big") + (3_040_001).to_bytes(4, "big")
_encode: Final = msgspec.json.Encoder().encode


def name_of(table: str) -> str:
    """What the database calls a table, or a kind's."""
    return table.replace("-", "_")


def stored(rows: Iterable[Sequence[Cell]]) -> list[tuple[Stored, ...]]:
    """Rows as the database holds them."""
    return list(each_cell(rows, repeat(_stored)))


def _stored(value: Cell) -> Stored:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return _encode(value).decode()


@contextmanager
def writing(path: Path, kinds: Sequence[Kind] = ALWAYS) -> Iterator[sqlite3.Connection]:
    """A new database to be ``fill``ed, finished at the end. Raises ``OSError`` for what the disk does not take."""
    try:
        base = create(path, kinds)
        try:
            yield base
            finish(base, path, kinds)
        finally:
            base.close()
    except sqlite3.OperationalError as error:
        code = errno.ENOSPC if error.sqlite_errorcode == sqlite3.SQLITE_FULL else errno.EIO
        raise OSError(code, os.strerror(code), str(path)) from None


def create(path: Path, kinds: Sequence[Kind] = ALWAYS) -> sqlite3.Connection:
    """A new database with its tables, to be filled with ``fill`` and ended with ``finish``."""
    base = sqlite3.connect(path, isolation_level=None)
    base.execute(f"PRAGMA page_size = {_PAGE}")
    base.execute("PRAGMA journal_mode = OFF")
    base.execute("PRAGMA synchronous = OFF")
    base.execute("BEGIN")
    for table, columns in tables_of(kinds).items():
        base.execute(f"CREATE TABLE {table} (\n  {_columns(columns)}\n)")
    return base


def fill(base: sqlite3.Connection, table: RowSet, rows: Iterable[Sequence[Stored]]) -> None:
    """Put rows into a table, in their order."""
    marks = ", ".join("?" for _ in table.columns)
    base.executemany(f"INSERT INTO {name_of(table.name)} VALUES ({marks})", rows)  # noqa: S608  # our own names


def finish(base: sqlite3.Connection, path: Path, kinds: Sequence[Kind] = ALWAYS) -> None:
    """Make the indexes, close the database, and take out what tells the library's version."""
    for table in tables_of(kinds):
        for name in INDEXED[table]:
            base.execute(f"CREATE INDEX {table}_{name} ON {table} ({name})")
    base.execute("COMMIT")
    base.close()
    with path.open("r+b") as file:
        file.seek(_WRITER.start)
        file.write(_WRITTEN_BY)


def _columns(columns: Sequence[ShownColumn]) -> str:
    return ",\n  ".join(_column(column) for column in columns)


def _column(column: ShownColumn) -> str:
    parts = [column.name, "INTEGER" if column.type in {"boolean", "integer"} else "TEXT"]
    if column.name == _KEY:
        parts.append("PRIMARY KEY")
    if column.required or column.type in {"boolean", "list"}:
        parts.append("NOT NULL")
    return " ".join(parts)


def part(_: RowSet, rows: Iterable[Sequence[Cell]]) -> list[bytes]:
    """The rows as the database holds them, MessagePack."""
    return [msgspec.msgpack.encode(stored(rows))]


def join(path: Path, tables: Sequence[RowSet]) -> None:
    """Write the database of all tables, their rows in this order."""
    names = {table.name for table in tables}
    with new_file(path) as new, writing(new, [kind for kind in Kind if kind.value in names]) as base:
        for table in tables:
            for one in table.parts:
                fill(base, table, msgspec.msgpack.decode(one))


def read(path: Path, table: RowSet) -> Iterator[tuple[Stored, ...]]:
    """The rows of a table, as the database holds them, in the order they were put in."""
    base = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        yield from base.execute(f"SELECT * FROM {name_of(table.name)} ORDER BY rowid")  # noqa: S608  # our own name
    except sqlite3.Error:
        raise UnreadableError from None
    finally:
        base.close()


FORMAT: Final = Format(
    name="sqlite",
    label="SQLite",
    media="application/vnd.sqlite3",
    part=part,
    join=join,
    read=read,
    together=True,
)
