"""The answer sheet: a workbook with what the data were, what was asked, and what answers each row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
import datetime as dt
from pathlib import Path
from typing import Final

import msgspec
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from site_builder.match.compare import Found, Hit, Level
from site_builder.match.questions import Asked, Row
from site_builder.search.lookup.normalise import fold
from site_builder.vocabulary import LABELS

FOUND, NEAR, UNASKED, NONE = "查到", "相近，请核对", "没有核对", "未查到"
RESULTS: Final = (FOUND, NEAR, UNASKED, NONE)
"""What may stand in the column of results: an answer, one to be looked at, no answer, none found."""

PROVES_NOTHING: Final = (
    "「未查到」只说明这一版数据里没有相同或相近的名称、代码，不代表信用良好，也不证明没有失信记录："
    "依法不公开的、期限已满的、核验日以后公示的、别的网站的，都不在其中。"
)
"""Said at the head of every answer."""

HEAD: Final = ("工作表", "行", "核对的名称", "核对的代码", "结果", "说明", "类别", "记录的名称", "记录的代码")
HEAD_OF_RECORD: Final = ("决定文书号", "日期", "单位", "公示至", "记录编号", "网页地址")
_WIDTHS: Final = (12, 7, 34, 22, 14, 44, 20, 34, 22, 24, 12, 26, 12, 18, 50)
_CELL: Final = 32_767
_SHEET_ROWS: Final = 1_000_000
_SHEET: Final = "核对结果"


class Answer(msgspec.Struct, frozen=True):
    """What is said of one row: the result, in words why, and the records that are told."""

    row: Row
    result: str
    remarks: tuple[str, ...]
    hits: tuple[tuple[str, Hit], ...]


def answered(row: Row, found: Mapping[Asked, Found]) -> Answer:
    """The answer to a row: what answers one of its questions; none found only where every cell could be asked."""
    remarks = [*row.unasked, *row.without]
    hits: list[tuple[str, Hit]] = []
    for one in row.asked:
        told, more = found[one].told()
        hits += [(_why(one, hit, row), hit) for hit in told]
        if more > 0:
            remarks.append(f"「{one.text}」另有 {more} 条没有列出")
        if one.code and not one.sound:
            remarks.append(f"代码「{one.text}」的校验位（最后一位）与前面各位不符，多半输错了一位，没有按它核对")
    sure = [one for one in hits if one[1].level < Level.NEAR]
    shown = _once(sure or hits)
    unasked = bool(row.unasked) or any(one.code and not one.sound for one in row.asked)
    result = FOUND if sure else NEAR if hits else UNASKED if unasked else NONE
    return Answer(row, result, tuple(remarks), tuple(shown))


def _once(hits: Sequence[tuple[str, Hit]]) -> Iterator[tuple[str, Hit]]:
    """A record that answers several questions of a row is told once, with all that is said of it."""
    of: dict[tuple[str, str], list[tuple[str, Hit]]] = {}
    for why, hit in hits:
        of.setdefault((hit.entry.kind, hit.entry.id), []).append((why, hit))
    for some in of.values():
        yield "；".join(dict.fromkeys(why for why, _ in some)), some[0][1]


def _why(asked: Asked, hit: Hit, row: Row) -> str:
    """Why a record answers, and what of the row speaks against it."""
    said = [f"{'名称' if asked.is_name else '代码'}{hit.why or '相同'}" if hit.level < Level.NEAR else hit.why]
    if asked.is_name and hit.entry.is_person:
        said.append("是自然人，同名的人多，核对证件号")
    others = [one for one in row.asked if one.is_name is not asked.is_name and (one.is_name or one.sound)]
    ours = fold(hit.entry.code if asked.is_name else hit.entry.name)
    if ours and others and all(ours not in {one.folded, one.code, one.masked} for one in others):
        what = "代码" if asked.is_name else "名称"
        said.append(f"{what}不同{'，核对是不是同一主体' if hit.level < Level.NEAR else ''}")
    return "，".join(said)


def write_answers(path: Path, about: Sequence[tuple[str, str]], answers: Iterable[Answer]) -> Counter[str]:
    """Write the workbook, all cells text; how many rows have each result. ``about`` are its first lines."""
    counts: Counter[str] = Counter()
    options = {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"title": _SHEET, "created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001  # no clock here
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@", "valign": "top"})
        sheet, line = _sheet(book, "", about, text, bold)
        for answer in answers:
            counts[answer.result] += 1
            for cells in _lines(answer):
                if line > _SHEET_ROWS:
                    sheet, line = _sheet(book, str(len(book.worksheets()) + 1), about, text, bold)
                for place, cell in enumerate(cells):
                    if cell:
                        sheet.write_string(line, place, cell[:_CELL], text)
                line += 1
        for one in book.worksheets():
            one.autofilter(len(about) + 1, 0, max(len(about) + 2, one.dim_rowmax or 0), len(_WIDTHS) - 1)
    return counts


def _sheet(
    book: xlsxwriter.Workbook,
    number: str,
    about: Sequence[tuple[str, str]],
    text: xlsxwriter.format.Format,
    bold: xlsxwriter.format.Format,
) -> tuple[Worksheet, int]:
    """A new sheet with what the data are and the header; and the place of its next line."""
    sheet = book.add_worksheet(f"{_SHEET}{number}")
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    for line, (name, said) in enumerate(about):
        sheet.write_string(line, 0, name, bold)
        sheet.write_string(line, 2, said[:_CELL], text)
    head = len(about) + 1
    for place, name in enumerate((*HEAD, *HEAD_OF_RECORD)):
        sheet.write_string(head, place, name, bold)
    sheet.freeze_panes(head + 1, 3)
    return sheet, head + 1


def _lines(answer: Answer) -> Iterator[tuple[str, ...]]:
    row, remarks = answer.row, "；".join(answer.remarks)
    own = (row.sheet, str(row.number), row.name, row.code, answer.result)
    if not answer.hits:
        yield (*own, remarks)
    for why, hit in answer.hits:
        entry = hit.entry
        objection = f"异议处理中（{entry.objection} 起）" if entry.objection else ""
        said = "；".join(filter(None, (why, objection, remarks)))
        record = (entry.number, entry.date, entry.authority, entry.until, entry.id, entry.url)
        yield (*own, said, LABELS[entry.kind], entry.name, entry.code, *record)
