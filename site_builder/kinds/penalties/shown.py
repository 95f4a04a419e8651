"""What is seen of an administrative penalty (DL 12(4); LY 10(2))."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Final

from site_builder.public.columns import amount, date, list_of, text, word
from site_builder.public.view import COUNTERPART, DATED, OBJECTION, UNTIL, Shown, SubjectView
from site_builder.vocabulary import Action, Gravity, Kind, Procedure


class PenaltyView(SubjectView, frozen=True, gc=False, kw_only=True):
    """One published penalty; ``repair_after`` is the last day on which its repair may not yet be asked for.

    ``repair_closed`` says so where the law excludes it from repair.
    """

    kind: ClassVar[Kind] = Kind.PENALTY

    legal_representative: str
    natural_person_basis: str
    decision_no: str
    violation: str
    conduct: str
    basis: tuple[str, ...]
    types: tuple[str, ...]
    content: str
    fine: str
    confiscated: str
    certificates: str
    decided_on: dt.date
    effective_through: dt.date | None
    authority: str
    authority_code: str
    source: str
    procedure: Procedure | None
    gravity: Gravity | None
    gravity_basis: str
    act_ended_on: dt.date | None
    repair_after: dt.date | None
    repair_closed: str
    public_until: dt.date | None


SHOWN: Final = Shown(
    view=PenaltyView,
    folder="penalties/",
    short="行政处罚",
    tone="watch",
    intro="行政机关依法作出的行政处罚。它只说明所列的那一件事，不是严重失信主体名单；修复、撤销或者届满的不再显示。",
    note="公示中的行政处罚，每行一条记录。",
    none="现无公示中的行政处罚。没有列出不代表没有受过处罚。",
    columns=(
        *COUNTERPART,
        text("decision_no", "行政处罚决定书文号", required=True, about="处罚决定书的文号"),
        text("violation", "违法行为类型", about="违法行为是哪一类"),
        text("conduct", "违法事实", about="做了什么违法的事"),
        list_of("basis", "处罚依据", about="处罚所依据的规定，可以有几项"),
        list_of("types", "处罚类别", about="罚了什么，可以有几项"),
        text("content", "处罚内容", about="处罚的具体内容"),
        amount("fine", "罚款金额（万元）", about="罚款的金额"),
        amount("confiscated", "没收违法所得、没收非法财物的金额（万元）", about="没收的金额"),
        text("certificates", "暂扣或吊销证照名称及编号", about="暂扣或者吊销的证照"),
        date("decided_on", "处罚决定日期", required=True, about="作出处罚决定的日期；按年下载即按这一天的年份"),
        date("effective_through", "处罚决定的有效期（不是公示期）", about="处罚决定本身到哪一天为止；与公示多久无关"),
        text("authority", "处罚机关", required=True, about="作出处罚的机关"),
        text("authority_code", "处罚机关统一社会信用代码", about="处罚机关的统一社会信用代码"),
        text("source", "数据来源单位", about="提供数据的单位"),
        word("procedure", "行政处罚程序", Procedure, required=False, about="适用一般程序还是简易程序；空：没有写明"),
        word("gravity", "失信行为轻重", Gravity, required=False, about="轻微、一般还是严重；空：没有分类"),
        text("gravity_basis", "分类依据", about="轻重所依据的标准；空：由处罚机关写明"),
        date("act_ended_on", "失信行为终止日期", about="违法行为终止的日期；空：没有写明"),
        date("repair_after", "最短公示期满日", about="这一天及以前不能申请信用修复；空：没有可以告知的日子"),
        text("repair_closed", "信用修复", about="不适用信用修复的，说明不适用；空：没有这样的规定"),
        UNTIL,
        OBJECTION,
        *DATED,
    ),
    day="decided_on",
    title="subject_name",
    code="subject_code",
    number="decision_no",
    category="gravity",
    authority="authority",
    hit=("violation", "authority", "decided_on", OBJECTION.name),
    heads=("violation", "types", "authority", "decided_on"),
    filters={"authority": "处罚机关", "region": "地区", "types": "处罚类别", "decided_on": "决定年份"},
    charts=("decided_on", "authority", "types"),
    texts=(
        "subject_code",
        "decision_no",
        "violation",
        "conduct",
        "basis",
        "types",
        "content",
        "certificates",
        "authority",
        "source",
        "natural_person_basis",
        "change_note",
    ),
    leading=("id", "subject_name", "violation", "types", "fine", "authority", "decided_on", "public_until"),
    overlay=(Action.COURT, Action.REVOKED, Action.REPAIRED, Action.OBJECTION),
    sentence=(
        "因{violation}，",
        "由{authority}于 {decided_on} 作出行政处罚决定",
        "（{decision_no}）",
        "：{types}",
        "；公示至 {public_until}",
        "。",
    ),
    leaving="怎样修复",
    kept="repair_closed",
    door=("查处罚", "公示期内的行政处罚"),
)
