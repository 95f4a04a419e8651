"""The sheets of a workbook (XLSX, XLS, ET, ODS) as tables, each looked through before the library may read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
import sys
from typing import Final
import zipfile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from site_builder.errors import Place, SiteBuilderError, refuse
from site_builder.export.xlsx_copy import Copy, WorkbookSheet, copy_sheets
from site_builder.export.xlsx_sheet import SheetScan, XlsxFault
from site_builder.pack.ods import scan_ods
from site_builder.pack.sheets import Sheet, refuse_vast
from site_builder.pack.silence import quiet
from site_builder.pack.table import DRESSED, ERROR, UNSAVED, Raw, Table
from site_builder.pack.xls import scan_xls

ENDINGS: Final = (".xlsx", ".xls", ".xlsm", ".ods", ".et")


def read_workbook(path: Path) -> list[Table]:
    """Every worksheet of a workbook, hidden ones too. Raises SiteBuilderError where it is unsound or vast."""
    try:
        return list(_tables(path))
    except XlsxFault as fault:
        place = Place(path.name, fault.row, fault.column)
        raise refuse(fault.code, fault.message, hint=fault.hint, place=place) from None
    except (CalamineError, OSError, ValueError, KeyError, zipfile.BadZipFile):
        raise _damaged(path) from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # how the library's own mistakes arrive
            raise _damaged(path) from None
        raise


def _damaged(path: Path) -> SiteBuilderError:
    hint = "用 Excel 或 WPS 打开后另存为 .xlsx，不设密码"
    return refuse("damaged-xlsx", "工作簿读不出来", hint=hint, place=Place(path.name))


def _tables(path: Path) -> Iterator[Table]:
    if not zipfile.is_zipfile(path):
        yield from _read(path, *scan_xls(path))
    elif _is_ods(path):
        yield from _read(path, *scan_ods(path))
    else:
        with path.open("rb") as file:
            copy = copy_sheets(file, lambda _: True, _scan, macros=True)
        yield from _from_copy(path, copy)


def _is_ods(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        return "content.xml" in archive.namelist()


def _scan(styles: frozenset[str]) -> SheetScan:
    return SheetScan(sys.maxsize, styles)


def _from_copy(path: Path, copy: Copy) -> Iterator[Table]:
    sheets = [_scanned(listed, scan) for listed, scan in copy.scans]
    for sheet in sheets:
        refuse_vast(path.name, sheet)
    book = CalamineWorkbook.from_filelike(BytesIO(copy.book.getbuffer()))
    for number, sheet in enumerate(sheets):
        yield _table(path.name, book.get_sheet_by_index(number), sheet, from_1904=copy.from_1904)


def _scanned(listed: WorkbookSheet, scan: SheetScan) -> Sheet:
    return Sheet(
        name=listed.name,
        visible=listed.visible,
        formulas=len(scan.formulas),
        broken=dict.fromkeys(scan.dressed, DRESSED)
        | dict.fromkeys(scan.errors, ERROR)
        | dict.fromkeys(scan.unsaved, UNSAVED),
        hidden_rows=frozenset(scan.hidden_rows),
        hidden_columns=tuple(scan.hidden_columns),
        extent=scan.extent,
    )


def _read(path: Path, sheets: Sequence[Sheet], from_1904: bool) -> Iterator[Table]:
    """The tables of a workbook that the library reads itself, once ``sheets`` were looked through."""
    for sheet in sheets:
        refuse_vast(path.name, sheet)
    with quiet():
        book = CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))
    if not {one.name for one in sheets} <= set(book.sheet_names):
        raise _damaged(path)
    for sheet in sheets:
        yield _table(path.name, book.get_sheet_by_name(sheet.name), sheet, from_1904=from_1904)


def _table(file: str, sheet: CalamineSheet, found: Sheet, *, from_1904: bool) -> Table:
    left = sheet.start[1] if sheet.start else 0
    rows: dict[int, list[Raw]] = {}
    for number, cells in enumerate(sheet.iter_rows() if sheet.start else (), start=1):
        if any(cell != "" for cell in cells):
            rows[number] = [*[""] * left, *cells]
    for (row, column), broken in found.broken.items():
        own = rows.setdefault(row, [])
        own.extend([""] * (column - len(own)))
        if broken is not DRESSED or isinstance(own[column - 1], (int, float)):  # not a date in a format of its own
            own[column - 1] = broken
    areas = [(top + 1, side + 1, low + 1, right + 1) for (top, side), (low, right) in sheet.merged_cell_ranges or ()]
    table = Table(
        file=file,
        sheet=found.name,
        rows=dict(sorted(rows.items())),
        visible=found.visible,
        notes=(f"公式，取保存时的值：{found.formulas} 格",) if found.formulas else (),
        hidden_rows=found.hidden_rows,
        hidden_columns=found.hidden_columns,
        from_1904=from_1904,
    )
    for area in (*areas, *found.merged):
        table.fill(*area)
    return table
