"""A commitment as the export says it (docs/kinds.md; LY 26, DL 9)."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Final

from site_builder.records.columns import Column, date, need, word, words_of
from site_builder.records.record import (
    DATED,
    OBJECTION,
    OBJECTION_DAYS,
    OBJECTION_ORDER,
    SUBJECT,
    DecidedRecord,
    Recorded,
)
from site_builder.vocabulary import Keeping, Kind


class CommitmentRecord(DecidedRecord, frozen=True, gc=False, kw_only=True):
    """One row of ``commitments``. The last four dates and ``decision_no`` are of a breach alone."""

    kind: ClassVar[Kind] = Kind.COMMITMENT

    matter: str
    text: str
    authority: str
    made_on: dt.date
    state: Keeping
    decision_no: str = ""
    act_ended_on: dt.date | None = None
    withdrawn_on: dt.date | None = None

    @property
    def broken(self) -> bool:
        """Whether the commitment was not kept: then it is a record of dishonesty, with a term."""
        return self.state is Keeping.BROKEN


RECORDED: Final = Recorded(
    record=CommitmentRecord,
    columns=(
        *SUBJECT,
        need("matter", "承诺事项"),
        need("text", "承诺内容"),
        need("authority", "受理单位"),
        date("made_on", "承诺日期", required=True),
        word("state", "履行情况", words_of(Keeping), required=True),
        Column("decision_no", "违约认定文书号"),
        date("act_ended_on", "失信行为终止日期"),
        date("revoked_on", "决定撤销日期"),
        date("repaired_on", "信用修复日期"),
        date("repair_revoked_on", "修复撤销日期"),
        date("withdrawn_on", "撤下日期"),
        *OBJECTION,
        *DATED,
    ),
    order=(
        ("made_on", "published_on"),
        ("made_on", "act_ended_on"),
        ("made_on", "withdrawn_on"),
        ("made_on", "revoked_on"),
        ("published_on", "updated_on"),
        ("act_ended_on", "repaired_on"),
        ("repaired_on", "repair_revoked_on"),
        *OBJECTION_ORDER,
    ),
    done=("made_on", "updated_on", *OBJECTION_DAYS),
    ended="made_on",
    unit="authority",
    ledger=("CN", ("subject_code", "matter", "made_on"), "made_on"),
    free=("matter", "text", "change_note"),
)
