"""All lists of entries: ordered once, cut into pages, the pages rendered in batches by the workers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
import os
from typing import BinaryIO, Final

from markupsafe import Markup
import msgspec
import numpy as np
from numpy.typing import NDArray

from site_builder.pages import urls
from site_builder.pages.contexts import Link, Rows
from site_builder.pages.filed import SECTION, WHOLE, filed_list
from site_builder.pages.listings import YEAR, Listing, ListKey, Ordinals, page_count, page_slice
from site_builder.pages.severe_lists import severe_list
from site_builder.release.shared import Written
from site_builder.vocabulary import Kind
from site_builder.write.rendering import Rendering, row_file

BATCH = 40
"""List pages in one job."""

MOST_SIBLINGS = 60
"""Links to sibling lists at the head of a list; a key with more values has its browse page."""


_NONE: Final[Ordinals] = np.empty(0, np.uint32)


class Places(msgspec.Struct, frozen=True):
    """Where rendered rows lie: for each its shard, and where it starts and ends in that shard's row file."""

    shards: NDArray[np.uint32]
    starts: NDArray[np.uint32]
    ends: NDArray[np.uint32]


class ListJob(msgspec.Struct, frozen=True):
    """One page of one list."""

    key: ListKey
    number: int | None
    total: int
    rows: Places
    noindex: bool
    siblings: tuple[Link, ...]
    kind: Kind = Kind.SEVERE


class Lists:
    """Every list of a kind: its entries ordered by day of listing and id, and the ordinals of each list by its base.

    Columns in that order tell of the entries: ``ids`` (bytes), ``changed`` (ordinals of days) and ``persons``.
    """

    def __init__(self, listings: Iterable[Listing], kind: Kind = Kind.SEVERE) -> None:
        parts = sorted(listings, key=lambda one: one.shard)
        sizes = [len(one.ids) for one in parts]
        ids = np.array([record_id for one in parts for record_id in one.ids], dtype="S")
        order = np.lexsort((ids, _joined(one.days for one in parts)))
        rank = np.empty(len(order), np.uint32)
        rank[order] = np.arange(len(order), dtype=np.uint32)
        self.kind = kind
        self.ids = ids[order]
        self.changed = _joined(one.changed for one in parts)[order]
        self.persons = np.frombuffer(b"".join(one.persons for one in parts), np.bool_)[order]
        starts = _joined(np.concatenate(([0], one.ends[:-1])) if one.ids else () for one in parts)
        shards = np.repeat(np.array([one.shard for one in parts], np.uint32), sizes)
        self._places = Places(shards[order], starts[order], _joined(one.ends for one in parts)[order])
        self.keys = sorted({key for one in parts for key in one.keys.values()})
        self.members = _members(parts, sizes, rank)
        self.counts = {base: len(members) for base, members in self.members.items()}

    def __len__(self) -> int:
        """How many entries there are."""
        return len(self.ids)

    def places(self, ordinals: Ordinals) -> Places:
        """Where the rows of these entries lie."""
        every = self._places
        return Places(every.shards[ordinals], every.starts[ordinals], every.ends[ordinals])

    def newest(self, base: str, most: int, *, persons: bool) -> Ordinals:
        """The newest entries of a list (empty base: of all), newest first; no natural persons unless ``persons``."""
        every = self.members.get(base, _NONE) if base else np.arange(len(self), dtype=np.uint32)
        chosen = every if persons else every[~self.persons[every]]
        return chosen[-most:][::-1]

    def any_person(self, ordinals: Ordinals) -> bool:
        """Whether one of these entries is a natural person's."""
        return bool(self.persons[ordinals].any())

    def cited(self, measure_id: str) -> int:
        """How many entries name a measure."""
        return self.counts.get(urls.measure_entries(measure_id), 0)

    def siblings(self, group: str, current: str) -> tuple[Link, ...]:
        """The lists of the same group, the newest year first; none where there are too many to show."""
        keys = [key for key in self.keys if key.group == group]
        if len(keys) > MOST_SIBLINGS or group not in {YEAR, "region", "category", "pinyin"}:
            return ()
        if group == YEAR:
            keys.reverse()
        return tuple(Link(key.base, key.name, self.counts[key.base], key.base == current) for key in keys)

    def pages(self) -> Iterator[tuple[ListKey, int | None, Ordinals]]:
        """Every page of every list: its list, its number (None: the index), its entries.

        The index of the list of all is the kind's own first page, which is written with its other pages.
        """
        for key in self.keys:
            members = self.members[key.base]
            index = () if key.group == WHOLE else (None,)
            for number in (*index, *range(1, page_count(len(members)) + 1)):
                yield key, number, page_slice(members, number)

    def jobs(self) -> Iterator[tuple[ListJob, ...]]:
        """All pages of all lists, in batches."""
        batch: list[ListJob] = []
        for key, number, ordinals in self.pages():
            siblings = self.siblings(key.group, key.base) if number is None else ()
            persons = self.any_person(ordinals)
            batch.append(
                ListJob(key, number, self.counts[key.base], self.places(ordinals), persons, siblings, self.kind)
            )
            if len(batch) == BATCH:
                yield tuple(batch)
                batch = []
        if batch:
            yield tuple(batch)

    def indexable(self) -> Iterator[str]:
        """The addresses of the list pages that name no natural person."""
        for key, number, ordinals in self.pages():
            if not self.any_person(ordinals):
                yield key.base if number is None else urls.numbered(key.base, number)


