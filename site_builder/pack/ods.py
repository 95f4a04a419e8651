"""Looks through an OpenDocument spreadsheet for what the library does not tell: merged cells among it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.parsers import expat
import zipfile

from site_builder.export.xlsx_sheet import Extent, damaged, safe_parser
from site_builder.pack.sheets import Area, Cell, Sheet
from site_builder.pack.table import ERROR, UNREAD, UNSAVED, Broken

_CONTENT: Final = "content.xml"
_CHUNK: Final = 1 << 18
_MOST: Final = 512 << 20
_LOST: Final = frozenset({"line-break", "tab", "ruby", "note"})
"""What stands within a text and the library loses, or runs together with it."""

_HIDDEN: Final = frozenset({"collapse", "filter"})
_MOST_REPEATED: Final = 20_000_000


def scan_ods(path: Path) -> tuple[list[Sheet], bool]:
    """Every sheet in order, and whether days are counted from 1904.

    Raises XlsxFault, BadZipFile or KeyError where the file is unsound.
    """
    reader = _Reader()
    with zipfile.ZipFile(path) as archive:
        if archive.getinfo(_CONTENT).file_size > _MOST:
            raise damaged(f"表格解开后超过 {_MOST >> 20} MiB")
        with archive.open(_CONTENT) as source:
            while chunk := source.read(_CHUNK):
                reader.feed(chunk)
            reader.feed(b"", final=True)
    return list(reader.sheets()), reader.from_1904


class _Table:
    """One sheet as it streams by."""

    def __init__(self, name: str, *, visible: bool) -> None:
        self.name = name
        self.visible = visible
        self.extent = Extent()
        self.formulas = 0
        self.broken: dict[Cell, Broken] = {}
        self.cells: list[Cell] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[tuple[int, int]] = []
        self.merged: list[Area] = []
        self.row = self.column = self.columns = 0
        self.repeated = 1
        self.hides = False


class _Reader:
    def __init__(self) -> None:
        self._tables: list[_Table] = []
        self._open: list[_Table] = []
        self._unseen: set[str] = set()
        self._style = ""
        self.from_1904 = False
        self._parser = safe_parser()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def feed(self, data: bytes, *, final: bool = False) -> None:
        """Take in the next bytes."""
        try:
            self._parser.Parse(data, final)
        except expat.ExpatError:
            raise damaged("工作簿内部的 XML 不完整或不合法") from None

    def sheets(self) -> Iterator[Sheet]:
        """What was found."""
        for one in self._tables:
            yield Sheet(
                name=one.name,
                visible=one.visible,
                formulas=one.formulas,
                broken=one.broken,
                hidden_rows=frozenset(one.hidden_rows),
                hidden_columns=tuple(one.hidden_columns),
                merged=tuple(one.merged),
                extent=one.extent,
            )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        prefix, _, local = name.rpartition(":")
        if prefix == "text" and local in _LOST and self._open:
            table = self._open[-1]
            table.broken.update(dict.fromkeys(table.cells, UNREAD))
        elif prefix == "style":
            if local == "style":
                self._style = attributes.get("style:name", "")
            elif local == "table-properties" and attributes.get("table:display") == "false":
                self._unseen.add(self._style)
        elif prefix != "table":
            return
        elif local == "null-date":
            self.from_1904 = attributes.get("table:date-value", "").startswith("1904")
        elif local == "table":
            shown = attributes.get("table:style-name", "") not in self._unseen
            table = _Table(attributes.get("table:name", ""), visible=shown)
            self._open.append(table)
            if len(self._open) == 1:  # a table within a cell is no sheet
                self._tables.append(table)
        elif self._open:
            self._part(self._open[-1], local, attributes)

    def _end(self, name: str) -> None:
        if name == "table:table":
            self._open.pop()
        elif name == "table:table-row" and self._open:
            self._open[-1].row += self._open[-1].repeated - 1

    def _part(self, table: _Table, local: str, attributes: dict[str, str]) -> None:
        match local:
            case "table-column":
                first, table.columns = table.columns + 1, table.columns + _times(attributes, "columns")
                if attributes.get("table:visibility") in _HIDDEN:
                    table.hidden_columns.append((first, table.columns))
            case "table-row":
                table.row, table.column = table.row + 1, 0
                table.repeated = _times(attributes, "rows")
                table.hides = attributes.get("table:visibility") in _HIDDEN
            case "table-cell" | "covered-table-cell":
                self._cell(table, attributes, merges=local == "table-cell")

    def _cell(self, table: _Table, attributes: dict[str, str], *, merges: bool) -> None:
        first, table.column = table.column + 1, table.column + _times(attributes, "columns")
        wide = _times(attributes, "columns-spanned", "")
        deep = _times(attributes, "rows-spanned", "")
        if merges and wide * deep > 1:
            table.merged.append((table.row, first, table.row + deep - 1, first + wide - 1))
        table.formulas += "table:formula" in attributes
        table.cells = []
        if "office:value-type" not in attributes:
            if "table:formula" in attributes:
                table.broken[table.row, first] = UNSAVED
            return
        if (table.column - first + 1) * table.repeated > _MOST_REPEATED:
            raise damaged("一格内容重复得太多")
        is_error = attributes.get("calcext:value-type") == "error"
        for row in range(table.row, table.row + table.repeated):
            table.extent.add(row, first)
            table.extent.add(row, table.column)
            if table.hides:
                table.hidden_rows.add(row)
            if first == table.column:
                table.cells.append((row, first))
            if is_error:
                table.broken.update(dict.fromkeys(((row, one) for one in range(first, table.column + 1)), ERROR))


def _times(attributes: dict[str, str], what: str, repeated: str = "-repeated") -> int:
    text = attributes.get(f"table:number-{what}{repeated}", "1")
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text) <= _MOST_REPEATED else 1
