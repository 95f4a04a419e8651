"""Reads a list from the first sheet of an XLSX workbook."""

from __future__ import annotations

from collections.abc import Iterator
import datetime as dt
from io import BytesIO
import math
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from site_builder.errors import Finding
from site_builder.export.batch import Batch, Batcher, FaultLog, Headers
from site_builder.export.cells import Cell
from site_builder.export.columns import header_columns
from site_builder.export.descriptor import Resource
from site_builder.export.disk import on_disk, open_plain
from site_builder.export.xlsx_copy import plain_copy
from site_builder.export.xlsx_sheet import SheetScan, XlsxFault, damaged, letters

Raw = str | bool | int | float | dt.date | dt.time | dt.timedelta
"""What the library gives for a cell; a datetime is a date too."""


def read_xlsx(
    path: Path,
    resource: Resource,
    headers: Headers,
    ignore: frozenset[str],
    faults: list[Finding],
    batch_rows: int,
) -> Iterator[Batch]:
    """The rows of a workbook's first sheet in batches; every fault of the file is appended to ``faults``.

    Text cells are text, date cells dates, whole numbers int, others float, empty cells None. Empty rows at the end are
    ignored. A workbook that is unsound or unsafe is not read at all.
    """
    log = FaultLog(resource.path, faults)
    batcher = Batcher(resource, log, batch_rows)
    try:
        with on_disk("读取文件", log.file), open_plain(path) as file:
            copy, scan = plain_copy(file)
        rows = _SheetRows(_open(copy), scan, log)
        names = rows.header()
    except XlsxFault as fault:
        log.note(fault.code, fault.row, fault.column, fault.message, fault.hint)
        return
    batcher.columns, positions = header_columns(names, headers, ignore, log)
    columns = dict(zip(positions, batcher.columns, strict=True))
    _note_cells(scan, columns, log)
    for number, row in rows.rows(columns):
        if batcher.add(number, row):
            yield batcher.take()
    batcher.count = rows.count
    yield from batcher.finish()


def _open(copy: BytesIO) -> CalamineSheet:
    try:
        return CalamineWorkbook.from_filelike(copy).get_sheet_by_index(0)
    except (CalamineError, OSError, ValueError):
        raise damaged("工作表读不出来") from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # how the library's own mistakes arrive
            raise damaged("工作表读不出来") from None
        raise


def _note_cells(scan: SheetScan, columns: dict[int, str], log: FaultLog) -> None:
    """Note formulas, error values and values beside the header's columns, each with its cell."""
    kinds = (
        ("formula-cell", scan.formulas, "是公式，而不是值", "复制后“选择性粘贴”为数值"),
        ("error-cell", scan.errors, "是一个错误值（如 #N/A）", "改为正确的值或清空"),
        ("cell-outside", scan.outside, "有内容，但这一列没有表头", "补上列名，或清空这一格"),
    )
    for code, cells, message, hint in kinds:
        for row, column in cells:
            name = columns.get(column - 1) or letters(column)
            log.note(code, row, name, f"单元格 {letters(column)}{row} {message}", hint)


class _SheetRows:
    """The rows of a sheet as cells; ``count`` tells the data rows met so far."""

    def __init__(self, sheet: CalamineSheet, scan: SheetScan, log: FaultLog) -> None:
        self.count = 0
        self._log = log
        self._width = max(scan.header, default=0)
        self._offset = sheet.start[1] if sheet.start else 0
        self._rows: Iterator[list[Raw]] = sheet.iter_rows() if sheet.start else iter(())

    def header(self) -> list[str]:
        """The header's texts from column A. Raises XlsxFault where the first row is empty."""
        cells = next(self._rows, [])
        if not self._width or not cells:
            raise XlsxFault("no-header", "第一个工作表的第一行不是表头", "第一行写列名", 1)
        return [str(cell) for cell in self._aligned(cells)]

    def rows(self, columns: dict[int, str]) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """Each sound row after the header, with its number and the cells of ``columns`` (position to name)."""
        blank = 0
        for number, cells in enumerate(self._rows, start=2):
            aligned = self._aligned(cells)
            if not any(cell != "" for cell in aligned):
                blank = blank or number
                continue
            if blank:
                rows = f"第 {blank} 至 {number - 1} 行" if number - 1 > blank else "这一行"
                self._log.note("empty-row", blank, "", f"{rows}是空行", "删去数据中间的空行")
                blank = 0
            self.count += 1
            row = self._row(number, aligned, columns)
            if row is not None:
                yield number, row

    def _aligned(self, cells: list[Raw]) -> list[Raw]:
        """A row's cells from column A to the header's last column."""
        row = [*[""] * self._offset, *cells][: self._width]
        return row if len(row) == self._width else row + [""] * (self._width - len(row))

    def _row(self, number: int, cells: list[Raw], columns: dict[int, str]) -> tuple[Cell, ...] | None:
        row: list[Cell] = []
        sound = True
        for position, name in columns.items():
            cell = cells[position]
            if isinstance(cell, str):
                row.append(cell or None)
            elif isinstance(cell, float) and math.isfinite(cell):
                row.append(int(cell) if cell.is_integer() else cell)
            elif isinstance(cell, int) or (isinstance(cell, dt.date) and not isinstance(cell, dt.datetime)):
                row.append(cell)
            else:
                message = "应为文字、数字、日期或布尔；日期格不能带时刻"
                self._log.note("wrong-type", number, name, message, "把单元格格式改为文本或日期")
                sound = False
        return tuple(row) if sound else None
