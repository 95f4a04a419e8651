"""What a library does not tell of a workbook's sheets: formulas, errors, what is hidden, how far the cells reach."""

from __future__ import annotations

from typing import Final

import msgspec

from site_builder.errors import Place, SiteBuilderError, refuse
from site_builder.export.xlsx_sheet import Extent, letters
from site_builder.pack.table import Broken

MOST_CELLS: Final = 6_000_000
"""Cells of the rectangle from A1 to the last row and column with a value."""

Cell = tuple[int, int]
"""A cell's row and column, both from 1."""

Area = tuple[int, int, int, int]
"""Cells merged into one: first row, first column, last row, last column, from 1 and inclusive."""


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """One worksheet: rows and columns count from 1.

    ``formulas`` is how many there are; ``broken`` the cells whose value is not to be had; ``hidden_rows`` hold a value;
    ``hidden_columns`` are spans, both ends inclusive; ``extent`` is how far the values reach.
    """

    name: str
    visible: bool
    formulas: int = 0
    broken: dict[Cell, Broken] = msgspec.field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    merged: tuple[Area, ...] = ()
    extent: Extent = msgspec.field(default_factory=Extent)

    def hides(self, column: int) -> bool:
        """Whether a column is hidden."""
        return any(first <= column <= last for first, last in self.hidden_columns)


def refuse_vast(file: str, sheet: Sheet) -> None:
    """Raise where a sheet would take far more memory than what stands in it."""
    extent = sheet.extent
    if (stray := extent.stray()) is not None:
        raise far_cell(file, sheet.name, *stray)
    if extent.cells > MOST_CELLS:
        message = f"工作表「{sheet.name}」占 {extent.last_row} 行、{extent.last_column} 列，超过 {MOST_CELLS} 格"
        raise refuse("too-large", message, hint="分成几份，或另存为 CSV", place=Place(file))


def far_cell(file: str, sheet: str, row: int, column: int) -> SiteBuilderError:
    """The fault of a cell that stands far from everything else."""
    name = f"{letters(column)}{row}"
    message = f"工作表「{sheet}」的单元格 {name} 远离表格，却有内容（也许只是一个空格）"
    hint = f"在 Excel 左上角的名称框输入 {name} 回车，删去那一带的整行、整列，再保存"
    return refuse("cell-outside", message, hint=hint, place=Place(file, row, letters(column)))
