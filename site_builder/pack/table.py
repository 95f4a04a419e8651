"""One table of an office as it comes: a sheet of a workbook, or a text file."""

from __future__ import annotations

import datetime as dt
from typing import Final

import msgspec


class Broken(msgspec.Struct, frozen=True):
    """A cell whose value is not to be had as it is shown: a code, and what was expected instead."""

    code: str
    expected: str

    def __str__(self) -> str:
        return "（读不出来）"


Raw = str | bool | int | float | dt.date | dt.time | dt.timedelta | Broken
"""What a cell of the office's table holds; an empty one is an empty text."""

ERROR: Final = Broken("error-cell", "正确的值或空（现在是公式的错误值）")
UNSAVED: Final = Broken("formula-cell", "公式的值（文件里没有存）：用 Excel 或 WPS 打开，再保存一次")
DRESSED: Final = Broken(
    "lossy-number", "文本：这一格是数字，显示的字是格式加上去的（如前导零、文字、%），存的只是那个数"
)
UNREAD: Final = Broken("wrong-type", "纯文字：格里有制表符、手动换行或注音，读不全；另存为 .xlsx 再打包")


class Filled(msgspec.Struct, frozen=True):
    """A cell that shows what a merged block shows: from another column (``sideways``), over other text (``stale``)."""

    sideways: bool
    stale: bool


class Table(msgspec.Struct, kw_only=True):
    """A sheet, or the one table of a text file.

    ``rows``: spreadsheet row (from 1) → cells, from above; empty rows are left out. ``text``: the delimiter of a text
    file, whose rows must all be as wide as the header. ``hidden_columns`` are spans from 1, both ends inclusive.
    ``from_1904``: days are counted from 1904. ``filled``: (row, position from 0) of cells filled from merged blocks.
    """

    file: str
    sheet: str = ""
    rows: dict[int, list[Raw]]
    visible: bool = True
    text: str = ""
    notes: tuple[str, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    from_1904: bool = False
    filled: dict[tuple[int, int], Filled] = msgspec.field(default_factory=dict)

    def hides(self, position: int) -> bool:
        """Whether the column at a position (from 0) is hidden."""
        return any(first <= position + 1 <= last for first, last in self.hidden_columns)

    def fill(self, top: int, left: int, low: int, right: int) -> None:
        """Write what a merged block (from 1, inclusive) shows, its first cell, into each of its cells that has a row.

        Text that lies unseen under the block is not read, also where the block shows nothing.
        """
        value = cell_at(self.rows.get(top, []), left - 1)
        last = next(reversed(self.rows), 0)
        for row in (one for one in range(top, min(low, last) + 1) if one in self.rows):
            cells = self.rows[row]
            cells.extend([""] * (left - len(cells)))
            for position in range(left - 1, min(right, len(cells))):
                if (row, position) != (top, left - 1):
                    under, cells[position] = cells[position], value
                    self.filled[row, position] = Filled(sideways=position > left - 1, stale=under not in ("", value))


def cell_at(cells: list[Raw], position: int) -> Raw:
    """The cell at a position, empty where the row ends before."""
    return cells[position] if position < len(cells) else ""


def is_empty(cells: list[Raw]) -> bool:
    """Whether a row holds nothing."""
    return all(str(cell).strip() == "" for cell in cells)
