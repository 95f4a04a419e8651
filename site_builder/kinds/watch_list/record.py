"""An entry of the watch list as the export says it (docs/kinds.md; LY 25, DL 31(2))."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Final

from site_builder.records.columns import Column, date, flag, list_of, need, word, words_of
from site_builder.records.record import (
    DATED,
    OBJECTION,
    OBJECTION_DAYS,
    OBJECTION_ORDER,
    SUBJECT,
    ListedRecord,
    Recorded,
)
from site_builder.vocabulary import Kind, Level


class WatchRecord(ListedRecord, frozen=True, gc=False, kw_only=True):
    """One row of ``watch-list``."""

    kind: ClassVar[Kind] = Kind.WATCH

    authority: str
    cause: str = ""
    basis: tuple[str, ...] = ()
    measures: str = ""
    act_ended_on: dt.date | None = None
    valid_through: dt.date | None = None


RECORDED: Final = Recorded(
    record=WatchRecord,
    columns=(
        *SUBJECT,
        flag("minor", "未成年人"),
        Column("natural_person_basis", "自然人公开依据"),
        word("natural_person_basis_level", "自然人公开依据层级", words_of(Level)),
        Column("cause", "列入事由"),
        list_of("basis", "列入依据"),
        Column("measures", "监管措施"),
        need("authority", "监管单位"),
        date("listed_on", "列入日期", required=True),
        date("act_ended_on", "失信行为终止日期"),
        date("valid_through", "期限至"),
        date("removed_on", "移出日期"),
        date("revoked_on", "决定撤销日期"),
        date("repaired_on", "信用修复日期"),
        date("repair_revoked_on", "修复撤销日期"),
        *OBJECTION,
        *DATED,
    ),
    order=(
        ("listed_on", "published_on"),
        ("listed_on", "valid_through"),
        ("listed_on", "removed_on"),
        ("listed_on", "revoked_on"),
        ("listed_on", "repaired_on"),
        ("repaired_on", "repair_revoked_on"),
        ("published_on", "updated_on"),
        *OBJECTION_ORDER,
    ),
    done=("updated_on", *OBJECTION_DAYS),
    before_export=("listed_on",),
    ended="listed_on",
    unit="authority",
    ledger=("GZ", ("subject_code", "subject_name", "listed_on"), "listed_on"),
    free=("cause", "natural_person_basis", "change_note"),
)
