"""What is seen of a commitment (LY 26; DL 9, 13(3))."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Final

from site_builder.public.columns import date, text, word
from site_builder.public.view import DATED, OBJECTION, SUBJECT, UNTIL, Shown, SubjectView
from site_builder.vocabulary import Action, Keeping, Kind


class CommitmentView(SubjectView, frozen=True, gc=False, kw_only=True):
    """One published commitment; ``decision_no``, ``act_ended_on`` and ``public_until`` are of a broken one alone."""

    kind: ClassVar[Kind] = Kind.COMMITMENT

    matter: str
    text: str
    authority: str
    made_on: dt.date
    state: Keeping
    decision_no: str
    act_ended_on: dt.date | None
    public_until: dt.date | None


SHOWN: Final = Shown(
    view=CommitmentView,
    folder="commitments/",
    short="信用承诺",
    intro="企业和组织向行政机关公开作出的信用承诺，以及履行情况。",
    note="公示中的信用承诺，每行一条记录。",
    none="现无公示中的信用承诺。",
    columns=(
        *SUBJECT,
        text("matter", "承诺事项", required=True, about="就什么事作出承诺"),
        text("text", "承诺内容", required=True, about="承诺做到什么"),
        text("authority", "受理单位", required=True, about="接受承诺的单位"),
        date("made_on", "承诺日期", required=True, about="作出承诺的日期；按年下载即按这一天的年份"),
        word("state", "履行情况", Keeping, about="承诺履行得怎样"),
        text("decision_no", "违约认定文书号", about="认定违约的决定的文书号；空：没有违约"),
        date("act_ended_on", "失信行为终止日期", about="违约行为终止的日期；空：没有违约"),
        UNTIL,
        OBJECTION,
        *DATED,
    ),
    day="made_on",
    title="subject_name",
    code="subject_code",
    number="decision_no",
    category="state",
    authority="authority",
    heads=("matter", "state", "authority", "made_on"),
    filters={"state": "履行情况", "authority": "受理单位", "made_on": "承诺年份"},
    texts=("subject_code", "decision_no", "matter", "text", "authority", "change_note"),
    leading=("id", "subject_name", "matter", "state", "authority", "made_on"),
    overlay=(Action.COURT, Action.REVOKED, Action.REPAIRED, Action.WITHDRAWN, Action.OBJECTION),
    sentence=(
        "{made_on} 就“{matter}”向{authority}作出承诺，",
        "现在{state}",
        "（{decision_no}）",
        "；公示至 {public_until}",
        "。",
    ),
    leaving="怎样修复",
)
