"""The web root of a decided export: every page, list, download and index, in the order they need each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
import datetime as dt
from itertools import chain
from pathlib import Path
from typing import cast

from site_builder import workers
from site_builder.config.site import Site
from site_builder.content.library import ShelvedLaw, read_laws
from site_builder.content.pages import ContentSource, read_pages
from site_builder.decide.examine import Examined, Options, Verified
from site_builder.export.descriptor import Descriptor
from site_builder.kinds.measures.shown import MeasureView
from site_builder.kinds.role_models.shown import RoleModelView
from site_builder.outputs import measure_links
from site_builder.outputs.columns import Cell
from site_builder.outputs.datapackage import About
from site_builder.outputs.manifest import Release, digest, file_list, release_json
from site_builder.pages import measures, urls
from site_builder.pages.contexts import Link
from site_builder.pages.day import AsOf
from site_builder.pages.filed import ways
from site_builder.pages.open_data import TERMS
from site_builder.pages.surroundings import Surroundings
from site_builder.progress import Listener
from site_builder.public.view import View
from site_builder.release.live import Count
from site_builder.release.shared import Shared, Written, listed
from site_builder.release.tree import Tree
from site_builder.render.assets import collect
from site_builder.render.environment import Theme
from site_builder.render.pages import Renderer
from site_builder.search.fulltext import FullTextDoc
from site_builder.search.texts import law_texts, page_texts
from site_builder.vocabulary import Kind
from site_builder.write import change_pages, data_pages, open_data, site_outputs, site_pages
from site_builder.write.filed_shard import FiledJob, render_filed_shard, write_filed
from site_builder.write.parts import write_parts
from site_builder.write.pictures import write_pictures
from site_builder.write.rendering import Rendering
from site_builder.write.severe_lists import Lists
from site_builder.write.severe_shard import Rendered, render_severe_shard
from site_builder.write.side_jobs import Database, FullText, ListPages, Lookup, SideJob, Tables, Workbook, run_side_job

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
    shelf = read_laws(site.folder, site.laws)
    contents = read_pages(site.folder)
    descriptor, settled = verified.descriptor, examined.settled
    around = surroundings(site, verified, options, shelf, contents)
    kinds, most = verified.kinds, site.search.fulltext_limit
    beyond = settled.counts[Kind.SEVERE].published > most
    rendering = Rendering(
        rules=examined.rules,
        facts=settled.facts,
        around=around,
        renderer=Renderer(theme),
        stage=stage,
        parts=stage.with_name("parts"),
        root=root,
        dropped=settled.dropped,
        fulltext=frozenset(kind for kind in kinds if kind in SMALL or settled.counts[kind].published <= most),
        base=base,
        shared=shared,
    )
    rendering.parts.mkdir()
    measure_views = cast("list[MeasureView]", _all_views(rendering, examined, Kind.MEASURE))
    model_views = cast("list[RoleModelView]", _all_views(rendering, examined, Kind.ROLE_MODEL))
    around.measures.update((view.id, measures.measure_row(view, around)) for view in measure_views if view.in_force)
    rendered = _severe_pages(rendering, examined, options.jobs, listener)
    filed = _filed_pages(rendering, examined, options.jobs)
    lists = Lists(one.listing for one in rendered)
    others = [Lists((one.listing for one in parts), kind) for kind, parts in filed.items()]
    written = [one.written for one in chain(rendered, *filed.values())]
    shards = {kind: sorted(one.shard for one in examined.surveys if one.kind is kind) for kind in kinds}
    links = [row for view in measure_views for row in measure_links.link_rows(view, lists.cited(view.id), around)]
    listener.step("名单各页、数据下载与检索")
    (root / urls.DATA).mkdir()
    side_jobs = _side_jobs(shards, settled.counts, links, (*law_texts(shelf), *page_texts(contents)))
    list_pages = (ListPages(jobs) for one in (lists, *others) for jobs in one.jobs())
    written += workers.run(run_side_job, rendering, chain(side_jobs, list_pages), options.jobs)
    listener.step("其他页面")
    tree = rendering.tree()
    writer = site_pages.Writer(rendering, tree)
    photos = write_pictures(verified.files, descriptor, model_views, tree)
    site_outputs.write_assets(tree, collect(theme), site.folder / site.marks.emblem if site.marks.emblem else None)
    site_pages.write_severe(writer, lists)

    photo_of = photos.get

    groups = site_pages.write_measures(writer, measure_views, lists)
    site_pages.write_role_models(writer, site_pages.newest_models(model_views), photo_of)
    site_pages.write_laws(writer, shelf, measure_views, lists)
    site_pages.write_statistics(writer, lists, groups, model_views)
    further = {one.kind: len(one) for one in others}
    write_filed(writer, others, further)
    site_pages.write_home(writer, lists, measure_views, model_views, photo_of, ways(further, around))
    site_pages.write_plain(writer, contents, shelf, lists, beyond=beyond)
    rows = {kind: settled.counts[kind].published for kind in kinds}
    named = {one.kind for one in (lists, *others) if one.persons.any()}
    named |= {Kind.ROLE_MODEL} if any(view.is_person for view in model_views) else set()
    persons = [kind for kind in kinds if kind in named]
    years = {kind: open_data.years_of(rendering, kind, shards[kind]) for kind in kinds}
    data_pages.write_data(writer, rows, years, _about(descriptor, around), link_rows=len(links), persons=persons)
    in_feeds = change_pages.write_changes(
        writer,
        [one.feed for one in rendered],
        [(kind, shard) for kind in (Kind.SEVERE, *filed) for shard in shards[kind]],
        measure_views,
        model_views,
        {kind: [one.feed for one in parts] for kind, parts in filed.items()},
    )
    site_outputs.write_machine_files(writer, (lists, *others), persons, feeds_name_persons=in_feeds)
    ends = [one.valid_through for one in chain(rendered, *filed.values())]
    written.append(tree.close())
    _manifest(root, written, descriptor, options, rows, ends, model_views)
    return written


def surroundings(
    site: Site, verified: Verified, options: Options, shelf: Sequence[ShelvedLaw], contents: Sequence[ContentSource]
) -> Surroundings:
    """What every page may know of its site; the measures are put in once they are known."""
    return Surroundings(
        site=site,
        laws=tuple(one.index for one in shelf),
        guides=tuple(Link(urls.guide(one.stem), one.title) for one in contents),
        version=verified.descriptor.version,
        data_on=verified.descriptor.created_on,
        as_of=AsOf(options.as_of.year, options.as_of.month, options.as_of.day),
        measures={},
        kinds=verified.kinds,
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
    yield Database(tuple((kind, tuple(of_kind)) for kind, of_kind in shards.items()), tuple(map(tuple, links)))
    yield from (Tables(kind, tuple(of_kind)) for kind, of_kind in shards.items())
    yield from (Workbook(kind, tuple(of_kind), counts[kind].published) for kind, of_kind in shards.items())


def _about(descriptor: Descriptor, around: Surroundings) -> About:
    site = around.site
    return About(
        name=site.export.name,
        title=site.site.name,
        version=descriptor.version,
        created=descriptor.created.isoformat(),
        licence=site.publish.licence,
        homepage=around.canonical(urls.DATA),
        publisher=site.unit.owner,
        terms=TERMS,
    )


def _filed_pages(rendering: Rendering, examined: Examined, jobs: int) -> dict[Kind, list[Rendered]]:
    rendered: dict[Kind, list[Rendered]] = {kind: [] for kind in rendering.around.further}
    shards = [FiledJob(one.kind, one.shard) for one in examined.surveys if one.kind in rendered]
    for kind, one in workers.run(render_filed_shard, rendering, shards, jobs):
        rendered[kind].append(one)
    return rendered


def _severe_pages(rendering: Rendering, examined: Examined, jobs: int, listener: Listener) -> list[Rendered]:
    shards = [one.shard for one in examined.surveys if one.kind is Kind.SEVERE and one.staged]
    listener.step("名单记录页", examined.settled.counts[Kind.SEVERE].published)
    rendered: list[Rendered] = []
    for one in workers.run(render_severe_shard, rendering, shards, jobs):
        rendered.append(one)
        listener.advance(len(one.listing.ids))
    return rendered


def _all_views(rendering: Rendering, examined: Examined, kind: Kind) -> list[View]:
    """All published records of a small kind, their download parts written on the way."""
    views: list[View] = []
    for one in examined.surveys:
        if one.kind is kind:
            shard = list(rendering.views(kind, one.shard))
            write_parts(rendering, kind, one.shard, shard)
            views += shard
    return views


def _manifest(
    root: Path,
    written: Sequence[Written],
    descriptor: Descriptor,
    options: Options,
    rows: dict[Kind, int],
    ends: list[dt.date | None],
    model_views: list[RoleModelView],
) -> None:
    """The file list, and ``release.json`` last."""
    days = [day for day in (*ends, *(view.public_until for view in model_views)) if day is not None]
    files = file_list(listed(written))
    last = Tree(root)
    last.write(urls.RELEASE_FILES, files)
    release = Release(
        version=descriptor.version,
        created=descriptor.created.isoformat(),
        as_of=options.as_of,
        export=descriptor.digest,
        published=rows,
        valid_through=min(days, default=None),
        files=digest(files),
    )
    last.write(urls.RELEASE, release_json(release))
    last.close()
