"""Rows for download: CSV safe against formulas, and JSON lines.

Parts are made shard by shard and put one after another; a part has no header.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
import csv
import datetime as dt
import io
import re
from typing import Final

import msgspec

from site_builder.outputs.columns import COLUMNS, Value
from site_builder.outputs.workbook import LIST_SEPARATOR
from site_builder.vocabulary import Kind

BOM: Final = "\ufeff"
EXTENSIONS: Final = ("csv", "jsonl", "xlsx")

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "'")
"""What a spreadsheet may take for a formula, and the quote that guards against it."""

_NUMBER: Final = re.compile(r"[+-][0-9]+(?:\.[0-9]+)?")
"""A signed number is no formula."""


def csv_header(kind: Kind) -> bytes:
    """The byte order mark and the header row."""
    return (BOM + ",".join(column.name for column in COLUMNS[kind]) + "\r\n").encode()


def csv_part(rows: Iterable[Sequence[Value]]) -> bytes:
    """Rows as CSV (RFC 4180). What starts like a formula, or with ``'``, gets a leading ``'``; numbers do not."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([_csv_cell(value) for value in row] for row in rows)
    return out.getvalue().encode()


def _csv_cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _guarded(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date):
        return value.isoformat()
    return _guarded(LIST_SEPARATOR.join(value))


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text


def unguard(cell: str) -> str:
    """A CSV cell as it was before the leading ``'`` was put in."""
    return cell.removeprefix("'")


def jsonl_part(kind: Kind, rows: Iterable[Sequence[Value]]) -> bytes:
    """Rows as one JSON object a line, every column named; absent values are null."""
    names = [column.name for column in COLUMNS[kind]]
    encode = msgspec.json.Encoder().encode
    return b"".join(encode(dict(zip(names, row, strict=True))) + b"\n" for row in rows)