def _joined(columns: Iterable[Sequence[int] | NDArray[np.uint32]]) -> NDArray[np.uint32]:
    """Columns of numbers one after another."""
    return np.concatenate([_NONE, *(np.asarray(one, np.uint32) for one in columns)])


def _members(parts: Sequence[Listing], sizes: Sequence[int], rank: Ordinals) -> dict[str, Ordinals]:
    """The ordinals of each list's entries; ``rank`` turns places among the ``parts`` into ordinals."""
    found: dict[str, list[Ordinals]] = {}
    first = 0
    for one, size in zip(parts, sizes, strict=True):
        for base, places in one.members.items():
            found.setdefault(base, []).append(rank[first : first + size][np.asarray(places)])
        first += size
    return {base: np.sort(np.concatenate(ordinals)) for base, ordinals in found.items()}


def read_rows(rendering: Rendering, places: Places, kind: Kind = Kind.SEVERE) -> Rows:
    """Rendered rows, in the order asked for."""
    rows: list[bytes] = []
    open_files: dict[int, BinaryIO] = {}
    wanted = zip(places.shards.tolist(), places.starts.tolist(), places.ends.tolist(), strict=True)
    try:
        for shard, start, end in wanted:
            file = open_files.get(shard)
            if file is None:
                file = open_files[shard] = row_file(rendering.parts, kind, shard).open("rb", buffering=0)
            rows.append(os.pread(file.fileno(), end - start, start))
    finally:
        for file in open_files.values():
            file.close()
    return Rows(Markup(b"".join(rows).decode()), len(rows))  # noqa: S704  # rendered by our own template


def render_lists(rendering: Rendering, jobs: tuple[ListJob, ...]) -> Written:
    """Render a batch of list pages."""
    tree = rendering.tree()
    for job in jobs:
        rows = read_rows(rendering, job.rows, job.kind)
        if job.kind is not Kind.SEVERE:
            filed = filed_list(job.kind, job.key, job.number, job.total, rows, rendering.around, noindex=job.noindex)
            rendering.write(tree, "filed-list.html", *filed, SECTION)
            continue
        page, meta = severe_list(
            job.key, job.number, job.total, rows, job.siblings, rendering.around, noindex=job.noindex
        )
        section = {"measure": "measures", "article": "laws"}.get(job.key.group, "severe")
        rendering.write(tree, "severe-list.html", page, meta, section)
    return tree.close()
