"""The XLSX downloads, for people: a library makes the book around the rows, the rows are written here.

Headings are Chinese; machine words, flags and regions are told in words; the last sheet says what the columns mean.

A row is written once, in its shard, with ``MARK`` where its number goes; joining the shards puts the numbers in. Text
is always text (``inlineStr``): no formula, no link, no number out of a code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
import datetime as dt
import io
from itertools import chain, islice
from pathlib import Path
import re
from typing import Any, Final
import zipfile

import python_calamine
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from site_builder.attempts import new_file
from site_builder.outputs.columns import Cell, each_cell, heading
from site_builder.outputs.formats.format import CUT, LIST_SEPARATOR, Format, RowSet, UnreadableError, readable
from site_builder.pages.surroundings import OTHER_REGION
from site_builder.public.columns import ShownColumn
from site_builder.public.view import REGION
from site_builder.vocabulary import LABELS

LEGEND: Final = "字段说明"
"""The last sheet: what each column means, and what it is called in the other formats."""

LEGEND_HEAD: Final = ("列名", "含义", "CSV、JSON Lines 等里的列名")

YES, NO = "是", "否"
WIDTHS: Final = {"date": 12, "boolean": 10, "list": 36}
"""The columns' widths by type, in characters; others have ``WIDTH``."""

WIDTH: Final = 22

SHEET_ROWS: Final = 1_048_575
"""Rows of a sheet below its header."""

CELL_TEXT: Final = 32_767
"""UTF-16 units a cell holds."""

MARK: Final = b"\x00"
"""Stands for the row's number; no other control character but tab and line feed is ever in a row."""

END: Final = b"\x01"
"""Ends each row of a part."""

_SPECIAL: Final = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_WORDS: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_FIRST_DAY: Final = dt.date(1900, 3, 1)
"""The first day that all spreadsheets count alike; an earlier one is written as text."""

_ORIGIN: Final = dt.date(1899, 12, 30).toordinal()
_DAY_STYLE: Final = 2
"""Number of the date style: the second format the book is given (0 is the plain cell)."""


def part(table: RowSet, rows: Iterable[Sequence[Cell]]) -> list[bytes]:
    """Rows as the XML of a sheet (ECMA-376 part 1, 18.3.1.73), each ending in ``END`` and unnumbered."""
    cells = each_cell(rows, [_cell(place, column, table.regions) for place, column in enumerate(table.columns)])
    return ["".join([f'<row r="\x00">{"".join(row)}</row>\x01' for row in cells]).encode()]


def join(path: Path, tables: Sequence[RowSet]) -> None:
    """Write the workbook of a table's ``count`` rows: frozen header, filter, typed dates.

    The last sheet is the ``LEGEND``. Text of more than 32,767 UTF-16 units is cut, as the format demands, and says so;
    past 1,048,575 rows a new sheet begins. Raises ``ValueError`` when the parts hold another number of rows.
    """
    (table,) = tables
    rows = chain.from_iterable(one.split(END)[:-1] for one in table.parts)
    sheets = [min(SHEET_ROWS, table.count - start) for start in range(0, table.count, SHEET_ROWS)] or [0]
    frame = io.BytesIO()
    _frame(frame, table, sheets)
    with (
        zipfile.ZipFile(frame) as source,
        new_file(path) as new,
        zipfile.ZipFile(new, "x", zipfile.ZIP_DEFLATED) as book,
    ):
        numbers = {f"xl/worksheets/sheet{number}.xml": size for number, size in enumerate(sheets, start=1)}
        for member in source.infolist():
            data = source.read(member)
            with book.open(_stamped(member.filename), "w", force_zip64=True) as out:
                size = numbers.get(member.filename, 0)
                before, after = _cut(data, size) if size else (data, b"")
                out.write(before)
                for batch in _numbered(rows, size):
                    out.write(batch)
                out.write(after)
    if next(rows, None) is not None:
        raise ValueError("more rows than were counted")


def _frame(out: object, table: RowSet, sheets: Sequence[int]) -> None:
    """The book without its rows, made without a file of its own.

    The last row of each sheet is there, with one empty cell in the style of dates.
    """
    last = len(table.columns) - 1
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": table.title, "created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001  # same bytes each time
        head, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for number, size in enumerate(sheets, start=1):
            sheet = book.add_worksheet(f"{table.title}{number if number > 1 else ''}")
            sheet.freeze_panes(1, 1)
            for place, column in enumerate(table.columns):
                sheet.set_column(place, place, WIDTHS.get(column.type, WIDTH))
                sheet.write_string(0, place, heading(column), head)
            if size:
                sheet.write_blank(size, last, None, day)
            sheet.autofilter(0, 0, size, last)
        _legend(book.add_worksheet(LEGEND), table, head)


