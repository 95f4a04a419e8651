"""The web root of a decided export: every page, list, download and index, in the order they need each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
import datetime as dt
from itertools import chain
from pathlib import Path
from typing import cast

from site_builder.config.site import Site
from site_builder.content.announcements import Announcement, announced
from site_builder.content.library import ShelvedLaw, read_laws
from site_builder.content.pages import ContentSource, guides_of
from site_builder.decide.examine import Examined, Options, Verified
from site_builder.export.descriptor import Descriptor
from site_builder.kinds.measures.shown import MeasureView
from site_builder.kinds.role_models.shown import RoleModelView
from site_builder.outputs import formats, measure_links
from site_builder.outputs.columns import Cell
from site_builder.outputs.datapackage import About
from site_builder.outputs.manifest import Release, digest, file_list, release_json
from site_builder.pages import measures, urls
from site_builder.pages.contexts import Link
from site_builder.pages.day import AsOf
from site_builder.pages.measure_fields import field_picture
from site_builder.pages.open_data import TERMS
from site_builder.pages.optional_kinds import ways
from site_builder.pages.surroundings import LETTER, Surroundings
from site_builder.progress import Listener
from site_builder.public.view import View
from site_builder.release.live import Count
from site_builder.release.shared import Shared, Written, listed
from site_builder.release.tree import Tree
from site_builder.render.assets import collect
from site_builder.render.environment import Theme
from site_builder.render.pages import Renderer
from site_builder.rules.ruleset import RuleSet
from site_builder.search.fulltext import FullTextDoc
from site_builder.search.texts import announcement_texts, law_texts, page_texts
from site_builder.vocabulary import Kind
from site_builder.workers import Engine
from site_builder.write import announcement_pages, change_pages, data_pages, open_data, site_outputs, site_pages
from site_builder.write.lists import NO_FIGURES, Figures, Lists
from site_builder.write.pictures import write_pictures
from site_builder.write.rendering import Cited, Rendering, parts_folder
from site_builder.write.shards import Rendered, ShardJob, render_shard
from site_builder.write.side_jobs import Download, FullText, ListPages, Lookup, SideJob, Together, run_side_job

SMALL = (Kind.MEASURE, Kind.ROLE_MODEL)
"""Kinds that are few: their text is always searched."""


def write_root(
    site: Site,
    options: Options,
    verified: Verified,
    examined: Examined,
    theme: Theme,
    stage: Path,
    root: Path,
    listener: Listener,
    base: str,
    shared: Shared | None,
) -> list[Written]:
    """Write the whole web root; what was written."""
    shelf = read_laws(site.folder, site.laws, options.as_of)
    contents = guides_of(site, examined.rules.words)
    descriptor, resolved = verified.descriptor, examined.resolved
    around = surroundings(
        *(site, verified, options, shelf, contents, announced(site.folder, options.as_of, site.site.address)),
        examined.rules,
    )
    kinds, most = verified.kinds, site.search.fulltext_limit
    beyond = resolved.counts[Kind.SEVERE].published > most
    rendering = Rendering(
        law=examined.law,
        facts=resolved.facts,
        around=around,
        renderer=Renderer(theme),
        stage=stage,
        parts=parts_folder(stage),
        root=root,
        dropped=resolved.dropped,
        fulltext=frozenset(kind for kind in kinds if kind in SMALL or resolved.counts[kind].published <= most),
        base=base,
        shared=shared,
        record_json=site.publish.has_record_json(sum(count.published for count in resolved.counts.values())),
    )
    rendering.parts.mkdir()
    tree = rendering.tree()
    measure_views = cast("list[MeasureView]", list(_all_views(rendering, examined, Kind.MEASURE)))
    in_force = {view.id: measures.measure_row(view, around) for view in measure_views if view.in_force}
    around = replace(around, measures=in_force)
    model_views = cast("Iterator[RoleModelView]", _all_views(rendering, examined, Kind.ROLE_MODEL))
    photos = write_pictures(verified.files, descriptor, model_views, tree)
    rendering = replace(rendering, around=around, photos=photos)
    rendered = list(
        _record_pages(rendering, examined, [one for one in kinds if one is not Kind.MEASURE], options.engine, listener)
    )
    of: dict[Kind, Lists] = {kind: _lists(rendered, kind) for kind in kinds if kind is not Kind.MEASURE}
    entries = of[Kind.SEVERE]
    rendering = replace(rendering, cited=_cited(rendering, measure_views, entries))
    rendered += _record_pages(rendering, examined, [Kind.MEASURE], options.engine, listener)
    figures = Figures(
        measures.matrix(measure_views),
        field_picture(measure_views, around),
        measures.choices(measure_views, around),
    )
    of[Kind.MEASURE] = _lists(rendered, Kind.MEASURE, figures)
    shards = {kind: sorted(one.shard for one in examined.surveys if one.kind is kind) for kind in kinds}
    links = [row for view in measure_views for row in measure_links.link_rows(view, entries.cited(view.id), around)]
    listener.step("名单各页、数据下载与检索")
    (root / urls.DATA).mkdir()
    side_jobs = _side_jobs(
        shards, resolved.counts, links, (*law_texts(shelf), *announcement_texts(around.news), *page_texts(contents))
    )
    list_pages = (ListPages(jobs) for one in of.values() for jobs in one.jobs())
    written = [one.written for one in rendered]
    written += options.engine.run(run_side_job, rendering, chain(side_jobs, list_pages))
    listener.step("其他页面")
    writer = site_pages.Writer(rendering, tree)
    site_outputs.write_assets(tree, collect(theme), site.folder / site.marks.emblem if site.marks.emblem else None)
    site_pages.write_browse(writer, entries)
    site_pages.write_laws(writer, shelf, measure_views, entries)
    drawn = site_pages.write_statistics(writer, of, figures.picture)
    optional = {kind: len(of[kind]) for kind in around.optional}
    site_pages.write_others(writer, optional)
    tried = site_pages.examples_of(rendering, of)
    site_pages.write_home(writer, of, measure_views, ways(optional, around), tried)
    site_pages.write_plain(writer, contents, shelf, entries, tried, beyond=beyond)
    announcement_pages.write_announcements(writer)
    rows = {kind: resolved.counts[kind].published for kind in kinds}
    years = {kind: open_data.years_of(rendering, kind, shards[kind]) for kind in kinds}
    data_pages.write_data(
        writer,
        rows,
        years,
        _about(descriptor, around),
        link_rows=len(links),
        persons=[kind for kind in kinds if of[kind].persons.any()],
        figures=drawn,
    )
    change_pages.write_changes(writer, ((one.kind, one.feed) for one in rendered), sum(rows.values()))
    site_outputs.write_machine_files(writer, list(of.values()), options.as_of)
    written.append(tree.close())
    _manifest(
        root,
        written,
        descriptor,
        options,
        rows,
        [*(one.valid_through for one in rendered), *(one.until for one in around.news)],
    )
    return written


def surroundings(
    site: Site,
    verified: Verified,
    options: Options,
    shelf: Sequence[ShelvedLaw],
    contents: Sequence[ContentSource],
    news: tuple[Announcement, ...],
    rules: RuleSet,
) -> Surroundings:
    """What every page may know of its site; the measures are put in once they are known."""
    return Surroundings(
        site=site,
        laws=tuple(one.index for one in shelf),
        words=rules.words,
        guides=tuple(Link(urls.guide(one.stem), one.title) for one in contents),
        news=news,
        letters=tuple(Link(urls.guide(one.stem) + LETTER, one.letter.title) for one in contents if one.letter),
        version=verified.descriptor.version,
        data_on=verified.descriptor.created_on,
        as_of=AsOf(options.as_of.year, options.as_of.month, options.as_of.day),
        measures={},
        kinds=verified.kinds,
        places=rules.places,
    )


def _side_jobs(
    shards: Mapping[Kind, Sequence[int]],
    counts: Mapping[Kind, Count],
    links: Sequence[Sequence[Cell]],
    texts: tuple[FullTextDoc, ...],
) -> Iterator[SideJob]:
    """The indexes and the downloads that are put together from the shards' parts; the longest come first."""
    every = tuple((kind, shard) for kind, of_kind in shards.items() for shard in of_kind)
    yield Lookup(every)
    yield FullText(every, texts)
    yield Together(tuple((kind, tuple(of_kind)) for kind, of_kind in shards.items()), tuple(map(tuple, links)))
    for kind, of_kind in shards.items():
        for one in formats.of_a_kind():
            yield Download(one.name, kind, tuple(of_kind), counts[kind].published)


