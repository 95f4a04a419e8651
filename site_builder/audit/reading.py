"""How the audit's jobs are done: what is asked of a page, of a record's page, of any other file."""

from __future__ import annotations

import hashlib
from itertools import chain
import re
from typing import Final

from site_builder.audit import (
    accounting,
    downloads,
    entities,
    expiry,
    feeds,
    following,
    indexes,
    links,
    record_json,
    record_pages,
)
from site_builder.audit.context import COMPRESSED, Audit, Heap, Taken, list_of
from site_builder.audit.decode import UndecodableError, is_packed, packs, readings
from site_builder.audit.jobs import DownloadJob, FilesJob, Job, JobRead, LookupJob, PagesJob, Tables
from site_builder.audit.pieces import Cut
from site_builder.audit.rows import rows_of
from site_builder.audit.search import Found, fewest
from site_builder.audit.shared import is_ours
from site_builder.audit.staged import Hint, Shard
from site_builder.audit.tables import read_tables
from site_builder.outputs import columns
from site_builder.pages import urls
from site_builder.public.view import View
from site_builder.vocabulary import Kind

NOTHING: Final[frozenset[bytes]] = frozenset()

ROWS: Final = f"{urls.LOOKUP}row/"
"""Thousands of small files that hold text and nothing else: they are searched many at once."""

AS_WELL: Final = ("00", "01", "02")
"""Of a record's pages one in eighty-five is read the plain way as well: those whose SHA-256 begins so."""

UP: Final = b"../"

ROOT: Final = b"\0"
"""Stands for the way to the web root, which alone differs between the same line on pages of different depth."""

_RECORDS: Final = re.compile(ROOT + b"((?:" + indexes.FOLDERS.encode() + rb")/[A-Za-z0-9][A-Za-z0-9._-]*\.html)")


def do(audit: Audit, job: Job) -> JobRead:
    """Do one job."""
    read = JobRead()
    heap = Heap(audit, read, audit.searcher)
    match job:
        case PagesJob(shard=shard, first=first):
            _shard(audit, read, heap, shard, first)
        case FilesJob(paths=paths):
            for path in paths:
                read_file(audit, read, heap, path, _bytes(f"{audit.root}/{path}"))
        case DownloadJob(kind=kind, extension=extension):
            path = urls.download(kind, extension)
            if path in audit.sizes:
                rows = (columns.row(view, audit.canonical) for view in audit.all_views(kind))
                for row, column, what in downloads.download_faults(
                    audit.root / path, kind, extension, rows, audit.regions
                ):
                    read.found.append((path, Found("accounting", row, column, what)))
            else:
                read.found.append((path, Found("accounting", 0, "", "没有这个下载文件")))
        case Tables(kind=kind):
            read_tables(audit, read, kind)
        case LookupJob():
            wanted = {indexes.digest(indexes.lookup_of(view)) for kind in Kind for view in audit.all_views(kind)}
            read.found += accounting.lookup_faults(audit.root, wanted)
    heap.search()
    return read


def read_file(
    audit: Audit, read: JobRead, heap: Heap, path: str, data: bytes, hint: Hint | None = None
) -> frozenset[bytes] | None:
    """Everything that can be said of one file alone.

    ``hint``: what a record's page may be joined of. Returns what its elements are known to say, None where it was
    not read but taken over.
    """
    digest = hashlib.sha256(data).hexdigest()
    audit.note(read, path, digest)
    taken = audit.taken
    if (
        taken is not None
        and not is_ours(digest)
        and taken.over(path, digest)
        and _taken_over(audit, taken, read, heap, path, data)
    ):
        return None
    if path == urls.RELEASE_FILES:
        return NOTHING  # digests, and names that are searched: any other line is found by comparing it with the disk
    original = path.removesuffix(".gz").removesuffix(".br")
    if path.endswith(COMPRESSED) and original in audit.sizes and packs(audit.root / original, path, data):
        read.found += [(path, one) for one in fewest(audit.searcher.around(path, data))]
        return NOTHING
    if path.endswith(".html") and not is_packed(path, data):
        cut = audit.pieces.cut(data, hint) if hint is not None and audit.tags_are_no_value else None
        if cut is not None:
            _record_page(audit, read, heap, path, data, cut, plainly=digest.startswith(AS_WELL))
            return cut.said
        page(audit, read, heap, path, data)
        return NOTHING
    if path.startswith(ROWS) and _rows_read(audit, read, heap, path, data):
        return NOTHING
    if not is_ours(digest):
        read.found += [(path, one) for one in fewest(audit.searcher.file(path, data))]
    _follow_others(audit, read, path, data)
    return NOTHING


