"""Which sheets and columns of an office's list hold names and codes, and what of it is not read.

Whatever is not read is told: a column nobody recognised is no clearance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
import re
from typing import Final

import msgspec

from site_builder.errors import Exit, Place, SiteBuilderError, refuse
from site_builder.export.schema import headers
from site_builder.export.xlsx_sheet import letters
from site_builder.pack.converted import says_no_code
from site_builder.pack.heading import bare, plain
from site_builder.pack.known import folded, known_table
from site_builder.pack.table import Raw, Table, cell_at, is_empty
from site_builder.vocabulary import Kind

DEEPEST: Final = 30
"""Rows among which the header is looked for."""

TWO: Final = 2
"""So many known headings are no chance."""

SAID: Final = 5
"""Rows that are named where there are more."""

_NOT: Final = re.compile(
    "项目|产品|商品|银行|开户|文书|文件|措施|代表|联系|负责|经办|主管|认定|监管|审批|地址|部门|品牌|法规"
    "|机关|来源|登记机构|发证|(?:受理|评价|授予|提供|填报|报送|登记)单位"
)
_BARE: Final = re.compile(
    r"供应商|投标人|投标单位|中标人|中标单位|承包人|承包单位|分包单位|参建单位|施工单位|客户|商户|户名|企业|公司|单位|主体"
    r"|相对人|行政相对人|当事人|申请人|申请单位|候选人|被执行人|借款人|担保人|法人|法人单位|机构|经营者"
)
"""Headings of names that are values of other columns (a type, a role) as well: they alone tell no header."""

_BRACKETS: Final = r"(?:\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕)*"
_NAME: Final = re.compile(
    rf"(?:.*(?:名称|全称|姓名)|{_BARE.pattern}|name|company|.*_name|title){_BRACKETS}", re.IGNORECASE
)
_CODE: Final = re.compile(
    r"(?:.*(?:信用代码|机构代码|识别号|税号|注册号|证件号码?|身份证号?码?|统一代码|证照号码?)|代码|uscc|code|.*_code)"
    rf"(?:号码?|_1)?{_BRACKETS}",
    re.IGNORECASE,
)
_LIKE: Final = re.compile(rf"信用代码|(?:{_BARE.pattern}).*(?:名称|全称|姓名)")
"""What a heading has that speaks of a subject's name or code, whatever else it says."""

_SUBJECT: Final = {"subject_name": "name", "name": "name", "subject_code": "code"}
"""The export's columns of a subject's name and code; its others are of something else."""


class Chosen(msgspec.Struct, frozen=True):
    """A sheet with the row of its header (0: none) and the positions of its columns (from 0) of names and of codes."""

    table: Table
    header: int
    names: tuple[int, ...]
    codes: tuple[int, ...]

    @property
    def read(self) -> str:
        """Which columns are read, by letter and heading."""
        return "、".join(_column(self.table, self.header, one) for one in (*self.names, *self.codes))

    @property
    def left(self) -> str:
        """Which others there are."""
        return "、".join(_column(self.table, self.header, one) for one, _ in self._others())

    @property
    def like(self) -> str:
        """Which of the others speak of a subject's name or of a code all the same."""
        found = (one for one, heading in self._others() if _LIKE.search(heading))
        return "、".join(_column(self.table, self.header, one) for one in found)

    def _others(self) -> Iterator[tuple[int, str]]:
        read = {*self.names, *self.codes}
        for place, cell in enumerate(self.table.rows.get(self.header, [])):
            if place not in read and (heading := plain(cell)):
                yield place, heading


def known(cells: Sequence[Raw]) -> int:
    """How many headings of a row are those of names or codes."""
    return sum(_is_name(heading) or _is_code(heading) for heading in map(_heading, cells))


def choose(tables: Sequence[Table], names: Sequence[str], codes: Sequence[str]) -> tuple[list[Chosen], list[str]]:
    """The sheets that are read, with their columns, and what is said of those that are not.

    ``names`` and ``codes``: columns that are to be read, by heading or letter; else they are told by their headings.
    Raises ``match-columns`` where no sheet has any.
    """
    chosen: list[Chosen] = []
    unread: list[str] = []
    for table in tables:
        if not any(not is_empty(cells) for cells in table.rows.values()):
            continue
        found = _given(table, names, codes) if names or codes else _told(table)
        if found is None:
            unread.append(f"{called(table)}：没有找到名称、代码的列，没有核对（{len(table.rows):,} 行）")
        else:
            chosen.append(found)
            unread += _doubts(found)
    if not chosen:
        raise _no_columns(tables, (*names, *codes))
    return chosen, unread


def is_header(cells: list[Raw], chosen: Chosen) -> bool:
    """Whether a row below the header may be a header again: of the same columns, or of another table."""
    head = chosen.table.rows[chosen.header]
    return cells == head or known(cells) >= min(TWO, known(head) or TWO)


def is_header_again(cells: list[Raw], chosen: Chosen) -> bool:
    """Whether there is nothing to ask in a row: it may be a header, and what stands in the read columns is headings."""
    read = [cell for place in (*chosen.names, *chosen.codes) if (cell := cell_at(cells, place)) != ""]
    return bool(read) and is_header(cells, chosen) and all(known([cell]) for cell in read)


