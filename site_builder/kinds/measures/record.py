"""A reward or penalty measure as the export says it (contract, section 1; DL 28)."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Final

import msgspec

from site_builder.records.columns import DISCLOSURE, Column, Type, date, list_of, need, word, words_of
from site_builder.records.record import Record, Recorded
from site_builder.vocabulary import Effect, Kind, Level


class Measure(Record, frozen=True, gc=False, kw_only=True):
    """One row of ``measures``. Absent text is empty, absent dates are None; every value is trimmed."""

    kind: ClassVar[Kind] = Kind.MEASURE

    effect: Effect = msgspec.field(name="kind")
    title: str
    effective_on: dt.date
    content: str = ""
    targets: str = ""
    implementing_bodies: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    basis_level: Level | None = None
    clause: str = ""
    lists: tuple[str, ...] = ()
    repealed_on: dt.date | None = None

    @property
    def name(self) -> str:
        """What the measure is called."""
        return self.title


RECORDED: Final = Recorded(
    record=Measure,
    columns=(
        Column("id", "措施编号", Type.CODE, required=True),
        DISCLOSURE,
        word("kind", "类别", words_of(Effect), required=True),
        need("title", "措施名称"),
        Column("content", "奖惩措施"),
        Column("targets", "实施对象"),
        list_of("implementing_bodies", "实施主体"),
        list_of("basis", "实施依据"),
        word("basis_level", "依据层级", words_of(Level)),
        Column("clause", "条款", Type.CODE),
        list_of("lists", "适用名单"),
        date("effective_on", "施行日期", required=True),
        date("repealed_on", "废止日期"),
        date("published_on", "公布日期", required=True),
        date("updated_on", "更新日期"),
        Column("change_note", "变动理由"),
    ),
    order=(("effective_on", "repealed_on"), ("published_on", "updated_on")),
    done=("updated_on",),
    ended="",
    unit="implementing_bodies",
    ledger=("CS", ("clause", "title"), "effective_on"),
)
