"""What is seen of an entry of the watch list (LY 25; DL 31(2))."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Final

from site_builder.public.columns import date, list_of, text
from site_builder.public.view import DATED, OBJECTION, SUBJECT, UNTIL, Shown, SubjectView
from site_builder.vocabulary import Action, Kind


class WatchView(SubjectView, frozen=True, gc=False, kw_only=True):
    """One published entry of the watch list; a natural person's ``subject_code`` is masked."""

    kind: ClassVar[Kind] = Kind.WATCH

    natural_person_basis: str
    cause: str
    basis: tuple[str, ...]
    measures: str
    authority: str
    listed_on: dt.date
    act_ended_on: dt.date | None
    valid_through: dt.date | None
    public_until: dt.date | None


SHOWN: Final = Shown(
    view=WatchView,
    folder="watch-list/",
    short="重点关注主体名单",
    tone="watch",
    intro="日常监管中重点关注的主体。这是监管措施，不是严重失信主体名单；期满或者移出后不再显示。",
    note="公示中的重点关注主体名单，每行一条记录。",
    none="现无公示中的重点关注主体。",
    columns=(
        *SUBJECT,
        text("natural_person_basis", "自然人公开依据", about="公开自然人信息所依据的规定"),
        text("cause", "列入事由", about="因为什么事列入"),
        list_of("basis", "列入依据", about="列入所依据的规定，可以有几项"),
        text("measures", "监管措施", about="列入期间采取的监管措施"),
        text("authority", "监管单位", required=True, about="列入并监管的单位"),
        date("listed_on", "列入日期", required=True, about="列入名单的日期；按年下载即按这一天的年份"),
        date("act_ended_on", "失信行为终止日期", about="失信行为终止的日期；空：没有写明或者还没有到"),
        date("valid_through", "期限至", about="列入的最后一天"),
        UNTIL,
        OBJECTION,
        *DATED,
    ),
    day="listed_on",
    title="subject_name",
    code="subject_code",
    authority="authority",
    heads=("cause", "authority", "listed_on", "valid_through"),
    filters={"authority": "监管单位", "listed_on": "列入年份"},
    texts=("subject_code", "cause", "basis", "measures", "authority", "natural_person_basis", "change_note"),
    leading=("id", "subject_name", "cause", "authority", "listed_on", "valid_through"),
    overlay=(Action.COURT, Action.REVOKED, Action.REPAIRED, Action.REMOVED, Action.OBJECTION),
    sentence=(
        "在重点关注主体名单上。",
        "因{cause}，",
        "由{authority}于 {listed_on} 列入",
        "；公示至 {public_until}",
        "。",
    ),
    leaving="怎样移出或修复",
)
