"""What is seen of a credit grade (LY 19, 20)."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Final

from site_builder.public.columns import date, text, word
from site_builder.public.view import DATED, OBJECTION, SUBJECT, UNTIL, Shown, SubjectView
from site_builder.vocabulary import Action, Grade, Kind


class GradeView(SubjectView, frozen=True, gc=False, kw_only=True):
    """One published grade: AAA, AA or A."""

    kind: ClassVar[Kind] = Kind.GRADE

    grade: Grade
    rated_by: str
    rated_on: dt.date
    valid_through: dt.date | None

    @property
    def public_until(self) -> dt.date | None:
        """The last day the grade is valid."""
        return self.valid_through


SHOWN: Final = Shown(
    view=GradeView,
    folder="grades/",
    short="信用等级",
    tone="good",
    intro="法人和非法人组织的信用等级。没有列出不代表信用不好。",
    note="公示中的信用等级，每行一条记录。",
    none="现无公示中的信用等级。有效期届满或者撤下的，不在这里显示；没有列出不代表信用不好。",
    columns=(
        *SUBJECT,
        word("grade", "信用等级", Grade, about="评定的等级"),
        text("rated_by", "评价单位", required=True, about="评定等级的单位"),
        date("rated_on", "评价日期", required=True, about="评定等级的日期；按年下载即按这一天的年份"),
        date("valid_through", "有效期至", about="等级有效的最后一天；空：没有期限"),
        UNTIL,
        OBJECTION,
        *DATED,
    ),
    day="rated_on",
    title="subject_name",
    code="subject_code",
    category="grade",
    authority="rated_by",
    heads=("grade", "rated_by", "rated_on", "valid_through"),
    filters={"grade": "等级", "rated_by": "评价单位", "rated_on": "评价年份"},
    texts=("subject_code", "rated_by", "change_note"),
    leading=("id", "subject_name", "grade", "rated_by", "rated_on", "valid_through"),
    overlay=(Action.COURT, Action.WITHDRAWN, Action.OBJECTION),
    sentence=(
        "信用等级为 {grade}，",
        "由{rated_by}于 {rated_on} 评定",
        "；有效期至 {valid_through}",
        "。",
    ),
)
