"""One table of a list: which of its rows are records, which columns are read, and what is said of it as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

import msgspec

from site_builder.errors import Finding, Place
from site_builder.export.batch import FaultLog
from site_builder.export.csv_records import CsvRecords
from site_builder.export.xlsx_sheet import letters
from site_builder.pack.closing import closing_rows
from site_builder.pack.heading import Heading
from site_builder.pack.mapping import KEEP, LEAVE, ListMap
from site_builder.pack.table import Raw, cell_at, is_empty
from site_builder.records.columns import Column

MOST_NAMED: Final = 30
"""Rows named one by one; of more the rest is counted."""


PUBLISHED: Final = "published_on"
"""The column of the day a record was first published."""


class Step(msgspec.Struct, frozen=True):
    """One thing done: in a sheet at a row (0: the whole table) and heading; what; for some before and after.

    ``left_out``: the whole row is no record and was left out.
    """

    sheet: str
    row: int
    heading: str
    done: str
    before: str = ""
    after: str = ""
    left_out: bool = False


class TablePart(msgspec.Struct, frozen=True):
    """The records of one table by row, the machine names by position, what was done, and what is wrong.

    ``label`` names the table in findings; ``fixed`` are the columns that it does not have, each with one text for all.
    """

    heading: Heading
    label: str
    rows: dict[int, list[Raw]]
    columns: dict[int, str]
    fixed: dict[str, str]
    steps: tuple[Step, ...]
    faults: tuple[Finding, ...]
    warnings: tuple[Finding, ...]


class Row(msgspec.Struct):
    """One row on its way: its cells and what they became; ``wrong``: column → what is wrong with it.

    ``words`` are the columns whose word is not known: those are told once for all rows.
    """

    part: TablePart
    place: Place
    cells: list[Raw]
    texts: dict[str, str]
    wrong: dict[str, Finding] = msgspec.field(default_factory=dict)
    words: set[str] = msgspec.field(default_factory=set)

    @property
    def numbers(self) -> list[Raw]:
        """What the columns that are not exported say of a natural person's birth."""
        return [cell_at(self.cells, position) for position in self.part.heading.births]


def part_of(heading: Heading, label: str, mapping: ListMap, known: Mapping[str, Column]) -> TablePart:
    """What is read of a table."""
    below = {row: cells for row, cells in heading.table.rows.items() if row > heading.row and not is_empty(cells)}
    closing = closing_rows(heading, below, known)
    others = [row for row, cells in below.items() if row not in closing and not _holds(heading, cells)]
    out = {*closing, *others}
    records = {row: cells for row, cells in below.items() if row not in out}
    columns = dict(heading.columns)
    steps = [*_about(heading, known)]
    if others:
        steps.append(
            _step(heading, 0, f"{len(others)} 行在要导出的各列里都是空的（如只有序号），略去：第 {spans(others)} 行")
        )
    steps += [Step(heading.table.sheet, row, "", "表尾的一行，不是记录，略去", left_out=True) for row in closing]
    faults: list[Finding] = []
    faults += _hidden_rows(heading, label, mapping.hidden, records, steps)
    faults += _hidden_columns(heading, label, mapping.hidden, records, columns, steps)
    fixed = {name: value for name, value in mapping.fixed.items() if name not in columns.values()}
    for name, value in fixed.items():
        every = "" if name == PUBLISHED else "都"  # not where the ledger knows an earlier day
        steps.append(_step(heading, 0, f"表里没有这一列，{every}填「{value}」", known[name].label))
    faults += _ragged(heading, label, records)
    steps += _filled(heading, records)
    return TablePart(
        heading,
        label,
        records,
        columns,
        fixed,
        tuple(steps),
        tuple(one for one in faults if not one.warning),
        tuple(one for one in faults if one.warning),
    )


def _holds(heading: Heading, cells: list[Raw]) -> bool:
    """Whether a row has anything in the columns that are read."""
    return any(str(cell_at(cells, position)).strip() for position in heading.columns)


def _step(heading: Heading, row: int, done: str, title: str = "") -> Step:
    return Step(heading.table.sheet, row, title, done)


