"""The pages of regulations: an anchor an article and item, and what rests on each (contract, section 4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
import re

from markupsafe import Markup

from site_builder.content.laws import Article, ArticleItem
from site_builder.content.library import ShelvedLaw
from site_builder.kinds.measures.shown import MeasureView
from site_builder.pages import linked_data, urls
from site_builder.pages.contexts import ContentPage, LawArticle, LawChapter, LawItem, LawPage, Link, Meta
from site_builder.pages.surroundings import Surroundings, crumbs
from site_builder.vocabulary import Kind

TITLE = "政策法规"
INTRO = "本站公布信息所依据的法规。每一条都列出据此公布的措施和名单。"


def measures_by_article(views: Sequence[MeasureView], around: Surroundings) -> dict[str, tuple[Link, ...]]:
    """The measures that rest on each article or item, by its address: by clause, and by every basis cited."""
    found: defaultdict[str, dict[str, Link]] = defaultdict(dict)
    for view in views:
        hrefs = [around.clause(view.clause).href, *(around.basis(text).href for text in view.basis)]
        for href in hrefs:
            if href:
                found[href][view.id] = Link(urls.record(Kind.MEASURE, view.id), view.title)
    return {href: tuple(links.values()) for href, links in found.items()}


def law_page(
    shelved: ShelvedLaw,
    measures: Mapping[str, tuple[Link, ...]],
    entries: Mapping[str, int],
    around: Surroundings,
) -> tuple[LawPage, Meta]:
    """A regulation; ``entries`` counts the published entries that rest on each article, by its address."""
    address = urls.law(shelved.source.name)

    def resting(anchor: str) -> tuple[tuple[Link, ...], Link | None]:
        href = f"{address}#{anchor}"
        count = entries.get(href, 0)
        link = Link(urls.law_entries(href), "据此列入的严重失信主体", count) if count else None
        return measures.get(href, ()), link

    def article(one: Article) -> LawArticle:
        parts: list[str | LawItem] = []
        for part in one.parts:
            if isinstance(part, ArticleItem):
                parts.append(LawItem(part.anchor, f"{part.label}{part.text}", *resting(part.anchor)))
            elif shelved.law.digest:
                parts.append(part.text)  # its paragraphs are not those of the regulation
            else:
                parts.append(LawItem(part.anchor, part.text, *resting(part.anchor), indented=False))
        return LawArticle(one.anchor, one.label, tuple(parts), *resting(one.anchor))

    page = LawPage(
        title=shelved.source.title,
        note=re.sub("^摘要[：:]", "", shelved.law.note) if shelved.law.digest else shelved.law.note,
        digest=shelved.law.digest,
        chapters=tuple(
            LawChapter(
                chapter.anchor, f"{chapter.label} {chapter.title}".strip(), tuple(map(article, chapter.articles))
            )
            for chapter in shelved.law.chapters
        ),
        crumbs=crumbs((urls.LAWS, TITLE)),
    )
    kind = "逐条提要" if shelved.law.digest else "全文"
    linked = linked_data.legislation(shelved.source.name, page.title, around)
    meta = around.meta(page.title, f"{page.title}{kind}，以及据此公布的措施和名单。", "laws", address, linked=linked)
    return page, meta


def law_index(shelf: Sequence[ShelvedLaw], around: Surroundings) -> tuple[ContentPage, Meta]:
    """``laws/``: the regulations of the site."""
    page = ContentPage(
        title=TITLE,
        body=Markup("<p>{}</p>").format(INTRO),
        siblings=tuple(Link(urls.law(one.source.name), one.source.title) for one in shelf),
        crumbs=crumbs(),
    )
    return page, around.meta(TITLE, INTRO, "laws", urls.LAWS)
