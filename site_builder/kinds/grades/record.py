"""A credit grade as the export says it (docs/kinds.md; LY 19)."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Final

from site_builder.records.columns import date, need, word, words_of
from site_builder.records.record import (
    DATED,
    OBJECTION,
    OBJECTION_DAYS,
    OBJECTION_ORDER,
    SUBJECT,
    Recorded,
    SubjectRecord,
)
from site_builder.vocabulary import Grade, Kind


class GradeRecord(SubjectRecord, frozen=True, gc=False, kw_only=True):
    """One row of ``grades``."""

    kind: ClassVar[Kind] = Kind.GRADE

    grade: Grade
    rated_by: str
    rated_on: dt.date
    valid_through: dt.date | None = None
    withdrawn_on: dt.date | None = None


RECORDED: Final = Recorded(
    record=GradeRecord,
    columns=(
        *SUBJECT,
        word("grade", "信用等级", words_of(Grade), required=True),
        need("rated_by", "评价单位"),
        date("rated_on", "评价日期", required=True),
        date("valid_through", "有效期至"),
        date("withdrawn_on", "撤下日期"),
        *OBJECTION,
        *DATED,
    ),
    order=(
        ("rated_on", "published_on"),
        ("rated_on", "valid_through"),
        ("rated_on", "withdrawn_on"),
        ("published_on", "updated_on"),
        *OBJECTION_ORDER,
    ),
    done=("rated_on", "updated_on", *OBJECTION_DAYS),
    ended="rated_on",
    unit="rated_by",
    ledger=("DJ", ("subject_code", "rated_by", "rated_on"), "rated_on"),
)
