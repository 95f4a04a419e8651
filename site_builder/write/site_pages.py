"""The pages around the entries: measures, role models, laws, figures, home, guides, and the pages about the site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
import datetime as dt

from site_builder.content.library import ShelvedLaw
from site_builder.content.markdown import render_deeds, render_page
from site_builder.content.pages import ContentSource
from site_builder.kinds.measures.shown import MeasureView
from site_builder.kinds.role_models.shown import RoleModelView
from site_builder.outputs.crawlers import Address
from site_builder.pages import home, laws, listings, measures, plain, role_models, severe_lists, statistics, urls
from site_builder.pages.contexts import Link, Meta
from site_builder.pages.surroundings import label
from site_builder.public.view import View
from site_builder.release.tree import Tree
from site_builder.write.rendering import Rendering
from site_builder.write.severe_lists import Lists, read_rows


@dataclass(slots=True)
class Writer:
    """Writes pages and remembers which of them may be indexed."""

    rendering: Rendering
    tree: Tree
    indexable: list[Address] = field(default_factory=list)

    def page(self, template: str, built: tuple[object, Meta], section: str, changed_on: dt.date | None = None) -> None:
        """Write one page from its context and head."""
        page, meta = built
        self.rendering.write(self.tree, template, page, meta, section)
        if not meta.noindex:
            self.indexable.append(Address(meta.canonical, changed_on))


def write_severe(writer: Writer, lists: Lists) -> None:
    """``severe/`` and the browse pages; the lists themselves are written by the workers."""
    around = writer.rendering.around
    newest = lists.newest("", listings.PAGE_ROWS, persons=True)
    rows = read_rows(writer.rendering, lists.places(newest))
    years = lists.siblings(listings.YEAR, "")
    noindex = lists.any_person(newest)
    index = severe_lists.severe_index(len(lists), rows, years, around, noindex=noindex)
    writer.page("severe-list.html", index, "severe")
    for group in listings.BROWSE:
        values = [key for key in lists.keys if key.group == group]
        writer.page("browse.html", severe_lists.browse_page(group, values, lists.counts, around), "severe")


def write_measures(writer: Writer, views: Sequence[MeasureView], lists: Lists) -> tuple[measures.MeasureGroup, ...]:
    """Every measure's page and list."""
    around = writer.rendering.around
    groups = measures.measure_groups(views, around)
    cited = {view.id: lists.cited(view.id) for view in views}
    for view in views:
        newest = lists.newest(urls.measure_entries(view.id), measures.CITED_SHOWN, persons=False)
        rows = read_rows(writer.rendering, lists.places(newest))
        built = measures.measure_page(view, rows, cited[view.id], around)
        writer.page("measure.html", built, "measures", changed_on(view))
    for group in (None, *groups):
        writer.page("measures.html", measures.measure_list(group, views, groups, cited, around), "measures")
    return groups


def write_role_models(writer: Writer, views: Sequence[RoleModelView], photo: role_models.Photo) -> None:
    """Every role model's page and list."""
    around = writer.rendering.around
    groups = role_models.model_groups(views)
    for view in views:
        built = role_models.role_model_page(view, render_deeds(view.deeds), photo, around)
        writer.page("role-model.html", built, "role-models", changed_on(view))
    for group in (None, *groups):
        writer.page("role-models.html", role_models.role_model_list(group, views, groups, photo, around), "role-models")


def write_laws(writer: Writer, shelf: Sequence[ShelvedLaw], views: Sequence[MeasureView], lists: Lists) -> None:
    """Every regulation, with what rests on its articles."""
    around = writer.rendering.around
    resting = laws.measures_by_article(views, around)
    entries = {
        f"{base.rstrip('/').rpartition('/')[0]}.html#{base.rstrip('/').rpartition('/')[2]}": count
        for base, count in lists.counts.items()
        if base.startswith(urls.LAWS)
    }
    writer.page("content.html", laws.law_index(shelf, around), "laws")
    for one in shelf:
        writer.page("law.html", laws.law_page(one, resting, entries, around), "laws")


def write_home(
    writer: Writer,
    lists: Lists,
    measure_views: Sequence[MeasureView],
    model_views: Sequence[RoleModelView],
    photo: role_models.Photo,
    others: tuple[Link, ...],
) -> None:
    """The home page; what it shows of each kind are the newest that name no natural person."""
    around = writer.rendering.around
    newest = read_rows(writer.rendering, lists.places(lists.newest("", home.NEWEST, persons=False)))
    latest = sorted(measure_views, key=lambda one: (one.effective_on, one.id), reverse=True)[: home.MEASURES]
    models = [view for view in newest_models(model_views) if not view.is_person][: home.NEWEST]
    built = home.home(
        (len(lists), len(measure_views), len(model_views)),
        newest,
        [measures.measure_row(view, around) for view in latest],
        [role_models.role_model_row(view, photo) for view in models],
        statistics.year_bars(lists.keys, lists.counts),
        statistics.browse_bars("category", lists.keys, lists.counts),
        others,
        around,
    )
    writer.page("home.html", built, "home")


def write_statistics(
    writer: Writer, lists: Lists, groups: Sequence[measures.MeasureGroup], models: Sequence[RoleModelView]
) -> None:
    """``statistics/``."""
    built = statistics.statistics(lists.keys, lists.counts, groups, models, writer.rendering.around)
    writer.page("statistics.html", built, "statistics")


def write_plain(
    writer: Writer, contents: Sequence[ContentSource], shelf: Sequence[ShelvedLaw], lists: Lists, *, beyond: bool
) -> None:
    """Search, guides, site map and the 404 page; ``beyond``: entries are too many to have their text searched."""
    around = writer.rendering.around
    writer.page("search.html", plain.search_page(plain.NAMES_ONLY if beyond else "", around), "search")
    writer.page("batch.html", plain.batch_page(around), "batch")
    writer.page("content.html", plain.guide_index(contents, around), "guide")
    for source in contents:
        body = render_page(source.text, urls.root_of(urls.guide(source.stem)))
        writer.page("content.html", plain.content_page(source, body, around), "guide")
    sections = {
        urls.SEVERE: (*lists.siblings(listings.YEAR, ""), *severe_lists.browse_links()),
        urls.LAWS: tuple(Link(urls.law(one.source.name), one.source.title) for one in shelf),
        urls.GUIDE: around.guides,
        urls.DATA: (),
        urls.OTHERS: tuple(Link(urls.FOLDER_OF[kind], label(kind)) for kind in around.further),
    }
    writer.page("sitemap.html", plain.site_map(sections, around), "site")
    writer.page("not-found.html", plain.not_found(around), "site")


def changed_on(view: View) -> dt.date:
    """The day a record was published or last updated."""
    return max(view.published_on, view.updated_on or view.published_on)


def newest_models(views: Sequence[RoleModelView]) -> list[RoleModelView]:
    """Role models, the newest award first."""
    return sorted(views, key=lambda one: (one.awarded_on, one.id), reverse=True)
