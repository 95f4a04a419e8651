"""What the headings of an office's table mean. What is not known exactly is asked, never guessed."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
import difflib
import re
from typing import Final
import unicodedata

import msgspec

from site_builder.errors import Finding, Place, SiteBuilderError
from site_builder.export.columns import FORBIDDEN
from site_builder.export.names import shown
from site_builder.export.schema import COLUMNS, headers
from site_builder.export.xlsx_sheet import letters
from site_builder.pack.mapping import LEFT_OUT, Mapping
from site_builder.pack.table import Raw, Table, cell_at
from site_builder.vocabulary import Kind

FEWEST: Final = 3
"""Known headings a row must have to be taken for the header."""

ASKED_BACK: Final = ("原表位置", "要改正的问题")
"""Columns of the file that goes back to the office with the rows left out; they come back with it."""

NUMBERING: Final = frozenset({"序号", "编次", "No", "No.", *ASKED_BACK})
"""Columns that only count the rows, or that we wrote ourselves; they are left out without being asked."""

_USUAL: Final = {
    "企业名称": "主体名称",
    "单位名称": "主体名称",
    "失信主体名称": "主体名称",
    "姓名": "主体名称",
    "信用代码": "统一社会信用代码",
    "法人代表": "法定代表人",
    "文书号": "决定文书号",
    "处罚决定书文号": "决定文书号",
    "认定部门": "认定单位",
    "失信事实": "认定事由",
    "公布日期": "公示日期",
}
"""What a heading often means: a guess that is offered, never taken."""

_BRACKET: Final = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|【([^【】]*)】|〔([^〔〕]*)〕")
_SAYS_NOTHING: Final = re.compile(
    r"必填项?|必录|选填项?|可选|可空|可不填|非必填|如有|没有不填|月|个月|[0-9]{1,3}位|文本|文本格式|文字|日期格式"
    r"|格式[:为].*|形如.*|例如?[:].*|年/月/日|年-月-日|yyyy[-/.年]?mm[-/.月]?dd日?|[12][0-9]{3}[-/.][0-9]{1,2}[-/.][0-9]{1,2}"
    r"|是/否|是或否|填?是、?否|下拉(?:选择|选项)?|单选|多选|多项用分号(?:隔开|分隔)?|分号(?:隔开|分隔)",
    re.IGNORECASE,
)
"""What a bracket behind a heading may say without changing what the column holds: duties, units, formats."""

_LETTERS: Final = re.compile(r"[A-Z]{1,3}")


class Heading(msgspec.Struct, frozen=True):
    """The header of one table: its row (from 1), and machine names and headings by position (from 0).

    ``width`` is the number of cells the header's row has.
    """

    table: Table
    row: int
    columns: dict[int, str]
    headings: dict[int, str]
    left_out: tuple[str, ...]
    width: int

    @property
    def names(self) -> frozenset[str]:
        """The machine names there are."""
        return frozenset(self.columns.values())

    def records(self) -> dict[int, list[Raw]]:
        """The rows below."""
        return {row: cells for row, cells in self.table.rows.items() if row > self.row}


def known_headings(cells: Sequence[Raw], kind: Kind, mapping: Mapping) -> int:
    """How many cells of a row are headings that are known."""
    return sum(_name(cell, kind, mapping) is not None for cell in cells)


def read_heading(kind: Kind, table: Table, row: int, mapping: Mapping, label: str) -> Heading:
    """What each heading of a row means; ``label`` names the table in findings.

    Raises SiteBuilderError with every heading that is unknown, repeated or missing above a column that holds text.
    """
    columns: dict[int, str] = {}
    headings: dict[int, str] = {}
    left_out: list[str] = []
    faults: list[Finding] = []
    unknown: list[tuple[str, str]] = []
    cells = table.rows.get(row, [])
    below = [one for number, one in table.rows.items() if number > row]
    for position in range(len(cells) if table.text else max(map(len, (cells, *below)))):
        sideways = (row, position) in table.filled and table.filled[row, position].sideways
        heading = "" if sideways else plain(cell_at(cells, position))
        letter = letters(position + 1)
        if not heading and all(str(cell_at(one, position)).strip() == "" for one in below):
            continue
        title = heading or f"{letter} 列"
        name = _name(heading, kind, mapping) if heading else mapping.columns.get(letter)
        place = Place(label, row, shown(title))
        if name == LEFT_OUT or (name is None and heading in NUMBERING):
            left_out.append(title)
        elif name is None and not heading:
            message = f"{letter} 列有内容而没有列名"
            hint = f'补上列名；不要的，在对照表的 {kind.value} → columns 里写 {letter}: "-"'
            faults.append(Finding("empty-header", place, message, hint))
        elif name is None:
            unknown.append((heading, str(place.column)))
        elif name in columns.values():
            message = f"「{shown(title)}」与前面的一列是同一列"
            faults.append(Finding("repeated-header", place, message, '只留一列，另一列在对照表里写 "-"'))
        else:
            columns[position], headings[position] = name, title
    faults += _unknown(kind, label, row, unknown, frozenset(columns.values()) | mapping.fixed.keys())
    if faults:
        raise SiteBuilderError(faults)
    return Heading(table, row, columns, headings, tuple(left_out), len(cells))


def plain(cell: Raw) -> str:
    """A heading without spaces, line breaks and the star of required columns."""
    return "".join(unicodedata.normalize("NFKC", str(cell)).split()).strip("*")


def _name(cell: Raw, kind: Kind, mapping: Mapping) -> str | None:
    """The machine name of a heading, ``-`` for one that is left out, None for one that is not known."""
    heading = plain(cell)
    given = {plain(one): name for one, name in mapping.columns.items()}
    known = headers(kind)
    for spelt in dict.fromkeys((heading, bare(heading))):
        if spelt in given:
            return given[spelt]
        if spelt in known:
            return known[spelt]
    return None


def bare(heading: str) -> str:
    """A heading without the brackets that only say how to fill the column in; others stay, they change its meaning."""

    def left(match: re.Match[str]) -> str:
        inner = next(one for one in match.groups() if one is not None)
        return "" if _SAYS_NOTHING.fullmatch(inner) else match.group()

    return _BRACKET.sub(left, heading).strip("*")


def _unknown(
    kind: Kind, label: str, row: int, unknown: Sequence[tuple[str, str]], taken: AbstractSet[str]
) -> list[Finding]:
    """A finding for each unknown heading (whole, and as it is shown): the line to write in the map, with a near name.

    The last one adds which required columns nothing stands for yet.
    """
    found = []
    free = [column for column in COLUMNS[kind] if column.name not in taken]
    for heading, title in unknown:
        where = f"在对照表（--map）的 {kind.value} → columns 里写"
        code, message = "unknown-column", f"不认识列「{title}」"
        if word := next((one for one in FORBIDDEN if one in heading), ""):
            code = "forbidden-column"
            message = f"含有「{word}」：这类信息不得采集（大连条例第十八条、凌源办法第十二条）"
            hint = f'从表里去掉；或在对照表 columns 里写 {heading}: "-"'
        elif near := _nearest(heading, [column.label for column in free]):
            hint = f'{where}，例如 {heading}: {near}；不要这一列的写 {heading}: "-"'
        else:
            hint = f'{where} {heading}: 我们的列名；不要这一列的写 {heading}: "-"'
        found.append(Finding(code, Place(label, row, title), message, hint))
    missing = "、".join(column.label for column in free if column.required)
    if found and missing:
        last = found.pop()
        found.append(msgspec.structs.replace(last, hint=f"{last.hint}\n    → 还没有着落的必填列：{missing}"))
    return found


def _nearest(heading: str, labels: Sequence[str]) -> str:
    """The known label a heading is like; none where a bracket behind it makes it something else."""
    usual = _USUAL.get(heading, "")
    if usual in labels:
        return usual
    near = next(iter(difflib.get_close_matches(heading, labels, n=1, cutoff=0.5)), "")
    return "" if near and near == _BRACKET.sub("", heading) else near
