"""From an export to a release: the list of steps, and nothing else."""

from __future__ import annotations

import datetime as dt
from itertools import chain
from pathlib import Path
from typing import cast

import msgspec

from site_builder.build import site_outputs, site_pages, workers
from site_builder.build.audited import audit_root
from site_builder.build.examine import Examined, Options, Verified, examine, open_export, refuse_if
from site_builder.build.inputs import inputs_digest
from site_builder.build.parts import write_parts
from site_builder.build.pictures import write_pictures
from site_builder.build.rendering import Rendering
from site_builder.build.severe_lists import Lists
from site_builder.build.severe_shard import Rendered, render_severe_shard
from site_builder.build.side_jobs import FullText, ListPages, Lookup, SideJob, Workbook, run_side_job
from site_builder.build.signed import key_fact, release_key, sign_release
from site_builder.config.site import Site
from site_builder.content.library import read_laws
from site_builder.content.pages import read_pages
from site_builder.errors import Finding
from site_builder.export.descriptor import Descriptor
from site_builder.outputs.manifest import Release, digest, file_list, release_json
from site_builder.pages import measures, urls
from site_builder.pages.contexts import Link
from site_builder.pages.surroundings import Surroundings
from site_builder.progress import Listener
from site_builder.public.views import MeasureView, RoleModelView, View
from site_builder.release import journal, kept
from site_builder.release.guards import encode_memory, exports_of, read_memory
from site_builder.release.live import LIVE, Count, Live, encode_live, read_live
from site_builder.release.place import Place, held
from site_builder.release.tree import Tree
from site_builder.render.assets import collect
from site_builder.render.environment import Theme, load_theme
from site_builder.render.pages import Renderer
from site_builder.search.texts import law_texts, page_texts
from site_builder.vocabulary import Kind

