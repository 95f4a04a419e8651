"""Jobs that need nothing of each other, done side by side once all records are rendered; the longest come first."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from functools import partial
import hashlib
from itertools import accumulate, chain
from typing import TypeVar, assert_never

import msgspec

from site_builder.outputs import formats
from site_builder.outputs.columns import Cell
from site_builder.pages import urls
from site_builder.release.shared import Written, pack
from site_builder.search import fulltext, lookup
from site_builder.search.fulltext import FullTextDoc
from site_builder.search.lookup import LookupRow
from site_builder.search.lookup.blocks import Out
from site_builder.search.lookup.rows import order_key
from site_builder.vocabulary import Kind
from site_builder.write import open_data
from site_builder.write.lists import ListJob, render_lists
from site_builder.write.rendering import Rendering, part_file

T = TypeVar("T")


class Download(msgspec.Struct, frozen=True, tag=True):
    """Write a kind in one format, whole and by year: ``count`` rows in the parts of these shards."""

    format: str
    kind: Kind
    shards: tuple[int, ...]
    count: int


class Together(msgspec.Struct, frozen=True, tag=True):
    """Write all kinds in their formats of one file, ids, entities, and measures as data, whose rows are ``links``."""

    shards: tuple[tuple[Kind, tuple[int, ...]], ...]
    links: tuple[tuple[Cell, ...], ...]


class Lookup(msgspec.Struct, frozen=True, tag=True):
    """Build the lookup from the parts of these shards."""

    shards: tuple[tuple[Kind, int], ...]


class ListPages(msgspec.Struct, frozen=True, tag=True):
    """Render a batch of list pages."""

    jobs: tuple[ListJob, ...]


class FullText(msgspec.Struct, frozen=True, tag=True):
    """Build the full text from the parts of these shards, and from pages that are no records."""

    shards: tuple[tuple[Kind, int], ...]
    others: tuple[FullTextDoc, ...]


SideJob = Download | Together | Lookup | FullText | ListPages


def run_side_job(rendering: Rendering, job: SideJob) -> Written:
    """Do one job; what it wrote that is not taken into the list elsewhere."""
    match job:
        case Download(format=name, kind=kind, shards=shards, count=count):
            open_data.write_kind(rendering, formats.named(name), kind, shards, count)
            return pack((), ())
        case Together(shards=of_kinds, links=links):
            for one in formats.together():
                open_data.write_together(rendering, one, of_kinds, links)
            open_data.write_valid(rendering, of_kinds)
            open_data.write_entities(rendering, of_kinds)
            open_data.write_measure_tables(rendering, links, dict(of_kinds)[Kind.SEVERE])
            return pack((), ())
        case Lookup(shards=pairs):
            key = _key(rendering, pairs, ("lookup",))
            rows = _parts(rendering, pairs, "lookup", list[LookupRow])
            return _written(rendering, urls.LOOKUP, key, partial(lookup.build, rows, scratch=rendering.parts))
        case FullText(shards=pairs, others=others):
            key = _key(rendering, pairs, ("lookup", "fulltext"), others)
            rows = _parts(rendering, pairs, "lookup", list[LookupRow])
            documents = partial(_parts, rendering, pairs, "fulltext", list[FullTextDoc])
            numbered = _numbered(documents, rows)
            make = partial(fulltext.build, chain(numbered, others), scratch=rendering.parts)
            return _written(rendering, urls.FULLTEXT, key, make)
        case ListPages(jobs=jobs):
            return render_lists(rendering, jobs)
        case _:
            assert_never(job)


def _numbered(documents: Callable[[], Iterator[FullTextDoc]], rows: Iterator[LookupRow]) -> Iterator[FullTextDoc]:
    """The documents with their records' numbers in the lookup: how many rows come before theirs."""
    keys = sorted(map(_order_key, documents()))
    before = [0] * (len(keys) + 1)
    met = 0
    for row in rows:
        key = order_key(row)
        place = bisect(keys, key)
        before[place] += 1
        met += place > 0 and keys[place - 1] == key
    if met != len(keys):
        raise ValueError("a document without its row")
    numbers = dict(zip(keys, accumulate(before), strict=False))
    for document in documents():
        yield msgspec.structs.replace(document, row=numbers[_order_key(document)])


def _order_key(document: FullTextDoc) -> bytes:
    return order_key(LookupRow(document.kind, document.id, "", "", date=document.date))


def _key(
    rendering: Rendering, shards: tuple[tuple[Kind, int], ...], extensions: Sequence[str], *others: object
) -> bytes:
    """The digest of all an index is made of."""
    whole = hashlib.blake2b(msgspec.msgpack.encode((rendering.base, others)), digest_size=16)
    for kind, shard in shards:
        for extension in extensions:
            path = part_file(rendering.parts, kind, shard, extension)
            data = path.read_bytes() if path.exists() else b""
            whole.update(b"%d " % len(data))
            whole.update(data)
    return whole.digest()


def _written(rendering: Rendering, folder: str, key: bytes, build: Callable[[Out], None]) -> Written:
    """An index in its folder: the live release's where it was made of the same, or a new one."""
    tree = rendering.tree()
    if tree.keep_folder(folder, key):
        return tree.close()
    tree.made_folder(folder, key)
    written: set[str] = set()

    def out(path: str, data: bytes) -> None:
        """A block is named after its bytes, so the same block may come twice."""
        if path not in written:
            written.add(path)
            tree.write(folder + path, data)

    build(out)
    return tree.close()


def _parts(
    rendering: Rendering, shards: tuple[tuple[Kind, int], ...], extension: str, parts: type[list[T]]
) -> Iterator[T]:
    for kind, shard in shards:
        path = part_file(rendering.parts, kind, shard, extension)
        if path.exists():
            yield from msgspec.msgpack.decode(path.read_bytes(), type=parts)
