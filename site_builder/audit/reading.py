"""The audit's jobs: batches of files, shards of records with their pages, downloads, the lookup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
import datetime as dt
import hashlib
from pathlib import Path
from typing import Final

import msgspec

from site_builder.audit import downloads, expiry, indexes, links, record_pages
from site_builder.audit.decode import UndecodableError, is_packed, readings
from site_builder.audit.lines import Lines
from site_builder.audit.search import Found, Searcher, fewest
from site_builder.audit.staged import Expected, Shard
from site_builder.outputs import columns
from site_builder.pages import urls
from site_builder.public.views import View
from site_builder.rules.ruleset import view_of
from site_builder.vocabulary import Kind

BATCH: Final = 200
"""Files in one job, or fewer where they are large."""

BATCH_BYTES: Final = 16 << 20

UP: Final = b"../"
"""What alone differs between the same line on pages of different depth."""

_COMPRESSED: Final = (".gz", ".br")


class Pages(msgspec.Struct, frozen=True, tag=True):
    """The pages of a shard's published records."""

    shard: Shard


class Batch(msgspec.Struct, frozen=True, tag=True):
    """Files to be read for their own sake."""

    paths: tuple[str, ...]


class Download(msgspec.Struct, frozen=True, tag=True):
    """A download to be compared with the records."""

    kind: Kind
    extension: str


class Lookup(msgspec.Struct, frozen=True, tag=True):
    """The lookup to be compared with the records."""


Job = Pages | Batch | Download | Lookup


class Read(msgspec.Struct, kw_only=True):
    """What a job found: things by path, digests by path, anchors other pages must have, records and their days."""

    found: list[tuple[str, Found]] = msgspec.field(default_factory=list)
    digests: dict[str, str] = msgspec.field(default_factory=dict)
    anchors: dict[tuple[str, str], tuple[str, int]] = msgspec.field(default_factory=dict)
    records: list[tuple[Kind, str, str, bool]] = msgspec.field(default_factory=list)
    days: list[dt.date] = msgspec.field(default_factory=list)
    linked: dict[str, set[str]] = msgspec.field(default_factory=dict)


@dataclass(slots=True)
class Audit:
    """What the jobs share; each worker process has its own copy."""

    root: Path
    base: links.Base
    sizes: dict[str, int]
    regions: dict[str, str]
    searcher: Searcher
    expected: Expected | None
    lines: Lines = field(default_factory=Lines)
    texts: Lines = field(default_factory=Lines)

    @property
    def up_is_no_value(self) -> bool:
        """Whether no value looked for holds ``../``, so that it may be left out of what lines are compared by."""
        return self.searcher.forbidden is None or not self.searcher.forbidden.holds_up

    def canonical(self, address: str) -> str:
        """The absolute address of a page."""
        return urls.canonical(self.base.url, self.base.path, address)

    def views(self, shard: Shard) -> Iterator[View]:
        """What is to be seen of a shard's published records."""
        if self.expected is not None:
            for record in shard.published():
                yield view_of(record, self.expected.rules, self.expected.facts)

    def all_views(self, kind: Kind) -> Iterator[View]:
        """What is to be seen of a kind, in the export's order."""
        if self.expected is not None:
            for shard in self.expected.shards_of(kind):
                yield from self.views(shard)


def do(audit: Audit, job: Job) -> Read:
    """Do one job."""
    read = Read()
    match job:
        case Pages(shard=shard):
            for view in audit.views(shard):
                _record(audit, read, view, shard.kind)
        case Batch(paths=paths):
            for path in paths:
                read_file(audit, read, path, (audit.root / path).read_bytes())
        case Download(kind=kind, extension=extension):
            path = urls.download(kind, extension)
            if path in audit.sizes:
                rows = (columns.row(view, audit.canonical) for view in audit.all_views(kind))
                for row, column, what in downloads.download_faults(audit.root / path, kind, extension, rows):
                    read.found.append((path, Found("accounting", row, column, what)))
            else:
                read.found.append((path, Found("accounting", 0, "", "没有这个下载文件")))
        case Lookup():
            _lookup(audit, read)
    return read


def batches(sizes: dict[str, int], paths: Iterable[str]) -> Iterator[Batch]:
    """The files in batches, the large ones alone and first, the others folder by folder."""
    ordered = sorted(paths, key=lambda path: (sizes[path] < BATCH_BYTES, path.rpartition("/")[0], path))
    batch: list[str] = []
    size = 0
    for path in ordered:
        if batch and (len(batch) == BATCH or size + sizes[path] > BATCH_BYTES):
            yield Batch(tuple(batch))
            batch, size = [], 0
        batch.append(path)
        size += sizes[path]
    if batch:
        yield Batch(tuple(batch))


