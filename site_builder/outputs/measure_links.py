"""Measures as data: measure × basis × implementing body × clause, and each measure with the entries that cite it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from site_builder.kinds.measures.shown import MeasureView
from site_builder.kinds.severe_list.shown import SevereView
from site_builder.outputs.columns import Cell
from site_builder.pages import urls
from site_builder.pages.surroundings import Surroundings
from site_builder.public.columns import ShownColumn
from site_builder.vocabulary import Effect, Kind, Level

LINKS: Final = (
    ShownColumn("measure_id", "措施编号", required=True, about="措施的编号，指向 measures 的 id"),
    ShownColumn("measure_url", "措施网页", required=True, about="措施的网页"),
    ShownColumn("kind", "类别", words=tuple(Effect), required=True, about="激励还是惩戒"),
    ShownColumn("title", "措施名称", required=True, about="措施的名称"),
    ShownColumn("basis", "实施依据", about="一项依据；措施有几项依据就有几行"),
    ShownColumn("basis_url", "依据网页", about="依据在本站的条文；本站没有的为空"),
    ShownColumn("basis_level", "依据层级", words=tuple(Level), about="依据的效力层级"),
    ShownColumn("implementing_body", "实施主体", about="一个实施主体；措施有几个实施主体就有几行"),
    ShownColumn("clause", "条款", about="措施所属的条款：法规的代号、条、项"),
    ShownColumn("clause_text", "条款名称", about="条款的中文名称"),
    ShownColumn("clause_url", "条款网页", about="条款在本站的条文；本站没有的为空"),
    ShownColumn("effective_on", "施行日期", "date", required=True, about="从这一天起施行", unit="日"),
    ShownColumn("cited_by", "引用条数", "integer", required=True, about="公示中适用这项措施的名单记录", unit="条"),
    ShownColumn("entries_url", "引用记录网页", about="适用这项措施的名单记录的列表；没有的为空"),
)
"""One row for each basis and implementing body of a measure (DL 28)."""

CITING: Final = (
    ShownColumn("measure_id", "措施编号", required=True, about="措施的编号，指向 measures 的 id"),
    ShownColumn("entry_id", "记录编号", required=True, about="适用这项措施的名单记录，指向 severe-list 的 id"),
    ShownColumn("url", "网页地址", required=True, about="名单记录的网页"),
    ShownColumn("public_until", "公示至", "date", about="过了这一天停止使用这一行", unit="日"),
)
"""One row for each measure an entry names (DL 34, LY 22)."""


def link_rows(view: MeasureView, cited_by: int, around: Surroundings) -> Iterator[list[Cell]]:
    """The rows of one measure; a measure without a basis or body has one row with none."""
    clause = around.clause(view.clause) if view.clause else None
    for basis in dict.fromkeys(view.basis) or [""]:
        for body in dict.fromkeys(view.implementing_bodies) or [""]:
            values: list[Cell] = [
                view.id,
                around.canonical(urls.record(Kind.MEASURE, view.id)),
                view.effect,
                view.title,
                basis,
                _absolute(around.basis(basis).href, around),
                view.basis_level,
                body,
                view.clause,
                clause.text if clause else "",
                _absolute(clause.href if clause else "", around),
                view.effective_on,
                cited_by,
                _absolute(urls.measure_entries(view.id) if cited_by else "", around),
            ]
            yield [None if value == "" else value for value in values]


def citing_rows(view: SevereView, measures: Mapping[str, object], around: Surroundings) -> Iterator[list[Cell]]:
    """The rows of one entry: the published measures in force it names."""
    address = around.canonical(urls.record(Kind.SEVERE, view.id))
    for measure in view.measure_ids:
        if measure in measures:
            yield [measure, view.id, address, view.public_until]


def _absolute(href: str, around: Surroundings) -> str:
    return around.canonical(href) if href else ""
