"""Rows for download: CSV safe against formulas, and JSON lines.

Parts are made shard by shard and put one after another; a part has no header.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
import csv
import datetime as dt
from functools import cache
from itertools import repeat
import re
from typing import Final

import msgspec

from site_builder.outputs.columns import Cell, each_cell
from site_builder.outputs.formats.xlsx import LIST_SEPARATOR
from site_builder.public.columns import Column

BOM: Final = "\ufeff"
EXTENSIONS: Final = ("csv", "jsonl", "xlsx")
"""What every kind comes in, and the audit holds against the records."""

WHOLE: Final = (*EXTENSIONS, "parquet")
"""Every file of a whole kind."""

BY_YEAR: Final = ("csv", "jsonl")
"""What a kind comes in year by year: the formats that are read line by line (docs/decisions/0008-open-data.md)."""

PLAIN: Final = ("csv", "jsonl")
"""What the tables of measures come in."""

_FORMULA: Final = frozenset("=+-@\t\r'")
"""What a spreadsheet may take for a formula, and the quote that guards against it."""

_NUMBER: Final = re.compile(r"[+-][0-9]+(?:\.[0-9]+)?")
"""A signed number is no formula."""


def csv_header(columns: Sequence[Column]) -> bytes:
    """The byte order mark and the header row."""
    return (BOM + ",".join(column.name for column in columns) + "\r\n").encode()


def csv_lines(rows: Iterable[Sequence[Cell]]) -> list[bytes]:
    """Each row as CSV (RFC 4180). What starts like a formula, or with ``'``, gets a leading ``'``; numbers do not."""
    out = _Lines()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows(each_cell(rows, repeat(_csv_cell)))
    return out.lines


class _Lines:
    """Takes what the CSV writer writes: one row at a time."""

    def __init__(self) -> None:
        self.lines: list[bytes] = []

    def write(self, line: str) -> None:
        """Keep a row."""
        self.lines.append(line.encode())


def _csv_cell(value: Cell) -> str:
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


def jsonl_lines(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> list[bytes]:
    """Each row as one JSON object and a line feed, every column named; absent values are null."""
    encode = msgspec.json.Encoder().encode
    named = _named(tuple(column.name for column in columns))
    return [encode(named(*row)) + b"\n" for row in rows]


@cache
def _named(names: tuple[str, ...]) -> type[msgspec.Struct]:
    """A structure of these fields, in this order."""
    return msgspec.defstruct("Row", names, frozen=True, gc=False)
