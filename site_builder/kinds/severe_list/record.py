"""An entry of the severe-dishonesty list as the export says it (contract, section 1)."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Final

from site_builder.records.columns import DISCLOSURE, Column, Type, date, flag, list_of, need, word, words_of
from site_builder.records.record import CATALOGUE_ITEM, OBJECTION_DAYS, OBJECTION_ORDER, ListedRecord, Recorded
from site_builder.vocabulary import SUBJECT_TYPES, BasisAct, Category, Kind, Level, Procedure, TermStart


class SevereEntry(ListedRecord, frozen=True, gc=False, kw_only=True):
    """One row of ``severe-list``. Absent text is empty, absent dates are None; every value is trimmed."""

    kind: ClassVar[Kind] = Kind.SEVERE

    category: Category
    authority: str
    decision_no: str
    decided_on: dt.date
    legal_representative: str = ""
    principal: str = ""
    actual_controller: str = ""
    responsible_persons_basis: str = ""
    list_name: str = ""
    cause: str = ""
    basis: tuple[str, ...] = ()
    measures_notice: str = ""
    removal_conditions: str = ""
    removal_procedure: str = ""
    remedies: str = ""
    measure_ids: tuple[str, ...] = ()
    measures_suspended_from: dt.date | None = None
    measures_suspended_until: dt.date | None = None
    authority_code: str = ""
    source: str = ""
    basis_act: BasisAct | None = None
    procedure: Procedure | None = None
    minor_breach: bool = False
    notified_on: dt.date | None = None
    act_ended_on: dt.date | None = None
    act_ongoing: bool = False
    sentenced: bool = False
    sentence_served_on: dt.date | None = None
    term_months: int | None = None
    term_start: TermStart | None = None
    term_basis: str = ""
    term_level: Level | None = None
    act_corrected_on: dt.date | None = None
    duties_fulfilled_on: dt.date | None = None
    beyond_maximum_basis: str = ""
    beyond_maximum_until: dt.date | None = None
    repair_notice_served_on: dt.date | None = None
    objection_assisted: bool = False


_BASIS_ACTS: Final = {
    **{one.value: one for one in BasisAct},
    "行政处罚决定": BasisAct.PENALTY,
    "裁判文书": BasisAct.JUDGMENT,
    "其他文书": BasisAct.OTHER,
}
"""Its words stand here: a penalty is called otherwise than a measure that penalises."""

RECORDED: Final = Recorded(
    record=SevereEntry,
    columns=(
        Column("id", "记录编号", Type.CODE, required=True),
        DISCLOSURE,
        need("subject_name", "主体名称"),
        word("subject_type", "主体类型", words_of(SUBJECT_TYPES), required=True),
        Column("subject_code", "统一社会信用代码", Type.CODE),
        flag("minor", "未成年人"),
        Column("natural_person_basis", "自然人公开依据"),
        word("natural_person_basis_level", "自然人公开依据层级", words_of(Level)),
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
        date("measures_suspended_from", "惩戒措施暂时解除日期"),
        date("measures_suspended_until", "惩戒措施暂时解除至"),
        need("authority", "认定单位"),
        Column("authority_code", "认定单位代码", Type.CODE),
        Column("source", "信息来源单位"),
        need("decision_no", "决定文书号"),
        word("basis_act", "认定所依据的文书", _BASIS_ACTS),
        word("procedure", "行政处罚程序", words_of(Procedure)),
        flag("minor_breach", "违法行为轻微，或者主动消除、减轻危害后果"),
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
        word("term_level", "特别披露期限依据层级", words_of(Level, without=(Level.NORMATIVE_DOCUMENT,))),
        date("act_corrected_on", "失信行为纠正日期"),
        date("duties_fulfilled_on", "义务履行完毕日期"),
        Column("beyond_maximum_basis", "超过最长公示期继续公示依据"),
        date("beyond_maximum_until", "继续公示至"),
        date("published_on", "公示日期", required=True),
        date("updated_on", "更新日期"),
        date("repair_notice_served_on", "修复告知书送达日期"),
        date("repaired_on", "信用修复日期"),
        date("repair_revoked_on", "修复撤销日期"),
        date("revoked_on", "决定撤销日期"),
        date("objection_received_on", "异议受理日期"),
        flag("objection_assisted", "需协助核查"),
        date("objection_closed_on", "异议办结日期"),
        date("objection_result_told_on", "异议结果告知日期"),
        Column("change_note", "变动理由"),
    ),
    order=(
        ("decided_on", "listed_on"),
        ("notified_on", "published_on"),
        ("act_ended_on", "sentence_served_on"),
        ("decided_on", "published_on"),
        ("decided_on", "revoked_on"),
        ("listed_on", "removed_on"),
        ("published_on", "updated_on"),
        ("listed_on", "repaired_on"),
        ("repaired_on", "repair_revoked_on"),
        ("decided_on", "beyond_maximum_until"),
        ("measures_suspended_from", "measures_suspended_until"),
        *OBJECTION_ORDER,
    ),
    done=(
        "notified_on",
        "updated_on",
        *OBJECTION_DAYS,
        "repair_notice_served_on",
    ),
    before_export=("decided_on", "listed_on"),
    ended="decided_on",
    unit="authority",
    ledger=("YZ", ("subject_code", "subject_name", "decision_no"), "listed_on"),
    free=("cause", "natural_person_basis", "change_note"),
    annulled="revoked_on",
    headers={"起算日": "term_start", "依据": "term_basis", "依据层级": "term_level"},
)
"""The contract prints the four term labels as 「特别披露期限月数 起算日 依据 依据层级」: both readings are accepted."""
