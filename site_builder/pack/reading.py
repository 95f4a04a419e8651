"""Which tables of a file are a list's, and where their headers stand; titles above them are set aside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from site_builder.errors import Finding, Place, SiteBuilderError, refuse
from site_builder.export.names import shown
from site_builder.export.schema import COLUMNS
from site_builder.pack.guessing import yaml_word
from site_builder.pack.heading import ASKED_BACK, FEWEST, Heading, known_headings, plain, read_heading
from site_builder.pack.mapping import ListMap
from site_builder.pack.table import Table, is_empty
from site_builder.vocabulary import LABELS, Kind

DEEPEST: Final = 30
"""Rows among which the header is looked for."""

LEVELS: Final = 1
"""Rows below the first that can be a header in which its second level may stand."""


class HeadersFound(msgspec.Struct, frozen=True):
    """The headers of the tables that are read, in order, and what is said of those that are not."""

    headings: tuple[Heading, ...]
    unread: tuple[str, ...]


class _Candidate(msgspec.Struct, frozen=True):
    """The best header of a table: how many headings are known, and its row (0: none)."""

    known: int
    row: int


def find_headings(kind: Kind, tables: Sequence[Table], mapping: ListMap, *, several: bool = False) -> HeadersFound:
    """The tables of a list: those the map names, or else every visible one with the header of the best.

    A visible table with another header of the same kind is asked about. ``several``: other files are read beside this
    one. Raises SiteBuilderError: no header, or tables that do not belong together.
    """
    if _sent_back(tables):
        mapping = msgspec.structs.replace(mapping, header=0, sheets=())
    read = _named(kind, tables, mapping) if mapping.sheets else _told_by_header(kind, tables, mapping)
    faults: list[Finding] = []
    headings: list[Heading] = []
    for table, row in read:
        label = label_of(table, several=several or len(read) > 1)
        if again := _again(kind, table, row, mapping, label):
            faults += again
            continue
        try:
            headings.append(read_heading(kind, table, row, mapping, label))
        except SiteBuilderError as error:
            faults += error.findings
    asked = [fault for one in headings for fault in one.faults]
    if not faults and not asked and not mapping.sheets:
        faults += _differing(kind, headings)
    if faults:
        raise SiteBuilderError(once([*faults, *asked]))
    chosen = {id(table) for table, _ in read}
    unread = tuple(_unread(one, mapping) for one in tables if id(one) not in chosen)
    return HeadersFound(tuple(headings), unread)


def label_of(table: Table, *, several: bool) -> str:
    """How findings name a table: its file, and its sheet where several are read."""
    return f"{table.file}「{table.sheet}」" if several and table.sheet else table.file


def _sent_back(tables: Sequence[Table]) -> bool:
    """Whether this is the file with rows left out, come back: what the map says of rows and sheets is not of it."""
    first = next((one.rows.get(1, []) for one in tables), [])
    return tuple(plain(cell) for cell in first[: len(ASKED_BACK)]) == ASKED_BACK


def _named(kind: Kind, tables: Sequence[Table], mapping: ListMap) -> list[tuple[Table, int]]:
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


def _told_by_header(kind: Kind, tables: Sequence[Table], mapping: ListMap) -> list[tuple[Table, int]]:
    """The visible tables with a header of this kind; with a header the map names, the one there is or the best."""
    visible = [one for one in tables if one.visible]
    best = {id(one): _best(kind, one, mapping) for one in visible}
    ours = [one for one in visible if best[id(one)].known >= FEWEST and not _of_another(kind, one, best[id(one)])]
    if not ours and mapping.header and (mapping.columns or not _rather(kind, visible)[0]):
        believed = [one for one in visible if best[id(one)].row]
        most = max((best[id(one)].known for one in believed), default=0)
        ours = [one for one in believed if best[id(one)].known == most][:1] if most or len(believed) == 1 else []
    if not ours:
        raise _no_header(kind, tables)
    if mapping.header:
        _refuse_elsewhere(kind, [one for one in visible if one not in ours], mapping)
    return [(one, best[id(one)].row) for one in ours]


def _refuse_elsewhere(kind: Kind, tables: Sequence[Table], mapping: ListMap) -> None:
    """Raise for tables that have the header of this kind in another row than the map says."""
    found = []
    for table in tables:
        best = _best(kind, table, msgspec.structs.replace(mapping, header=0))
        if best.known >= FEWEST and not _of_another(kind, table, best):
            message = f"这个工作表的表头在第 {best.row} 行，对照表写的是第 {mapping.header} 行"
            hint = "表头能自己找到，对照表里不用写 header；只读别的工作表的，在 sheets 里写明"
            found.append(Finding("no-header", Place(label_of(table, several=True), best.row), message, hint))
    if found:
        raise SiteBuilderError(found)


def _best(kind: Kind, table: Table, mapping: ListMap) -> _Candidate:
    """The first row that can be the header, or the row right below it where that knows more: the second of two levels.

    With a header in the map that row, whatever is known of it.
    """
    if mapping.header:
        cells = table.rows.get(mapping.header, [])
        return _Candidate(known_headings(cells, kind, mapping), mapping.header if cells else 0)
    best = _Candidate(0, 0)
    for row in (one for one in table.rows if one <= DEEPEST):
        known = known_headings(table.rows[row], kind, mapping)
        below = best.row < row <= best.row + LEVELS
        if known >= FEWEST and (not best.row or (below and (known > best.known or _goes_on(table, row)))):
            best = _Candidate(known, row)
    return best


def _goes_on(table: Table, row: int) -> bool:
    """Whether cells of the row above are merged down into this one."""
    return any(at == row and not one.sideways for (at, _), one in table.filled.items())


def _again(kind: Kind, table: Table, row: int, mapping: ListMap, label: str) -> list[Finding]:
    """Further headers below the first: what stands between them is a table of its own, or a page of a print."""
    hint = "打印分页重复的表头删去；几张表叠在一个工作表里的，分到几个工作表再打包"
    return [
        Finding("repeated-header", Place(label, number), "这一行又是一行表头", hint)
        for number, cells in table.rows.items()
        if number > row and known_headings(cells, kind, mapping) >= FEWEST
    ]


def _of_another(kind: Kind, table: Table, best: _Candidate) -> bool:
    """Whether the header is rather that of another kind's list."""
    nothing = ListMap()
    return any(
        known_headings(table.rows[best.row], other, nothing) > best.known for other in COLUMNS if other is not kind
    )


