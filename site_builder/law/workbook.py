"""A law's sheets as a workbook (XLSX) to be filled in by people: every cell text, words chosen from lists.

The same sheets give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import Final

import msgspec
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from site_builder.config.source import Faults
from site_builder.export.schema import COLUMNS
from site_builder.law import keys as k
from site_builder.law import spelled as s
from site_builder.law import to_sheets as t
from site_builder.law.sheet_rows import ABOUT, VOCABULARY, cell_name, cell_number
from site_builder.records.columns import Type
from site_builder.vocabulary import Kind

CELL: Final = 32_767
"""UTF-16 units a cell holds."""

MORE_ROWS: Final = 2_000
"""Rows below the last for which words may be chosen too."""

WIDE: Final = frozenset({"问题", "文字", "提示", "怎么办", "值", "期限文字", "条款", "理解", "名称"})
_UNLISTED: Final = {
    "error_type": "warning",
    "error_title": "不在列表里",
    "error_message": "列表里没有这个词。仍要这样写吗？",
}
_COLOUR: Final = "#DCE6F1"
_MADE: Final = dt.datetime(2000, 1, 1)  # noqa: DTZ001  # same bytes each time
_ANY: Final = (None, *Kind)
_SHAPES: Final[dict[str, tuple[k.Shape, ...]]] = {
    t.KINDS: (k.RULED,),
    t.RULES: (k.RULE,),
    t.TERMS: (k.TERM, k.PERIOD, k.CLOCK),
    t.WATCHES: (k.WATCHED,),
    t.WORDS: (k.WAY,),
    t.CASES: (t.ORDERED, k.READING, k.CASE),
    t.DEADLINES: (k.DEADLINE,),
}
_YES_NO: Final = tuple(s.FLAGS)


class About(msgspec.Struct, frozen=True):
    """What the first sheet says of the law: its title, its folder's digest, and the comments that are not in it."""

    regulation: str
    digest: str
    inner_comments: int


def about_lines(about: About) -> tuple[str, ...]:
    """What the first sheet says."""
    lost = f"文件里另有 {about.inner_comments} 处写在中间的注释，不在这份工作簿里，写回以后就没有了。"
    return (
        f"《{about.regulation}》的规则、期限、文字和案例",
        f"写出时文件夹的摘要（SHA-256）：{about.digest}",
        "改好以后保存，运行 site-builder law import 这份工作簿 文件夹：全部合格才写进去，有一处不对就不改，逐格说明。",
        "各表的第一行是表头，不要改；表的名称也不要改；次序不论。有下拉列表的格从列表里选。这一张和「词汇」不读。",
        "一条规则有几个条件，一个条件一行，接着写在下面，前面几格空着。同一组的同时成立才算；写了几组的，有一组成立即可。",
        "「例外」是撤销它的那一列：修复日期已到，例外是修复撤销日期。「自」「至」是第一天、最后一天，写成年-月-日。",
        "期限照条文写：五年、六个月、三个工作日。条款写条号，用顿号隔开：33、35；别的法规写在前面：XX 28。",
        '列表里的几项用分号隔开。空着就是没有写；要写明「是空的」，写 ""（案例里与底稿不同的列），列表写 []。',
        "底稿是一整行事实；案例只写与底稿不同的列。每个案例的结果由人照条文推算，另一个人复核。",
        "条文（law/）和指南（pages/）是 Markdown 文件，不在这份工作簿里，直接改文件夹里的。",
        *((lost,) if about.inner_comments else ()),
    )


def as_workbook(sheets: tuple[t.LawSheet, ...], about: About) -> bytes:
    """The workbook. Raises ``SiteBuilderError`` where a text is too long for a cell."""
    _refuse_long(sheets)
    with io.BytesIO() as out:
        book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
        book.set_properties({"title": about.regulation, "created": _MADE})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        head = book.add_format({"num_format": "@", "bold": True, "bg_color": _COLOUR, "border": 1})
        first = book.add_worksheet(ABOUT)
        first.set_column(0, 0, 110, text)
        for number, line in enumerate(about_lines(about)):
            first.write_string(number, 0, line, head if number == 0 else text)
        made = [(book.add_worksheet(one.name), one) for one in sheets]
        lists = _Lists(book.add_worksheet(VOCABULARY))
        for sheet, one in made:
            _sheet(sheet, one, lists, (head, text))
        book.close()
        return out.getvalue()


