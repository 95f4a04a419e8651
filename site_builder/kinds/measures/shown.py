"""What is seen of a reward or penalty measure (DL 28)."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Final

import msgspec

from site_builder.public.columns import date, list_of, text, word
from site_builder.public.view import NOTE, UPDATED, Shown, View
from site_builder.vocabulary import Action, Effect, Kind, Level


class MeasureView(View, frozen=True, gc=False, kw_only=True):
    """One published reward or penalty measure (DL 28); ``in_force`` is False before ``effective_on``."""

    kind: ClassVar[Kind] = Kind.MEASURE

    effect: Effect = msgspec.field(name="kind")
    title: str
    content: str
    targets: str
    implementing_bodies: tuple[str, ...]
    basis: tuple[str, ...]
    basis_level: Level | None
    clause: str
    effective_on: dt.date
    in_force: bool

    @property
    def name(self) -> str:
        """What the record is called in a list."""
        return self.title


SHOWN: Final = Shown(
    view=MeasureView,
    folder="measures/",
    short="信用奖惩措施",
    note="已公布的信用奖惩措施，每行一项。",
    columns=(
        word("kind", "类别", Effect, about="激励还是惩戒"),
        text("title", "措施名称", required=True, about="措施的名称"),
        text("content", "奖惩措施", about="具体做什么"),
        text("targets", "实施对象", about="对谁实施"),
        list_of("implementing_bodies", "实施主体", about="由谁实施，可以有几个"),
        list_of("basis", "实施依据", about="实施所依据的规定，可以有几项"),
        word("basis_level", "依据层级", Level, required=False, about="依据的效力层级"),
        text("clause", "条款", about="所属的条款：法规的代号、条、项"),
        date("effective_on", "施行日期", required=True, about="从这一天起施行；按年下载即按这一天的年份"),
        date("published_on", "公布日期", required=True, about="公布的日期"),
        UPDATED,
        NOTE,
    ),
    day="effective_on",
    title="title",
    category="effect",
    texts=("content", "targets", "implementing_bodies", "basis", "change_note"),
    between="\n",
    hit=("effect", "implementing_bodies", "effective_on"),
    day_words="自 {} 起施行",
    leading=("id", "kind", "title", "implementing_bodies", "basis", "clause", "effective_on"),
    indexed=("kind", "clause", "effective_on"),
    facets=("kind", "implementing_bodies"),
    newest_first=False,
    overlay=(Action.COURT,),
)
