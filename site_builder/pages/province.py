"""The pages of a site put together of others: home, search, site map, 404. None depends on what a member publishes."""

from __future__ import annotations

from site_builder.config.site import Member
from site_builder.pages import home, linked_data, urls
from site_builder.pages.contexts import Link, Meta, NotFound, SiteMap
from site_builder.pages.plain import SEARCH_TITLE
from site_builder.pages.province_contexts import MemberSite, ProvinceHome, ProvinceSearch
from site_builder.pages.surroundings import Surroundings, crumbs

HEADING = "查一查，再放心"
LEAD = "一次查询 {} 个网站依法公开的信用信息。各网站自己发布、自己更新；查到的每一条，都在它自己的网页上。"
SEARCH_ABOUT = "一次查询各网站公开的名称、代码和文书号。未查到不代表信用良好。"


def members_of(around: Surroundings) -> tuple[MemberSite, ...]:
    """The members as the pages show them."""
    return tuple(map(_member, around.site.member_sites))


def _member(one: Member) -> MemberSite:
    search = one.address + urls.SEARCH
    return MemberSite(one.id, one.name, one.address, search, one.publishes, one.division, one.key)


def home_page(around: Surroundings) -> tuple[ProvinceHome, Meta]:
    """``index.html``."""
    lead = LEAD.format(len(around.site.member_sites))
    page = ProvinceHome(HEADING, lead, home.WHAT, members_of(around), around.guides)
    linked = linked_data.organization(around)
    return page, around.meta(around.site.site.name, lead, "home", urls.HOME, linked=linked)


def search_page(facets: str, around: Surroundings) -> tuple[ProvinceSearch, Meta]:
    """``search/``; ``facets`` as JSON."""
    page = ProvinceSearch(home.WHAT, members_of(around), facets, crumbs())
    return page, around.meta(SEARCH_TITLE, SEARCH_ABOUT, "search", urls.SEARCH)


def site_map(around: Surroundings) -> tuple[SiteMap, Meta]:
    """``sitemap.html``."""
    below = {urls.GUIDE: around.guides}
    rows = tuple((Link(href, text), below.get(href, ())) for _, href, text in around.navigation)
    return SiteMap(rows, crumbs()), around.meta("网站地图", "本站的全部栏目和页面。", "site", urls.SITE_MAP)


def not_found(around: Surroundings) -> tuple[NotFound, Meta]:
    """``404.html``."""
    links = (Link(urls.SEARCH, "查询各网站公开的信息"), *around.guides)
    return NotFound(links), around.meta(
        "没有公开的信息", "这个地址没有公开的信息。", "site", urls.NOT_FOUND, noindex=True
    )
