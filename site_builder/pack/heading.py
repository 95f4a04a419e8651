"""What the headings of an office's table mean. What is not known exactly is asked, never guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache
import re
from typing import Final
import unicodedata

import msgspec

from site_builder.errors import Finding, Place, refuse
from site_builder.export.columns import FORBIDDEN
from site_builder.export.names import shown
from site_builder.export.schema import COLUMNS, headers
from site_builder.export.xlsx_sheet import letters
from site_builder.pack.guessing import nearest, yaml_word
from site_builder.pack.known import folded, known_table
from site_builder.pack.mapping import LEFT_OUT, ListMap
from site_builder.pack.mixed import is_mixed
from site_builder.pack.table import Raw, Table, cell_at
from site_builder.records.columns import Column, Type
from site_builder.vocabulary import LABELS, Kind

FEWEST: Final = 3
"""Known headings a row must have to be taken for the header."""

ASKED_BACK: Final = ("原表位置", "要改正的问题")
"""Columns of the file that goes back to the office with the rows left out; they come back with it."""

NUMBERING: Final = frozenset({"序号", "编次", "No", "No.", *ASKED_BACK})
"""Columns that only count the rows, or that we wrote ourselves; they are left out without being asked."""

_BRACKET: Final = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|【([^【】]*)】|〔([^〔〕]*)〕")
_SAYS_NOTHING: Final = re.compile(
    r"必填项?|必录|选填项?|可选|可空|可不填|非必填|如有|没有不填|月|个月|[0-9]{1,3}位|文本|文本格式|文字|日期格式"
    r"|格式[:为].*|形如.*|例如?[:].*|年/月/日|年-月-日|yyyy[-/.年]?mm[-/.月]?dd日?"
    r"|[12][0-9]{3}[-/.][0-9]{1,2}[-/.][0-9]{1,2}"
    r"|是/否|是或否|填?是、?否|下拉(?:选择|选项)?|单选|多选|多项用分号(?:隔开|分隔)?|分号(?:隔开|分隔)",
    re.IGNORECASE,
)
"""What a bracket behind a heading may say without changing what the column holds: duties, units, formats."""

_INVISIBLE: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_WHERE: Final = "（表里没有的，在 fixed 里写 列名: 每行都填的内容；没有编号的，用 --assign-ids 台账）"
_YUAN: Final = re.compile(r"[(\[【/:_]单?位?[:为]?(?:人民币)?元[)\]】]?")
_IN_YUAN: Final = "在原表里把元换算成万元（除以 10000），列名里的「元」改成「万元」"
_LETTER: Final = re.compile(r"([A-Z]{1,3})列")
_DATA: Final = re.compile(r"[0-9]{6}|[0-9]{4}[-/.年][0-9]{1,2}")
_LONGEST: Final = 40
_LONGEST_GROUP: Final = 10
_ANOTHER: Final = re.compile("机关|部门|法定代表|法人代表|负责人|经办|代理|联系|来源")
"""Groups of columns about somebody who is not the subject."""


class Heading(msgspec.Struct, frozen=True):
    """The header of one table: its row (from 1), and machine names and headings by position (from 0).

    ``left_out`` are the headings of columns that are not read; ``dropped`` those of what is never shown, with how many
    rows have it, and ``births`` the positions of those that tell a natural person's birth; ``mixed`` those in which
    codes stand among other numbers; ``unused`` entries of the map that met no column. ``faults`` are the headings that
    are unknown, repeated or missing above a column that holds something: those columns are not read.
    """

    table: Table
    row: int
    columns: dict[int, str]
    headings: dict[int, str]
    left_out: tuple[str, ...]
    unused: tuple[str, ...] = ()
    dropped: tuple[tuple[str, int], ...] = ()
    births: tuple[int, ...] = ()
    mixed: tuple[int, ...] = ()
    faults: tuple[Finding, ...] = ()

    @property
    def asked(self) -> bool:
        """Whether it is asked what a column is: one that seems to be absent may be there under another name."""
        return any(one.code in {"unknown-column", "forbidden-column"} for one in self.faults)

    @property
    def names(self) -> frozenset[str]:
        """The machine names there are."""
        return frozenset(self.columns.values())


def known_headings(cells: Sequence[Raw], kind: Kind, mapping: ListMap) -> int:
    """How many cells of a row are headings that are known."""
    return sum(_name(plain(cell), kind, mapping) is not None for cell in cells)


def read_heading(kind: Kind, table: Table, row: int, mapping: ListMap, label: str) -> Heading:
    """What each heading of a row means; ``label`` names the table in findings.

    Raises SiteBuilderError where the row is none of headings.
    """
    _refuse_data(kind, table, row, mapping, label)
    columns: dict[int, str] = {}
    headings: dict[int, str] = {}
    left_out: list[str] = []
    dropped: list[tuple[str, int]] = []
    births: list[int] = []
    mixed: list[int] = []
    theirs = known_table(kind)
    faults: list[Finding] = []
    unknown: list[tuple[str, str]] = []
    used: set[str] = set()
    titles = _titles(table, row)
    often, told = Counter(own for _, own in titles), {plain(one) for one in mapping.columns}
    for position, own in titles:
        letter, group = letters(position + 1), _group(table, row, position) if own else ""
        grouped = f"{group}{own}"
        known, name = _name(grouped, kind, mapping), _name(own, kind, mapping)
        another = name in {"subject_name", "subject_code"} and own not in told and bool(_ANOTHER.search(group))
        heading = grouped if known or another or often[own] > 1 else own
        name = mapping.columns.get(letter) or known or (None if another else name)
        spellings = (grouped, heading, bare(heading)) if name in {None, LEFT_OUT} else ()
        title = heading or f"{letter}列"
        used |= {letter, heading, bare(heading)}
        place = Place(label, row, shown(title))
        never = next((spelt for spelt in spellings if theirs.drops(spelt)), "")
        tells = folded(never) in theirs.births if never else name == LEFT_OUT and theirs.tells_birth(heading)
        if never or tells:
            below = (cell_at(cells, position) for number, cells in table.rows.items() if number > row)
            births += [position] if tells else []
            dropped.append((title, sum(str(cell).strip() != "" for cell in below)))
        elif name == LEFT_OUT or (name is None and heading in NUMBERING):
            left_out.append(title)
        elif name is None and not heading:
            message = f"{letter} 列有内容而没有列名"
            hint = f'补上列名；不要的，在对照表的 {kind.value} → columns 里写 {letter}: "-"'
            faults.append(Finding("empty-header", place, message, hint))
        elif name is None:
            unknown.append((heading, place.column))
        elif _YUAN.search(heading) and any(column.name == name for column in _sums(kind)):
            faults.append(Finding("bad-amount", place, f"「{shown(title)}」的单位是元，这一列以万元计", _IN_YUAN))
        elif name in columns.values() and (name not in theirs.joined or title in headings.values()):
            message = f"{letter} 列「{shown(title)}」与前面的一列是同一列"
            hint = f'只留一列；另一列在对照表的 {kind.value} → columns 里按字母写 {letter}: "-"，或写它真正的列名'
            faults.append(Finding("repeated-header", place, message, hint))
        else:
            columns[position], headings[position] = name, title
            if name == "subject_code" and is_mixed(heading):
                mixed.append(position)
                births += [position] if theirs.births else []
    faults += _unknown(kind, label, row, unknown, {*columns.values(), *mapping.fixed})
    return Heading(
        table,
        row,
        columns,
        headings,
        tuple(left_out),
        tuple(one for one in mapping.columns if plain(one) not in used and one not in used),
        tuple(dropped),
        tuple(births),
        tuple(mixed),
        tuple(faults),
    )


def _titles(table: Table, row: int) -> list[tuple[int, str]]:
    """Each position (from 0) with its heading; empty ones only above columns that hold something."""
    cells = table.rows.get(row, [])
    below = [one for number, one in table.rows.items() if number > row]
    found = []
    for position in range(len(cells) if table.text else max(map(len, (cells, *below)))):
        sideways = (row, position) in table.filled and table.filled[row, position].sideways
        heading = "" if sideways else plain(cell_at(cells, position))
        if heading or any(str(cell_at(one, position)).strip() for one in below):
            found.append((position, heading))
    return found


def _group(table: Table, row: int, position: int) -> str:
    """What a header of two levels says above several of its columns, empty where the row above is none of it.

    A line of titles is no level: it has one text, or says 填报单位：… .
    """
    above = table.rows.get(row - 1, [])
    own = plain(cell_at(above, position))
    sideways = [at for at in (position, position + 1) if (row - 1, at) in table.filled]
    merged = any(
        table.filled[row - 1, at].sideways and cell_at(above, at) == cell_at(above, position) for at in sideways
    )
    several = len({plain(cell) for cell in above} - {""}) > 1
    down = (row, position) in table.filled
    return own if merged and several and not down and len(own) <= _LONGEST_GROUP and ":" not in own else ""


def _refuse_data(kind: Kind, table: Table, row: int, mapping: ListMap, label: str) -> None:
    """Raise where the row that the map names for the header is a record: no word of it is repeated."""
    cells = table.rows.get(row, [])
    if not mapping.header or known_headings(cells, kind, mapping) >= FEWEST:
        return
    if any(not isinstance(cell, str) or _DATA.search(cell) or len(cell) > _LONGEST for cell in cells if cell != ""):
        hint = f"核对对照表里 {kind.value} 的 header：写表头所在的行号；表头能自己找到的不用写"
        message = f"这一行不像「{LABELS[kind]}」的表头，像是一条记录"
        raise refuse("no-header", message, hint=hint, place=Place(label, row))


def plain(cell: Raw) -> str:
    """A heading without spaces, line breaks, what is invisible and the star of required columns."""
    return "".join(_INVISIBLE.sub("", unicodedata.normalize("NFKC", str(cell))).split()).strip("*")


def _name(heading: str, kind: Kind, mapping: ListMap) -> str | None:
    """The machine name of a plain heading, ``-`` for one that is left out, None for one that is not known.

    A column that had no heading comes back from the office under its letter.
    """
    given = {plain(one): name for one, name in mapping.columns.items()}
    known = _known(kind)
    for spelt in dict.fromkeys((heading, bare(heading))):
        if spelt in given:
            return given[spelt]
        if spelt in known:
            return known[spelt]
        if (theirs := known_table(kind).name(spelt)) is not None:
            return theirs
        if is_mixed(spelt) and "subject_code" in known.values():
            return "subject_code"
    letter = _LETTER.fullmatch(heading)
    return mapping.columns.get(letter[1]) if letter else None


@cache
def _known(kind: Kind) -> dict[str, str]:
    """Every accepted header, plain as the headings it is compared with, to the machine name."""
    return {plain(one): name for one, name in headers(kind).items()}


def bare(heading: str) -> str:
    """A heading without the brackets that only say how to fill the column in; others stay, they change its meaning."""

    def left(match: re.Match[str]) -> str:
        inner = next(one for one in match.groups() if one is not None)
        return "" if _SAYS_NOTHING.fullmatch(inner) else match.group()

    return _BRACKET.sub(left, heading).strip("*")


def _sums(kind: Kind) -> list[Column]:
    """A kind's columns of sums, which are counted in 万元."""
    return [column for column in COLUMNS[kind] if column.type is Type.AMOUNT]