def _taken_over(audit: Audit, taken: Taken, read: JobRead, heap: Heap, path: str, data: bytes) -> bool:
    """What is new of a file taken over: its days, and values that were not searched for in it.

    False where it names a file that is gone: then it is to be read like any other.
    """
    is_page = path.endswith(".html") and not is_packed(path, data)
    _days(audit, read, path, data, data)
    text = taken.lines.fresh(data)[0] if is_page else data
    if taken.gone.patterns and next(taken.gone.find(text), None) is not None:
        taken.lines.forget_last()
        return False
    if taken.searcher.patterns and is_page:
        heap.old.add(path, text)
    elif taken.searcher.patterns:
        read.found += [(path, one) for one in fewest(taken.searcher.file(path, data, numbers=False))]
    return True


def _bytes(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123  # a hundred thousand times
        return file.read()


def _rows_read(audit: Audit, read: JobRead, heap: Heap, path: str, data: bytes) -> bool:
    """Put a block of the lookup's rows in the heap; false where it cannot be unpacked."""
    try:
        inside = list(readings(path, data))
    except UndecodableError:
        return False
    for one in inside:
        if one.packed:
            read.found += [(path, found) for found in fewest(audit.searcher.packed(one))]
        else:
            texts = indexes.row_texts(one.data)
            heap.add(path, one.data if texts is None else b"\n".join(audit.pieces.texts(texts)))
    return True


def _shard(audit: Audit, read: JobRead, heap: Heap, shard: Shard, first: int) -> None:
    """The records' pages, what the downloads must hold of them, and what their fields say in other writings."""
    kind = shard.kind
    folder = urls.FOLDER_OF[kind]
    views = list(audit.views(shard))
    rows = rows_of(kind, [columns.row(view, audit.canonical) for view in views], first, audit.regions)
    read.parts[kind, shard.number] = rows.parts
    read.years[kind, shard.number] = rows.years
    read.valid[kind, shard.number] = following.valid(views, audit.canonical)
    read.entities[kind, shard.number] = entities.entities(views, audit.canonical, audit.dataset)
    read.newest = following.newest(following.changes(views, audit.canonical))
    read.entries = feeds.entries(views, audit.canonical)
    hints = shard.hints()
    values = chain((one.encode("utf-8", "surrogatepass") for one in rows.texts), hints.values)
    heap.add(urls.download(kind, "jsonl"), b"\n".join(audit.pieces.texts(values)))
    for view, fields in zip(views, rows.fields, strict=True):
        if audit.record_json:
            _record_json(audit, read, view, fields)
        address = urls.record(kind, view.id)
        in_list = urls.year(int(columns.year_of(kind, view))) if kind is Kind.SEVERE else folder
        read.records.append((kind, address, in_list, view.is_person))
        if view.public_until is not None:
            read.days.append(view.public_until)
        if address not in audit.sizes:
            read.found.append((address, Found("accounting", 0, "", "公开的记录没有页面")))
            continue
        data = _bytes(f"{audit.root}/{address}")
        told = read_file(audit, read, heap, address, data, hints.of(view.id))
        if told is not None:
            for name, what in record_pages.page_faults(view, kind, data, audit.regions, told):
                read.found.append((address, Found("accounting", 0, name, what)))
            if audit.private is not None:
                read.found += [(address, one) for one in fewest(audit.private.of_view(view, data))]


def _record_json(audit: Audit, read: JobRead, view: View, fields: bytes) -> None:
    """A record's file for programs; what is as it must be says nothing that is not searched in the downloads."""
    path = urls.record_json(view.kind, view.id)
    data = _bytes(f"{audit.root}/{path}") if path in audit.sizes else None
    wrong = record_json.DIFFERS if data is None else record_json.faults(data, view, fields, audit.base, audit.sizes)
    if wrong:
        read.found.append((path, Found("accounting", 0, "", wrong)))
    elif data is not None:
        audit.note(read, path, hashlib.sha256(data).hexdigest())


def page(audit: Audit, read: JobRead, heap: Heap, path: str, data: bytes) -> None:
    """Links, days, leaks and personal data of a page; a line earlier pages had is not read again.

    Lines are compared with the way to the web root as one mark, so that they are the same on pages of any depth; the
    records' pages are all as deep as one another.
    """
    up = UP * path.count("/")
    is_record = indexes.record_of(path) is not None
    known = audit.alike if is_record else audit.others
    text = data if is_record or not up else data.replace(up, ROOT)
    fresh, whole = known.fresh(text) if ROOT not in data else (data, True)
    if ROOT in data:  # as it does where its characters are of two bytes
        read.found += [(path, one) for one in fewest(audit.searcher.file(path, data))]
    marked = text is not data and fresh is not data
    heap.add(path, fresh.replace(ROOT, up) if marked and not audit.up_is_no_value else fresh)
    _days(audit, read, path, text, fresh)
    for line in [fresh] if whole else links.leading(fresh):
        if not _lead_from_root(audit, read, path, data, line.replace(ROOT, up) if marked else line):
            known.forget(line)
    _of_whole_page(read, path, data, anchors=True)
    if folder := list_of(path):
        linked = read.linked.setdefault(folder, set())
        linked.update(one.decode() for one in _RECORDS.findall(text))


def _record_page(audit: Audit, read: JobRead, heap: Heap, path: str, data: bytes, cut: Cut, *, plainly: bool) -> None:
    """The same of a record's page that was cut where its values stand; ``plainly``: it is searched whole as well."""
    heap.add(path, cut.fresh)
    if plainly:
        read.found += [(path, one) for one in fewest(audit.searcher.file(path, data))]
    _days(audit, read, path, data, data)
    for piece in cut.leads:
        if not _lead_from_root(audit, read, path, data, piece):
            audit.pieces.forget(cut)
        else:
            cut.frame.follow(piece)
    if _of_whole_page(read, path, data, anchors=cut.asks):
        cut.frame.asks = True


def _of_whole_page(read: JobRead, path: str, data: bytes, *, anchors: bool) -> bool:
    """What can only be told of a page as a whole; whether it leads to places it does not have."""
    for place, what in expiry.page_faults(data):
        read.found.append((path, Found("expiry", place, "", what)))
    lost = anchors and bool(links.lost_anchors(data))
    if lost:
        read.found.append((path, Found("link", 0, "href", "页内锚点不存在")))
    return lost


def _lead_from_root(audit: Audit, read: JobRead, path: str, data: bytes, line: bytes) -> bool:
    """Follow the addresses of a line; tells whether they would lead to the same from any other page.

    A place on a page is looked for where another page leads to it: of its own page that was not asked.
    """
    up = "../" * path.count("/")
    same = bool(up)
    for _, address in links.addresses(line):
        _follow(audit, read, path, address, data)
        rooted = address.startswith(up) and not address.startswith("../", len(up))
        own = "#" in address[1:] and links.resolve(path, address, audit.base).file == path
        same = same and not own and (rooted or address.startswith(("https://", "http://", "#")))
    return same


def _days(audit: Audit, read: JobRead, path: str, data: bytes, fresh: bytes) -> None:
    for place, day in expiry.marks(fresh):
        if day is None or day < audit.searcher.as_of:
            line = data.count(b"\n", 0, data.find(fresh[place : fresh.find(b"\n", place)])) + 1
            read.found.append((path, Found("expiry", line, "data-public-until", "公示期已过，或者不是日期")))


def _follow_others(audit: Audit, read: JobRead, path: str, data: bytes) -> None:
    """Follow the addresses of what is no page."""
    if path.endswith((".css", ".xml", ".svg", ".txt")):
        for address in links.other_addresses(path, data.decode("utf-8", "replace")):
            if "{" not in address:
                _follow(audit, read, path, address, b"")


def _follow(audit: Audit, read: JobRead, path: str, address: str, data: bytes) -> None:
    target = links.resolve(path, address, audit.base)
    if target.dead:
        read.found.append((path, Found("link", links.line_of(data, address), "href", "地址不能用")))
    elif target.file and target.file not in audit.sizes:
        read.found.append((path, Found("link", links.line_of(data, address), "href", "指向的文件不存在")))
    elif target.file != path:
        if target.anchor and (target.file, target.anchor) not in read.anchors:
            read.anchors[target.file, target.anchor] = (path, links.line_of(data, address))
        if folder := list_of(path):
            read.linked.setdefault(folder, set()).add(target.file)
