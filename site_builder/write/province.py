"""The web root of a site put together of others: its pages and what stands beside them, no data of its members."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec

from site_builder.config.site import Site
from site_builder.content.markdown import render_page
from site_builder.content.pages import guides_of
from site_builder.outputs import crawlers, security
from site_builder.outputs.crawlers import Address
from site_builder.outputs.manifest import ProvinceRelease, digest, file_list, release_json
from site_builder.pages import plain, province, urls
from site_builder.pages.contexts import Link, Meta
from site_builder.pages.day import AsOf
from site_builder.pages.surroundings import Surroundings
from site_builder.public.law_words import NO_WORDS
from site_builder.release.shared import listed
from site_builder.release.tree import Tree
from site_builder.render.assets import collect
from site_builder.render.environment import Theme
from site_builder.render.pages import Renderer
from site_builder.search.facets import FACETS
from site_builder.write.site_outputs import write_assets, write_security

UNUSED = ("explore/", "search/fulltext.js", "search/batch.js", "search/page.js")
"""Assets for pages such a site does not have."""


def version_of(as_of: dt.date) -> str:
    """The version of a release without an export: its as-of day."""
    return as_of.strftime("%Y.%m.%d")


def write_province(site: Site, theme: Theme, as_of: dt.date, root: Path) -> None:
    """Write the whole web root into the folder ``root``, which is there and empty."""
    contents = guides_of(site, NO_WORDS)
    around = Surroundings(
        site=site,
        laws=(),
        words=NO_WORDS,
        guides=tuple(Link(urls.guide(one.stem), one.title) for one in contents),
        version=version_of(as_of),
        data_on=as_of,
        as_of=AsOf(as_of.year, as_of.month, as_of.day),
        measures={},
        kinds=(),
    )
    tree, renderer = Tree(root, squeeze=site.publish.precompress), Renderer(theme)
    indexable: list[Address] = []

    def page(template: str, built: tuple[object, Meta], section: str) -> None:
        context, meta = built
        up = site.site.base_path if meta.path == urls.NOT_FOUND else urls.root_of(meta.path)
        tree.write(urls.file_of(meta.path), renderer.page(template, context, meta, around.layout(section), up))
        if not meta.noindex:
            indexable.append(Address(meta.canonical))

    page("province-home.html", province.home_page(around), "home")
    page("province-search.html", province.search_page(msgspec.json.encode(FACETS).decode(), around), "search")
    if contents:
        page("content.html", plain.guide_index(contents, around), "guide")
    for source in contents:
        body = render_page(source.text, urls.root_of(urls.guide(source.stem)))
        page("content.html", plain.content_page(source, body, around), "guide")
    page("sitemap.html", province.site_map(around), "site")
    page("not-found.html", province.not_found(around), "site")
    assets = {path: data for path, data in collect(theme).items() if not path.startswith(UNUSED)}
    write_assets(tree, assets, site.folder / site.marks.emblem if site.marks.emblem else None)
    tree.write(urls.SITEMAP_XML, crawlers.sitemap(indexable, around.canonical(urls.HOME))[urls.SITEMAP_XML])
    tree.write(urls.ROBOTS, crawlers.robots(around.canonical(urls.SITEMAP_XML)))
    told = (site.site.name, province.SEARCH_ABOUT, around.canonical(urls.SEARCH))
    tree.write(urls.OPENSEARCH, crawlers.opensearch(*told))
    write_security(tree, around, as_of)
    _manifest(root, site, as_of, file_list(listed([tree.close()])))


def next_change(as_of: dt.date) -> dt.date:
    """The day the site must have been built again: its ``security.txt`` runs out."""
    return security.expires(as_of)


def _manifest(root: Path, site: Site, as_of: dt.date, files: bytes) -> None:
    """The file list, and ``release.json`` last."""
    last = Tree(root)
    last.write(urls.RELEASE_FILES, files)
    release = ProvinceRelease(
        version=version_of(as_of),
        created=f"{as_of}T00:00:00+08:00",
        as_of=as_of,
        export="",
        published={},
        valid_through=None,
        files=digest(files),
        member_sites={one.id: one.address for one in site.member_sites},
    )
    last.write(urls.RELEASE, release_json(release))
    last.close()
