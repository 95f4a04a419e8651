"""What the full text holds: the shown text of records, law articles, content pages and announcements.

Responsible persons are never searched, so their names are not among an entry's text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
import html
import re

from markupsafe import Markup

from site_builder.content.announcements import Announcement
from site_builder.content.laws import ArticleItem
from site_builder.content.library import ShelvedLaw
from site_builder.content.markdown import render_deeds, render_page
from site_builder.content.pages import ContentSource
from site_builder.kinds.shown import SHOWN
from site_builder.pages import urls
from site_builder.pages.surroundings import Surroundings
from site_builder.public.view import View
from site_builder.search.facets import FACETS
from site_builder.search.fulltext import FullTextDoc
from site_builder.search.records import lookup_row

_TAG = re.compile(r"<[^>]*>")
_BLOCK = re.compile(r"</(?:p|li|h[1-6]|td|th|dd|dt|blockquote|pre)>")


def record_text(view: View, around: Surroundings) -> FullTextDoc:
    """A published record; its title, days and facets are the lookup's."""
    row = lookup_row(view, around)
    shown = SHOWN[view.kind]
    parts = [_part(getattr(view, name), name, shown.between) for name in shown.texts]
    return FullTextDoc(
        id=row.id,
        href=row.href,
        title=row.title,
        text="\n".join(part for part in parts if part),
        date=row.date,
        public_until=row.public_until,
        **{facet.name: getattr(row, facet.name) for facet in FACETS},
    )


def _part(value: str | tuple[str, ...], name: str, between: str) -> str:
    if isinstance(value, tuple):
        return between.join(filter(None, value))
    return plain(render_deeds(value)) if name == "deeds" else value


def law_texts(shelf: Sequence[ShelvedLaw]) -> Iterator[FullTextDoc]:
    """One document an article."""
    for one in shelf:
        for article in one.law.articles:
            parts = [
                f"{part.label}{part.text}" if isinstance(part, ArticleItem) else part.text for part in article.parts
            ]
            yield FullTextDoc(
                kind="laws",
                id="",
                href=f"{urls.law(one.source.name)}#{article.anchor}",
                title=f"《{one.source.title}》{article.label}{'（摘要）' if one.law.digest else ''}",
                text="\n".join(parts),
                category=one.source.title,
            )


def page_texts(contents: Sequence[ContentSource]) -> Iterator[FullTextDoc]:
    """One document a content page."""
    for source in contents:
        body = plain(render_page(source.text, "./"))
        yield FullTextDoc(kind="pages", id="", href=urls.guide(source.stem), title=source.title, text=body)


def announcement_texts(announcements: Sequence[Announcement]) -> Iterator[FullTextDoc]:
    """One document an announcement."""
    for one in announcements:
        yield FullTextDoc(
            kind="news",
            id="",
            href=urls.announcement(one.stem),
            title=one.title,
            text=plain(render_page(one.text, "./")),
            date=one.on.isoformat(),
            year=f"{one.on.year:04}",
            category=one.category,
            public_until="" if one.until is None else one.until.isoformat(),
        )


def plain(markup: Markup) -> str:
    """The text of safe HTML, a line a block."""
    text = html.unescape(_TAG.sub("", _BLOCK.sub("\n", markup)))
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())
