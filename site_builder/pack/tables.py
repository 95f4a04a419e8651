"""The office's own tables as they come: XLSX, XLS, ODS, or CSV in whatever encoding, with titles above the header."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path
from typing import Final
import zipfile

import msgspec
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from site_builder.errors import Exit, Finding, Place, SiteBuilderError, refuse
from site_builder.export.xlsx_sheet import XlsxFault
from site_builder.pack.marks import Marks, sheet_marks

Raw = str | bool | int | float | dt.date | dt.time | dt.timedelta
"""What a cell of the office's table holds; an empty one is an empty text."""

WORKBOOKS: Final = (".xlsx", ".xls", ".xlsm", ".ods", ".et")
TEXTS: Final = (".csv", ".txt", ".tsv")

MOST_BYTES: Final = 256 << 20
"""The largest table that is read."""

ERROR: Final = "#N/A"
"""What stands for a cell whose formula gave an error."""


class Table(msgspec.Struct, frozen=True):
    """One sheet: its rows from row 1, and what was noted while reading it."""

    file: str
    sheet: str
    rows: list[list[Raw]]
    notes: tuple[str, ...]


def read_tables(path: Path, sheet: str = "") -> list[Table]:
    """Every sheet of a workbook (or the one named), or the one table of a text file.

    Raises SiteBuilderError: no such file (exit 2), a kind of file that is not read, a file that is unsound.
    """
    if not path.is_file():
        raise refuse("missing-file", f"没有找到文件 {path}", hint="核对文件名", exit_code=Exit.USAGE)
    if path.stat().st_size > MOST_BYTES:
        message = f"文件超过 {MOST_BYTES >> 20} MiB"
        raise refuse("too-large", message, hint="分成几份，或改用导出格式", place=Place(path.name))
    if path.suffix.lower() in WORKBOOKS:
        return _workbook(path, sheet)
    if path.suffix.lower() in TEXTS:
        return [_text(path)]
    kinds = "、".join((*WORKBOOKS, *TEXTS))
    raise refuse("not-a-table", f"不认识这种文件「{path.suffix}」", hint=f"可以用 {kinds}", place=Place(path.name))


def _workbook(path: Path, wanted: str) -> list[Table]:
    try:
        marks = sheet_marks(path)
        with CalamineWorkbook.from_path(str(path)) as book:
            names = book.sheet_names
            sheets = [
                _sheet(path.name, one, book.get_sheet_by_name(one), marks.get(one, Marks()))
                for one in names
                if wanted in {"", one}
            ]
    except (CalamineError, OSError, ValueError, KeyError, zipfile.BadZipFile, XlsxFault):
        raise _damaged(path) from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # how the library's own mistakes arrive
            raise _damaged(path) from None
        raise
    if not sheets:
        hint = f"工作簿里有：{'、'.join(names)}"
        raise refuse("no-sheet", f"没有工作表「{wanted}」", hint=hint, place=Place(path.name))
    return sheets


def _damaged(path: Path) -> SiteBuilderError:
    hint = "用 Excel 或 WPS 打开后另存为 .xlsx，不设密码"
    return refuse("damaged-xlsx", "工作簿读不出来", hint=hint, place=Place(path.name))


def _sheet(file: str, name: str, sheet: CalamineSheet, marks: Marks) -> Table:
    rows: list[list[Raw]] = sheet.to_python(skip_empty_area=False)
    for row, column in marks.errors:
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = ERROR
    merged = 0
    for (first, left), (last, right) in sheet.merged_cell_ranges or ():
        value = rows[first][left] if first < len(rows) and left < len(rows[first]) else ""
        if last > first and value != "" and left == right:
            for cells in rows[first + 1 : last + 1]:
                cells[left] = value
                merged += 1
    notes = [f"纵向合并的单元格，每行都填上它的内容：{merged} 格"] if merged else []
    notes += [f"公式，取保存时的值：{marks.formulas} 格"] if marks.formulas else []
    return Table(file, name, rows, tuple(notes))


def _text(path: Path) -> Table:
    text, encoding = _decoded(path)
    head = text[:4096]
    delimiter = max(",\t;", key=head.count)
    try:
        rows: list[list[Raw]] = [
            list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        ]
    except csv.Error:
        hint = "检查双引号是否配对；也可以用 Excel 另存为 .xlsx"
        raise refuse("unclosed-quote", "双引号没有配对，读不出来", hint=hint, place=Place(path.name)) from None
    notes = [f"编码 {encoding} → utf-8"] if encoding != "utf-8" else []
    notes += [f"分隔符 {'制表符' if delimiter == chr(9) else delimiter} → ,"] if delimiter != "," else []
    return Table(path.name, "", rows, tuple(notes))


def _decoded(path: Path) -> tuple[str, str]:
    data = path.read_bytes()
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding), encoding.removesuffix("-sig")
        except UnicodeDecodeError:
            continue
    message = "不是 UTF-8，也不是 GBK（gb18030）"
    raise SiteBuilderError(
        [Finding("not-in-encoding", Place(path.name), message, "用 Excel 另存为 .xlsx 或 UTF-8 CSV")]
    )