def _unknown(
    kind: Kind, label: str, row: int, unknown: Sequence[tuple[str, str]], taken: Collection[str]
) -> list[Finding]:
    """A finding for each unknown heading (whole, and as it is shown): the line to write in the map, with a near name.

    The last one adds which columns nothing stands for yet.
    """
    found = []
    free = [column for column in COLUMNS[kind] if column.name not in taken]
    for heading, title in unknown:
        where, key = f"在对照表（--map）的 {kind.value} → columns 里写", yaml_word(heading)
        code, message = "unknown-column", f"不认识列「{title}」"
        if word := next((one for one in FORBIDDEN if one in heading), ""):
            code = "forbidden-column"
            message = f"含有「{word}」：这类信息不得采集（《征信业管理条例》第十四条和当地的规定）"
            hint = f'从表里去掉；或在对照表 columns 里写 {key}: "-"'
        elif known_table(kind).tells_birth(heading):
            message = f"不认识列「{title}」，像是自然人的证件号码：从不公示"
            hint = f'{where} {key}: "-"：号码不导出，仍按它看决定那天是不是未成年人'
        elif (sums := _sums(kind)) and _YUAN.search(heading):
            hint = f'{_IN_YUAN}，如 {sums[0].label}；不要这一列的，{where} {key}: "-"'
        elif near := nearest(heading, [column.label for column in free]):
            hint = f'{where}，例如 {key}: {near}；不要这一列的写 {key}: "-"'
        else:
            hint = f'{where} {key}: 我们的列名；不要这一列的写 {key}: "-"'
        found.append(Finding(code, Place(label, row, title), message, hint))
    if found and free:
        must = "、".join(column.label for column in free if column.required) or "无"
        where = _WHERE if must != "无" else ""
        may = "、".join(column.label for column in free if not column.required)
        last = found.pop()
        hint = f"{last.hint}\n    → 还没有着落的必填列：{must}{where}\n    → 还可以对应的列：{may}"
        found.append(msgspec.structs.replace(last, hint=hint))
    return found
