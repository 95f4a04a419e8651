"""The rows that stay out of an export: each as it goes back to the office."""

from __future__ import annotations

from typing import Final

import msgspec

from site_builder.errors import Place
from site_builder.pack.cells import as_written
from site_builder.pack.mapping import LEFT_OUT, ListMap
from site_builder.pack.minors import MARKED, is_minor
from site_builder.pack.parts import Row
from site_builder.pack.table import Broken, Raw, cell_at

MINOR: Final = "未成年人"
UNSURE: Final = "待核实"
"""No answer of a column of yes and no: until the office gives one, the row is refused again."""

_UNSURE: Final = f"退回的表里没有证件号码：「{MINOR}」一列填是或者否"


class LeftOut(msgspec.Struct, frozen=True):
    """A faulty row that stays out: where it is, what is wrong with it, and its cells under the office's headings.

    ``names``: heading → machine name.
    """

    place: Place
    reasons: tuple[str, ...]
    cells: dict[str, str]
    names: dict[str, str]


def left_out(row: Row, mapping: ListMap) -> LeftOut:
    """A faulty row as it goes back: what was understood as it was written anew, the rest as it stood there."""
    cells = {
        row.part.heading.headings[position]: _as_sent(cell_at(row.cells, position), row, name)
        for position, name in row.part.columns.items()
    }
    names = {row.part.heading.headings[position]: name for position, name in row.part.columns.items()}
    reasons = [one.message for one in row.wrong.values()]
    if mark := _mark(row):
        title = next((title for title, name in names.items() if name == "minor"), "") or _title(mapping)
        cells[title], names[title] = mark, "minor"
        reasons += [_UNSURE] if mark == UNSURE else []
    return LeftOut(row.place, tuple(dict.fromkeys(reasons)), cells, names)


def _mark(row: Row) -> str:
    """What the row says of a minor where its numbers, which do not go back, tell one or might."""
    if row.texts.get("minor") in MARKED:
        return row.texts["minor"]
    sound = {name: text for name, text in row.texts.items() if name not in row.wrong}
    return UNSURE if is_minor(sound, row.numbers) is None else ""


def _title(mapping: ListMap) -> str:
    """The heading of the mark: one that the office's map does not leave out."""
    return MINOR if mapping.columns.get(MINOR) != LEFT_OUT else "minor"


def _as_sent(cell: Raw, row: Row, name: str) -> str:
    if name not in row.wrong:
        return row.texts.get(name, "")
    if isinstance(cell, float):
        return as_written(cell) if abs(cell) < 10**15 else f"{cell:E}"  # refused again: its digits are lost
    return "" if isinstance(cell, Broken) else str(cell)
