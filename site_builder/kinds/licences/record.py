"""An administrative licence as the export says it (docs/kinds.md; DL 11(2), LY 10(2))."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Final

from site_builder.records.columns import Column, Type, date, need, word, words_of
from site_builder.records.record import (
    COUNTERPART,
    DATED,
    OBJECTION,
    OBJECTION_DAYS,
    OBJECTION_ORDER,
    CounterpartRecord,
    Recorded,
)
from site_builder.vocabulary import Kind, LicenceCategory, SubjectType, Validity


class LicenceRecord(CounterpartRecord, frozen=True, gc=False, kw_only=True):
    """One row of ``licences``. ``licensed_through`` is 2099-12-31 where the licence has no end."""

    kind: ClassVar[Kind] = Kind.LICENCE

    decision_no: str
    category: LicenceCategory
    decision_name: str = ""
    certificate: str = ""
    certificate_no: str = ""
    content: str = ""
    licensed_from: dt.date | None = None
    licensed_through: dt.date | None = None
    authority_code: str = ""
    current_state: Validity | None = None
    source: str = ""
    source_code: str = ""
    withdrawn_on: dt.date | None = None


RECORDED: Final = Recorded(
    record=LicenceRecord,
    columns=(
        *COUNTERPART,
        Column("decision_name", "行政许可决定文书名称"),
        need("decision_no", "行政许可决定文书号"),
        word("category", "许可类别", words_of(LicenceCategory), required=True),
        Column("certificate", "许可证书名称"),
        Column("certificate_no", "许可编号", Type.CODE),
        Column("content", "许可内容"),
        date("decided_on", "许可决定日期", required=True),
        date("licensed_from", "有效期自"),
        date("licensed_through", "有效期至"),
        need("authority", "许可机关"),
        Column("authority_code", "许可机关统一社会信用代码", Type.CODE),
        word("current_state", "当前状态", words_of(Validity)),
        Column("source", "数据来源单位"),
        Column("source_code", "数据来源单位统一社会信用代码", Type.CODE),
        date("withdrawn_on", "撤下日期"),
        *OBJECTION,
        *DATED,
    ),
    order=(
        ("decided_on", "published_on"),
        ("decided_on", "licensed_through"),
        ("licensed_from", "licensed_through"),
        ("decided_on", "withdrawn_on"),
        ("published_on", "updated_on"),
        *OBJECTION_ORDER,
    ),
    done=("updated_on", *OBJECTION_DAYS),
    before_export=("decided_on",),
    ended="decided_on",
    unit="authority",
    ledger=("XK", ("subject_code", "subject_name", "decision_no"), "decided_on"),
    free=("decision_name", "content", "natural_person_basis", "change_note"),
    uncoded=frozenset({SubjectType.INDIVIDUAL_BUSINESS}),
    decided="decided_on",
)
