"""An integrity role model as the export says it (contract, section 1; DL 56, LY 18, 20, 44)."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Final

import msgspec

from site_builder.records.columns import DISCLOSURE, Column, Type, date, flag, need, word, words_of
from site_builder.records.record import (
    CATALOGUE_ITEM,
    OBJECTION,
    OBJECTION_DAYS,
    OBJECTION_ORDER,
    Recorded,
    SubjectRecord,
)
from site_builder.vocabulary import SUBJECT_TYPES, Kind, ModelCategory


class RoleModel(SubjectRecord, frozen=True, gc=False, kw_only=True):
    """One row of ``role-models``. Absent text is empty, absent dates are None; every value is trimmed."""

    kind: ClassVar[Kind] = Kind.ROLE_MODEL

    subject_name: str = msgspec.field(name="name")
    honour: str
    category: ModelCategory
    awarded_by: str
    awarded_on: dt.date
    minor: bool = False
    consent: bool = False
    consent_on: dt.date | None = None
    consent_scope: str = ""
    notified_on: dt.date | None = None
    valid_through: dt.date | None = None
    summary: str = ""
    deeds: str = ""
    photo: str = ""
    picture_right: bool = False
    withdrawn_on: dt.date | None = None


RECORDED: Final = Recorded(
    record=RoleModel,
    columns=(
        Column("id", "记录编号", Type.CODE, required=True),
        DISCLOSURE,
        need("name", "名称"),
        word("subject_type", "主体类型", words_of(SUBJECT_TYPES), required=True),
        Column("subject_code", "统一社会信用代码", Type.CODE),
        flag("minor", "未成年人"),
        flag("consent", "本人同意公开"),
        date("consent_on", "本人同意日期"),
        Column("consent_scope", "本人同意公开的范围"),
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
        flag("picture_right", "照片取得使用授权"),
        date("withdrawn_on", "撤下日期"),
        *OBJECTION,
        date("published_on", "公示日期", required=True),
        date("updated_on", "更新日期"),
        Column("change_note", "变动理由"),
    ),
    order=(
        ("awarded_on", "published_on"),
        ("notified_on", "published_on"),
        ("awarded_on", "valid_through"),
        ("awarded_on", "withdrawn_on"),
        ("published_on", "updated_on"),
        *OBJECTION_ORDER,
    ),
    done=(
        "awarded_on",
        "notified_on",
        "updated_on",
        *OBJECTION_DAYS,
        "consent_on",
    ),
    ended="awarded_on",
    unit="awarded_by",
    ledger=("DX", ("subject_code", "name", "honour", "awarded_on"), "awarded_on"),
    free=("honour", "summary", "deeds", "change_note"),
)
