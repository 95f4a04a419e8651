"""The figures: counted from what is published, and from nothing else (contract, section 3, “No trace”)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from site_builder.kinds.role_models.shown import RoleModelView
from site_builder.pages import urls
from site_builder.pages.contexts import Bars, Link, Meta, Statistics
from site_builder.pages.listings import BROWSE, YEAR, ListKey
from site_builder.pages.measures import MeasureGroup, short
from site_builder.pages.surroundings import Surroundings, crumbs

TITLE = "统计"
INTRO = "按本站公示中的信息统计，不含未公开和已停止公开的信息。"
MOST = 20
"""Bars shown of a key with many values; the list itself has them all."""


def year_bars(keys: Sequence[ListKey], counts: Mapping[str, int]) -> Bars:
    """Entries by year of listing, the oldest first."""
    years = sorted(key for key in keys if key.group == YEAR)
    return Bars("名单按列入年份", "条", tuple(Link(key.base, key.name, counts[key.base]) for key in years))


def browse_bars(group: str, keys: Sequence[ListKey], counts: Mapping[str, int]) -> Bars:
    """Entries by a browse key, the most first."""
    links = sorted((Link(key.base, key.name, counts[key.base]) for key in keys if key.group == group), key=_most_first)
    return Bars(f"名单按{BROWSE[group]}", "条", tuple(links[:MOST]))


def statistics(
    keys: Sequence[ListKey],
    counts: Mapping[str, int],
    measures: Sequence[MeasureGroup],
    models: Sequence[RoleModelView],
    around: Surroundings,
) -> tuple[Statistics, Meta]:
    """``statistics/``: entries by year, authority, region, category; measures by body and clause; models by year."""
    bars = [year_bars(keys, counts)]
    bars += [browse_bars(group, keys, counts) for group in ("category", "region", "authority")]
    for key, name in (("body", "实施主体"), ("clause", "条款")):
        links = [Link(one.address, short(one.name), len(one.members)) for one in measures if one.key == key]
        bars.append(Bars(f"措施按{name}", "项", tuple(links[:MOST])))
    awarded = Counter(view.awarded_on.year for view in models)
    bars.append(
        Bars(
            "典型按授予年份",
            "个",
            tuple(
                Link(urls.role_models_by("year", str(year)), f"{year} 年", awarded[year]) for year in sorted(awarded)
            ),
        )
    )
    page = Statistics(tuple(one for one in bars if one.rows), around.days, crumbs())
    return page, around.meta(TITLE, INTRO, "statistics", urls.STATISTICS)


def _most_first(link: Link) -> tuple[int, str]:
    return (-(link.count or 0), link.href)
