"""What the office announces: lists of all and of each category, by year, and a page each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from site_builder.content.announcements import CATEGORIES, Announcement
from site_builder.pages import urls
from site_builder.pages.contexts import (
    AnnouncementList,
    AnnouncementPage,
    AnnouncementRow,
    FileLink,
    Link,
    Meta,
    Picture,
)
from site_builder.pages.surroundings import NEWS, Surroundings, crumbs

SECTION, _, TITLE = NEWS
INTRO: Final = "本站发布的公告、信用动态、政策解读和诚信文化，最新的在前。"

NEWEST: Final = 50
"""Announcements on a list's first page; all stand on the pages of their years."""


def rows(around: Surroundings, category: str = "", year: str = "") -> list[AnnouncementRow]:
    """Those of a category, or all, and of a year, or all; the newest first."""
    return [
        AnnouncementRow(urls.announcement(one.stem), one.title, one.category, one.on, one.until)
        for one in around.news
        if category in ("", one.category) and year in ("", _year(one))
    ]


def categories(around: Surroundings, current: str) -> tuple[Link, ...]:
    """Ways to the lists of the categories there are any of, with their counts."""
    counts = {name: len(rows(around, name)) for name in CATEGORIES}
    return tuple(
        Link(urls.announcements_of(CATEGORIES[name]), name, count, name == current)
        for name, count in counts.items()
        if count
    )


def years(around: Surroundings, category: str = "") -> tuple[str, ...]:
    """The years there are any of in a category, or in all, the newest first."""
    return tuple(dict.fromkeys(_year(one) for one in around.news if category in ("", one.category)))


def announcement_list(around: Surroundings, category: str = "", year: str = "") -> tuple[AnnouncementList, Meta]:
    """The newest of a list, or with a ``year`` all of it; ``category`` empty: of all categories."""
    found, slug = rows(around, category, year), CATEGORIES.get(category, "")
    name = category or TITLE
    title = f"{name}（{year} 年）" if year else name
    address = urls.announcements_of_year(slug, year) if year else urls.announcements_of(slug)
    everything = Link(urls.NEWS, "全部", len(around.news), not category and not year)
    trail = [(urls.NEWS, TITLE)] if category or year else []
    trail += [(urls.announcements_of(slug), category)] if category and year else []
    page = AnnouncementList(
        title=title,
        intro="" if category or year else INTRO,
        rows=tuple(found if year else found[:NEWEST]),
        total=len(found),
        categories=(everything, *categories(around, "" if year else category)),
        years=tuple(
            Link(urls.announcements_of_year(slug, one), f"{one} 年", len(rows(around, category, one)), one == year)
            for one in years(around, category)
        ),
        crumbs=crumbs(*trail),
    )
    return page, around.meta(title, INTRO if title == TITLE else f"{title}。{INTRO}", SECTION, address)


def announcement_page(
    one: Announcement,
    body: Markup,
    pictures: Sequence[tuple[str, Picture]],
    files: Sequence[FileLink],
    around: Surroundings,
) -> tuple[AnnouncementPage, Meta]:
    """``news/<stem>.html``."""
    source = one.source or around.site.unit.owner
    page = AnnouncementPage(
        title=one.title,
        category=one.category,
        source=source,
        on=one.on,
        public_until=one.until,
        body=body,
        crumbs=crumbs((urls.NEWS, TITLE), (urls.announcements_of(CATEGORIES[one.category]), one.category)),
        pictures=tuple(pictures),
        files=tuple(files),
    )
    meta = around.meta(
        one.title,
        one.description or one.title,
        SECTION,
        urls.announcement(one.stem),
        published_on=one.on,
        source=source,
        keywords=(one.category,),
        unavailable_after=one.until,
    )
    return page, meta


def lists(around: Surroundings) -> Sequence[tuple[str, str]]:
    """(category, year) of every list there is, empty for all."""
    found = ["", *(name for name in CATEGORIES if rows(around, name))]
    return [(name, year) for name in found for year in ("", *years(around, name))]


def _year(one: Announcement) -> str:
    return f"{one.on.year:04}"
