"""The sheets of a law's workbook as rows of texts by their heads; each cell has a number that tells its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
import difflib
import re
from typing import Final

from site_builder.config.source import Faults, Scalar
from site_builder.law.to_sheets import HEADS

ABOUT, VOCABULARY = "说明", "词汇"
"""Sheets for people and for drop-down lists; what stands there says nothing."""

_SHEETS: Final = (*HEADS, ABOUT, VOCABULARY)
_KEY: Final = re.compile(r"[a-z_]+(?:\.[a-z_]+)*|应当\.[a-z_]+|处置\.[a-z_]+|值")
"""Heads of columns for what the sheets do not know."""

_ROWS: Final = 10_000_000
_COLUMNS: Final = 1_000
_LETTERS: Final = 26


def cell_number(sheet: str, row: int, column: int) -> int:
    """The number of a cell, whose row and column count from 1; a sheet's cells come in order."""
    return ((_SHEETS.index(sheet) + 1) * _ROWS + row) * _COLUMNS + column


def cell_name(number: int) -> str:
    """``规则!D12``; the sheet alone where the number tells no cell, empty for 0."""
    rest, column = divmod(number, _COLUMNS)
    sheet, row = divmod(rest, _ROWS)
    if not sheet:
        return ""
    return _SHEETS[sheet - 1] + (f"!{_letters(column)}{row}" if row else "")


def _letters(column: int) -> str:
    before, last = divmod(column - 1, _LETTERS)
    return (_letters(before) if before else "") + chr(ord("A") + last)


class SheetRow:
    """One row of a sheet."""

    def __init__(self, sheet: str, number: int, heads: Mapping[str, int], cells: Mapping[str, str]) -> None:
        self._sheet = sheet
        self._number = number
        self._heads = heads
        self._cells = cells

    def text(self, head: str) -> str:
        """What stands under a head, empty where there is no such column."""
        return self._cells.get(head, "")

    def cell(self, head: str) -> int:
        """The number of the cell under a head, of the row's first cell where there is no such column."""
        return cell_number(self._sheet, self._number, self._heads.get(head, 1))

    def key(self, head: str) -> Scalar:
        """What stands under a head, as a key."""
        return Scalar(self.text(head), self.cell(head))

    def any(self, heads: Iterable[str]) -> bool:
        """Whether something stands under one of these heads."""
        return any(self.text(one) for one in heads)

    def filled(self) -> list[str]:
        """The heads under which something stands."""
        return [head for head in self._heads if self.text(head)]

    def begun(self, start: str) -> tuple[str, ...]:
        """The heads of the sheet that begin so."""
        return tuple(head for head in self._heads if head.startswith(start))


def sheet_rows(sheets: Mapping[str, Mapping[int, list[str]]], faults: Faults) -> dict[str, list[SheetRow]]:
    """The rows of each sheet, given its cells by row (from 1): the first row has the heads.

    Notes a sheet or a head that is not known, one that is missing, and cells without a head.
    """
    for name in sheets:
        if name not in _SHEETS:
            faults.add("bad-value", 0, f"不认识的工作表「{name}」", f"删去它；可以有：{'、'.join(_SHEETS)}")
    found: dict[str, list[SheetRow]] = {}
    for name, known in HEADS.items():
        found[name] = []
        if name not in sheets:
            hint = "改回原来的名称；没有内容的也要留着表头"
            faults.add("missing-key", cell_number(name, 0, 0), f"缺少工作表「{name}」", hint)
            continue
        rows = dict(sheets[name])
        heads = _heads(name, rows.pop(1, []), known, faults)
        for number, cells in rows.items():
            by_head = {head: cells[column - 1].strip() for head, column in heads.items() if column <= len(cells)}
            for column, text in enumerate(cells, start=1):
                if text.strip() and column not in heads.values():
                    faults.add(
                        "empty-header", cell_number(name, number, column), "这一列没有表头", "写上表头，或者清空"
                    )
            if any(by_head.values()):
                found[name].append(SheetRow(name, number, heads, by_head))
    return found


def _heads(sheet: str, cells: list[str], known: tuple[str, ...], faults: Faults) -> dict[str, int]:
    heads: dict[str, int] = {}
    for column, text in enumerate((one.strip() for one in cells), start=1):
        place = cell_number(sheet, 1, column)
        if not text:
            continue
        if text in heads:
            faults.add("repeated-header", place, f"表头「{text}」写了两次", "只留一列")
        elif text not in known and not _KEY.fullmatch(text):
            near = difflib.get_close_matches(text, known, n=1)
            hint = f"{f'是不是「{near[0]}」？' if near else ''}可以有：{'、'.join(known)}"
            faults.add("unknown-column", place, f"不认识的表头「{text}」", hint)
        heads.setdefault(text, column)
    for head in known:
        if head not in heads:
            faults.add("missing-key", cell_number(sheet, 1, 1), f"缺少「{head}」这一列", "补上这一列，可以空着")
    return heads
