"""Where the header of an office's table stands, and what its headings mean; titles and closing lines are set aside."""

from __future__ import annotations

from collections.abc import Sequence
import difflib
import re
from typing import Final
import unicodedata

import msgspec

from site_builder.errors import Finding, Place, SiteBuilderError, refuse
from site_builder.export.columns import FORBIDDEN
from site_builder.export.names import shown
from site_builder.export.schema import headers
from site_builder.pack.mapping import LEFT_OUT, Mapping
from site_builder.pack.tables import Raw, Table
from site_builder.vocabulary import LABELS, Kind

FEWEST: Final = 3
"""Known headings a row must have to be taken for the header."""

DEEPEST: Final = 30
"""Rows among which the header is looked for."""

NUMBERING: Final = frozenset({"序号", "编次", "No", "No."})
"""Columns that only count the rows; they are left out without being asked."""

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

_CLOSING: Final = re.compile(r"(合计|总计|共计|填表|制表|审核|填报|负责人|联系人|备注|说明|注)\s*[:：]?")
_BRACKETS: Final = re.compile(r"[(（【\[][^()（）【】\[\]]*[)）】\]]$")


class Heading(msgspec.Struct, frozen=True):
    """The table of one list found: its sheet, the header's row (from 1), and the machine name at each position."""

    table: Table
    row: int
    columns: dict[int, str]
    headings: dict[int, str]
    left_out: tuple[str, ...]


def find_heading(kind: Kind, tables: Sequence[Table], mapping: Mapping) -> Heading:
    """The best header among the sheets. Raises SiteBuilderError: none found, unknown or repeated headings."""
    best: tuple[int, Table, int] | None = None
    for table in tables:
        rows = [mapping.header] if mapping.header else range(1, min(DEEPEST, len(table.rows)) + 1)
        for row in rows:
            cells = table.rows[row - 1] if row <= len(table.rows) else []
            known = sum(_name(cell, kind, mapping) is not None for cell in cells)
            if known >= FEWEST and (best is None or known > best[0]):
                best = (known, table, row)
    if best is None:
        where = "、".join(one.sheet for one in tables if one.sheet)
        message = f"没有找到「{LABELS[kind]}」的表头：没有一行有 {FEWEST} 个认识的列名" + (
            f"（找过：{where}）" if where else ""
        )
        hint = "用 --map 写明本单位的列名，或用 header 写明表头在第几行"
        raise refuse("no-header", message, hint=hint, place=Place(tables[0].file if tables else ""))
    return _heading(kind, best[1], best[2], mapping)


def _heading(kind: Kind, table: Table, row: int, mapping: Mapping) -> Heading:
    columns: dict[int, str] = {}
    headings: dict[int, str] = {}
    left_out: list[str] = []
    faults: list[Finding] = []
    for position, cell in enumerate(table.rows[row - 1]):
        heading = _plain(cell)
        if not heading:
            if any(_filled(one, position) for one in table.rows[row:]):
                message = f"第 {position + 1} 列有内容而没有列名"
                faults.append(Finding("empty-header", Place(table.file, row), message, "补上列名，或清空这一列"))
            continue
        name = _name(cell, kind, mapping)
        place = Place(table.file, row, shown(heading))
        if name == LEFT_OUT or (name is None and heading in NUMBERING):
            left_out.append(heading)
        elif name is None:
            faults.append(_unknown(place, heading, kind))
        elif name in columns.values():
            message = f"「{shown(heading)}」与前面的一列是同一列"
            faults.append(Finding("repeated-header", place, message, '只留一列，另一列在对照表里写 "-"'))
        else:
            columns[position], headings[position] = name, heading
    if faults:
        raise SiteBuilderError(faults)
    return Heading(table, row, columns, headings, tuple(left_out))


def _name(cell: Raw, kind: Kind, mapping: Mapping) -> str | None:
    """The machine name of a heading, ``-`` for one that is left out, None for one that is not known."""
    heading = _plain(cell)
    known = headers(kind)
    for spelt in (heading, _BRACKETS.sub("", heading)):
        for given, name in mapping.columns.items():
            if spelt == _plain(given):
                return name
        if spelt in known:
            return known[spelt]
    return None


def _plain(cell: Raw) -> str:
    """A heading without spaces, line breaks and the star of required columns."""
    return "".join(unicodedata.normalize("NFKC", str(cell)).split()).strip("*")


def _unknown(place: Place, heading: str, kind: Kind) -> Finding:
    word = next((one for one in FORBIDDEN if one in heading), "")
    if word:
        message = f"含有「{word}」：这类信息不得采集（大连条例第十八条、凌源办法第十二条）"
        return Finding("forbidden-column", place, message, f'从表里去掉；或在对照表 columns 里写 {heading}: "-"')
    labels = [label for label in headers(kind) if not label.isascii()]
    near = [name for name in (_USUAL.get(heading),) if name in labels]
    near += difflib.get_close_matches(heading, labels, n=1, cutoff=0.4)
    guess = near[0] if near else '"-"'
    hint = f"在对照表（--map）的 {kind.value} → columns 里写，例如 {heading}: {guess}"
    return Finding("unknown-column", place, f"不认识列「{shown(heading)}」", hint)


def _filled(row: Sequence[Raw], position: int) -> bool:
    return position < len(row) and str(row[position]).strip() != ""


def is_empty(row: Sequence[Raw]) -> bool:
    """Whether a row holds nothing."""
    return all(str(cell).strip() == "" for cell in row)


def is_closing(row: Sequence[Raw]) -> bool:
    """Whether a row is a closing line (合计、填表人……): few cells, the first of which says so."""
    filled = [str(cell).strip() for cell in row if str(cell).strip()]
    return 0 < len(filled) <= FEWEST and _CLOSING.match(filled[0]) is not None
