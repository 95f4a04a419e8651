"""Jobs that need nothing of each other, done side by side once all records are rendered; the longest come first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

import msgspec

from site_builder.build.rendering import Rendering, part_file
from site_builder.build.severe_lists import ListJob, render_lists
from site_builder.build.site_outputs import write_workbook
from site_builder.pages import urls
from site_builder.release.tree import Tree
from site_builder.search import lookup
from site_builder.search.lookup import LookupRow
from site_builder.vocabulary import Kind


class Workbook(msgspec.Struct, frozen=True, tag=True):
    """Write the XLSX of a kind."""

    kind: Kind


class Lookup(msgspec.Struct, frozen=True, tag=True):
    """Build the lookup from the parts of these shards."""

    shards: tuple[tuple[Kind, int], ...]


class ListPages(msgspec.Struct, frozen=True, tag=True):
    """Render a batch of list pages."""

    jobs: tuple[ListJob, ...]


SideJob = Workbook | Lookup | ListPages


def run_side_job(rendering: Rendering, job: SideJob) -> list[tuple[str, str]]:
    """Do one job; the files it wrote that are not taken into the list elsewhere."""
    match job:
        case Workbook(kind=kind):
            write_workbook(rendering, kind)
            return []
        case Lookup(shards=shards):
            return _lookup(rendering, shards)
        case ListPages(jobs=jobs):
            return render_lists(rendering, jobs)
        case _:
            assert_never(job)


def _lookup(rendering: Rendering, shards: tuple[tuple[Kind, int], ...]) -> list[tuple[str, str]]:
    tree = Tree(rendering.root)
    written: set[str] = set()

    def out(path: str, data: bytes) -> None:
        """A block is named after its bytes, so the same block may come twice."""
        if path not in written:
            written.add(path)
            tree.write(urls.LOOKUP + path, data)

    lookup.build(_rows(rendering, shards), out)
    tree.close()
    return tree.files


def _rows(rendering: Rendering, shards: tuple[tuple[Kind, int], ...]) -> Iterator[LookupRow]:
    for kind, shard in shards:
        path = part_file(rendering.parts, kind, shard, "lookup")
        if path.exists():
            yield from msgspec.msgpack.decode(path.read_bytes(), type=list[LookupRow])
