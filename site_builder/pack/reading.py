"""Which tables of a file are a list's, and where their headers stand; titles above them are set aside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from site_builder.errors import Finding, Place, SiteBuilderError, refuse
from site_builder.export.names import shown
from site_builder.export.schema import COLUMNS
from site_builder.pack.heading import FEWEST, Heading, known_headings, read_heading
from site_builder.pack.mapping import Mapping
from site_builder.pack.table import Table, is_empty
from site_builder.vocabulary import LABELS, Kind

DEEPEST: Final = 30
"""Rows among which the header is looked for."""


class Found(msgspec.Struct, frozen=True):
    """The headers of the tables that are read, in order, and what is said of those that are not."""

    headings: tuple[Heading, ...]
    unread: tuple[str, ...]


class _Candidate(msgspec.Struct, frozen=True):
    """The best header of a table: how many headings are known, and its row (0: none)."""

    known: int
    row: int


def find_headings(kind: Kind, tables: Sequence[Table], mapping: Mapping) -> Found:
    """The tables of a list: those the map names, or else every visible one with the header of the best.

    A visible table with another header of the same kind is asked about. Raises SiteBuilderError: no header, or one
    with headings that are unknown or repeated.
    """
    read = _named(kind, tables, mapping) if mapping.sheets else _told_by_header(kind, tables, mapping)
    faults: list[Finding] = []
    headings: list[Heading] = []
    for table, row in read:
        try:
            headings.append(read_heading(kind, table, row, mapping, label_of(table, len(read))))
        except SiteBuilderError as error:
            faults += error.findings
    if not faults and not mapping.sheets:
        faults += _differing(headings)
    if faults:
        raise SiteBuilderError(_once(faults))
    chosen = {id(table) for table, _ in read}
    return Found(tuple(headings), tuple(_unread(one) for one in tables if id(one) not in chosen))


def label_of(table: Table, count: int) -> str:
    """How findings name a table: its file, and its sheet where several are read."""
    return f"{table.file}「{table.sheet}」" if count > 1 and table.sheet else table.file


def _named(kind: Kind, tables: Sequence[Table], mapping: Mapping) -> list[tuple[Table, int]]:
    by_name = {one.sheet: one for one in tables}
    if missing := [one for one in mapping.sheets if one not in by_name]:
        hint = f"工作簿里有：{'、'.join(by_name)}"
        message = f"没有工作表「{'」「'.join(missing)}」"
        raise refuse("no-sheet", message, hint=hint, place=Place(tables[0].file if tables else ""))
    read = [(by_name[name], _best(kind, by_name[name], mapping)) for name in dict.fromkeys(mapping.sheets)]
    for table, best in read:
        if not best.row:
            raise _no_header(kind, [table])
    return [(table, best.row) for table, best in read]


def _told_by_header(kind: Kind, tables: Sequence[Table], mapping: Mapping) -> list[tuple[Table, int]]:
    """The visible tables with a header of this kind; with a header the map names, the one there is or the best."""
    visible = [one for one in tables if one.visible]
    best = {id(one): _best(kind, one, mapping) for one in visible}
    ours = [one for one in visible if best[id(one)].known >= FEWEST and not _of_another(kind, one, best[id(one)])]
    if not ours and mapping.header:
        believed = [one for one in visible if best[id(one)].row]
        most = max((best[id(one)].known for one in believed), default=0)
        ours = [one for one in believed if best[id(one)].known == most][:1] if most or len(believed) == 1 else []
    if not ours:
        raise _no_header(kind, tables)
    return [(one, best[id(one)].row) for one in ours]


def _best(kind: Kind, table: Table, mapping: Mapping) -> _Candidate:
    if mapping.header:
        cells = table.rows.get(mapping.header, [])
        return _Candidate(known_headings(cells, kind, mapping), mapping.header if cells else 0)
    best = _Candidate(FEWEST - 1, 0)
    for row in (one for one in table.rows if one <= DEEPEST):
        known = known_headings(table.rows[row], kind, mapping)
        if known > best.known:
            best = _Candidate(known, row)
    return best if best.row else _Candidate(0, 0)


def _of_another(kind: Kind, table: Table, best: _Candidate) -> bool:
    """Whether the header is rather that of another kind's list."""
    nothing = Mapping()
    return any(
        known_headings(table.rows[best.row], other, nothing) > best.known for other in COLUMNS if other is not kind
    )


def _no_header(kind: Kind, tables: Sequence[Table]) -> SiteBuilderError:
    where = "、".join(one.sheet for one in tables if one.sheet and one.visible)
    hidden = "、".join(one.sheet for one in tables if not one.visible)
    message = f"没有找到「{LABELS[kind]}」的表头：没有一行有 {FEWEST} 个认识的列名"
    message += f"（找过：{where}）" if where else ""
    message += f"（隐藏的工作表没有读：{hidden}）" if hidden else ""
    hint = "用 --map 写明本单位的列名，或用 header 写明表头在第几行"
    return refuse("no-header", message, hint=hint, place=Place(tables[0].file if tables else ""))


def _differing(headings: Sequence[Heading]) -> list[Finding]:
    """Tables whose header is of the same kind and yet another: whether they belong together is asked."""
    first = max(headings, key=lambda one: len(one.names))
    found = []
    for one in headings:
        if one.names != first.names:
            labels = {name: title for heading in headings for name, title in _titles(heading).items()}
            other = "、".join(shown(labels[name]) for name in sorted(one.names ^ first.names))
            message = f"这个工作表与「{first.table.sheet}」的表头不同：{other}"
            names = ", ".join(heading.table.sheet for heading in headings)
            hint = f"几个都要读的，在对照表里写 sheets: [{names}]；只读一个的，只写那一个"
            place = Place(label_of(one.table, len(headings)), one.row)
            found.append(Finding("sheets-differ", place, message, hint))
    return found


def _titles(heading: Heading) -> dict[str, str]:
    return {name: heading.headings[position] for position, name in heading.columns.items()}


def _once(faults: Sequence[Finding]) -> list[Finding]:
    """Findings of several sheets with one header, told once each."""
    seen: dict[tuple[str, str, str], Finding] = {}
    for one in faults:
        seen.setdefault((one.code, one.place.column, one.message), one)
    return list(seen.values())


def _unread(table: Table) -> str:
    rows = sum(not is_empty(cells) for cells in table.rows.values())
    why = "没有这份名单的表头" if table.visible else "是隐藏的"
    return f"工作表「{table.sheet}」没有读：{why}（{rows} 行有内容）"
