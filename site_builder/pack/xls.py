"""Looks through an old workbook (.xls, .et: BIFF8 in a compound file) for what the library does not tell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
import struct
from typing import Final

import olefile

from site_builder.errors import Place, refuse
from site_builder.export.xlsx_sheet import Extent
from site_builder.pack.sheets import Cell, Sheet
from site_builder.pack.table import ERROR

_STREAM: Final = "Workbook"
_DATEMODE, _BOUNDSHEET, _BOF, _EOF = 0x0022, 0x0085, 0x0809, 0x000A
_ROW, _COLINFO, _FORMULA, _BOOLERR, _MULRK = 0x0208, 0x007D, 0x0006, 0x0205, 0x00BD
_ONE: Final = frozenset({_FORMULA, _BOOLERR, 0x0203, 0x00FD, 0x0204, 0x027E, 0x00D6})
"""Records of one cell with a value: FORMULA, BOOLERR, NUMBER, LABELSST, LABEL, RK, RSTRING."""

_SHAPES: Final = {_DATEMODE: 2, _ROW: 16, _COLINFO: 12, _BOUNDSHEET: 8, _FORMULA: 14, _BOOLERR: 8, _MULRK: 6}


_PLACE: Final = 4
_ERROR_VALUE: Final = 2


def scan_xls(path: Path) -> tuple[list[Sheet], bool]:
    """Every worksheet in order, and whether days are counted from 1904.

    Raises SiteBuilderError for a format older than Excel 97, ValueError or OSError where the file is unsound.
    """
    with olefile.OleFileIO(str(path)) as compound:
        if not compound.exists(_STREAM):
            hint = "用 Excel 或 WPS 打开后另存为 .xlsx"
            raise refuse("damaged-xlsx", "是 Excel 95 以前的格式，或不是工作簿", hint=hint, place=Place(path.name))
        data = compound.openstream(_STREAM).read()
    from_1904 = False
    starts: list[tuple[int, bool, str]] = []
    for code, body in _records(data, 0):
        if code == _DATEMODE:
            from_1904 = body[0] == 1
        elif code == _BOUNDSHEET and body[5] == 0:  # a worksheet, no chart or macro sheet
            starts.append((struct.unpack_from("<I", body)[0], body[4] & 3 == 0, _name(body)))
    return [_sheet(data, start, visible=visible, name=name) for start, visible, name in starts], from_1904


def _name(body: bytes) -> str:
    """A sheet's name: its length in characters, whether they are wide, and the characters."""
    length, wide = body[6], body[7] & 1
    return body[8 : 8 + length * (1 + wide)].decode("utf-16-le" if wide else "latin-1")


def _records(data: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records from ``at`` to the end of that part of the stream; those of parts within it are passed over."""
    depth = 0
    while at + 4 <= len(data):
        code, size = struct.unpack_from("<HH", data, at)
        body = data[at + 4 : at + 4 + size]
        at += 4 + size
        depth += (code == _BOF) - (code == _EOF)
        if depth <= 0:
            return
        if depth == 1 and len(body) >= _SHAPES.get(code, 6 if code in _ONE else 0):
            yield code, body


def _sheet(data: bytes, start: int, *, visible: bool, name: str) -> Sheet:
    hidden: set[int] = set()
    columns: list[tuple[int, int]] = []
    errors: set[Cell] = set()
    filled: set[int] = set()
    extent = Extent()
    formulas = 0
    for code, body in _records(data, start):
        row, column = struct.unpack_from("<HH", body) if len(body) >= _PLACE else (0, 0)
        if code == _ROW and (struct.unpack_from("<I", body, 12)[0] & 0x20 or struct.unpack_from("<H", body, 6)[0] == 0):
            hidden.add(row + 1)
        elif code == _COLINFO:
            width, _, options = struct.unpack_from("<HHH", body, 4)
            if options & 1 or not width:
                columns.append((row + 1, column + 1))
        elif code in _ONE:
            filled.add(row + 1)
            extent.add(row + 1, column + 1)
            formulas += code == _FORMULA
            if _is_error(code, body):
                errors.add((row + 1, column + 1))
        elif code == _MULRK:
            filled.add(row + 1)
            for one in range(column, struct.unpack_from("<H", body, len(body) - 2)[0] + 1):
                extent.add(row + 1, one + 1)
    return Sheet(
        name=name,
        visible=visible,
        formulas=formulas,
        broken=dict.fromkeys(errors, ERROR),
        hidden_rows=frozenset(hidden & filled),
        hidden_columns=tuple(columns),
        extent=extent,
    )


def _is_error(code: int, body: bytes) -> bool:
    if code == _BOOLERR:
        return body[7] == 1
    return code == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == _ERROR_VALUE