AUDITED_UP_TO = 20_000
"""Published records up to which every release is audited before the switch; see docs/decisions/0005-audit.md."""


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """What a build is asked for beside the options of reading. ``output`` is the folder all sites share."""

    output: Path
    themes: Path
    full: bool = False
    activate: bool = True


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a build did. ``unchanged``: the live release is already this one, and nothing was written."""

    release: str
    unchanged: bool
    active: bool
    counts: dict[Kind, Count]
    pages: int
    files: int
    next_change: dt.date | None
    warnings: tuple[Finding, ...]
    pruned: tuple[str, ...]


def build(site: Site, options: Options, target: Target, listener: Listener) -> Report:
    """Build a release and make it live. Raises ``SiteBuilderError``; then everything is as it was."""
    theme = load_theme(target.themes, site.site.theme)
    key = release_key(site)
    with held(target.output, site.id) as place:
        live, memory = read_live(place.state), read_memory(place.state)
        verified = open_export(site, options, live, place.work / "export", listener)
        inputs = inputs_digest(
            site,
            theme.folders,
            verified.descriptor.digest,
            str(options.as_of),
            str(sorted(verified.allowed)),
            str(verified.quarantine),
            key_fact(key),
        )
        if (
            live is not None
            and verified.clean
            and live.inputs == inputs
            and not target.full
            and place.holds(live.release)
        ):
            _keep(place, live, verified)
            return _report(place, live, unchanged=True)
        stage = _folder(place.work / "stage")
        examined = examine(site, options, verified, memory, stage, listener)
        refuse_if(examined)
        root = _folder(place.work / "root")
        _render(site, options, verified, examined, theme, stage, root, listener)
        sign_release(root, key)
        published = sum(count.published for count in examined.settled.counts.values())
        if published <= AUDITED_UP_TO:
            listener.step("审核")
            audit_root(root, site, verified, examined, stage, theme.folders, options.jobs)
        listener.step("切换")
        name = place.name_for(verified.descriptor.version, options.as_of)
        made = _live(name, options, verified, examined, inputs)
        pruned: list[str] = []
        if target.activate:
            try:
                _keep(place, made, verified)
                journal.prepare(place.state, {LIVE: encode_live(made)} | encode_memory(examined.fates, memory))
                place.switch(place.settle(root, name))
            finally:
                place.recover()
                kept.forget_others(place.state, exports_of(read_memory(place.state)))
            pruned = place.prune(site.publish.keep)
        else:
            place.settle(root, name)
        return _report(place, made, unchanged=False, warnings=examined.warnings, pruned=tuple(pruned))


def _render(
    site: Site,
    options: Options,
    verified: Verified,
    examined: Examined,
    theme: Theme,
    stage: Path,
    root: Path,
    listener: Listener,
) -> None:
    """Write the whole web root."""
    shelf = read_laws(site.folder, site.laws)
    contents = read_pages(site.folder)
    descriptor, settled = verified.descriptor, examined.settled
    around = Surroundings(
        site=site,
        laws=tuple(one.index for one in shelf),
        guides=tuple(Link(urls.guide(one.stem), one.title) for one in contents),
        version=descriptor.version,
        data_on=descriptor.created_on,
        as_of=options.as_of,
        measures={},
    )
    beyond = settled.counts[Kind.SEVERE].published > site.search.fulltext_limit
    rendering = Rendering(
        rules=examined.rules,
        facts=settled.facts,
        around=around,
        renderer=Renderer(theme),
        stage=stage,
        parts=_folder(stage.parent / "parts"),
        root=root,
        dropped=settled.dropped,
        fulltext=frozenset(kind for kind in Kind if kind is not Kind.SEVERE or not beyond),
    )
    measure_views = cast("list[MeasureView]", _all_views(rendering, examined, Kind.MEASURE))
    model_views = cast("list[RoleModelView]", _all_views(rendering, examined, Kind.ROLE_MODEL))
    around.measures.update((view.id, measures.measure_row(view, around)) for view in measure_views if view.in_force)
    rendered = _severe_pages(rendering, examined, options.jobs, listener)
    lists = Lists((entry for one in rendered for entry in one.listed), (key for one in rendered for key in one.keys))
    tree = Tree(root)
    tree.files += [file for one in rendered for file in one.files]
    shards = {kind: sorted(one.shard for one in examined.surveys if one.kind is kind) for kind in Kind}
    for kind in Kind:
        site_outputs.join_parts(rendering, kind, shards[kind])
    listener.step("名单各页、数据下载与检索")
    every = tuple((kind, shard) for kind in Kind for shard in shards[kind])
    side_jobs: list[SideJob] = [Lookup(every), FullText(every, (*law_texts(shelf), *page_texts(contents)))]
    side_jobs += [Workbook(kind) for kind in Kind]
    for written in workers.run(run_side_job, rendering, chain(side_jobs, map(ListPages, lists.jobs())), options.jobs):
        tree.files += written
    listener.step("其他页面")
    writer = site_pages.Writer(rendering, tree)
    photos = write_pictures(verified.files, descriptor, model_views, tree)
    site_outputs.write_assets(tree, collect(theme), site.folder / site.marks.emblem if site.marks.emblem else None)
    site_pages.write_severe(writer, lists)

    photo_of = photos.get

    groups = site_pages.write_measures(writer, measure_views, lists)
    site_pages.write_role_models(writer, site_pages.newest_models(model_views), photo_of)
    site_pages.write_laws(writer, shelf, measure_views, lists)
    site_pages.write_statistics(writer, lists, groups, model_views)
    site_pages.write_home(writer, lists, measure_views, model_views, photo_of)
    site_pages.write_plain(writer, contents, shelf, lists, beyond=beyond)
    rows = {Kind.SEVERE: len(lists.entries), Kind.MEASURE: len(measure_views), Kind.ROLE_MODEL: len(model_views)}
    site_outputs.write_data(writer, rows, site.export.name, descriptor.created.isoformat())
    site_outputs.write_machine_files(writer, [one.feed for one in rendered], lists, measure_views, model_views)
    _manifest(tree, descriptor, options, rows, [one.valid_through for one in rendered], model_views)
    tree.close()


def _severe_pages(rendering: Rendering, examined: Examined, jobs: int, listener: Listener) -> list[Rendered]:
    shards = [one.shard for one in examined.surveys if one.kind is Kind.SEVERE and one.staged]
    listener.step("名单记录页", examined.settled.counts[Kind.SEVERE].published)
    rendered: list[Rendered] = []
    for one in workers.run(render_severe_shard, rendering, shards, jobs):
        rendered.append(one)
        listener.advance(len(one.listed))
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
    tree: Tree,
    descriptor: Descriptor,
    options: Options,
    rows: dict[Kind, int],
    ends: list[dt.date | None],
    model_views: list[RoleModelView],
) -> None:
    """The file list, and ``release.json`` last."""
    days = [day for day in (*ends, *(view.public_until for view in model_views)) if day is not None]
    listed = file_list(tree.files)
    tree.write(urls.RELEASE_FILES, listed)
    release = Release(
        version=descriptor.version,
        created=descriptor.created.isoformat(),
        as_of=options.as_of,
        export=descriptor.digest,
        published=rows,
        valid_through=min(days, default=None),
        files=digest(listed),
    )
    tree.write(urls.RELEASE, release_json(release))


def _live(release: str, options: Options, verified: Verified, examined: Examined, inputs: str) -> Live:
    descriptor = verified.descriptor
    return Live(
        release=release,
        version=descriptor.version,
        version_key=descriptor.version_key,
        export=descriptor.digest,
        as_of=options.as_of,
        inputs=inputs,
        allowed=tuple(sorted(verified.allowed)),
        quarantine=verified.quarantine,
        counts=examined.settled.counts,
        next_change=examined.settled.next_change,
    )


def _report(
    place: Place,
    live: Live,
    *,
    unchanged: bool,
    warnings: tuple[Finding, ...] = (),
    pruned: tuple[str, ...] = (),
) -> Report:
    root = place.releases / live.release
    listed = (root / urls.RELEASE_FILES).read_text("utf-8").splitlines()
    return Report(
        release=str(root),
        unchanged=unchanged,
        active=place.live_root() == root,
        counts=live.counts,
        pages=sum(line.endswith(".html") for line in listed),
        files=len(listed) + 2 + (root / urls.RELEASE_SIGNATURE).is_file(),
        next_change=live.next_change,
        warnings=warnings,
        pruned=pruned,
    )


def _keep(place: Place, live: Live, verified: Verified) -> None:
    """Keep the export, so that it can be built again wherever it came from."""
    kept.keep(place.state, place.work, live.export, verified.files.root, verified.files.sizes)


def _folder(path: Path) -> Path:
    path.mkdir(parents=True)
    return path
