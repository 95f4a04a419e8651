"""The columns of the three resources (contract, section 1): machine name, Chinese label, type, whether required."""

from __future__ import annotations

from collections.abc import Mapping
import enum
from typing import Final

import msgspec

from site_builder.records.measure import Measure
from site_builder.records.role_model import RoleModel
from site_builder.records.severe_entry import SevereEntry
from site_builder.vocabulary import (
    ALIASES,
    LABELS,
    Category,
    Disclosure,
    Kind,
    Level,
    MeasureKind,
    ModelCategory,
    SubjectType,
    TermStart,
)


class Type(enum.Enum):
    """What a cell of a column holds."""

    TEXT = "text"
    CODE = "code"
    LIST = "list"
    DATE = "date"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    WORD = "word"


class Column(msgspec.Struct, frozen=True):
    """One column; ``words`` maps every accepted spelling of an enumeration to its member."""

    name: str
    label: str
    type: Type = Type.TEXT
    required: bool = False
    words: Mapping[str, enum.StrEnum] = msgspec.field(default_factory=dict)


def _words(members: type[enum.StrEnum], *, without: tuple[enum.StrEnum, ...] = ()) -> dict[str, enum.StrEnum]:
    kept = [member for member in members if member not in without]
    return {member.value: member for member in kept} | {LABELS[member]: member for member in kept}


def _word(name: str, label: str, words: Mapping[str, enum.StrEnum], *, required: bool = False) -> Column:
    return Column(name, label, Type.WORD, required, words)


def _date(name: str, label: str, *, required: bool = False) -> Column:
    return Column(name, label, Type.DATE, required)


def _flag(name: str, label: str) -> Column:
    return Column(name, label, Type.BOOLEAN)


def _list(name: str, label: str) -> Column:
    return Column(name, label, Type.LIST)


def _need(name: str, label: str) -> Column:
    return Column(name, label, required=True)


DISCLOSURE: Final = _word("disclosure", "披露方式", _words(Disclosure) | ALIASES, required=True)
_LEVELS: Final = _words(Level, without=(Level.NORMATIVE_DOCUMENT,))

SEVERE: Final = (
    Column("id", "记录编号", Type.CODE, required=True),
    DISCLOSURE,
    _need("subject_name", "主体名称"),
    _word("subject_type", "主体类型", _words(SubjectType), required=True),
    Column("subject_code", "统一社会信用代码", Type.CODE),
    _flag("minor", "未成年人"),
    Column("natural_person_basis", "自然人公开依据"),
    Column("legal_representative", "法定代表人"),
    Column("principal", "主要负责人"),
    Column("actual_controller", "实际控制人"),
    Column("responsible_persons_basis", "责任人公开依据"),
    Column("region", "行政区划代码", Type.CODE),
    Column("list_name", "名单名称"),
    _word("category", "失信行为类别", _words(Category), required=True),
    Column("cause", "认定事由"),
    _list("basis", "认定依据"),
    Column("measures_notice", "失信惩戒措施提示"),
    Column("removal_conditions", "移出条件"),
    Column("removal_procedure", "移出程序"),
    Column("remedies", "救济措施"),
    _list("measure_ids", "惩戒措施编号"),
    _need("authority", "认定单位"),
    Column("authority_code", "认定单位代码", Type.CODE),
    Column("source", "信息来源单位"),
    _need("decision_no", "决定文书号"),
    _date("decided_on", "认定日期", required=True),
    _date("notified_on", "告知日期"),
    _date("listed_on", "列入日期", required=True),
    _date("removed_on", "移出日期"),
    _date("act_ended_on", "失信行为终止日期"),
    _flag("act_ongoing", "行为持续中"),
    _flag("sentenced", "判处剥夺人身自由刑罚"),
    _date("sentence_served_on", "刑罚执行完毕日期"),
    Column("term_months", "特别披露期限月数", Type.INTEGER),
    _word("term_start", "特别披露期限起算日", _words(TermStart)),
    Column("term_basis", "特别披露期限依据"),
    _word("term_level", "特别披露期限依据层级", _LEVELS),
    _date("published_on", "公示日期", required=True),
    _date("updated_on", "更新日期"),
    _date("repaired_on", "信用修复日期"),
    _date("repair_revoked_on", "修复撤销日期"),
    _date("revoked_on", "决定撤销日期"),
    _date("objection_received_on", "异议受理日期"),
    _flag("objection_assisted", "需协助核查"),
    _date("objection_closed_on", "异议办结日期"),
    Column("change_note", "变动理由"),
)

MEASURES: Final = (
    Column("id", "措施编号", Type.CODE, required=True),
    DISCLOSURE,
    _word("kind", "类别", _words(MeasureKind), required=True),
    _need("title", "措施名称"),
    Column("content", "奖惩措施"),
    Column("targets", "实施对象"),
    _list("implementing_bodies", "实施主体"),
    _list("basis", "实施依据"),
    _word("basis_level", "依据层级", _words(Level)),
    Column("clause", "条款", Type.CODE),
    _date("effective_on", "施行日期", required=True),
    _date("repealed_on", "废止日期"),
    _date("published_on", "公布日期", required=True),
    _date("updated_on", "更新日期"),
    Column("change_note", "变动理由"),
)

ROLE_MODELS: Final = (
    Column("id", "记录编号", Type.CODE, required=True),
    DISCLOSURE,
    _need("name", "名称"),
    _word("subject_type", "主体类型", _words(SubjectType), required=True),
    Column("subject_code", "统一社会信用代码", Type.CODE),
    _flag("minor", "未成年人"),
    _flag("consent", "本人同意公开"),
    _need("honour", "荣誉称号"),
    _word("category", "类别", _words(ModelCategory), required=True),
    _need("awarded_by", "授予单位"),
    _date("awarded_on", "授予日期", required=True),
    _date("notified_on", "告知日期"),
    _date("valid_through", "有效期至"),
    Column("region", "行政区划代码", Type.CODE),
    Column("summary", "摘要"),
    Column("deeds", "诚信事迹"),
    Column("photo", "照片", Type.CODE),
    _date("withdrawn_on", "撤下日期"),
    _date("objection_received_on", "异议受理日期"),
    _date("objection_closed_on", "异议办结日期"),
    _date("published_on", "公示日期", required=True),
    _date("updated_on", "更新日期"),
    Column("change_note", "变动理由"),
)

COLUMNS: Final[dict[Kind, tuple[Column, ...]]] = {
    Kind.SEVERE: SEVERE,
    Kind.MEASURE: MEASURES,
    Kind.ROLE_MODEL: ROLE_MODELS,
}
"""The columns of each resource in the contract's order."""

Record = SevereEntry | Measure | RoleModel
RECORDS: Final[dict[Kind, type[Record]]] = {
    Kind.SEVERE: SevereEntry,
    Kind.MEASURE: Measure,
    Kind.ROLE_MODEL: RoleModel,
}
"""The record each resource's rows become."""


def headers(kind: Kind) -> dict[str, str]:
    """Every accepted header of a resource (machine name or label) to the machine name, in the contract's order."""
    names: dict[str, str] = {}
    for column in COLUMNS[kind]:
        names[column.name] = column.name
        names[column.label] = column.name
    return names | _SHORT_LABELS.get(kind, {})


_SHORT_LABELS: Final = {
    Kind.SEVERE: {"起算日": "term_start", "依据": "term_basis", "依据层级": "term_level"},
}
"""The contract prints the four term labels as 「特别披露期限月数 起算日 依据 依据层级」: both readings are accepted."""
