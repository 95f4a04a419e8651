"""Looks through a worksheet's XML as it streams by: where there are values, formulas and errors, and what is hidden."""

from __future__ import annotations

from itertools import pairwise
import re
from typing import Final
from xml.parsers import expat

MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 256
MOST_CELLS: Final = 20_000_000
"""Cells of the rectangle from A1 to the last row and column with a value."""

_MOST_KEPT: Final = 1000
_LARGE: Final = 2_000_000
_ROWS_APART: Final = 1000
_COLUMNS_APART: Final = 30
_SPARSE: Final = 20
"""Empty rows or columns before a value that strays, and cells for each value, where the sheet is large."""

_ROW_NUMBER: Final = re.compile(r"[1-9][0-9]{0,7}")
_SLIGHT: Final = re.compile(r"0(?:\.[0-4][0-9]*)?")
_LETTERS: Final = re.compile(r"[A-Z]{1,3}")

Cell = tuple[int, int]
"""A cell's row and column, both from 1."""


class XlsxFault(Exception):  # noqa: N818 - a fault of the file, turned into a finding by the reader
    """Why a workbook is not read any further: a stable code, a message and a hint, and where."""

    def __init__(self, code: str, message: str, hint: str = "", row: int = 0, column: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.row = row
        self.column = column


def letters(column: int) -> str:
    """A column's letters: 1 is A, 27 is AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def damaged(message: str) -> XlsxFault:
    """The fault of a workbook that is not sound."""
    return XlsxFault("damaged-xlsx", message, "用 Excel 或 WPS 打开后另存为 .xlsx")


def _misplaced() -> XlsxFault:
    return damaged("工作表的单元格位置与所在的行不符")


def safe_parser() -> expat.XMLParserType:
    """An XML parser for UTF-8 that refuses document types, and with them all entities."""
    parser = expat.ParserCreate("utf-8")

    def refuse(*_: object) -> None:
        raise damaged("XML 里有文档类型声明 (DTD)")

    parser.StartDoctypeDeclHandler = refuse
    return parser


class Extent:
    """How far the values of a sheet reach, told row by row from above."""

    def __init__(self) -> None:
        self.last_row = 0
        self.last_column = 0
        self._columns: set[int] = set()
        self._apart: Cell | None = None
        self._values = 0

    def add(self, row: int, column: int) -> None:
        """A value there."""
        self._columns.add(column)
        self._values += 1
        if row - self.last_row > _ROWS_APART and self._apart is None:
            self._apart = (row, column)
        self.last_row = row
        self.last_column = max(self.last_column, column)

    @property
    def cells(self) -> int:
        """Cells of the rectangle from A1 to the last row and column with a value."""
        return self.last_row * self.last_column

    def stray(self) -> Cell | None:
        """A value so far from the others that the sheet is mostly empty, and large by it alone; where there is one."""
        if self.cells <= _LARGE:
            return None
        if self._values * _SPARSE < self.cells:
            return self._apart or (self.last_row, self.last_column)
        used = sorted(self._columns)
        column = next((right for left, right in pairwise([0, *used]) if right - left > _COLUMNS_APART), 0)
        return self._apart or ((self.last_row, column) if column else None)


class SheetScan:
    """What a worksheet holds, fed as it streams by. Row 1 is the header; cells without a value do not count.

    ``header`` are the columns row 1 has a value in; ``formulas``, ``errors`` and ``outside`` (values beside the
    header's columns) name the first cells each, at most ``most_kept``. ``hidden_rows`` hold a value; ``hidden_columns``
    are spans of columns, both ends inclusive. ``unsaved`` are formulas without a value; ``dressed`` numbers in one of
    the ``styles`` that show other text than the number.
    """

    def __init__(self, most_kept: int = _MOST_KEPT, styles: frozenset[str] = frozenset()) -> None:
        self.unsaved: list[Cell] = []
        self.dressed: list[Cell] = []
        self._styles = styles
        self._style = ""
        self._kind = "n"
        self._formula: Cell | None = None
        self._in_value = False
        self.header: set[int] = set()
        self.extent = Extent()
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.formulas: list[Cell] = []
        self.errors: list[Cell] = []
        self.outside: list[Cell] = []
        self._most_kept = most_kept
        self._hidden = False
        self._row = 0
        self._digits = "0"
        self._column = 0
        self._counted = False
        self._is_error = False
        self._columns: dict[str, int] = {}
        self._parser = safe_parser()
        self._parser.StartElementHandler = self._start

    def feed(self, data: bytes, *, final: bool = False) -> None:
        """Take in the next bytes. Raises XlsxFault where the sheet is unsound or a value lies out of range."""
        try:
            self._parser.Parse(data, final)
        except expat.ExpatError:
            raise damaged("工作表的 XML 不完整或不合法") from None
        if final:
            self._end_formula()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "t":  # the text of a cell: the most frequent of what does not matter
            return
        local = name.rpartition(":")[2] if ":" in name else name
        if local == "c":
            self._cell(attributes)
        elif local in ("v", "is"):
            self._in_value = True
            if not self._counted:
                self._value()
        elif local == "f":
            self._keep(self.formulas)
            if self._kind != "str":  # a text that is empty is a value too
                self._formula, self._in_value = (self._row, self._column), False
                self._parser.CharacterDataHandler = self._characters
        elif local == "row":
            self._next_row(attributes.get("r"))
            self._hidden = _is_hidden(attributes, "ht")
        elif local == "col" and _is_hidden(attributes, "width"):
            self._hide(attributes.get("min", ""), attributes.get("max", ""))

    def _cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        column = self._column + 1 if reference is None else self._place(reference)
        if column <= self._column:
            raise damaged("工作表的单元格重复或次序颠倒")
        if self._formula:
            self._end_formula()
        self._column, self._counted = column, False
        self._kind = attributes.get("t", "n")
        self._is_error = self._kind == "e"
        self._style = attributes.get("s", "0") if self._kind == "n" else ""

    def _characters(self, text: str) -> None:
        """A formula has a value where there is text in it."""
        if self._in_value and text.strip():
            self._formula = None
            self._parser.CharacterDataHandler = None

    def _end_formula(self) -> None:
        """The cell of a formula has ended."""
        self._parser.CharacterDataHandler = None
        if self._formula:
            self.unsaved.append(self._formula)
            self._formula = None

    def _next_row(self, number: str | None) -> None:
        row = self._row + 1 if number is None else int(number) if _ROW_NUMBER.fullmatch(number) else 0
        if row <= self._row:
            raise damaged("工作表的行号重复或次序颠倒")
        self._row, self._column, self._counted = row, 0, True
        self._digits = str(row)

    def _place(self, reference: str) -> int:
        """The column of a reference, which must lie in the present row."""
        if not reference.endswith(self._digits):
            raise _misplaced()
        name = reference[: -len(self._digits)]
        column = self._columns.get(name)
        if column is None:
            if not _LETTERS.fullmatch(name):
                raise _misplaced()
            column = 0
            for char in name:
                column = column * 26 + ord(char) - 64
            self._columns[name] = column
        return column

    def _value(self) -> None:
        """The present cell has a value."""
        self._counted = True
        row, column = self._row, self._column
        if row > MOST_ROWS or column > MOST_COLUMNS or not row or not column:
            message = f"单元格超出范围（最多 {MOST_ROWS} 行、{MOST_COLUMNS} 列）"
            place = letters(column)
            raise XlsxFault("cell-outside", message, f"清空 {place}{row} 一带的单元格", row, place)
        if row == 1:
            self.header.add(column)
        elif column not in self.header:
            self._keep(self.outside)
        if self._is_error:
            self._keep(self.errors)
        if self._style in self._styles:
            self.dressed.append((row, column))
        if self._hidden and self.hidden_rows[-1:] != [row]:
            self.hidden_rows.append(row)
        self.extent.add(row, column)

    def _hide(self, first: str, last: str) -> None:
        if _ROW_NUMBER.fullmatch(first) and _ROW_NUMBER.fullmatch(last):
            self.hidden_columns.append((int(first), int(last)))

    def _keep(self, cells: list[Cell]) -> None:
        if len(cells) < self._most_kept:
            cells.append((self._row, self._column))


def _is_hidden(attributes: dict[str, str], size: str) -> bool:
    """Whether a row or a column is hidden, or so low (points) or narrow (characters) that nothing of it is seen."""
    return attributes.get("hidden") in ("1", "true") or _SLIGHT.fullmatch(attributes.get(size, "")) is not None
