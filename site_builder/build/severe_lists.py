"""All lists of entries: ordered once, cut into pages, the pages rendered in batches by the workers."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
import os
from typing import BinaryIO

from markupsafe import Markup
import msgspec

from site_builder.build.rendering import Rendering, row_file
from site_builder.pages import urls
from site_builder.pages.contexts import Link
from site_builder.pages.filed import SECTION, WHOLE, filed_list
from site_builder.pages.listings import YEAR, Listed, ListKey, page_count, page_slice
from site_builder.pages.severe_lists import severe_list
from site_builder.release.shared import Written
from site_builder.vocabulary import Kind

BATCH = 40
"""List pages in one job."""

MOST_SIBLINGS = 60
"""Links to sibling lists at the head of a list; a key with more values has its browse page."""


class RowPlace(msgspec.Struct, frozen=True, gc=False):
    """Where a rendered row lies."""

    shard: int
    offset: int
    length: int


class ListJob(msgspec.Struct, frozen=True):
    """One page of one list."""

    key: ListKey
    number: int | None
    total: int
    rows: tuple[RowPlace, ...]
    noindex: bool
    siblings: tuple[Link, ...]
    kind: Kind = Kind.SEVERE


class Lists:
    """Every list of a kind: ``entries`` in order, and the ordinals of each list by its base address."""

    def __init__(self, entries: Iterable[Listed], keys: Iterable[ListKey], kind: Kind = Kind.SEVERE) -> None:
        self.kind = kind
        self.entries = sorted(entries, key=lambda one: (one.listed_on, one.id))
        self.keys = sorted(set(keys))
        self.members: dict[str, array[int]] = {key.base: array("I") for key in self.keys}
        for ordinal, entry in enumerate(self.entries):
            for base in entry.bases:
                self.members[base].append(ordinal)
        self.counts = {base: len(members) for base, members in self.members.items()}

    def places(self, ordinals: Sequence[int]) -> tuple[RowPlace, ...]:
        """Where the rows of these entries lie."""
        found = [self.entries[ordinal] for ordinal in ordinals]
        return tuple(RowPlace(one.shard, one.offset, one.length) for one in found)

    def newest(self, base: str, most: int, *, persons: bool) -> tuple[RowPlace, ...]:
        """The newest entries of a list (empty base: of all), without natural persons unless ``persons``."""
        ordinals: Sequence[int] = self.members.get(base, array("I")) if base else range(len(self.entries))
        found: list[int] = []
        for ordinal in reversed(ordinals):
            if len(found) == most:
                break
            if persons or not self.entries[ordinal].is_person:
                found.append(ordinal)
        return self.places(found)

    def any_person(self, ordinals: Sequence[int]) -> bool:
        """Whether one of these entries is a natural person's."""
        return any(self.entries[ordinal].is_person for ordinal in ordinals)

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

    def pages(self) -> Iterator[tuple[ListKey, int | None, list[int]]]:
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


def read_rows(rendering: Rendering, places: Iterable[RowPlace], kind: Kind = Kind.SEVERE) -> list[Markup]:
    """Rendered rows, in the order asked for."""
    rows: list[Markup] = []
    open_files: dict[int, BinaryIO] = {}
    try:
        for place in places:
            file = open_files.get(place.shard)
            if file is None:
                file = open_files[place.shard] = row_file(rendering.parts, kind, place.shard).open("rb", buffering=0)
            data = os.pread(file.fileno(), place.length, place.offset)
            rows.append(Markup(data.decode()))  # noqa: S704  # rendered by our own template
    finally:
        for file in open_files.values():
            file.close()
    return rows


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
