"""Whether a download's rows are the published records, field by field: what each format must say of a value.

Written apart from the formats' own writers; only the reading back, by other libraries, is theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
import datetime as dt
import itertools
from pathlib import Path
import re
from typing import Any, Final, TypeVar

from site_builder.outputs.columns import Value
from site_builder.outputs.formats import named, table_of
from site_builder.outputs.formats.format import CUT, UnreadableError
from site_builder.public.columns import ShownColumn
from site_builder.vocabulary import LABELS, Kind

L = TypeVar("L")
W = TypeVar("W")

MOST: Final = 5
"""Rows named of one download; the rest are counted."""

_FORMULA: Final = frozenset("=+-@\t\r'")
_SIGNED: Final = re.compile(r"[+-][0-9]+(?:\.[0-9]+)?")
_CELL: Final = 32_767 * 2
_SEPARATOR: Final = "；"
_EARLIEST: Final = "1900-03-01"
_REGION: Final = "region"
OTHER_REGION: Final = "其他地区"
"""What a division is called that the site gives no name."""


def download_faults(
    path: Path, kind: Kind, extension: str, rows: Iterable[Sequence[Value]], regions: Mapping[str, str]
) -> Iterator[tuple[int, str, str]]:
    """(row or line, column, what is wrong) where the file differs from ``rows``; ``regions``: names by code."""
    table = table_of(kind)
    wrong = 0
    try:
        by_json = extension == "jsonl"
        found = enumerate(named(extension).read(path, table), start=1 if by_json else 2)
        early = len(table.columns) if by_json else 0
        for line, expected in in_turn(found, rows, lambda one: str(one[1][0]), lambda one: str(one[0]), early):
            number, row = line or (0, ())
            if expected is None:
                yield number, "", "有不该公开的行，或者多出的行"
                return
            if line is None:
                yield number, "", "缺少应当公开的记录"
                return
            differing = _differing(row, expected, table.columns, extension, regions)
            if differing:
                wrong += 1
                yield number, differing, "与应当公开的记录不一致"
            if wrong >= MOST:
                return
    except UnreadableError:
        yield 0, "", "下载文件读不懂"


def in_turn(
    lines: Iterable[L], wanted: Iterable[W], key: Callable[[L], str], asked: Callable[[W], str], most: int
) -> Iterator[tuple[L | None, W | None]]:
    """What is wanted in its order, each with its line; what has none, or is not wanted, with None.

    The lines stand in the same order, but that some, at most so many, may stand before all others. The keys tell which.
    """
    early: list[L] = []
    left = iter(lines)
    for number, one in enumerate(wanted):
        line: L | None
        if number == 0:
            for each in left:
                early.append(each)
                if len(early) > most or key(each) == asked(one):
                    break
            line = early.pop() if early else None
        elif early and key(early[0]) == asked(one):
            line = early.pop(0)
        else:
            line = next(left, None)
        yield line, one
    for line in itertools.chain(early, left):
        yield line, None


def _differing(
    row: Sequence[Any],
    expected: Sequence[Value],
    columns: tuple[ShownColumn, ...],
    extension: str,
    regions: Mapping[str, str],
) -> str:
    """The first column that differs, or nothing."""
    if len(row) != len(columns):
        return columns[min(len(row), len(columns) - 1)].name
    same = _SAME[extension]
    for cell, value, column in zip(row, expected, columns, strict=True):
        if not same(cell, told(column, value, regions) if extension == "xlsx" else value):
            return column.name
    return ""


def guarded(text: str) -> str:
    """A text as a CSV cell: what starts like a formula has a leading ``'``, a signed number has none."""
    return f"'{text}" if text[:1] in _FORMULA and not _SIGNED.fullmatch(text) else text


def cut_cell(text: str) -> str:
    """A text as a cell of a sheet holds it: past 32,767 UTF-16 units cut, at a whole character, with a note."""
    units = text.encode("utf-16-le")
    return text if len(units) <= _CELL else units[: _CELL - 2 * len(CUT)].decode("utf-16-le", "ignore") + CUT


def _same_text(value: Value) -> str:
    """A value as a text cell holds it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date):
        return value.isoformat()
    return value if isinstance(value, str) else _SEPARATOR.join(value)


def _same_csv(cell: str, value: Value) -> bool:
    text = _same_text(value)
    return cell == (guarded(text) if isinstance(value, (str, tuple)) else text)


def _same_json(cell: object, value: Value) -> bool:
    if isinstance(value, dt.date):
        return cell == value.isoformat()
    if isinstance(value, tuple):
        return cell == list(value)
    if isinstance(value, str):
        return isinstance(cell, str) and cell == str(value)
    return cell is value


def _same_xlsx(cell: object, value: Value) -> bool:
    if isinstance(value, dt.date) and value.isoformat() >= _EARLIEST:
        return isinstance(cell, dt.date) and cell.isoformat()[:10] == value.isoformat()
    return isinstance(cell, str) and cell == cut_cell(_same_text(value))


def told(column: ShownColumn, value: Value, regions: Mapping[str, str]) -> Value:
    """A value as a workbook tells it: machine words, flags and divisions in words."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str) and column.words:
        return LABELS[value]
    if isinstance(value, str) and column.name == _REGION:
        return regions.get(value, OTHER_REGION)
    return value


_SAME: Final = {"csv": _same_csv, "jsonl": _same_json, "xlsx": _same_xlsx}