def _refuse_long(sheets: tuple[t.LawSheet, ...]) -> None:
    faults = Faults("")
    for sheet in sheets:
        for number, row in enumerate(sheet.rows, start=2):
            for head, cell in row.items():
                if len(cell.encode("utf-16-le")) // 2 > CELL:
                    place = cell_name(cell_number(sheet.name, number, sheet.heads.index(head) + 1))
                    faults.add("too-large", 0, f"{place} 的文字太长，一格放不下", "在文件夹的 YAML 里缩短它")
    faults.stop()


def _sheet(sheet: Worksheet, law: t.LawSheet, lists: _Lists, formats: tuple[Format, Format]) -> None:
    head, text = formats
    last = len(law.rows) + MORE_ROWS
    sheet.freeze_panes(1, 1)
    for column, name in enumerate(law.heads):
        sheet.set_column(column, column, 36 if name in WIDE else 16, text)
        sheet.write_string(0, column, name, head)
        words, free = words_for(law.name, name)
        if words:
            chosen = {"validate": "list", "source": lists.add(words), "show_error": not free}
            told = {
                "error_type": "warning",
                "error_title": "不在列表里",
                "error_message": "列表里没有这个词。仍要这样写吗？",
            }
            sheet.data_validation(1, column, last, column, {**chosen, **told})
    for number, row in enumerate(law.rows, start=1):
        for name, cell in row.items():
            sheet.write_string(number, law.heads.index(name), cell, text)
    sheet.autofilter(0, 0, max(len(law.rows), 1), len(law.heads) - 1)


class _Lists:
    """The lists of words, each in a column of a hidden sheet."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._sheet.hide()
        self._places: dict[tuple[str, ...], str] = {}

    def add(self, words: tuple[str, ...]) -> str:
        """Where a list stands."""
        if words not in self._places:
            column = len(self._places)
            letters = xl_col_to_name(column)
            self._places[words] = f"={VOCABULARY}!${letters}$1:${letters}${len(words)}"
            for number, word in enumerate(words):
                self._sheet.write_string(number, column, word)
        return self._places[words]


def words_for(sheet: str, head: str) -> tuple[tuple[str, ...], bool]:
    """The words to choose from under a head, none where anything may stand there; and whether others are usual too."""
    for shape in _SHAPES.get(sheet, ()):
        for chinese, under in shape.keys.values():
            if chinese == head and isinstance(under, k.Leaf):
                words = tuple(dict.fromkeys(word for kind in _ANY for word in under.words(kind)))
                if words:
                    return words, bool(under.many)
    return _FIXED.get((sheet, head)) or _FIXED.get(("", head), ()), head == t.ASKED


def _labels(type_: Type | None) -> tuple[str, ...]:
    """The labels of the columns of a type, of any kind of record."""
    return tuple(dict.fromkeys(one.label for of in COLUMNS.values() for one in of if type_ in {None, one.type}))


def _members() -> tuple[str, ...]:
    of = (s.members(kind, one.name) for kind, columns in COLUMNS.items() for one in columns)
    told = (s.FLAGS, s.PERSONS, s.TERMS, s.HELD, s.ACTIONS)
    return tuple(dict.fromkeys(word for words in (*told, *of) for word in words))


_PLACES: Final = (t.OF_KIND, *(one for shape in (k.SAID_OF_KIND, k.WORDS_FILE) for one, _ in shape.keys.values()))
_FIXED: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("", t.KIND): tuple(s.KINDS),
    ("", t.COLUMN): (*s.BESIDE, *_labels(None)),
    ("", t.RELATION): tuple(s.RELATIONS),
    ("", "例外"): _labels(Type.DATE),
    ("", "在哪一天"): _labels(Type.DATE),
    ("", t.BETWEEN): _YES_NO,
    ("", t.FILE): tuple(k.FILES),
    ("", "去向"): ("公开", "不公开"),
    (t.RULES, t.ASKED): _members(),
    (t.WATCHES, t.ASKED): _members(),
    (t.TERMS, t.SUBJECT): (t.ORDINARY, *s.KINDS, *s.CLOCKS),
    (t.WORDS, t.PLACE): tuple(one for one in dict.fromkeys(_PLACES) if one != "条款"),
}
"""The words to choose from under heads that are of the sheets alone; ``""`` for any sheet."""
