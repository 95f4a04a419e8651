"""What is held byte for byte once every record is known: downloads, feeds, and what a copy follows the site by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_builder.audit import feeds, following, links
from site_builder.audit.context import COMPRESSED, Audit
from site_builder.audit.jobs import DownloadJob, Job, JobRead
from site_builder.audit.rows import OWN, Parts
from site_builder.audit.search import Found
from site_builder.audit.staged import Expected
from site_builder.audit.tables import MORE
from site_builder.audit.vouched import vouched
from site_builder.audit.whole import Whole
from site_builder.config.site import Site
from site_builder.outputs import formats
from site_builder.pages import urls
from site_builder.vocabulary import Kind


def following_held(context: Audit, expected: Expected, whole: Whole) -> None:
    """What a copy follows the site by, and the entities; what is as it must be says nothing the downloads do not."""
    numbers = {kind: [(kind, one.number) for one in expected.shards_of(kind)] for kind in expected.rows}
    valid = {kind: [whole.valid[shard] for shard in shards] for kind, shards in numbers.items()}
    wanted = following.wanted(valid, whole.newest, sum(whole.counts.values()))
    wanted[urls.ENTITIES] = [whole.entities[shard] for shards in numbers.values() for shard in shards]
    for path, parts in wanted.items():
        digest = following.held(context.root / path, parts) if path in context.sizes else None
        if digest is None:
            whole.found.append((path, Found("accounting", 0, "", following.DIFFERS)))
            continue
        read = JobRead()
        context.note(read, path, digest)
        whole.add(read)


def feeds_held(context: Audit, site: Site, expected: Expected, whole: Whole) -> Iterator[tuple[str, Found]]:
    """Whether the feeds are those there must be and hold what they must, and the page beside them leads to the same."""
    wanted = feeds.wanted(site, expected, whole.entries, context.canonical)
    there = {path for path in context.sizes if path.startswith(urls.FEEDS) and not path.endswith(COMPRESSED)}
    yield from ((path, Found("accounting", 0, "", "不是本站的订阅")) for path in there - wanted.keys())
    for path, data in wanted.items():
        if context.read(path) != data:
            yield path, Found("accounting", 0, "", following.DIFFERS)
    page = urls.file_of(urls.CHANGES)
    data = context.read(page)
    led = {links.resolve(page, address, context.base).file for _, address in links.addresses(data)}
    newest = (url for _, url, _ in feeds.newest(whole.entries, expected.rows))
    if not data or not led.issuperset(links.resolve(page, url, context.base).file for url in newest):
        yield page, Found("accounting", 0, "", following.DIFFERS)


def downloads_held(context: Audit, expected: Expected, whole: Whole) -> Iterator[Job]:
    """Those downloads that have to be read row by row; of the others the frame is searched."""
    for kind in expected.rows:
        parts = [whole.parts[kind, shard.number] for shard in expected.shards_of(kind)]
        for extension in reversed(OWN):
            if not _vouched(context, whole, urls.download(kind, extension), kind, parts):
                yield DownloadJob(kind, extension)


def years_held(context: Audit, expected: Expected, whole: Whole) -> Iterator[tuple[str, Found]]:
    """The downloads by year: one that is not as it must be is left to be searched like any other file."""
    more = {path for path in context.data() if path.startswith(urls.DATA_BY_YEAR)}
    for kind in expected.rows:
        years: dict[str, list[Parts]] = {}
        for shard in expected.shards_of(kind):
            for year, part in whole.years[kind, shard.number].items():
                years.setdefault(year, []).append(part)
        for year, parts in years.items():
            for one in formats.by_line():
                path = urls.download_of_year(kind, year, one.name)
                more.discard(path)
                if not _vouched(context, whole, path, kind, parts):
                    yield path, Found("accounting", 0, "", following.DIFFERS)
    yield from ((path, Found("accounting", 0, "", MORE)) for path in more)


def _vouched(context: Audit, whole: Whole, path: str, kind: Kind, parts: Sequence[Parts]) -> bool:
    """Whether a download is exactly these parts, of which then the frame is searched."""
    extension = path.rpartition(".")[2]
    known = vouched(context.root / path, kind, extension, parts) if path in context.sizes else None
    if known is None:
        return False
    read = JobRead()
    context.note(read, path, known.digest)
    for name, data in known.frame:
        read.found += [(path, one) for one in context.searcher.file(name, data)]
    whole.add(read)
    return True