def read_file(audit: Audit, read: Read, path: str, data: bytes) -> None:
    """Everything that can be said of one file alone."""
    read.digests[path] = hashlib.sha256(data).hexdigest()
    original = path.removesuffix(".gz").removesuffix(".br")
    if path.endswith(_COMPRESSED) and original in audit.sizes and _same(audit.root / original, path, data):
        return
    if path.endswith(".html") and not is_packed(path, data):
        _page(audit, read, path, data)
        return
    read.found += [(path, one) for one in fewest(audit.searcher.file(path, data))]
    if path.endswith((".css", ".xml", ".svg", ".txt")):
        for address in links.other_addresses(path, data.decode("utf-8", "replace")):
            if "{" not in address:
                _follow(audit, read, path, 0, address)


def _same(original: Path, path: str, data: bytes) -> bool:
    """Whether a compressed file is the one beside it, which is read itself."""
    try:
        inside = b"".join(one.data for one in readings(path, data) if not one.packed)
    except UndecodableError:
        return False
    return inside == original.read_bytes()


def _record(audit: Audit, read: Read, view: View, kind: Kind) -> None:
    path = urls.record(kind, view.id)
    year = urls.year(view.listed_on.year) if hasattr(view, "listed_on") else urls.FOLDER_OF[kind]
    read.records.append((kind, view.id, year, view.is_person))
    until = getattr(view, "public_until", None)
    if until is not None:
        read.days.append(until)
    if path not in audit.sizes:
        read.found.append((path, Found("accounting", 0, "", "公开的记录没有页面")))
        return
    data = (audit.root / path).read_bytes()
    read_file(audit, read, path, data)
    for name, what in record_pages.page_faults(view, kind, data, audit.regions):
        read.found.append((path, Found("accounting", 0, name, what)))


def _page(audit: Audit, read: Read, path: str, page: bytes) -> None:
    """Links, days, leaks and personal data of a page; a line earlier pages had is not read again."""
    numbers, fresh = audit.texts.fresh(page.replace(UP, b"") if audit.up_is_no_value else page)
    read.found += [(path, one) for one in fewest(audit.searcher.text(fresh, "", numbers))]
    for place, day in expiry.marks(fresh):
        if day is None or day < audit.searcher.as_of:
            line = numbers[fresh.count(b"\n", 0, place)]
            read.found.append((path, Found("expiry", line, "data-public-until", "公示期已过，或者不是日期")))
    for place, what in expiry.page_faults(page):
        read.found.append((path, Found("expiry", place, "", what)))
    _links(audit, read, path, page)


def _links(audit: Audit, read: Read, path: str, page: bytes) -> None:
    numbers, fresh = audit.lines.fresh(page, path.rpartition("/")[0])
    whole = any(links.is_cut(line) for line in fresh.split(b"\n"))
    text = page if whole else fresh
    for place, address in links.addresses(text):
        at = text.count(b"\n", 0, place)
        _follow(audit, read, path, at + 1 if whole else numbers[at], address)
    for anchor in links.own_anchors(page):
        if anchor and f'id="{anchor}"'.encode() not in page and anchor not in links.anchors(page):
            read.found.append((path, Found("link", 0, "href", "页内锚点不存在")))


def _follow(audit: Audit, read: Read, path: str, line: int, address: str) -> None:
    target = links.resolve(path, address, audit.base)
    if target.dead:
        read.found.append((path, Found("link", line, "href", "地址不能用")))
    elif target.file and target.file not in audit.sizes:
        read.found.append((path, Found("link", line, "href", "指向的文件不存在")))
    elif target.file != path:
        if target.anchor:
            read.anchors.setdefault((target.file, target.anchor), (path, line))
        if indexes.record_of(target.file) and not indexes.record_of(path):
            read.linked.setdefault(path.rpartition("/")[0] + "/", set()).add(target.file)


def _lookup(audit: Audit, read: Read) -> None:
    path = f"{urls.LOOKUP}index.json"
    rows = indexes.lookup_rows(audit.root)
    if rows is None:
        read.found.append((path, Found("accounting", 0, "lookup", "检索读不懂")))
        return
    wanted = {indexes.lookup_of(view) for kind in Kind for view in audit.all_views(kind)}
    found = {indexes.told(row) for row in rows}
    for many, what in ((wanted - found, "检索缺少公开的记录，或者内容不一致"), (found - wanted, "检索有不该公开的行")):
        if many:
            read.found.append((path, Found("accounting", 0, "lookup", f"{what}（{len(many)} 条）")))
    if len(rows) != len(found):
        read.found.append((path, Found("accounting", 0, "lookup", "检索有重复的行")))