def _about(heading: Heading, known: Mapping[str, Column]) -> Iterator[Step]:
    """What is done to the table as a whole."""
    yield from (_step(heading, 0, note) for note in heading.table.notes)
    if heading.row > 1:
        yield _step(heading, 0, f"表头在第 {heading.row} 行，它上面的 {heading.row - 1} 行是标题，略去")
    for position, name in heading.columns.items():
        label, title = known[name].label, heading.headings[position]
        if title not in {name, label}:
            yield _step(heading, 0, f"这一列是「{label}」", title)
    yield from (_step(heading, 0, "这一列不导出", one) for one in heading.left_out)
    for title, rows in heading.dropped:
        yield _step(heading, 0, f"这一列从不公示，不导出（{rows} 行有内容）", title)
    yield from (_step(heading, 0, "对照表的 columns 里写了，表里没有这一列", one) for one in heading.unused)


def _hidden_rows(
    heading: Heading, label: str, hidden: str, records: dict[int, list[Raw]], steps: list[Step]
) -> Iterator[Finding]:
    """Hidden rows with content: read or left out as the map says, asked about where it does not."""
    rows = [row for row in records if row in heading.table.hidden_rows]
    if rows and not hidden:
        message = f"隐藏着 {len(rows)} 行，里面有内容：第 {spans(rows)} 行"
        yield Finding("hidden-content", Place(label, rows[0]), message, _ASKED)
    elif rows:
        done = "一并导出" if hidden == KEEP else "略去"
        steps.append(_step(heading, 0, f"隐藏的 {len(rows)} 行{done}：第 {spans(rows)} 行"))
        for row in rows if hidden == LEAVE else ():
            steps.append(Step(heading.table.sheet, row, "", "隐藏的一行，略去", left_out=True))
            del records[row]


def _hidden_columns(
    heading: Heading,
    label: str,
    hidden: str,
    records: dict[int, list[Raw]],
    columns: dict[int, str],
    steps: list[Step],
) -> Iterator[Finding]:
    """Hidden columns with content, likewise; those the map leaves out are no question."""
    for position, title in heading.headings.items():
        if not heading.table.hides(position) or not any(
            str(cell_at(cells, position)).strip() for cells in records.values()
        ):
            continue
        if not hidden:
            message = f"{letters(position + 1)} 列「{title}」隐藏着，里面有内容"
            yield Finding("hidden-content", Place(label, heading.row, columns[position]), message, _ASKED)
            continue
        steps.append(_step(heading, 0, "隐藏的一列，一并导出" if hidden == KEEP else "隐藏的一列，略去", title))
        if hidden == LEAVE:
            del columns[position]


_ASKED: Final = (
    "先核对；要的在对照表里写 hidden: keep（一并导出），不要的写 hidden: leave（略去），或在表里取消隐藏、删去"
)


def _ragged(heading: Heading, label: str, records: dict[int, list[Raw]]) -> list[Finding]:
    """Rows of a text file that are not as wide as its header, which are read no further; cells that swallowed rows."""
    found: list[Finding] = []
    if heading.table.text:
        checked = CsvRecords((), FaultLog(label, found), heading.table.text)
        checked.named([str(cell) for cell in heading.table.rows[heading.row]])
        for row, cells in [*records.items()]:
            if not checked.fits(row, [str(cell) for cell in cells]):
                del records[row]
    return found


def _filled(heading: Heading, records: Mapping[int, list[Raw]]) -> Iterator[Step]:
    """What merged cells were filled."""
    cells = [one for (row, position), one in heading.table.filled.items() if row in records]
    if cells:
        stale = sum(one.stale for one in cells)
        under = f"，其中 {stale} 格下面压着看不见的别的内容，没有用" if stale else ""
        yield _step(heading, 0, f"合并的单元格，每格都填上它的内容：{len(cells)} 格{under}")


def spans(rows: Sequence[int]) -> str:
    """Row numbers in words: 3、7—9; of very many the first ones."""
    groups = [[row for _, row in group] for _, group in groupby(enumerate(rows), lambda pair: pair[1] - pair[0])]
    named = [f"{one[0]}—{one[-1]}" if len(one) > 1 else str(one[0]) for one in groups[:MOST_NAMED]]
    return "、".join(named) + ("……" if len(groups) > MOST_NAMED else "")
