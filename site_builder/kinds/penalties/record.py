"""An administrative penalty as the export says it (docs/kinds.md; DL 12(4), LY 10(2))."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Final

from site_builder.records.columns import Column, Type, amount, date, flag, list_of, need, word, words_of
from site_builder.records.record import (
    COUNTERPART,
    DATED,
    OBJECTION,
    OBJECTION_DAYS,
    OBJECTION_ORDER,
    CounterpartRecord,
    Recorded,
)
from site_builder.vocabulary import Annulment, Gravity, Kind, Procedure, SubjectType


class PenaltyRecord(CounterpartRecord, frozen=True, gc=False, kw_only=True):
    """One row of ``penalties``. ``fine`` and ``confiscated`` are decimal text, in 万元.

    ``gravity`` is the office's word, or else what the published standard of the ``sector`` says; ``gravity_basis``
    tells which. ``effective_through`` ends the decision's effect, ``disclosed_through`` its showing, as the office has
    it.
    """

    kind: ClassVar[Kind] = Kind.PENALTY

    decision_no: str
    violation: str = ""
    conduct: str = ""
    basis: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    content: str = ""
    fine: str = ""
    confiscated: str = ""
    certificates: str = ""
    effective_through: dt.date | None = None
    disclosed_through: dt.date | None = None
    authority_code: str = ""
    source: str = ""
    source_code: str = ""
    procedure: Procedure | None = None
    minor_breach: bool = False
    sector: str = ""
    gravity: Gravity | None = None
    gravity_basis: str = ""
    act_ended_on: dt.date | None = None
    act_corrected_on: dt.date | None = None
    duties_fulfilled_on: dt.date | None = None
    beyond_maximum_basis: str = ""
    beyond_maximum_until: dt.date | None = None
    annulled_on: dt.date | None = None
    annulled_how: Annulment | None = None
    repaired_on: dt.date | None = None
    repair_revoked_on: dt.date | None = None


RECORDED: Final = Recorded(
    record=PenaltyRecord,
    columns=(
        *COUNTERPART,
        need("decision_no", "行政处罚决定书文号"),
        Column("violation", "违法行为类型"),
        Column("conduct", "违法事实"),
        list_of("basis", "处罚依据"),
        list_of("types", "处罚类别"),
        Column("content", "处罚内容"),
        amount("fine", "罚款金额（万元）"),
        amount("confiscated", "没收违法所得、没收非法财物的金额（万元）"),
        Column("certificates", "暂扣或吊销证照名称及编号"),
        date("decided_on", "处罚决定日期", required=True),
        date("effective_through", "处罚有效期"),
        date("disclosed_through", "公示截止期"),
        need("authority", "处罚机关"),
        Column("authority_code", "处罚机关统一社会信用代码", Type.CODE),
        Column("source", "数据来源单位"),
        Column("source_code", "数据来源单位统一社会信用代码", Type.CODE),
        word("procedure", "行政处罚程序", words_of(Procedure)),
        flag("minor_breach", "违法行为轻微，或者主动消除、减轻危害后果"),
        Column("sector", "行业领域"),
        word("gravity", "失信行为轻重", words_of(Gravity)),
        Column("gravity_basis", "分类依据"),
        date("act_ended_on", "失信行为终止日期"),
        date("act_corrected_on", "失信行为纠正日期"),
        date("duties_fulfilled_on", "义务履行完毕日期"),
        Column("beyond_maximum_basis", "超过最长公示期继续公示依据"),
        date("beyond_maximum_until", "继续公示至"),
        date("annulled_on", "撤销变更日期"),
        word("annulled_how", "撤销变更情况", words_of(Annulment)),
        date("repaired_on", "信用修复日期"),
        date("repair_revoked_on", "修复撤销日期"),
        *OBJECTION,
        *DATED,
    ),
    order=(
        ("decided_on", "published_on"),
        ("decided_on", "effective_through"),
        ("decided_on", "disclosed_through"),
        ("decided_on", "annulled_on"),
        ("decided_on", "repaired_on"),
        ("decided_on", "beyond_maximum_until"),
        ("repaired_on", "repair_revoked_on"),
        ("published_on", "updated_on"),
        *OBJECTION_ORDER,
    ),
    done=("updated_on", *OBJECTION_DAYS),
    before_export=("decided_on",),
    ended="decided_on",
    unit="authority",
    ledger=("CF", ("subject_code", "subject_name", "decision_no"), "decided_on"),
    free=("violation", "conduct", "content", "natural_person_basis", "change_note"),
    uncoded=frozenset({SubjectType.INDIVIDUAL_BUSINESS}),
    annulled="annulled_on",
    decided="decided_on",
)
