"""An entry of the list of abnormal operations as the export says it (docs/kinds.md; DL 8, LY 9)."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Final

from site_builder.records.columns import DISCLOSURE, Column, Type, date, need, word, words_of
from site_builder.records.record import (
    CATALOGUE_ITEM,
    DATED,
    OBJECTION,
    OBJECTION_DAYS,
    OBJECTION_ORDER,
    Recorded,
    SubjectRecord,
)
from site_builder.vocabulary import Kind, SubjectType


class AbnormalRecord(SubjectRecord, frozen=True, gc=False, kw_only=True):
    """One row of ``abnormal-list``: an enterprise or cooperative that was listed, or a sole trader that was marked.

    What is told of its removal is never shown: it says that the entry is not to be seen any more.
    """

    kind: ClassVar[Kind] = Kind.ABNORMAL

    authority: str
    listed_on: dt.date
    legal_representative: str = ""
    cause: str = ""
    decision_no: str = ""
    removed_on: dt.date | None = None
    removal_cause: str = ""
    removal_no: str = ""
    revoked_on: dt.date | None = None


RECORDED: Final = Recorded(
    record=AbnormalRecord,
    columns=(
        Column("id", "记录编号", Type.CODE, required=True),
        DISCLOSURE,
        need("subject_name", "主体名称"),
        word("subject_type", "主体类型", words_of(SubjectType), required=True),
        Column("subject_code", "统一社会信用代码", Type.CODE),
        Column("legal_representative", "法定代表人"),
        Column("region", "行政区划代码", Type.CODE),
        CATALOGUE_ITEM,
        Column("cause", "列入原因"),
        need("authority", "作出决定机关"),
        Column("decision_no", "列入决定文书号"),
        date("listed_on", "列入日期", required=True),
        date("removed_on", "移出日期"),
        Column("removal_cause", "移出原因"),
        Column("removal_no", "移出决定文书号"),
        date("revoked_on", "决定撤销日期"),
        *OBJECTION,
        *DATED,
    ),
    order=(
        ("listed_on", "published_on"),
        ("listed_on", "removed_on"),
        ("listed_on", "revoked_on"),
        ("published_on", "updated_on"),
        *OBJECTION_ORDER,
    ),
    done=("updated_on", *OBJECTION_DAYS),
    before_export=("listed_on",),
    ended="listed_on",
    unit="authority",
    ledger=("YC", ("subject_code", "subject_name", "listed_on"), "listed_on"),
    free=("cause", "change_note"),
    uncoded=frozenset({SubjectType.INDIVIDUAL_BUSINESS}),
    annulled="revoked_on",
)
