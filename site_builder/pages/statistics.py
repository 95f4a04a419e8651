"""The figures: counted from what is published, and from nothing else (contract, section 3, “No trace”)."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.pages import urls
from site_builder.pages.contexts import BarChart, Link, Meta, Statistics
from site_builder.pages.listings import YEAR, ListKey, short
from site_builder.pages.severe_lists import BROWSE
from site_builder.pages.surroundings import Surroundings, crumbs

TITLE = "统计"
INTRO = "按本站公示中的信息统计，不含未公开和已停止公开的信息。"
MOST = 20
"""Bars shown of a key with many values; the list itself has them all."""


Counts = Mapping[ListKey, int]
"""How many records each list of a kind has."""


def year_bars(counts: Counts) -> BarChart:
    """Entries by year of listing, the oldest first."""
    return BarChart("名单按列入年份", "条", _years(counts))


def browse_bars(group: str, counts: Counts) -> BarChart:
    """Entries by a browse key, the most first."""
    links = sorted(
        (Link(key.base, key.name, count) for key, count in counts.items() if key.group == group), key=_most_first
    )
    return BarChart(f"名单按{BROWSE[group]}", "条", tuple(links[:MOST]))


def statistics(entries: Counts, measures: Counts, models: Counts, around: Surroundings) -> tuple[Statistics, Meta]:
    """``statistics/``: entries by year, authority, region, category; measures by body and clause; models by year."""
    bars = [year_bars(entries)]
    bars += [browse_bars(group, entries) for group in ("category", "region", "authority")]
    for group, name in (("body", "实施主体"), ("clause", "条款")):
        of_group = sorted((key for key in measures if key.group == group), key=lambda key: (-measures[key], key.name))
        links = tuple(Link(key.base, short(key.name), measures[key]) for key in of_group[:MOST])
        bars.append(BarChart(f"措施按{name}", "项", links))
    bars.append(BarChart("典型按授予年份", "个", _years(models)))
    page = Statistics(tuple(one for one in bars if one.rows), around.days, crumbs())
    return page, around.meta(TITLE, INTRO, "statistics", urls.STATISTICS)


def _years(counts: Counts) -> tuple[Link, ...]:
    years = sorted(key for key in counts if key.group == YEAR)
    return tuple(Link(key.base, key.name, counts[key]) for key in years)


def _most_first(link: Link) -> tuple[int, str]:
    return (-(link.count or 0), link.href)
