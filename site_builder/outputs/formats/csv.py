"""CSV (RFC 4180), safe against formulas: UTF-8 with a byte order mark, CRLF, lists joined by ``；``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
import csv
import datetime as dt
from itertools import repeat
from pathlib import Path
import re
from typing import Final

from site_builder.outputs.columns import Cell, each_cell
from site_builder.outputs.formats.format import LIST_SEPARATOR, Format, RowSet, UnreadableError, readable, write

BOM: Final = "\ufeff"
_LARGEST_FIELD: Final = 1 << 30

_FORMULA: Final = frozenset("=+-@\t\r'")
"""What a spreadsheet may take for a formula, and the quote that guards against it."""

_NUMBER: Final = re.compile(r"[+-][0-9]+(?:\.[0-9]+)?")
"""A signed number is no formula."""


def part(_: RowSet, rows: Iterable[Sequence[Cell]]) -> list[bytes]:
    """Each row as CSV (RFC 4180). What starts like a formula, or with ``'``, gets a leading ``'``; numbers do not."""
    out = _Lines()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows(each_cell(rows, repeat(_cell)))
    return out.lines


def csv_of(rows: Sequence[Sequence[str]]) -> bytes:
    """A small table of texts, its head first, as a whole file."""
    out = _Lines()
    csv.writer(out, lineterminator="\r\n").writerows([_cell(text) for text in row] for row in rows)
    return BOM.encode() + b"".join(out.lines)


class _Lines:
    """Takes what the CSV writer writes: one row at a time."""

    def __init__(self) -> None:
        self.lines: list[bytes] = []

    def write(self, line: str) -> None:
        """Keep a row."""
        self.lines.append(line.encode())


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _guarded(value) if value[:1] in _FORMULA else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, int):
        return str(value)
    return _guarded(LIST_SEPARATOR.join(value))


def _guarded(text: str) -> str:
    return f"'{text}" if text[:1] in _FORMULA and not _NUMBER.fullmatch(text) else text


def unguard(cell: str) -> str:
    """A CSV cell as it was before the leading ``'`` was put in."""
    return cell.removeprefix("'")


def join(path: Path, tables: Sequence[RowSet]) -> None:
    """The byte order mark, the header row, and the rows."""
    (table,) = tables
    write(path, (BOM + ",".join(table.names) + "\r\n").encode(), table.parts)


def read(path: Path, table: RowSet) -> Iterator[list[str]]:
    """The cells of each row, as text and with their guards."""
    csv.field_size_limit(_LARGEST_FIELD)
    with readable(csv.Error, UnicodeError), path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, strict=True)
        if next(reader, None) != table.names:
            raise UnreadableError
        yield from reader


FORMAT: Final = Format(
    name="csv", label="CSV", media="text/csv", part=part, join=join, read=read, text=True, schema=True, by_line=True
)
