"""The pages around the records: laws, figures, home, guides, and the pages about the site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from site_builder.content.library import ShelvedLaw
from site_builder.content.markdown import render_page
from site_builder.content.pages import ContentSource
from site_builder.kinds.measures.shown import MeasureView
from site_builder.kinds.shown import SHOWN
from site_builder.outputs.crawlers import Address
from site_builder.outputs.formats.csv import csv_of
from site_builder.pages import (
    announcements,
    home,
    laws,
    listings,
    measure_fields,
    measures,
    optional_kinds,
    plain,
    severe_lists,
    statistics,
    urls,
)
from site_builder.pages.contexts import FieldPicture, Link, Meta
from site_builder.pages.examples import examples
from site_builder.pages.surroundings import label
from site_builder.release.tree import Tree
from site_builder.vocabulary import Kind
from site_builder.write import figures
from site_builder.write.lists import Lists, newest_view
from site_builder.write.rendering import Rendering


@dataclass(slots=True)
class Writer:
    """Writes pages and remembers which of them may be indexed."""

    rendering: Rendering
    tree: Tree
    indexable: list[Address] = field(default_factory=list)

    def page(self, template: str, built: tuple[object, Meta], section: str) -> None:
        """Write one page from its context and head."""
        page, meta = built
        self.rendering.write(self.tree, template, page, meta, section)
        if not meta.noindex:
            self.indexable.append(Address(meta.canonical))


def write_browse(writer: Writer, lists: Lists) -> None:
    """The browse pages of the severe list; the lists themselves are written by the workers."""
    for group in severe_lists.BROWSE:
        values = [key for key in lists.keys if key.group == group]
        built = severe_lists.browse_page(group, values, lists.counts, writer.rendering.around)
        writer.page("browse.html", built, "severe")


def write_others(writer: Writer, counts: Mapping[Kind, int]) -> None:
    """The page that leads to the optional kinds."""
    if counts:
        writer.page("content.html", optional_kinds.others_page(counts, writer.rendering.around), optional_kinds.SECTION)


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
    of: Mapping[Kind, Lists],
    measure_views: Sequence[MeasureView],
    others: tuple[Link, ...],
    tried: tuple[Link, ...],
) -> None:
    """The home page; what it shows of each kind are the newest that name no natural person."""
    around, entries = writer.rendering.around, of[Kind.SEVERE]
    latest = sorted(measure_views, key=lambda one: (one.effective_on, one.id), reverse=True)[: home.MEASURES]
    built = home.home(
        (len(entries), len(of[Kind.MEASURE]), len(of[Kind.ROLE_MODEL])),
        entries.newest_rows(writer.rendering, home.NEWEST),
        [measures.measure_row(view, around) for view in latest],
        of[Kind.ROLE_MODEL].newest_rows(writer.rendering, home.NEWEST),
        statistics.year_bars(entries.told),
        statistics.browse_bars("category", figures.organisations(entries)),
        others,
        announcements.rows(around)[: home.ANNOUNCED],
        tried,
        around,
    )
    writer.page("home.html", built, "home")


def examples_of(rendering: Rendering, of: Mapping[Kind, Lists]) -> tuple[Link, ...]:
    """Searches worth trying: pieces of the newest entry and the newest measure, or of the first kind that has any.

    A kind whose records are of subjects comes before one whose records have no code, as the catalogue's.
    """
    newest = [view for one in of.values() if (view := newest_view(rendering, one)) is not None]
    wanted = [view for view in newest if view.kind in (Kind.SEVERE, Kind.MEASURE)]
    return examples(wanted or sorted(newest, key=lambda view: not SHOWN[view.kind].code)[:1])


def write_statistics(writer: Writer, of: Mapping[Kind, Lists], picture: FieldPicture | None) -> tuple[str, ...]:
    """``statistics/``, and the figures of its charts, whose names it returns."""
    entries, named, models = (of[kind].told for kind in (Kind.SEVERE, Kind.MEASURE, Kind.ROLE_MODEL))
    organisations = figures.organisations(of[Kind.SEVERE])
    others = {kind: (of[kind].told, figures.organisations(of[kind])) for kind in writer.rendering.around.optional}
    months = figures.by_month(of[Kind.SEVERE], "category")
    years = figures.by_year(of[Kind.SEVERE], "authority")
    around = writer.rendering.around
    built = statistics.statistics(entries, organisations, named, models, others, months, years, picture, around)
    writer.page("statistics.html", built, "statistics")
    for chart in built[0].charts:
        rows = [(name, *map(str, counts)) for name, counts in chart.rows]
        writer.tree.write(chart.file, csv_of([chart.heads, *rows]))
    if picture is None:
        return tuple(chart.name for chart in built[0].charts)
    writer.tree.write(picture.file, csv_of(measure_fields.figures(picture)))
    return (*(chart.name for chart in built[0].charts), picture.name)


def write_plain(
    writer: Writer,
    contents: Sequence[ContentSource],
    shelf: Sequence[ShelvedLaw],
    entries: Lists,
    tried: tuple[Link, ...],
    *,
    beyond: bool,
) -> None:
    """Search, guides, site map and the 404 page; ``beyond``: entries are too many to have their text searched."""
    around = writer.rendering.around
    writer.page("search.html", plain.search_page(plain.NAMES_ONLY if beyond else "", tried, around), "search")
    writer.page("batch.html", plain.batch_page(around), "batch")
    writer.page("content.html", plain.guide_index(contents, around), "guide")
    for source in contents:
        body = render_page(source.text, urls.root_of(urls.guide(source.stem)))
        writer.page("content.html", plain.content_page(source, body, around), "guide")
    sections = {
        urls.SEVERE: (*entries.siblings(listings.YEAR, ""), *severe_lists.browse_links()),
        urls.LAWS: tuple(Link(urls.law(one.source.name), one.source.title) for one in shelf),
        urls.GUIDE: around.guides,
        urls.NEWS: announcements.categories(around, ""),
        urls.DATA: (),
        urls.OTHERS: tuple(Link(urls.FOLDER_OF[kind], label(kind)) for kind in around.optional),
    }
    writer.page("sitemap.html", plain.site_map(sections, around), "site")
    writer.page("not-found.html", plain.not_found(around), "site")
