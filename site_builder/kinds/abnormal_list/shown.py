"""What is seen of an entry of the list of abnormal operations (DL 8, 19; LY 9, 13)."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Final

from site_builder.public.columns import date, text, word
from site_builder.public.view import DATED, OBJECTION, REGION, Shown, SubjectView
from site_builder.vocabulary import Action, Kind, SubjectType


class AbnormalView(SubjectView, frozen=True, gc=False, kw_only=True):
    """One published entry; ``standing`` tells an enterprise that was listed from a sole trader that was marked."""

    kind: ClassVar[Kind] = Kind.ABNORMAL

    legal_representative: str
    standing: str
    cause: str
    authority: str
    decision_no: str
    listed_on: dt.date


SHOWN: Final = Shown(
    view=AbnormalView,
    folder="abnormal-list/",
    short="经营异常",
    tone="watch",
    intro="依照《企业信息公示暂行条例》等国家规定，没有按时公示年度报告等信息、公示的信息不实，或者通过登记的住所联系不上的，"
    "企业和农民专业合作社列入经营异常名录，个体工商户标记为经营异常状态。这不是行政处罚，也不是严重失信主体名单；"
    "移出、恢复正常记载状态或者撤销后不再显示。",
    note="公示中的经营异常名录（个体工商户是标记为经营异常状态），每行一条记录。",
    none="现无公示中的经营异常名录记录。没有列出不代表没有被列入，以国家企业信用信息公示系统为准。",
    columns=(
        text("subject_name", "主体名称", required=True, about="记录所说的主体"),
        word("subject_type", "主体类型", SubjectType, about="主体的类型"),
        text("subject_code", "统一社会信用代码", about="统一社会信用代码，18 位；没有代码的个体工商户，空"),
        text("legal_representative", "法定代表人", about="法定代表人、负责人或者经营者的姓名；空：不公示"),
        REGION,
        text(
            "standing",
            "记载状态",
            required=True,
            about="企业、农民专业合作社是列入经营异常名录，个体工商户是标记为经营异常状态",
        ),
        text("cause", "原因", about="因为什么列入或者标记"),
        text("authority", "作出决定机关", required=True, about="决定列入或者标记的机关，也由它移出、恢复"),
        text("decision_no", "列入决定文书号", about="列入或者标记的决定的文书号；空：没有写明"),
        date("listed_on", "列入或标记日期", required=True, about="列入或者标记的日期；按年下载即按这一天的年份"),
        OBJECTION,
        *DATED,
    ),
    day="listed_on",
    title="subject_name",
    code="subject_code",
    number="decision_no",
    authority="authority",
    hit=("standing", "authority", "listed_on", OBJECTION.name),
    heads=("standing", "cause", "authority", "listed_on"),
    filters={"authority": "作出决定机关", "region": "地区", "cause": "原因", "listed_on": "年份"},
    charts=("listed_on", "authority", "cause"),
    texts=("subject_code", "cause", "authority", "decision_no", "change_note"),
    leading=("id", "subject_name", "standing", "cause", "authority", "listed_on"),
    overlay=(Action.COURT, Action.REVOKED, Action.REMOVED, Action.OBJECTION),
    sentence=("因{cause}，", "由{authority}于 {listed_on} {standing}", "（{decision_no}）", "。"),
    leaving="怎样移出或恢复",
    door=("查经营异常", "还没有移出的经营异常"),
)
