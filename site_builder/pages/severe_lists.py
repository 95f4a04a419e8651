"""The lists of the severe list: which an entry stands in, what they say, and the values of its browse keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from site_builder.config.companions import ListProfile
from site_builder.kinds.severe_list.shown import SevereView
from site_builder.pages import urls
from site_builder.pages.contexts import Advice, BrowsePage, Link, Meta
from site_builder.pages.listings import (
    PINYIN,
    WHOLE,
    YEAR,
    ListKey,
    Words,
)
from site_builder.pages.severe import TITLE
from site_builder.pages.surroundings import OTHER_REGION, Surroundings, crumbs, label
from site_builder.sound.filing import OTHER, initial
from site_builder.vocabulary import Kind

BROWSE: Final = {
    "authority": "认定单位",
    "region": "地区",
    "category": "行为类别",
    "list": "名单名称",
    PINYIN: "名称拼音",
}
"""The browse keys and what they are called."""

MEASURE: Final = "measure"
ARTICLE: Final = "article"
UNNAMED_LIST: Final = "未注明名单"

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
        ("认定办法", _rules(profile)),
        ("名单退出", profile.removal),
        ("异议处理", profile.objection),
        ("信用修复", profile.repair),
    )
    return tuple(Advice(title, text) for title, text in parts if text)


def _rules(profile: ListProfile) -> str:
    """By which rules subjects are put on the list, and the document they stand in."""
    norm = profile.issued
    about = "；".join(filter(None, (norm.cited, norm.link)))
    return f"{profile.recognition}（{about}）" if about else profile.recognition


def words(key: ListKey, around: Surroundings) -> Words:
    """What the lists of entries say."""
    return Words(
        template="severe-list.html",
        section={MEASURE: "measures", ARTICLE: "laws"}.get(key.group, "severe"),
        title=_title(key),
        intro=INTRO,
        crumbs=_trail(key),
        browse=browse_links(),
        procedures=procedures(key.name if key.group == "list" else "default", around),
    )


def keys_of(view: SevereView, around: Surroundings) -> tuple[ListKey, ...]:
    """Every list an entry stands in."""
    letter, listed = initial(view.subject_name, around.places), view.list_name
    region = view.region if view.region in around.site.regions else "other"
    articles = dict.fromkeys(found.href for text in view.basis if (found := around.basis(text)).href)
    return (
        ListKey(
            YEAR,
            urls.year(view.listed_on.year),
            f"{view.listed_on.year:04} 年",
            view=urls.view_of_year(view.listed_on.year),
        ),
        _browsed(
            "authority", urls.slug(view.authority), view.authority, urls.view_of_text("authority", view.authority)
        ),
        _browsed("region", region, around.site.regions.get(region, OTHER_REGION), urls.view_of_word("region", region)),
        _browsed("category", view.category, label(view.category), urls.view_of_word("category", view.category)),
        _browsed("list", urls.slug(listed), listed or UNNAMED_LIST, urls.view_of_text("list_name", listed)),
        _browsed(PINYIN, letter, "其他" if letter == OTHER else letter.upper()),
        *(
            ListKey(
                MEASURE,
                urls.measure_entries(one),
                around.measures[one].title,
                view=urls.view_of_text("measure_ids", one),
            )
            for one in view.measure_ids
            if one in around.measures
        ),
        *(ListKey(ARTICLE, urls.law_entries(href), around.article_name(href)) for href in articles),
    )


def _browsed(group: str, value: str, name: str, view: str = "") -> ListKey:
    return ListKey(group, urls.by(Kind.SEVERE, group, value), name, view=view)


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


def _title(key: ListKey) -> str:
    """The heading of a list."""
    if key.group == WHOLE:
        return TITLE
    if key.group == YEAR:
        return f"{key.name}列入的严重失信主体"
    if key.group == MEASURE:
        return f"适用“{key.name}”的严重失信主体"
    if key.group == ARTICLE:
        return f"依据{key.name}认定的严重失信主体"
    return f"{TITLE}：{key.name}"


def _trail(key: ListKey) -> tuple[Link, ...]:
    if key.group == WHOLE:
        return crumbs()
    if key.group == MEASURE:
        measure_id = key.base.split("/")[1]
        return crumbs((urls.MEASURES, "信用奖惩措施清单"), (urls.record(Kind.MEASURE, measure_id), key.name))
    if key.group == ARTICLE:
        law, anchor = key.base.split("/")[1:3]
        return crumbs((urls.LAWS, "政策法规"), (f"{urls.law(law)}#{anchor}", key.name))
    if key.group == YEAR:
        return crumbs((urls.SEVERE, TITLE))
    return crumbs((urls.SEVERE, TITLE), (urls.browse(key.group), f"按{BROWSE[key.group]}"))
