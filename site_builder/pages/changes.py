"""``changes/``: what was published or updated last, by the records' own dates. What has left is not told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from site_builder.pages import urls
from site_builder.pages.contexts import Change, ChangesPage, Link, Meta
from site_builder.pages.surroundings import NEWS, Surroundings, crumbs, label

TITLE: Final = "最近公布和更新"
WHAT: Final = {"published": "公布", "updated": "更新", "objection": "异议处理中"}
"""How a record changed, in words."""

INTRO: Final = "最近公布、更新或者有异议在处理的记录，按记录自己的日期排列。可以用 Atom 订阅全部、一类或一个单位。"


def changes_page(
    changes: Sequence[Change], authorities: Sequence[str], around: Surroundings, *, noindex: bool
) -> tuple[ChangesPage, Meta]:
    """The page; ``changes`` come newest first, ``authorities`` are those with a feed."""
    news = (Link(urls.NEWS_FEED, NEWS[2]),) if around.news else ()
    page = ChangesPage(
        intro=INTRO,
        changes=tuple(changes),
        feeds=(Link(urls.FEED, "全部"), *(Link(urls.feed(kind), label(kind)) for kind in around.kinds), *news),
        authorities=tuple(Link(urls.authority_feed(one), one) for one in sorted(authorities)),
        crumbs=crumbs((urls.DATA, "数据开放")),
    )
    return page, around.meta(TITLE, INTRO, "data", urls.CHANGES, noindex=noindex)
