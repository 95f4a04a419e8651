"""What stands beside the pages: assets, pictures, downloads and their page, feed, sitemap, robots, opensearch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from site_builder.build.rendering import Rendering
from site_builder.build.severe_lists import Lists
from site_builder.build.site_pages import Writer, changed_on
from site_builder.outputs import crawlers, downloads, feed
from site_builder.pages import plain, urls
from site_builder.pages.surroundings import label
from site_builder.public.views import MeasureView, RoleModelView
from site_builder.release.tree import Tree
from site_builder.vocabulary import Kind


def write_assets(tree: Tree, assets: dict[str, bytes], emblem: Path | None) -> None:
    """The theme's files and the site's emblem."""
    for path, data in assets.items():
        tree.write(urls.asset(path), data)
    if emblem is not None:
        tree.write(urls.asset(f"emblem{emblem.suffix}"), emblem.read_bytes())


def feed_items(
    rendering: Rendering, measures: Sequence[MeasureView], models: Sequence[RoleModelView]
) -> list[feed.Item]:
    """Measures and role models as feed items."""
    canonical = rendering.around.canonical
    return [
        feed.Item(
            changed_on(view),
            canonical(urls.record(Kind.MEASURE, view.id)),
            view.title,
            f"{label(view.kind)}：{view.content}",
            view.published_on,
        )
        for view in measures
    ] + [
        feed.Item(
            changed_on(view),
            canonical(urls.record(Kind.ROLE_MODEL, view.id)),
            view.name,
            f"{view.honour}，{view.awarded_by}授予。{view.summary}",
            view.published_on,
        )
        for view in models
    ]


def write_machine_files(
    writer: Writer,
    newest: Iterable[list[feed.Item]],
    lists: Lists,
    measures: Sequence[MeasureView],
    models: Sequence[RoleModelView],
) -> None:
    """Feed, sitemap, robots and opensearch, over the pages of the workers too.

    ``newest`` are the feed items of the shards of entries. What names natural persons and cannot say ``noindex`` itself
    is kept from crawlers by ``robots.txt``.
    """
    tree, around = writer.tree, writer.rendering.around
    info, home = around.site.site, around.canonical(urls.HOME)
    addresses = list(writer.indexable)
    addresses += [
        crawlers.Address(around.canonical(urls.record(Kind.SEVERE, entry.id)), entry.changed_on)
        for entry in lists.entries
        if not entry.is_person
    ]
    addresses += [crawlers.Address(around.canonical(address)) for address in lists.indexable()]
    items = [item for part in newest for item in part] + feed_items(writer.rendering, measures, models)
    persons = lists.any_person(range(len(lists.entries)))
    kept_out = [urls.FEED] if persons else []
    for kind, named in ((Kind.SEVERE, persons), (Kind.ROLE_MODEL, any(one.is_person for one in models))):
        if named:
            kept_out += [urls.download(kind, extension) for extension in downloads.WHOLE]
            kept_out.append(f"{urls.DATA_BY_YEAR}{kind}-")
    if persons or any(one.is_person for one in models):
        kept_out.append(urls.DATABASE)
    tree.write(
        urls.FEED, feed.atom(info.name, around.site.unit.owner, home, around.canonical(urls.FEED), feed.newest(items))
    )
    for name, data in crawlers.sitemap(addresses, home).items():
        tree.write(name, data)
    tree.write(urls.ROBOTS, crawlers.robots(info.base_path, around.canonical(urls.SITEMAP_XML), kept_out))
    tree.write(urls.OPENSEARCH, crawlers.opensearch(info.name, plain.SEARCH_INTRO, around.canonical(urls.SEARCH)))
