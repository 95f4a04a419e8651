"""What stands beside the pages: assets, pictures, downloads and their page, feed, sitemap, robots, opensearch."""

from __future__ import annotations

from collections.abc import Sequence
import datetime as dt
from pathlib import Path

from site_builder.outputs import crawlers, formats
from site_builder.pages import plain, urls
from site_builder.release.tree import Tree
from site_builder.vocabulary import Kind
from site_builder.write.lists import Lists
from site_builder.write.site_pages import Writer


def write_assets(tree: Tree, assets: dict[str, bytes], emblem: Path | None) -> None:
    """The theme's files and the site's emblem."""
    for path, data in assets.items():
        tree.write(urls.asset(path), data)
    if emblem is not None:
        tree.write(urls.asset(f"emblem{emblem.suffix}"), emblem.read_bytes())


def write_machine_files(
    writer: Writer,
    lists: Sequence[Lists],
    persons: Sequence[Kind],
    *,
    feeds_name_persons: bool,
) -> None:
    """Sitemap, robots and opensearch, over the pages of the workers too; ``persons`` are kinds that name some.

    What names natural persons and cannot say ``noindex`` itself
    is kept from crawlers by ``robots.txt``.
    """
    tree, around = writer.tree, writer.rendering.around
    info, home = around.site.site, around.canonical(urls.HOME)
    addresses = list(writer.indexable)
    for one in lists:
        records = zip(one.ids[~one.persons], one.changed[~one.persons], strict=True)
        addresses += [
            crawlers.Address(
                around.canonical(urls.record(one.kind, record_id.decode())), dt.date.fromordinal(int(changed))
            )
            for record_id, changed in records
        ]
    addresses += [crawlers.Address(around.canonical(address)) for one in lists for address in one.indexable()]
    kept_out = [urls.FEED, urls.FEEDS] if feeds_name_persons else []
    for kind in persons:
        kept_out += [urls.download(kind, one.name) for one in formats.of_a_kind()]
        kept_out.append(f"{urls.DATA_BY_YEAR}{kind}-")
    if persons:
        kept_out += [urls.download_of_all(one.name) for one in formats.together()]
    for name, data in crawlers.sitemap(addresses, home).items():
        tree.write(name, data)
    tree.write(urls.ROBOTS, crawlers.robots(info.base_path, around.canonical(urls.SITEMAP_XML), kept_out))
    tree.write(urls.OPENSEARCH, crawlers.opensearch(info.name, plain.SEARCH_INTRO, around.canonical(urls.SEARCH)))
