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

from site_builder.kinds.shown import SHOWN
from site_builder.outputs.columns import COLUMNS, Cell, each_cell
from site_builder.outputs.measure_links import CITING, LINKS
from site_builder.public.columns import Column
from site_builder.vocabulary import ALWAYS, Kind

Stored = str | int | None

TABLES: Final[dict[str, tuple[Column, ...]]] = {
    **{kind.value.replace("-", "_"): columns for kind, columns in COLUMNS.items()},
    "measure_links": LINKS,
    "measure_entries": CITING,
}
"""Every table with its columns."""


def tables_of(kinds: Sequence[Kind]) -> dict[str, tuple[Column, ...]]:
    """The tables of a site that shows these kinds."""
    hidden = {table_of(kind) for kind in Kind if kind not in kinds}
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


def table_of(kind: Kind) -> str:
    """The table of a kind."""
    return kind.value.replace("-", "_")


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
    base = create(path, kinds)
    try:
        yield base
        finish(base, path, kinds)
    except sqlite3.OperationalError as error:
        code = errno.ENOSPC if error.sqlite_errorcode == sqlite3.SQLITE_FULL else errno.EIO
        raise OSError(code, os.strerror(code), str(path)) from None
    finally:
        base.close()


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


def fill(base: sqlite3.Connection, table: str, rows: Iterable[Sequence[Stored]]) -> None:
    """Put rows into a table, in their order."""
    marks = ", ".join("?" for _ in TABLES[table])
    base.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608  # our own names


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


def _columns(columns: Sequence[Column]) -> str:
    return ",\n  ".join(_column(column) for column in columns)


def _column(column: Column) -> str:
    parts = [column.name, "INTEGER" if column.type in {"boolean", "integer"} else "TEXT"]
    if column.name == _KEY:
        parts.append("PRIMARY KEY")
    if column.required or column.type in {"boolean", "list"}:
        parts.append("NOT NULL")
    return " ".join(parts)
