"""The columns of the resources (contract, section 1): machine name, Chinese label, type, whether required."""

from __future__ import annotations

from typing import Final

from site_builder.kinds.measures.record import Measure
from site_builder.kinds.record import RECORDED
from site_builder.kinds.role_models.record import RoleModel
from site_builder.kinds.severe_list.record import SevereEntry
from site_builder.records.columns import DISCLOSURE, Column, Type, date, flag, list_of, need, word, words_of
from site_builder.records.record import CATALOGUE_ITEM, Filed
from site_builder.vocabulary import (
    Category,
    Effect,
    Kind,
    Level,
    ModelCategory,
    SubjectType,
    TermStart,
)

_LEVELS: Final = words_of(Level, without=(Level.NORMATIVE_DOCUMENT,))

SEVERE: Final = (
    Column("id", "记录编号", Type.CODE, required=True),
    DISCLOSURE,
    need("subject_name", "主体名称"),
    word("subject_type", "主体类型", words_of(SubjectType), required=True),
    Column("subject_code", "统一社会信用代码", Type.CODE),
    flag("minor", "未成年人"),
    Column("natural_person_basis", "自然人公开依据"),
    Column("legal_representative", "法定代表人"),
    Column("principal", "主要负责人"),
    Column("actual_controller", "实际控制人"),
    Column("responsible_persons_basis", "责任人公开依据"),
    Column("region", "行政区划代码", Type.CODE),
    CATALOGUE_ITEM,
    Column("list_name", "名单名称"),
    word("category", "失信行为类别", words_of(Category), required=True),
    Column("cause", "认定事由"),
    list_of("basis", "认定依据"),
    Column("measures_notice", "失信惩戒措施提示"),
    Column("removal_conditions", "移出条件"),
    Column("removal_procedure", "移出程序"),
    Column("remedies", "救济措施"),
    list_of("measure_ids", "惩戒措施编号"),
    need("authority", "认定单位"),
    Column("authority_code", "认定单位代码", Type.CODE),
    Column("source", "信息来源单位"),
    need("decision_no", "决定文书号"),
    date("decided_on", "认定日期", required=True),
    date("notified_on", "告知日期"),
    date("listed_on", "列入日期", required=True),
    date("removed_on", "移出日期"),
    date("act_ended_on", "失信行为终止日期"),
    flag("act_ongoing", "行为持续中"),
    flag("sentenced", "判处剥夺人身自由刑罚"),
    date("sentence_served_on", "刑罚执行完毕日期"),
    Column("term_months", "特别披露期限月数", Type.INTEGER),
    word("term_start", "特别披露期限起算日", words_of(TermStart)),
    Column("term_basis", "特别披露期限依据"),
    word("term_level", "特别披露期限依据层级", _LEVELS),
    date("published_on", "公示日期", required=True),
    date("updated_on", "更新日期"),
    date("repaired_on", "信用修复日期"),
    date("repair_revoked_on", "修复撤销日期"),
    date("revoked_on", "决定撤销日期"),
    date("objection_received_on", "异议受理日期"),
    flag("objection_assisted", "需协助核查"),
    date("objection_closed_on", "异议办结日期"),
    Column("change_note", "变动理由"),
)

MEASURES: Final = (
    Column("id", "措施编号", Type.CODE, required=True),
    DISCLOSURE,
    word("kind", "类别", words_of(Effect), required=True),
    need("title", "措施名称"),
    Column("content", "奖惩措施"),
    Column("targets", "实施对象"),
    list_of("implementing_bodies", "实施主体"),
    list_of("basis", "实施依据"),
    word("basis_level", "依据层级", words_of(Level)),
    Column("clause", "条款", Type.CODE),
    date("effective_on", "施行日期", required=True),
    date("repealed_on", "废止日期"),
    date("published_on", "公布日期", required=True),
    date("updated_on", "更新日期"),
    Column("change_note", "变动理由"),
)

ROLE_MODELS: Final = (
    Column("id", "记录编号", Type.CODE, required=True),
    DISCLOSURE,
    need("name", "名称"),
    word("subject_type", "主体类型", words_of(SubjectType), required=True),
    Column("subject_code", "统一社会信用代码", Type.CODE),
    flag("minor", "未成年人"),
    flag("consent", "本人同意公开"),
    need("honour", "荣誉称号"),
    word("category", "类别", words_of(ModelCategory), required=True),
    need("awarded_by", "授予单位"),
    date("awarded_on", "授予日期", required=True),
    date("notified_on", "告知日期"),
    date("valid_through", "有效期至"),
    Column("region", "行政区划代码", Type.CODE),
    CATALOGUE_ITEM,
    Column("summary", "摘要"),
    Column("deeds", "诚信事迹"),
    Column("photo", "照片", Type.CODE),
    date("withdrawn_on", "撤下日期"),
    date("objection_received_on", "异议受理日期"),
    date("objection_closed_on", "异议办结日期"),
    date("published_on", "公示日期", required=True),
    date("updated_on", "更新日期"),
    Column("change_note", "变动理由"),
)

COLUMNS: Final[dict[Kind, tuple[Column, ...]]] = {
    Kind.SEVERE: SEVERE,
    Kind.MEASURE: MEASURES,
    Kind.ROLE_MODEL: ROLE_MODELS,
    **{kind: one.columns for kind, one in RECORDED.items()},
}
"""The columns of each resource in the contract's order."""

Record = SevereEntry | Measure | RoleModel | Filed
RECORDS: Final[dict[Kind, type[Record]]] = {
    Kind.SEVERE: SevereEntry,
    Kind.MEASURE: Measure,
    Kind.ROLE_MODEL: RoleModel,
    **{kind: one.record for kind, one in RECORDED.items()},
}
"""The record each resource's rows become."""

FIELDS: Final = {
    kind: dict(zip(record.__struct_encode_fields__, record.__struct_fields__, strict=True))
    for kind, record in RECORDS.items()
}
"""The field of its record each column becomes."""


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
