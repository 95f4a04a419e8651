"""One table of an office as it comes: a sheet of a workbook, or a text file."""

from __future__ import annotations

import datetime as dt

import msgspec

Raw = str | bool | int | float | dt.date | dt.time | dt.timedelta
"""What a cell of the office's table holds; an empty one is an empty text."""


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
