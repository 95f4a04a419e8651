"""What is seen of an integrity role model (DL 56; LY 18, 20, 44)."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Final

import msgspec

from site_builder.public.columns import date, text, word
from site_builder.public.view import (
    CODE,
    NOTE,
    OBJECTION,
    PUBLISHED,
    REGION,
    TYPE,
    UNTIL,
    UPDATED,
    Shown,
    SubjectView,
)
from site_builder.vocabulary import Action, Kind, ModelCategory


class RoleModelView(SubjectView, frozen=True, gc=False, kw_only=True):
    """One published integrity role model; ``deeds`` is Markdown, ``photo`` names a picture of the export.

    ``consented``: a natural person who agreed to be shown.
    """

    kind: ClassVar[Kind] = Kind.ROLE_MODEL

    subject_name: str = msgspec.field(name="name")
    honour: str
    category: ModelCategory
    awarded_by: str
    awarded_on: dt.date
    valid_through: dt.date | None
    summary: str
    deeds: str
    photo: str
    consented: bool

    @property
    def public_until(self) -> dt.date | None:
        """The last day of the honour, where it has one."""
        return self.valid_through


SHOWN: Final = Shown(
    view=RoleModelView,
    folder="role-models/",
    short="诚信典型",
    tone="good",
    note="公示中的诚信典型，每行一个。",
    columns=(
        text("name", "名称", required=True, about="获得荣誉的主体"),
        TYPE,
        CODE,
        text("honour", "荣誉称号", required=True, about="荣誉的称号"),
        word("category", "类别", ModelCategory, about="荣誉属于哪一类"),
        text("awarded_by", "授予单位", required=True, about="授予荣誉的单位"),
        date("awarded_on", "授予日期", required=True, about="授予荣誉的日期；按年下载即按这一天的年份"),
        date("valid_through", "有效期至", about="荣誉有效的最后一天；空：没有期限"),
        UNTIL,
        REGION,
        text("summary", "摘要", about="事迹摘要"),
        text("deeds", "诚信事迹", about="事迹全文，Markdown 格式"),
        text("photo", "照片", about="照片的名称，照片在 role-models/photos/ 下"),
        OBJECTION,
        PUBLISHED,
        UPDATED,
        NOTE,
    ),
    day="awarded_on",
    title="name",
    code="subject_code",
    category="category",
    authority="awarded_by",
    texts=("honour", "awarded_by", "summary", "deeds", "change_note"),
    hit=("honour", "awarded_by"),
    leading=("id", "name", "honour", "category", "awarded_by", "awarded_on"),
    indexed=("name", "subject_code", "category", "awarded_on"),
    facets=("category",),
    overlay=(Action.COURT, Action.WITHDRAWN, Action.OBJECTION),
    sentence=(
        "因{summary}，",
        "由{awarded_by}于 {awarded_on} 授予“{honour}”",
        "；有效期至 {valid_through}",
        "。",
    ),
    leaving="怎样请求撤下",
)
