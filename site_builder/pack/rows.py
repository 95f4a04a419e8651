"""The rows of one list: converted cell by cell, numbered, and read as an export's rows are, every fault at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from site_builder.errors import Finding, Place
from site_builder.export.rows import read_rows
from site_builder.export.schema import COLUMNS
from site_builder.pack.cells import Refused, convert
from site_builder.pack.heading import Heading, is_closing, is_empty
from site_builder.pack.ledger import Ledger
from site_builder.pack.mapping import Mapping
from site_builder.pack.tables import Raw
from site_builder.records.columns import Column, Type
from site_builder.vocabulary import Kind

TELLING: Final = frozenset({Type.DATE, Type.WORD, Type.BOOLEAN, Type.INTEGER, Type.LIST})
"""Types whose values a report repeats; codes may be a person's number, and free text may be anything."""


class Step(msgspec.Struct, frozen=True):
    """One thing done: at a row (0: the whole table) and heading, what, and for some types before and after."""

    row: int
    heading: str
    done: str
    before: str = ""
    after: str = ""


class Packed(msgspec.Struct, frozen=True, kw_only=True):
    """One list ready to be written: ``columns`` are machine names, ``rows`` texts aligned with them."""

    kind: Kind
    file: str
    sheet: str
    header: int
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    steps: tuple[Step, ...]
    faults: tuple[Finding, ...]


def pack_rows(kind: Kind, heading: Heading, mapping: Mapping, ledger: Ledger | None, photos: dict[str, str]) -> Packed:
    """The table's rows as an export's. ``photos``: the office's picture names → resource names."""
    table = heading.table
    known = {column.name: column for column in COLUMNS[kind]}
    fixed = {name: value for name, value in mapping.fixed.items() if name not in heading.columns.values()}
    given = set(heading.columns.values()) | set(fixed) | ({"id"} if ledger is not None else set())
    columns = tuple(name for name in known if name in given)
    steps = list(_about(heading, table.notes, fixed, known))
    faults: list[Finding] = []
    texts: list[dict[str, str]] = []
    numbers: list[int] = []
    for number, cells in enumerate(table.rows[heading.row :], start=heading.row + 1):
        if is_empty(cells):
            continue
        if is_closing(cells):
            steps.append(Step(number, "", "表尾的一行，不是记录，略去"))
            continue
        row = dict(fixed)
        for position, name in heading.columns.items():
            cell = cells[position] if position < len(cells) else ""
            row[name] = _cell(cell, known[name], mapping, number, heading.headings[position], table.file, steps, faults)
        if row.get("photo"):
            row["photo"] = photos.get(row["photo"], row["photo"])
        texts.append(row)
        numbers.append(number)
    if ledger is not None:
        faults += _numbered(kind, texts, numbers, table.file, ledger, steps)
    rows = tuple(tuple(row.get(name, "") for name in columns) for row in texts)
    pictures = frozenset(photos.values())
    refused = {(one.place.row, one.place.column) for one in faults}
    for read in read_rows(kind, table.file, columns, numbers, rows, pictures):
        for fault in read.faults:
            label = known[fault.place.column].label if fault.place.column in known else ""
            if (fault.place.row, fault.place.column) not in refused and (fault.place.row, label) not in refused:
                faults.append(fault)
    return Packed(
        kind=kind,
        file=table.file,
        sheet=table.sheet,
        header=heading.row,
        columns=columns,
        rows=rows,
        steps=tuple(steps),
        faults=tuple(sorted(faults, key=lambda one: one.place)),
    )


def _about(heading: Heading, notes: Iterable[str], fixed: dict[str, str], known: dict[str, Column]) -> Iterator[Step]:
    """What is done to the table as a whole."""
    yield from (Step(0, "", note) for note in notes)
    if heading.row > 1:
        yield Step(0, "", f"表头在第 {heading.row} 行，它上面的 {heading.row - 1} 行是标题，略去")
    for position, name in heading.columns.items():
        label = known[name].label
        if heading.headings[position] not in {name, label}:
            yield Step(0, heading.headings[position], f"这一列是「{label}」")
    yield from (Step(0, one, "这一列不导出") for one in heading.left_out)
    yield from (Step(0, known[name].label, f"本单位没有这一列，都填「{value}」") for name, value in fixed.items())


def _cell(
    cell: Raw,
    column: Column,
    mapping: Mapping,
    number: int,
    title: str,
    file: str,
    steps: list[Step],
    faults: list[Finding],
) -> str:
    converted = convert(cell, column, mapping.values.get(column.name, {}))
    if isinstance(converted, Refused):
        message = f"「{title}」应为{converted.expected}"
        faults.append(Finding(converted.code, Place(file, number, column.name), message, "在原表里改正后重新打包"))
        return ""
    if converted.done:
        told = (_shown(cell), converted.text) if column.type in TELLING else ("", "")
        steps.append(Step(number, title, converted.done, *told))
    return converted.text


def _shown(cell: Raw) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _numbered(
    kind: Kind, texts: list[dict[str, str]], numbers: list[int], file: str, ledger: Ledger, steps: list[Step]
) -> Iterator[Finding]:
    """Give every record without a number its own; two rows known by the same are one record twice."""
    for row in texts:
        if row.get("id"):
            ledger.reserve(row["id"])
    seen: dict[str, int] = {}
    for row, number in zip(texts, numbers, strict=True):
        if row.get("id"):
            continue
        row["id"], key = ledger.number(kind, row)
        if key in seen:
            message = f"与第 {seen[key]} 行是同一个主体、同一份文书，不能分别编号"
            yield Finding("repeated-record", Place(file, number), message, "是同一条的删去一行；不是的写明不同的文书号")
        else:
            steps.append(Step(number, "", "按台账编号", "", row["id"]))
        seen.setdefault(key, number)


def tally(steps: Iterable[Step]) -> Counter[str]:
    """How often each thing was done to cells."""
    return Counter(one.done for one in steps if one.row)
