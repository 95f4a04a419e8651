"""The home page: search, the ways in, the newest of each kind, figures, where to turn."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.kinds.shown import SHOWN
from site_builder.pages import linked_data, urls
from site_builder.pages.contexts import AnnouncementRow, BarChart, Home, Link, MeasureRow, Meta, Rows
from site_builder.pages.surroundings import Surroundings

NEWEST = 6
"""Entries, and role models, on the home page."""

MEASURES = 4
"""Measures on the home page: each takes more lines."""

ANNOUNCED = 3
"""Announcements on the home page."""

WHAT = "名称、代码或者文书号的任意一段"
"""What may be typed into the search box."""

LEAD = "查询依法公开的严重失信主体名单、{}信用奖惩措施和诚信典型。"
ABOUT = "未查到不代表信用良好；已到期、已修复的信息依法不再公开。"


def home(
    counts: tuple[int, int, int],
    newest: Rows,
    measures: Sequence[MeasureRow],
    models: Rows,
    years: BarChart,
    categories: BarChart,
    others: tuple[Link, ...],
    news: Sequence[AnnouncementRow],
    examples: tuple[Link, ...],
    around: Surroundings,
) -> tuple[Home, Meta]:
    """``index.html``; ``counts`` are the published entries, measures and role models, ``others`` the optional kinds.

    There is no door to where nothing is.

    The page is indexed, so the newest shown name no natural person.
    """
    severe, measure_count, model_count = counts
    ways_in = [(kind, to) for kind, to in zip(around.optional, others, strict=True) if SHOWN[kind].door[0]]
    lead = LEAD.format("".join(f"{SHOWN[kind].short}、" for kind, _ in ways_in))
    doors = (
        (Link(urls.SEVERE, "查名单", severe), "公示期内的严重失信主体"),
        *((Link(to.href, SHOWN[kind].door[0], to.count), SHOWN[kind].door[1]) for kind, to in ways_in),
        (Link(urls.MEASURES, "查措施", measure_count), "守信激励与失信惩戒"),
        (Link(urls.ROLE_MODELS, "看典型", model_count), "诚信典型与守信主体"),
    )
    page = Home(
        heading="查一查，再放心",
        lead=lead,
        what=WHAT,
        examples=examples,
        doors=tuple(one for one in doors if one[0].count),
        newest=newest,
        measures=tuple(measures),
        models=models,
        years=years,
        categories=categories,
        advice=around.advice(around.words.home),
        days=around.days,
        others=others,
        news=tuple(news),
    )
    linked = linked_data.organization(around)
    return page, around.meta(around.site.site.name, lead + ABOUT, "home", urls.HOME, linked=linked)
