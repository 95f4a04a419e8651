"""What is seen of an administrative licence (DL 11(2); LY 10(2))."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Final

from site_builder.public.columns import date, text, word
from site_builder.public.view import COUNTERPART, DATED, OBJECTION, UNTIL, Shown, SubjectView
from site_builder.vocabulary import Action, Kind, LicenceCategory, Validity


class LicenceView(SubjectView, frozen=True, gc=False, kw_only=True):
    """One published licence; ``lasting`` is told of one without an end, whose ``licensed_through`` is None."""

    kind: ClassVar[Kind] = Kind.LICENCE

    legal_representative: str
    natural_person_basis: str
    decision_name: str
    decision_no: str
    category: LicenceCategory
    certificate: str
    certificate_no: str
    content: str
    decided_on: dt.date
    licensed_from: dt.date | None
    licensed_through: dt.date | None
    lasting: str
    authority: str
    authority_code: str
    current_state: Validity | None
    source: str
    public_until: dt.date | None


SHOWN: Final = Shown(
    view=LicenceView,
    folder="licences/",
    short="行政许可",
    intro="行政机关准予的行政许可。有效期届满的不在这里显示；没有列出不代表没有许可，以许可机关的为准。",
    note="公示中的行政许可，每行一条记录。",
    none="现无公示中的行政许可。",
    columns=(
        *COUNTERPART,
        text("decision_name", "行政许可决定文书名称", about="许可决定的名称"),
        text("decision_no", "行政许可决定文书号", required=True, about="许可决定的文书号"),
        word("category", "许可类别", LicenceCategory, about="许可属于哪一类"),
        text("certificate", "许可证书名称", about="发给的证书叫什么"),
        text("certificate_no", "许可编号", about="证书的编号"),
        text("content", "许可内容", about="准予做什么"),
        date("decided_on", "许可决定日期", required=True, about="作出许可决定的日期；按年下载即按这一天的年份"),
        date("licensed_from", "有效期自", about="许可从哪一天起有效"),
        date("licensed_through", "有效期至", about="许可有效的最后一天；空：没有写明，或者长期有效"),
        text("lasting", "有效期限", about="长期：没有到期的一天；空：见有效期至"),
        text("authority", "许可机关", required=True, about="作出许可的机关"),
        text("authority_code", "许可机关统一社会信用代码", about="许可机关的统一社会信用代码"),
        word("current_state", "当前状态", Validity, required=False, about="许可现在是否有效；空：没有写明"),
        text("source", "数据来源单位", about="提供数据的单位"),
        UNTIL,
        OBJECTION,
        *DATED,
    ),
    day="decided_on",
    title="subject_name",
    code="subject_code",
    number="decision_no",
    category="category",
    authority="authority",
    hit=("category", "certificate", "authority", "decided_on", OBJECTION.name),
    heads=("category", "content", "authority", "decided_on"),
    filters={"authority": "许可机关", "region": "地区", "category": "许可类别", "decided_on": "决定年份"},
    charts=("decided_on", "authority", "category"),
    texts=(
        "subject_code",
        "decision_name",
        "decision_no",
        "certificate",
        "certificate_no",
        "content",
        "authority",
        "source",
        "natural_person_basis",
        "change_note",
    ),
    leading=("id", "subject_name", "category", "content", "authority", "decided_on", "licensed_through"),
    door=("查许可", "有效的行政许可"),
    overlay=(Action.COURT, Action.WITHDRAWN, Action.OBJECTION),
    sentence=(
        "由{authority}于 {decided_on} 准予行政许可",
        "（{decision_no}）",
        "，发给{certificate}",
        "；有效期至 {licensed_through}|；{lasting}有效",
        "。",
    ),
)
