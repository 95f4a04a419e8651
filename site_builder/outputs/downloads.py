"""Rows for download: CSV safe against formulas, JSON lines, XLSX — and the Data Package that describes them.

Parts are made shard by shard and put one after another; a part has no header.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
import csv
import datetime as dt
import io
from pathlib import Path
import re
from typing import Any, Final

import msgspec
import xlsxwriter

from site_builder.outputs.columns import COLUMNS, Column, Value
from site_builder.vocabulary import LABELS, Kind

BOM: Final = "\ufeff"
LIST_SEPARATOR: Final = "；"
EXTENSIONS: Final = ("csv", "jsonl", "xlsx")

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "'")
"""What a spreadsheet may take for a formula, and the quote that guards against it."""

_NUMBER: Final = re.compile(r"[+-][0-9]+(?:\.[0-9]+)?")
"""A signed number is no formula."""

_SHEET_ROWS: Final = 1_048_575
"""Rows of a sheet below its header."""

_CELL_TEXT: Final = 32_767
"""Characters a spreadsheet cell holds."""


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


def write_xlsx(path: Path, kind: Kind, jsonl: Path, scratch: Path) -> None:
    """The rows of a JSON lines file as a workbook: frozen header, filter, typed dates, no formulas, no links.

    ``scratch`` takes temporary files. A cell cuts text at 32,767 characters, as the format demands; past 1,048,575
    rows a new sheet begins.
    """
    columns = COLUMNS[kind]
    book = xlsxwriter.Workbook(
        str(path),
        {
            "constant_memory": True,
            "tmpdir": str(scratch),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": "yyyy-mm-dd",
        },
    )
    book.set_properties({"title": LABELS[kind], "created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001  # same bytes each time
    head = book.add_format({"bold": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet: Any = None
    at, count = 0, 0
    for line in _lines(jsonl):
        if sheet is None or at >= _SHEET_ROWS:
            _finish(sheet, at, columns)
            count += 1
            sheet, at = _sheet(book, f"{LABELS[kind]}{count if count > 1 else ''}", columns, head), 0
        at += 1
        for place, column in enumerate(columns):
            _write(sheet, at, place, line.get(column.name), column, day)
    if sheet is None:
        sheet = _sheet(book, LABELS[kind], columns, head)
    _finish(sheet, at, columns)
    book.close()


def _lines(jsonl: Path) -> Iterator[dict[str, Any]]:
    decode = msgspec.json.Decoder(dict[str, Any]).decode
    with jsonl.open("rb") as lines:
        for line in lines:
            yield decode(line)


def _sheet(book: Any, name: str, columns: tuple[Column, ...], head: Any) -> Any:  # noqa: ANN401  # untyped library
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(columns) - 1, 18)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.name, head)
    return sheet


def _finish(sheet: Any, rows: int, columns: tuple[Column, ...]) -> None:  # noqa: ANN401  # untyped library
    if sheet is not None:
        sheet.autofilter(0, 0, rows, len(columns) - 1)


def _write(sheet: Any, at: int, place: int, value: Any, column: Column, day: Any) -> None:  # noqa: ANN401
    if value is None or value == []:
        return
    if column.type == "boolean":
        sheet.write_boolean(at, place, value)
    elif column.type == "date" and value >= "1900-03-01":
        sheet.write_datetime(at, place, dt.date.fromisoformat(value), day)
    else:
        text = LIST_SEPARATOR.join(value) if isinstance(value, list) else value
        sheet.write_string(at, place, text[:_CELL_TEXT])