def _rather(kind: Kind, tables: Sequence[Table]) -> tuple[list[Kind], Place]:
    """The other kinds whose header a table has, not this kind's, and where; none where there is none."""
    nothing = ListMap()
    found: tuple[list[Kind], Place] = ([], Place())
    most = max((_best(kind, one, nothing).known for one in tables), default=0)
    for table in tables:
        bests = {other: _best(other, table, nothing) for other in COLUMNS if other is not kind}
        known = max(one.known for one in bests.values())
        if known >= FEWEST and known > most:
            most, like = known, [other for other, one in bests.items() if one.known == known]
            found = (like, Place(label_of(table, several=len(tables) > 1), bests[like[0]].row))
    return found


def _no_header(kind: Kind, tables: Sequence[Table]) -> SiteBuilderError:
    like, place = _rather(kind, [one for one in tables if one.visible])
    if like:
        message = f"这像「{'」或「'.join(LABELS[one] for one in like)}」的表，不像「{LABELS[kind]}」的"
        hint = f"用 {' 或 '.join(f'--{one}' for one in like)}；真是「{LABELS[kind]}」的，在对照表的 columns 里逐列写明"
        return refuse("no-header", message, hint=hint, place=place)
    where = "、".join(one.sheet for one in tables if one.sheet and one.visible)
    hidden = [one.sheet for one in tables if not one.visible]
    message = f"没有找到「{LABELS[kind]}」的表头：没有一行有 {FEWEST} 个认识的列名"
    message += f"（找过：{where}）" if where else ""
    hint = f"在对照表（--map）的 {kind.value} 里写 header: 表头在第几行；列名会逐个来问"
    if hidden:
        message += f"（隐藏的工作表没有读：{'、'.join(hidden)}）"
        hint += f"；要读隐藏的，写 sheets: [{', '.join(map(yaml_word, hidden))}]"
    return refuse("no-header", message, hint=hint, place=Place(tables[0].file if tables else ""))


def _differing(kind: Kind, headings: Sequence[Heading]) -> list[Finding]:
    """Tables whose header is of the same kind and yet another: whether they belong together is asked."""
    first = max(headings, key=lambda one: len(one.names))
    found = []
    for one in headings:
        if one.names != first.names:
            labels = {name: title for heading in headings for name, title in _titles(heading).items()}
            other = "、".join(shown(labels[name]) for name in sorted(one.names ^ first.names))
            message = f"这个工作表与「{first.table.sheet}」的表头不同：{other}"
            names = ", ".join(yaml_word(heading.table.sheet) for heading in headings)
            hint = f"几个都要读的，在对照表的 {kind.value} 里写 sheets: [{names}]；只读一个的，只写那一个"
            place = Place(label_of(one.table, several=True), one.row)
            found.append(Finding("sheets-differ", place, message, hint))
    return found


def _titles(heading: Heading) -> dict[str, str]:
    return {name: heading.headings[position] for position, name in heading.columns.items()}


def once(faults: Sequence[Finding]) -> list[Finding]:
    """Findings of several sheets with one header, told once each."""
    seen: dict[tuple[str, str, str], Finding] = {}
    for one in faults:
        seen.setdefault((one.code, one.place.column, one.message), one)
    return list(seen.values())


def _unread(table: Table, mapping: ListMap) -> str:
    rows = sum(not is_empty(cells) for cells in table.rows.values())
    why = "对照表的 sheets 里没有写它" if mapping.sheets else "没有这份名单的表头" if table.visible else "是隐藏的"
    return f"工作表「{table.sheet}」没有读：{why}（{rows} 行有内容）"
