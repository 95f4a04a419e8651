"""One cell becomes one typed value, or a fault that says what was expected without repeating what may not be told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
import datetime as dt
import enum
import re
from typing import Final

import msgspec

from site_builder.records.columns import Column, Type
from site_builder.vocabulary import AMOUNT

Cell = str | bool | int | float | dt.date | tuple[str, ...] | None
Value = str | bool | int | dt.date | enum.StrEnum | tuple[str, ...] | None

_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ASTRAL: Final = re.compile("[\U00010000-\U0010ffff]")
_UNPRINTABLE_ASTRAL: Final = re.compile(
    "[" + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)) + "]"
)
"""Characters no web page, XML file or spreadsheet can carry; a class of one plane is searched much faster."""

_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SEPARATOR: Final = re.compile("[;；]")
_FLAGS: Final = {"true": True, "false": False, "是": True, "否": False}
_LONGEST_INTEGER: Final = 6
_AMOUNT: Final = re.compile(AMOUNT)
_EXACT_AMOUNT: Final = 10**9
"""Below it a number cell tells six decimal places exactly."""


class CellFault(msgspec.Struct, frozen=True):
    """Why a cell was not understood: a code, what was expected, and whether its text may be quoted."""

    code: str
    expected: str
    quotable: bool = False


def printable(cells: Sequence[Cell]) -> bool:
    """Whether no text among the cells holds a control or a reserved character; lists are not looked into."""
    return _unprintable("\n".join([cell for cell in cells if cell.__class__ is str])) is None


def _unprintable(text: str) -> CellFault | None:
    """The first control or reserved character, by its place in the text and its number."""
    found = _UNPRINTABLE.search(text) or (_UNPRINTABLE_ASTRAL.search(text) if _ASTRAL.search(text) else None)
    if found is None:
        return None
    where = f"第 {found.start() + 1} 个字是 U+{ord(found.group()):04X}"
    return CellFault("control-character", f"可显示的文字，不含控制字符（{where}）")


def parse_column(cells: Sequence[Cell], column: Column, *, printable: bool = False) -> list[Value | CellFault]:
    """The values of a column; None where one is absent (empty, null, ``[]``). A text that comes again is parsed once.

    ``printable``: the texts are known to be so.
    """
    read = _READERS[column.type]
    texts: dict[str, Value | CellFault] = {}
    for cell in dict.fromkeys([cell for cell in cells if isinstance(cell, str)]):
        text = cell.strip()
        if not printable and (fault := _unprintable(cell)):
            texts[cell] = fault
        elif "\r" in text:
            texts[cell] = read(text.replace("\r\n", "\n").replace("\r", "\n"), column)
        else:
            texts[cell] = read(text, column) if text else None
    return [
        texts[cell] if isinstance(cell, str) else None if cell is None or cell == () else _from_typed(cell, column)
        for cell in cells
    ]


def _text(text: str, _: Column) -> Value | CellFault:
    return text


def _word(text: str, column: Column) -> Value | CellFault:
    word = column.member(text)
    return word if word is not None else CellFault("unknown-word", _choices(column), quotable=True)


def _list(text: str, _: Column) -> Value | CellFault:
    return tuple([item for part in _SEPARATOR.split(text) if (item := part.strip())]) or None


def _boolean(text: str, _: Column) -> Value | CellFault:
    flag = _FLAGS.get(text)
    return flag if flag is not None else CellFault("bad-boolean", "true、false、是、否或空", quotable=True)


def _integer(text: str, _: Column) -> Value | CellFault:
    if text.isascii() and text.isdigit() and len(text) <= _LONGEST_INTEGER and int(text) > 0:
        return int(text)
    return CellFault("bad-integer", "正整数", quotable=True)


def _amount(text: str, _: Column) -> Value | CellFault:
    """A sum as decimal text; no more than six places, with neither sign nor separators."""
    return text if _AMOUNT.fullmatch(text) else _NO_AMOUNT


_NO_AMOUNT: Final = CellFault("bad-amount", "数，最多六位小数，如 0.5、1200", quotable=True)


def amount_of(number: float) -> str | None:
    """A number cell as a sum, where it tells one exactly."""
    text = f"{number:.6f}".rstrip("0").rstrip(".") if 0 <= number < _EXACT_AMOUNT else ""
    return text if text and float(text) == number else None


def _date(text: str, _: Column) -> Value | CellFault:
    if _DATE.fullmatch(text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            return CellFault("bad-date", "日历上有的一天", quotable=True)
    return CellFault("bad-date", "日期，形如 2026-11-20", quotable=True)


_READERS: Final[dict[Type, Callable[[str, Column], Value | CellFault]]] = {
    Type.TEXT: _text,
    Type.CODE: _text,
    Type.DATE: _date,
    Type.WORD: _word,
    Type.LIST: _list,
    Type.BOOLEAN: _boolean,
    Type.INTEGER: _integer,
    Type.AMOUNT: _amount,
}


def _from_typed(cell: bool | float | dt.date | tuple[str, ...], column: Column) -> Value | CellFault:
    if isinstance(cell, tuple):
        if column.type is not Type.LIST:
            return CellFault("wrong-type", "一个值，而不是列表")
        if fault := next(filter(None, map(_unprintable, cell)), None):
            return fault
        return tuple(item for part in cell if (item := part.strip())) or None
    if isinstance(cell, bool):
        return cell if column.type is Type.BOOLEAN else CellFault("wrong-type", _expected(column))
    if isinstance(cell, dt.date):
        return cell if column.type is Type.DATE else CellFault("wrong-type", _expected(column))
    if column.type is Type.INTEGER:
        return (
            int(cell) if cell == int(cell) and 0 < cell < 10**_LONGEST_INTEGER else CellFault("bad-integer", "正整数")
        )
    if column.type is Type.AMOUNT:
        return amount_of(cell) or _NO_AMOUNT
    if column.type is Type.CODE:
        return CellFault("lossy-number", "文本格式的单元格：数字格式会丢失位数和前导零")
    return CellFault("wrong-type", _expected(column))


def _choices(column: Column) -> str:
    return "、".join(dict.fromkeys(column.words)) + " 之一"


def _expected(column: Column) -> str:
    return {
        Type.TEXT: "文本",
        Type.CODE: "文本",
        Type.LIST: "文本或字符串列表",
        Type.DATE: "日期，形如 2026-11-20",
        Type.BOOLEAN: "true、false、是、否或空",
        Type.INTEGER: "正整数",
        Type.AMOUNT: _NO_AMOUNT.expected,
        Type.WORD: _choices(column) if column.words else "文本",
    }[column.type]