def _about(descriptor: Descriptor, around: Surroundings) -> About:
    site = around.site
    return About(
        name=site.export.name,
        title=site.site.name,
        version=descriptor.version,
        created=descriptor.created.isoformat(),
        licence=site.publish.licence,
        licence_url=around.canonical(f"{urls.DATA}#licence"),
        homepage=around.canonical(urls.DATA),
        publisher=site.unit.owner,
        terms=TERMS,
    )


def _record_pages(
    rendering: Rendering, examined: Examined, kinds: Sequence[Kind], engine: Engine, listener: Listener
) -> Iterator[Rendered]:
    """The records' pages of some kinds."""
    shards = [ShardJob(one.kind, one.shard) for one in examined.surveys if one.kind in kinds and one.staged]
    if Kind.SEVERE in kinds:
        listener.step("名单记录页", examined.resolved.counts[Kind.SEVERE].published)
    for one in engine.run(render_shard, rendering, shards):
        yield one
        if one.kind is Kind.SEVERE:
            listener.advance(len(one.listing.ids))


def _lists(rendered: Sequence[Rendered], kind: Kind, figures: Figures = NO_FIGURES) -> Lists:
    return Lists((one.listing for one in rendered if one.kind is kind), kind, figures)


def _cited(rendering: Rendering, views: Sequence[MeasureView], entries: Lists) -> dict[str, Cited]:
    """What entries name each measure: all are counted, and shown are the newest that are no natural person's."""
    return {
        view.id: Cited(
            entries.newest_rows(rendering, measures.CITED_SHOWN, urls.measure_entries(view.id)), entries.cited(view.id)
        )
        for view in views
    }


def _all_views(rendering: Rendering, examined: Examined, kind: Kind) -> Iterator[View]:
    """All published records of a kind, in the export's order."""
    return (view for one in examined.surveys if one.kind is kind for view in rendering.views(kind, one.shard))


def _manifest(
    root: Path,
    written: Sequence[Written],
    descriptor: Descriptor,
    options: Options,
    rows: dict[Kind, int],
    ends: Sequence[dt.date | None],
) -> None:
    """The file list, and ``release.json`` last."""
    files = file_list(listed(written))
    last = Tree(root)
    last.write(urls.RELEASE_FILES, files)
    release = Release(
        version=descriptor.version,
        created=descriptor.created.isoformat(),
        as_of=options.as_of,
        export=descriptor.digest,
        published=rows,
        valid_through=min((day for day in ends if day is not None), default=None),
        files=digest(files),
    )
    last.write(urls.RELEASE, release_json(release))
    last.close()
