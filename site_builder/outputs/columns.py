"""The columns of the downloads: one typed set for every format (contract, section 1, the columns marked as shown)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
import datetime as dt
from functools import cache
from operator import attrgetter
from typing import Any, Final, TypeVar

import msgspec

from site_builder.kinds.severe_list.shown import MeasureView, SevereView, View
from site_builder.kinds.shown import SHOWN
from site_builder.outputs.meanings import MEANINGS
from site_builder.pages import urls
from site_builder.public import view as filed
from site_builder.public.columns import Column, date, list_of, text, word
from site_builder.public.view import FiledView
from site_builder.vocabulary import LABELS, Category, Effect, Kind, Level, ModelCategory, SubjectType

Value = str | bool | dt.date | tuple[str, ...] | None
Cell = Value | int
C = TypeVar("C", bound=Cell)
T = TypeVar("T")

_ID: Final = text("id", "记录编号", required=True)
_URL: Final = text("url", "网页地址", required=True)
_REGION: Final = text("region", "行政区划代码")
_TYPE: Final = word("subject_type", "主体类型", SubjectType, "DL 3，LY 3")
_CODE: Final = text("subject_code", "统一社会信用代码", "LY 8；自然人只显示首尾四位")
_OBJECTION: Final = date("objection_received_on", "异议受理日期（处理中）", "DL 42，LY 32")
_PUBLISHED: Final = date("published_on", "公示日期", required=True)
_UPDATED: Final = date("updated_on", "更新日期")
_NOTE: Final = text("change_note", "变动理由", "DL 40，LY 30")

_PLAIN: Final[dict[Kind, tuple[Column, ...]]] = {
    Kind.SEVERE: (
        _ID,
        _URL,
        text("subject_name", "主体名称", required=True),
        _TYPE,
        _CODE,
        text("natural_person_basis", "自然人公开依据", "LY 13"),
        text("legal_representative", "法定代表人", "LY 23，DL 36"),
        text("principal", "主要负责人", "LY 23，DL 36"),
        text("actual_controller", "实际控制人", "LY 23，DL 36"),
        text("responsible_persons_basis", "责任人公开依据", "LY 23，DL 36"),
        _REGION,
        text("list_name", "名单名称", "LY 25"),
        word("category", "失信行为类别", Category, "DL 32"),
        text("cause", "认定事由", "DL 33，LY 21"),
        list_of("basis", "认定依据", "DL 33，LY 21"),
        text("measures_notice", "失信惩戒措施提示", "DL 33"),
        text("removal_conditions", "移出条件", "DL 33，LY 21"),
        text("removal_procedure", "移出程序", "DL 33，LY 21"),
        text("remedies", "救济措施", "DL 33，LY 21"),
        list_of("measure_ids", "惩戒措施编号", "DL 34，LY 22"),
        text("authority", "认定单位", "DL 33", required=True),
        text("source", "信息来源单位", "DL 40，LY 30"),
        text("decision_no", "决定文书号", "DL 33", required=True),
        date("decided_on", "认定日期", "DL 33", required=True),
        date("listed_on", "列入日期", "DL 32", required=True),
        date("act_ended_on", "失信行为终止日期", "DL 35，LY 15"),
        Column("act_ongoing", "行为持续中", "boolean", (), "DL 35，LY 15"),
        text("term_basis", "特别披露期限依据", "DL 35，LY 15"),
        text("term_text", "公示期限", "DL 35，LY 15"),
        date("public_until", "公示至", "DL 35，LY 15"),
        _PUBLISHED,
        _UPDATED,
        _OBJECTION,
        _NOTE,
    ),
    Kind.MEASURE: (
        _ID,
        _URL,
        word("kind", "类别", Effect, "DL 28"),
        text("title", "措施名称", required=True),
        text("content", "奖惩措施", "DL 28"),
        text("targets", "实施对象", "DL 28"),
        list_of("implementing_bodies", "实施主体", "DL 28"),
        list_of("basis", "实施依据", "DL 28"),
        word("basis_level", "依据层级", Level, required=False),
        text("clause", "条款"),
        date("effective_on", "施行日期", required=True),
        date("published_on", "公布日期", "DL 28", required=True),
        _UPDATED,
        _NOTE,
    ),
    Kind.ROLE_MODEL: (
        _ID,
        _URL,
        text("name", "名称", required=True),
        _TYPE,
        _CODE,
        text("honour", "荣誉称号", required=True),
        word("category", "类别", ModelCategory, "LY 18，LY 20"),
        text("awarded_by", "授予单位", required=True),
        date("awarded_on", "授予日期", required=True),
        date("valid_through", "有效期至"),
        date("public_until", "公示至"),
        _REGION,
        text("summary", "摘要"),
        text("deeds", "诚信事迹", "DL 56，LY 44"),
        text("photo", "照片"),
        _OBJECTION,
        _PUBLISHED,
        _UPDATED,
        _NOTE,
    ),
}

COLUMNS: Final[dict[Kind, tuple[Column, ...]]] = {
    kind: tuple(
        msgspec.structs.replace(one, about=MEANINGS[kind][one.name], unit="日" if one.type == "date" else "")
        for one in columns
    )
    for kind, columns in _PLAIN.items()
} | {kind: (filed.ID, filed.URL, *shown.columns) for kind, shown in SHOWN.items()}
"""The columns of each kind's downloads, in order."""

YEAR_OF: Final = {Kind.SEVERE: "listed_on", Kind.MEASURE: "effective_on", Kind.ROLE_MODEL: "awarded_on"} | {
    kind: shown.day for kind, shown in SHOWN.items()
}
"""The day whose year parts each kind into downloads by year: as the site's own pages by year do."""


def kind_of(view: View) -> Kind:
    """The kind a view belongs to."""
    if isinstance(view, FiledView):
        return view.kind
    if isinstance(view, SevereView):
        return Kind.SEVERE
    return Kind.MEASURE if isinstance(view, MeasureView) else Kind.ROLE_MODEL


def row(view: View, canonical: Callable[[str], str]) -> list[Value]:
    """A view as the values of its columns; absent text and dates are None, an empty list stays a list."""
    kind = kind_of(view)
    values, url = _getter(kind)
    found: list[Value] = [None if value.__class__ is str and not value else value for value in values(view)]
    found[url] = canonical(urls.record(kind, view.id))
    return found


@cache
def _getter(kind: Kind) -> tuple[Callable[[View], tuple[Any, ...]], int]:
    """What takes a view's values, with its id in the place of its address; that place."""
    names = [column.name for column in COLUMNS[kind]]
    url = names.index(_URL.name)
    fields = {_URL.name: _ID.name} | ({"kind": "effect"} if kind is Kind.MEASURE else {})
    return attrgetter(*(fields.get(name, name) for name in names)), url


def each_cell(rows: Iterable[Sequence[C]], writers: Iterable[Callable[[C], T]]) -> Iterator[tuple[T, ...]]:
    """The rows with every cell as its column's writer writes it; what a column says again is written once."""
    written: list[list[T]] = []
    for column, write in zip(zip(*rows, strict=True), writers, strict=False):
        cells = {value: write(value) for value in dict.fromkeys(column)}
        written.append([cells[value] for value in column])
    return zip(*written, strict=True)


def year_of(kind: Kind, view: View) -> str:
    """The year a record is filed under, four digits."""
    day: dt.date = getattr(view, YEAR_OF[kind])
    return f"{day.year:04}"


def words_of(column: Column) -> str:
    """The allowed values with their labels, for the data dictionary."""
    return "、".join(f"{word} {LABELS[word]}" for word in column.words)
