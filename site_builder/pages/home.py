"""The home page: search, three doors, the newest of each kind, figures, where to turn."""

from __future__ import annotations

from collections.abc import Sequence

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

LEAD = "查询依法公开的严重失信主体名单、信用奖惩措施和诚信典型。"
ABOUT = LEAD + "未查到不代表信用良好；已到期、已修复的信息依法不再公开。"


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
    """``index.html``; ``counts`` are the published entries, measures and role models.

    The page is indexed, so the newest shown name no natural person.
    """
    severe, measure_count, model_count = counts
    page = Home(
        heading="查一查，再放心",
        lead=LEAD,
        what=WHAT,
        examples=examples,
        doors=(
            (Link(urls.SEVERE, "查名单", severe), "公示期内的严重失信主体"),
            (Link(urls.MEASURES, "查措施", measure_count), "守信激励与失信惩戒"),
            (Link(urls.ROLE_MODELS, "看典型", model_count), "诚信典型与守信主体"),
        ),
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
    return page, around.meta(around.site.site.name, ABOUT, "home", urls.HOME, linked=linked_data.organization(around))
