"""The columns of the downloads: one typed set for every format (contract, section 1, the columns marked as shown)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
import datetime as dt
import enum
from typing import Final

import msgspec

from site_builder.outputs.meanings import MEANINGS
from site_builder.pages import urls
from site_builder.public.views import MeasureView, SevereView, View
from site_builder.vocabulary import LABELS, Category, Kind, Level, MeasureKind, ModelCategory, SubjectType

Value = str | bool | dt.date | tuple[str, ...] | None
Cell = Value | int


class Column(msgspec.Struct, frozen=True):
    """One column of a download.

    ``type`` is a Table Schema type (``string``, ``date``, ``boolean``, ``integer``, ``list``); ``words`` the allowed
    machine names; ``source`` the article it comes from; ``about`` what it means, ``unit`` what it is counted in.
    """

    name: str
    label: str
    type: str = "string"
    words: tuple[str, ...] = ()
    source: str = ""
    required: bool = False
    about: str = ""
    unit: str = ""


def _text(name: str, label: str, source: str = "", *, required: bool = False) -> Column:
    return Column(name, label, "string", (), source, required)


def _date(name: str, label: str, source: str = "", *, required: bool = False) -> Column:
    return Column(name, label, "date", (), source, required)


def _list(name: str, label: str, source: str = "") -> Column:
    return Column(name, label, "list", (), source)


def _word(name: str, label: str, members: Iterable[enum.StrEnum], source: str = "", *, required: bool = True) -> Column:
    return Column(name, label, "string", tuple(member.value for member in members), source, required)


_ID: Final = _text("id", "记录编号", required=True)
_URL: Final = _text("url", "网页地址", required=True)
_REGION: Final = _text("region", "行政区划代码")
_TYPE: Final = _word("subject_type", "主体类型", SubjectType, "DL 3，LY 3")
_CODE: Final = _text("subject_code", "统一社会信用代码", "LY 8；自然人只显示首尾四位")
_OBJECTION: Final = _date("objection_received_on", "异议受理日期（处理中）", "DL 42，LY 32")
_PUBLISHED: Final = _date("published_on", "公示日期", required=True)
_UPDATED: Final = _date("updated_on", "更新日期")
_NOTE: Final = _text("change_note", "变动理由", "DL 40，LY 30")

_PLAIN: Final[dict[Kind, tuple[Column, ...]]] = {
    Kind.SEVERE: (
        _ID,
        _URL,
        _text("subject_name", "主体名称", required=True),
        _TYPE,
        _CODE,
        _text("natural_person_basis", "自然人公开依据", "LY 13"),
        _text("legal_representative", "法定代表人", "LY 23，DL 36"),
        _text("principal", "主要负责人", "LY 23，DL 36"),
        _text("actual_controller", "实际控制人", "LY 23，DL 36"),
        _text("responsible_persons_basis", "责任人公开依据", "LY 23，DL 36"),
        _REGION,
        _text("list_name", "名单名称", "LY 25"),
        _word("category", "失信行为类别", Category, "DL 32"),
        _text("cause", "认定事由", "DL 33，LY 21"),
        _list("basis", "认定依据", "DL 33，LY 21"),
        _text("measures_notice", "失信惩戒措施提示", "DL 33"),
        _text("removal_conditions", "移出条件", "DL 33，LY 21"),
        _text("removal_procedure", "移出程序", "DL 33，LY 21"),
        _text("remedies", "救济措施", "DL 33，LY 21"),
        _list("measure_ids", "惩戒措施编号", "DL 34，LY 22"),
        _text("authority", "认定单位", "DL 33", required=True),
        _text("source", "信息来源单位", "DL 40，LY 30"),
        _text("decision_no", "决定文书号", "DL 33", required=True),
        _date("decided_on", "认定日期", "DL 33", required=True),
        _date("listed_on", "列入日期", "DL 32", required=True),
        _date("act_ended_on", "失信行为终止日期", "DL 35，LY 15"),
        Column("act_ongoing", "行为持续中", "boolean", (), "DL 35，LY 15"),
        _text("term_basis", "特别披露期限依据", "DL 35，LY 15"),
        _text("term_text", "公示期限", "DL 35，LY 15"),
        _date("public_until", "公示至", "DL 35，LY 15"),
        _PUBLISHED,
        _UPDATED,
        _OBJECTION,
        _NOTE,
    ),
    Kind.MEASURE: (
        _ID,
        _URL,
        _word("kind", "类别", MeasureKind, "DL 28"),
        _text("title", "措施名称", required=True),
        _text("content", "奖惩措施", "DL 28"),
        _text("targets", "实施对象", "DL 28"),
        _list("implementing_bodies", "实施主体", "DL 28"),
        _list("basis", "实施依据", "DL 28"),
        _word("basis_level", "依据层级", Level, required=False),
        _text("clause", "条款"),
        _date("effective_on", "施行日期", required=True),
        _date("published_on", "公布日期", "DL 28", required=True),
        _UPDATED,
        _NOTE,
    ),
    Kind.ROLE_MODEL: (
        _ID,
        _URL,
        _text("name", "名称", required=True),
        _TYPE,
        _CODE,
        _text("honour", "荣誉称号", required=True),
        _word("category", "类别", ModelCategory, "LY 18，LY 20"),
        _text("awarded_by", "授予单位", required=True),
        _date("awarded_on", "授予日期", required=True),
        _date("valid_through", "有效期至"),
        _date("public_until", "公示至"),
        _REGION,
        _text("summary", "摘要"),
        _text("deeds", "诚信事迹", "DL 56，LY 44"),
        _text("photo", "照片"),
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
}
"""The columns of each kind's downloads, in order."""

YEAR_OF: Final = {Kind.SEVERE: "listed_on", Kind.MEASURE: "effective_on", Kind.ROLE_MODEL: "awarded_on"}
"""The day whose year parts each kind into downloads by year: as the site's own pages by year do."""


def kind_of(view: View) -> Kind:
    """The kind a view belongs to."""
    if isinstance(view, SevereView):
        return Kind.SEVERE
    return Kind.MEASURE if isinstance(view, MeasureView) else Kind.ROLE_MODEL


def row(view: View, canonical: Callable[[str], str]) -> list[Value]:
    """A view as the values of its columns; absent text and dates are None, an empty list stays a list."""
    kind = kind_of(view)
    values: list[Value] = []
    for column in COLUMNS[kind]:
        if column.name == "url":
            values.append(canonical(urls.record(kind, view.id)))
        else:
            value: Value = getattr(view, column.name)
            values.append(None if value == "" else value)  # False and () are values
    return values


def year_of(kind: Kind, view: View) -> str:
    """The year a record is filed under, four digits."""
    day: dt.date = getattr(view, YEAR_OF[kind])
    return f"{day.year:04}"


def words_of(column: Column) -> str:
    """The allowed values with their labels, for the data dictionary."""
    return "、".join(f"{word} {LABELS[word]}" for word in column.words)
