"""The pages of the severe list: its index, its years, its browse keys, and each list cut into numbered pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from site_builder.pages import urls
from site_builder.pages.contexts import Advice, BrowsePage, Link, Meta, Rows, SevereList
from site_builder.pages.listings import ARTICLE, BROWSE, MEASURE, PAGE_ROWS, YEAR, ListKey, page_count, title_of
from site_builder.pages.severe import TITLE
from site_builder.pages.surroundings import Surroundings, crumbs
from site_builder.vocabulary import Kind

INTRO = "名单依法向社会公开。修复、移出或者届满的信息不再显示；未查到不代表信用良好。"


def browse_links() -> tuple[Link, ...]:
    """The ways to browse the severe list."""
    return tuple(Link(urls.browse(key), f"按{name}") for key, name in BROWSE.items())


def procedures(list_name: str, around: Surroundings) -> tuple[Advice, ...]:
    """名单退出、异议处理、信用修复 as the list's profile, or else the site's default, gives them (LY 25(2))."""
    profile = around.site.lists.get(list_name) or around.site.lists.get("default")
    if profile is None:
        return ()
    parts = (
        ("认定办法", profile.recognition),
        ("名单退出", profile.removal),
        ("异议处理", profile.objection),
        ("信用修复", profile.repair),
    )
    return tuple(Advice(title, text) for title, text in parts if text)


def severe_index(
    total: int, newest: Rows, years: tuple[Link, ...], around: Surroundings, *, noindex: bool
) -> tuple[SevereList, Meta]:
    """``severe/``: the newest entries of all years."""
    page = SevereList(
        title=TITLE,
        intro=INTRO,
        total=total,
        rows=newest,
        groups=years,
        browse=browse_links(),
        newer="",
        older=years[0].href if years and total > newest.count else "",
        page=None,
        pages=(),
        downloads=around.downloads(Kind.SEVERE),
        procedures=procedures("default", around),
        days=around.days,
        crumbs=crumbs(),
    )
    return page, around.meta(TITLE, INTRO, "severe", urls.SEVERE, noindex=noindex)


def severe_list(
    key: ListKey,
    number: int | None,
    total: int,
    rows: Rows,
    siblings: tuple[Link, ...],
    around: Surroundings,
    *,
    noindex: bool,
) -> tuple[SevereList, Meta]:
    """One page of a list: its index (``number`` None) or a numbered page, which knows nothing of day or release.

    A numbered page leads to the older one and to the index, never to a newer one: so the next page's coming does not
    change it.
    """
    count = page_count(total)
    title = title_of(key)
    first = number is None
    address = key.base if number is None else urls.numbered(key.base, number)
    if number is None:
        older = urls.numbered(key.base, count) if total > PAGE_ROWS else ""
        newer = ""
    else:
        older = urls.numbered(key.base, number - 1) if number > 1 else ""
        newer = key.base
    page = SevereList(
        title=title if number is None else f"{title}（第 {number} 页）",
        intro=INTRO if first else "",
        total=total if first else rows.count,
        rows=rows,
        groups=siblings if first else (),
        browse=browse_links() if first else (),
        newer=newer,
        older=older,
        page=number,
        pages=tuple(Link(urls.numbered(key.base, one), str(one)) for one in range(count, 0, -1))
        if first and count > 1
        else (),
        downloads=around.downloads(Kind.SEVERE) if first else (),
        procedures=procedures(key.name if key.group == "list" else "default", around) if first else (),
        days=around.days if first else None,
        crumbs=_trail(key),
    )
    meta = around.meta(page.title, f"{page.title}。{INTRO}", _section(key), address, noindex=noindex)
    return page, meta


def browse_page(
    group: str, values: Sequence[ListKey], counts: Mapping[str, int], around: Surroundings
) -> tuple[BrowsePage, Meta]:
    """The values of one browse key with the number of entries under each."""
    title = f"{TITLE}：按{BROWSE[group]}浏览"
    if group in {"authority", "list"}:
        values = sorted(values, key=lambda value: (-counts[value.base], value.name))
    page = BrowsePage(
        title=title,
        intro=INTRO,
        groups=tuple(Link(value.base, value.name, counts[value.base]) for value in values),
        browse=browse_links(),
        days=around.days,
        crumbs=crumbs((urls.SEVERE, TITLE)),
    )
    return page, around.meta(title, f"{title}。{INTRO}", "severe", urls.browse(group))


def _section(key: ListKey) -> str:
    return {MEASURE: "measures", ARTICLE: "laws"}.get(key.group, "severe")


def _trail(key: ListKey) -> tuple[Link, ...]:
    if key.group == MEASURE:
        measure_id = key.base.split("/")[1]
        return crumbs((urls.MEASURES, "信用奖惩措施清单"), (urls.record(Kind.MEASURE, measure_id), key.name))
    if key.group == ARTICLE:
        law, anchor = key.base.split("/")[1:3]
        return crumbs((urls.LAWS, "政策法规"), (f"{urls.law(law)}#{anchor}", key.name))
    if key.group == YEAR:
        return crumbs((urls.SEVERE, TITLE))
    return crumbs((urls.SEVERE, TITLE), (urls.browse(key.group), f"按{BROWSE[key.group]}"))
