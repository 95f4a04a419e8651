"""What stands beside the pages: assets, pictures, sitemap, robots, opensearch, security.txt."""

from __future__ import annotations

from collections.abc import Sequence
import datetime as dt
from pathlib import Path

from site_builder.outputs import crawlers, security
from site_builder.pages import plain, urls
from site_builder.pages.surroundings import Surroundings
from site_builder.release.tree import Tree
from site_builder.write.lists import Lists
from site_builder.write.site_pages import Writer


def write_assets(tree: Tree, assets: dict[str, bytes], emblem: Path | None) -> None:
    """The theme's files and the site's emblem."""
    for path, data in assets.items():
        tree.write(urls.asset(path), data)
    if emblem is not None:
        tree.write(urls.asset(f"emblem{emblem.suffix}"), emblem.read_bytes())


def write_machine_files(writer: Writer, lists: Sequence[Lists], as_of: dt.date) -> None:
    """Sitemap, robots, opensearch and security.txt, over the pages of the workers too."""
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
    for name, data in crawlers.sitemap(addresses, home).items():
        tree.write(name, data)
    tree.write(urls.ROBOTS, crawlers.robots(around.canonical(urls.SITEMAP_XML)))
    tree.write(urls.OPENSEARCH, crawlers.opensearch(info.name, plain.SEARCH_INTRO, around.canonical(urls.SEARCH)))
    write_security(tree, around, as_of)


def write_security(tree: Tree, around: Surroundings, as_of: dt.date) -> None:
    """``security.txt``: the contact page, where there is one, else the home page."""
    contact = urls.guide("contact")
    page = around.canonical(contact if any(one.href == contact for one in around.guides) else urls.HOME)
    canonical, until = f"{around.site.site.base_url}/{urls.SECURITY}", security.expires(as_of)
    tree.write(urls.SECURITY, security.security_txt(around.site.unit.email, page, canonical, until))