def _legend(sheet: Worksheet, table: RowSet, head: object) -> None:
    """What the columns mean, a row each."""
    sheet.freeze_panes(1, 1)
    for place, width in enumerate((WIDTH, 60, 28)):
        sheet.set_column(place, place, width)
    rows = ((heading(one), one.about, one.name) for one in table.columns)
    for number, row in enumerate((LEGEND_HEAD, *rows)):
        for place, text in enumerate(row):
            sheet.write_string(number, place, text, None if number else head)


def _cut(sheet: bytes, size: int) -> tuple[bytes, bytes]:
    """A sheet before and after its last row, which stands for all of its ``size`` rows."""
    before, _, rest = sheet.rpartition(b'<row r="%d"' % (size + 1))
    last, _, after = rest.partition(b"</row>")
    if f's="{_DAY_STYLE}"'.encode() not in last:
        raise ValueError("the dates have another style")
    return before, after


def _numbered(rows: Iterator[bytes], size: int) -> Iterator[bytes]:
    number = 1
    while number <= size:
        batch = list(islice(rows, min(1000, size - number + 1)))
        if not batch:
            raise ValueError("fewer rows than were counted")
        yield b"".join([row.replace(MARK, b"%d" % at) for at, row in enumerate(batch, number + 1)])
        number += len(batch)


def _stamped(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


def _cell(place: int, column: ShownColumn, regions: Mapping[str, str]) -> Callable[[Cell], str]:
    """What writes the values of one column."""
    words = {word: LABELS[word] for word in column.words}
    at = f'<c r="{xl_col_to_name(place)}\x00"'
    head, tail = f'{at} t="inlineStr"><is><t xml:space="preserve">', "</t></is></c>"

    def text(value: Cell) -> str:
        return f"{head}{_escaped(LIST_SEPARATOR.join(value) if isinstance(value, tuple) else str(value))}{tail}"

    def word(value: Cell) -> str:
        return text(words[str(value)])

    def region(value: Cell) -> str:
        return text(regions.get(str(value), OTHER_REGION))

    def flag(value: Cell) -> str:
        return text(YES if value else NO)

    def day(value: Cell) -> str:
        if not isinstance(value, dt.date):
            raise TypeError(f"{column.name} is no date")
        if value < _FIRST_DAY:
            return text(value.isoformat())
        return f'{at} s="{_DAY_STYLE}"><v>{value.toordinal() - _ORIGIN}</v></c>'

    named = region if column.name == REGION.name else word if words else text
    write = {"boolean": flag, "date": day}.get(column.type, named)
    return lambda value: "" if value is None or value == () else write(value)


def _escaped(text: str) -> str:
    if len(text) * 2 > CELL_TEXT:
        units = text.encode("utf-16-le")
        if len(units) > CELL_TEXT * 2:
            text = units[: (CELL_TEXT - len(CUT)) * 2].decode("utf-16-le", "ignore") + CUT
    if text.isprintable() and "&" not in text and "<" not in text and ">" not in text and "_x" not in text:
        return text  # nearly all texts
    return _SPECIAL.sub(_written, text)


def _written(found: re.Match[str]) -> str:
    """XML's own characters by name; a control character, and an underscore that would look like one, by number."""
    character = found.group()
    return _WORDS.get(character) or f"_x{ord(character):04X}_"


def read(path: Path, table: RowSet) -> Iterator[list[Any]]:
    """The cells of each row of all sheets but the last, the legend: text and days, an empty one as empty text."""
    with readable(python_calamine.CalamineError, UnicodeError):
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        *names, legend = book.sheet_names
        if legend != LEGEND or not names:
            raise UnreadableError
        for name in names:
            rows = book.get_sheet_by_name(name).iter_rows()
            if next(rows, None) != table.headings:
                raise UnreadableError
            yield from rows


FORMAT: Final = Format(
    name="xlsx",
    label="XLSX",
    media="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    part=part,
    join=join,
    read=read,
    schema=True,
    in_words=True,
)