def _doubts(chosen: Chosen) -> Iterator[str]:
    """What of a sheet that is read may not be read as it is meant."""
    table, name = chosen.table, called(chosen.table)
    if not chosen.header:
        return
    if like := chosen.like:
        yield f"{name}：没有核对的列里，{like}也写着名称、代码：不像是主体的，或者列名不认识"
    if above := [one for one in table.rows if one < chosen.header and _filled(table.rows[one]) >= TWO]:
        yield f"{name}：表头（第 {chosen.header} 行）上面的 {len(above)} 行没有核对"
    places = {*chosen.names, *chosen.codes}
    others = [
        str(number)
        for number, cells in table.rows.items()
        if number > chosen.header
        and is_header(cells, chosen)
        and not {place for place, cell in enumerate(cells) if known([cell])} <= places
    ]
    if others:
        first = "、".join(others[:SAID]) + (f" 等 {len(others):,} " if len(others) > SAID else " ")
        yield (
            f"{name}：第 {first}行是另一张表的表头，或者只是写着像列名的字；"
            f"从那里起仍按第 {chosen.header} 行的列核对，真是另一张表的，分到几个工作表再核对一次"
        )


def _filled(cells: Sequence[Raw]) -> int:
    return sum(str(cell).strip() != "" for cell in cells)


def _told(table: Table) -> Chosen | None:
    """The header row, and the columns of its headings that are known; of a single column all is read.

    It is the first with the most headings that are no values; where there are none such, the first with any.
    """
    best, most = 0, -1
    for number, cells in table.rows.items():
        if number <= DEEPEST and known(cells) and (count := known(cells) - _bare_words(cells)) > most:
            best, most = number, count
    if best:
        headings = [_heading(cell) for cell in table.rows[best]]
        codes = tuple(place for place, one in enumerate(headings) if _is_code(one))
        names = tuple(place for place, one in enumerate(headings) if _is_name(one) and place not in codes)
        return Chosen(table, best, names, codes)
    used = {place for cells in table.rows.values() for place, cell in enumerate(cells) if cell != ""}
    return Chosen(table, 0, tuple(used), ()) if len(used) == 1 else None


def _given(table: Table, names: Sequence[str], codes: Sequence[str]) -> Chosen | None:
    """The columns that are named, by heading where there is such a one in the first rows, or by letter."""
    wanted = {plain(one) for one in (*names, *codes)}
    headers = [
        number
        for number, cells in table.rows.items()
        if number <= DEEPEST and wanted & {plain(cell) for cell in cells if isinstance(cell, str)}
    ]
    header = headers[0] if headers else 0
    cells = table.rows.get(header, [])
    widest = max(map(len, table.rows.values()), default=0)
    places = {plain(cell): place for place, cell in reversed(list(enumerate(cells)))} if header else {}
    by_letter = {letters(place + 1): place for place in range(widest)}
    found = [
        tuple(dict.fromkeys(at for one in of if (at := places.get(plain(one), by_letter.get(one.upper()))) is not None))
        for of in (names, codes)
    ]
    if not any(found):
        return None
    if not header:
        read = [at for places in found for at in places]
        header = next((number for number, cells in table.rows.items() if _heads(number, cells, read)), 0)
    return Chosen(table, header, *found)


def _heads(number: int, cells: list[Raw], read: Sequence[int]) -> bool:
    """Whether a row is a header by what stands in the columns that are read, or by a heading that is no value."""
    return number <= DEEPEST and (known([cell_at(cells, at) for at in read]) or known(cells) - _bare_words(cells)) > 0


def _no_columns(tables: Sequence[Table], given: Sequence[str]) -> SiteBuilderError:
    first = next((cells for table in tables for cells in table.rows.values()), [])
    headings = "、".join(filter(None, (plain(cell)[:20] for cell in first[:20])))
    message = f"没有找到列「{'」「'.join(given)}」" if given else "没有找到名称、代码的列"
    hint = f"用 --name、--code 写列名或列的字母（A、B……）；第一行是：{headings or '空的'}"
    file = tables[0].file if tables else ""
    return refuse("match-columns", message, hint=hint, place=Place(file), exit_code=Exit.USAGE)


def _heading(cell: Raw) -> str:
    return _bare(cell) if isinstance(cell, str) else ""


@cache
def _bare(cell: str) -> str:
    return "" if says_no_code(cell) else bare(plain(cell))


def _bare_words(cells: Sequence[Raw]) -> int:
    """How many headings of a row may be values as well."""
    return sum(_BARE.fullmatch(heading) is not None for heading in map(_heading, cells))


def _is_name(heading: str) -> bool:
    if (theirs := _subjects().get(folded(heading))) is not None:
        return theirs == "name"
    return _NAME.fullmatch(heading) is not None and _NOT.search(heading) is None


def _is_code(heading: str) -> bool:
    if (theirs := _subjects().get(folded(heading))) is not None:
        return theirs == "code"
    return _CODE.fullmatch(heading) is not None and _NOT.search(heading) is None


@cache
def _subjects() -> dict[str, str]:
    """The headings of the kinds that have subjects, ours and the national tables': ``name``, ``code``, or neither."""
    tables = [headers(kind) | known_table(kind).columns for kind in Kind]
    known = [(folded(one), name) for table in tables if _SUBJECT.keys() & table.keys() for one, name in table.items()]
    of_subjects = {heading: _SUBJECT[name] for heading, name in known if name in _SUBJECT}
    return {heading: "" for heading, _ in known} | of_subjects


def called(table: Table) -> str:
    """A sheet's name, of a text file the file's."""
    return table.sheet or table.file


def _column(table: Table, header: int, place: int) -> str:
    heading = plain(cell_at(table.rows.get(header, []), place)) if header else ""
    return f"{letters(place + 1)} 列「{heading}」" if heading else f"{letters(place + 1)} 列"
