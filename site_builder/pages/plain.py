"""The pages around the records: search, content pages, data, site map, 404."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from site_builder.content.pages import ContentSource
from site_builder.kinds.shown import SHOWN
from site_builder.pages import home, urls
from site_builder.pages.contexts import (
    BatchPage,
    ContentPage,
    Link,
    Meta,
    NotFound,
    SearchPage,
    SiteMap,
)
from site_builder.pages.severe_lists import browse_links
from site_builder.pages.surroundings import Surroundings, crumbs, label

GUIDE_TITLE = "办事指南"
GUIDE_INTRO = "这些信息是什么意思，有异议怎么办，怎样修复信用，怎样查询没有公开的信息。"
NAMES_ONLY = "名单记录较多，只按名称、代码和文书号检索；措施、典型、法规和指南仍可以检索全文。"
BATCH_TITLE = "批量核查"
BATCH_INTRO = "一次核查多个名称或者代码是否在公示的严重失信主体名单上。名单在您的浏览器里比对，不会发送出去。"
SEARCH_TITLE = "查询"
QUERY_TOPIC = "查询"
SEARCH_INTRO = "输入名称、统一社会信用代码或者决定文书号的任意一段。未查到不代表信用良好。"


TOPICS = {"异议": "objection", "修复": "repair", "移出": "removal", QUERY_TOPIC: "query"}
"""What people ask for by its name → the guide that tells of it."""


def search_page(fulltext_note: str, examples: tuple[Link, ...], around: Surroundings) -> tuple[SearchPage, Meta]:
    """``search/``."""
    known = {link.href: link for link in around.guides}
    guides = {word: known[address] for word, stem in TOPICS.items() if (address := urls.guide(stem)) in known}
    lists = {label(kind): Link(urls.FOLDER_OF[kind], f"全部{SHOWN[kind].short}") for kind in around.kinds}
    page = SearchPage(
        what=home.WHAT,
        examples=examples,
        guides=tuple(guides.items()),
        lists=tuple(lists.items()),
        query=guides.get(QUERY_TOPIC, Link("", "")),
        browse=browse_links(),
        fulltext_note=fulltext_note,
        days=around.days,
        crumbs=crumbs(),
    )
    return page, around.meta(SEARCH_TITLE, SEARCH_INTRO, "search", urls.SEARCH)


def batch_page(around: Surroundings) -> tuple[BatchPage, Meta]:
    """``search/batch.html``: for whoever must look up several at once, such as a tender's bidders (DL 48, LY 16)."""
    page = BatchPage(around.site.site.name, around.days, crumbs((urls.SEARCH, SEARCH_TITLE)))
    return page, around.meta(BATCH_TITLE, BATCH_INTRO, "search", urls.BATCH)


def content_page(source: ContentSource, body: Markup, around: Surroundings) -> tuple[ContentPage, Meta]:
    """``guide/<stem>.html``."""
    address = urls.guide(source.stem)
    siblings = tuple(Link(one.href, one.text, current=one.href == address) for one in around.guides)
    page = ContentPage(source.title, body, siblings, crumbs((urls.GUIDE, GUIDE_TITLE)), source.letter)
    return page, around.meta(source.title, source.description or source.title, "guide", address)


def guide_index(sources: Sequence[ContentSource], around: Surroundings) -> tuple[ContentPage, Meta]:
    """``guide/``: what the guides are about."""
    guides = Markup("").join(
        Markup('<li><h2><a href="{}">{}</a></h2><p>{}</p></li>').format(f"{one.stem}.html", one.title, one.description)
        for one in sources
    )
    body = Markup('<p class="intro">{}</p><ul class="guides">{}</ul>').format(GUIDE_INTRO, guides)
    page = ContentPage(GUIDE_TITLE, body, (), crumbs())
    return page, around.meta(GUIDE_TITLE, GUIDE_INTRO, "guide", urls.GUIDE)


def site_map(sections: dict[str, tuple[Link, ...]], around: Surroundings) -> tuple[SiteMap, Meta]:
    """``sitemap.html``; ``sections`` are the pages below each column by its address."""
    rows = tuple((Link(href, text), sections.get(href, ())) for _, href, text in around.navigation)
    page = SiteMap((*rows, (Link(urls.SEARCH, SEARCH_TITLE), (Link(urls.BATCH, BATCH_TITLE),))), crumbs())
    return page, around.meta("网站地图", "本站的全部栏目和页面。", "site", urls.SITE_MAP)


def not_found(around: Surroundings) -> tuple[NotFound, Meta]:
    """``404.html``: says only that nothing public is here, with the lists, the query and objection routes."""
    wanted = (urls.guide("query"), urls.guide("objection"))
    lists = (Link(urls.first_of(kind), label(kind)) for kind in around.kinds)
    links = (Link(urls.SEARCH, "查询公开信息"), *lists, *(link for link in around.guides if link.href in wanted))
    meta = around.meta("没有公开的信息", "这个地址没有公开的信息。", "site", urls.NOT_FOUND, noindex=True)
    return NotFound(links), meta
