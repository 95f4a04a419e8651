"""All lists of a kind: ordered once, cut into pages, the pages rendered in batches by the workers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
import datetime as dt
from itertools import islice, pairwise
import os
from typing import BinaryIO, Final

from markupsafe import Markup
import msgspec
import numpy as np
from numpy.typing import NDArray

from site_builder.pages import paging, urls
from site_builder.pages.contexts import FieldPicture, Link, Matrix, Rows
from site_builder.pages.kind_lists import FIELDS, words_of
from site_builder.pages.listings import (
    MOST_LINKS,
    PINYIN,
    WHOLE,
    YEAR,
    Listing,
    ListKey,
    ListPart,
    Ordinals,
    Span,
    by_group,
    filters,
    index_of,
    list_page,
    page_links,
    whole_list,
)
from site_builder.public.view import View
from site_builder.release.shared import Written
from site_builder.vocabulary import Kind
from site_builder.write.rendering import Rendering, row_file

BATCH = 40
"""List pages in one job."""

NEWEST: Final = 100
"""Entries on ``severe/``, which shows the newest of all years."""

SYLLABLES: Final = 3
"""Syllables by which a page of names is called."""

_NONE: Final[Ordinals] = np.empty(0, np.uint32)


class Places(msgspec.Struct, frozen=True):
    """Where rendered rows lie: for each its shard, and where it starts and ends in that shard's row file."""

    shards: NDArray[np.uint32]
    starts: NDArray[np.uint32]
    ends: NDArray[np.uint32]


class ListJob(msgspec.Struct, frozen=True):
    """One page of one list."""

    part: ListPart
    rows: Places


class Figures(msgspec.Struct, frozen=True):
    """What stands on the first page of a kind beside its records; ``choices`` where that page holds all of them."""

    matrix: Matrix | None = None
    picture: FieldPicture | None = None
    choices: tuple[tuple[str, str, tuple[str, ...]], ...] = ()


NO_FIGURES: Final = Figures()


class Lists:
    """Every list of a kind: its records ordered by their day and id, and the ordinals of each list by its base.

    Columns in that order tell of the records: ``ids`` (bytes), ``days`` and ``changed`` (ordinals of days), ``persons``
    and ``marks`` (where a page may end), ``sounds``.
    """

    def __init__(self, listings: Iterable[Listing], kind: Kind = Kind.SEVERE, figures: Figures = NO_FIGURES) -> None:
        parts = sorted(listings, key=lambda one: one.shard)
        sizes = [len(one.ids) for one in parts]
        ids = np.array([record_id for one in parts for record_id in one.ids], dtype="S")
        days = _joined(one.days for one in parts)
        order = np.lexsort((ids, days))
        rank = np.empty(len(order), np.uint32)
        rank[order] = np.arange(len(order), dtype=np.uint32)
        self.kind = kind
        self._figures = figures
        self.ids = ids[order]
        self.days = days[order]
        self.changed = _joined(one.changed for one in parts)[order]
        self.persons = np.frombuffer(b"".join(one.persons for one in parts), np.bool_)[order]
        self.marks = np.frombuffer(b"".join(one.marks for one in parts), np.bool_)[order]
        self.sounds = np.array([sound for one in parts for sound in one.sounds], dtype="S")[order]
        starts = _joined(np.concatenate(([0], one.ends[:-1])) if one.ids else () for one in parts)
        shards = np.repeat(np.array([one.shard for one in parts], np.uint32), sizes)
        self._places = Places(shards[order], starts[order], _joined(one.ends for one in parts)[order])
        keys = {key for one in parts for key in one.keys.values()}
        self.members = _members(parts, sizes, rank)
        if kind is not Kind.SEVERE:
            keys.add(whole_list(kind))
            self.members.setdefault(urls.whole(kind), _NONE)
        self.keys = sorted(keys)
        self.counts = {base: len(members) for base, members in self.members.items()}
        self._groups = by_group(self.keys, self.counts)

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

    def newest_rows(self, rendering: Rendering, most: int, base: str = "") -> Rows:
        """Rendered rows of the newest records that are no natural person's, of a list or of all."""
        return read_rows(rendering, self.places(self.newest(base, most, persons=False)), self.kind)

    def any_person(self, ordinals: Ordinals) -> bool:
        """Whether one of these entries is a natural person's."""
        return bool(self.persons[ordinals].any())

    def cited(self, measure_id: str) -> int:
        """How many entries name a measure."""
        return self.counts.get(urls.measure_entries(measure_id), 0)

    def siblings(self, group: str, current: str) -> tuple[Link, ...]:
        """The lists of the same group, the newest year first; none where there are too many to show."""
        keys = self._groups.get(group, [])
        if len(keys) > MOST_LINKS or group not in {YEAR, "region", "category", PINYIN}:
            return ()
        keys = sorted(keys, reverse=group == YEAR)
        return tuple(Link(key.base, key.name, self.counts[key.base], key.base == current) for key in keys)

    @property
    def told(self) -> dict[ListKey, int]:
        """How many records each list has."""
        return {key: self.counts[key.base] for key in self.keys}

    def pages(self) -> Iterator[tuple[ListPart, Ordinals]]:
        """Every page of every list, and its records, the newest first."""
        if self.kind is Kind.SEVERE:
            yield self._newest_of_all()
        for key in self.keys:
            yield from self._pages_of(key)

    def _newest_of_all(self) -> tuple[ListPart, Ordinals]:
        """``severe/``: the newest entries of all years, which are the lists all entries are in."""
        newest, years = self.newest("", NEWEST, persons=True), self._groups.get(YEAR)
        part = ListPart(
            kind=self.kind,
            key=ListKey(WHOLE, urls.SEVERE, ""),
            address=urls.SEVERE,
            total=len(self),
            older=max(years).base if years and len(self) > len(newest) else "",
            groups=self.siblings(YEAR, ""),
            noindex=self.any_person(newest),
        )
        return part, newest

    def _pages_of(self, key: ListKey) -> Iterator[tuple[ListPart, Ordinals]]:
        cut = self._cut(key)
        older = ""
        for address, ordinals in cut[:-1]:
            start, end = sorted((self._said(key, ordinals[0]), self._said(key, ordinals[-1])))
            span = Span(start, end, self.ids[ordinals[0]].decode())
            yield msgspec.structs.replace(self._part(key, address, older, ordinals), span=span), ordinals
            older = address
        address, ordinals = cut[-1]
        whole = key.group == WHOLE
        index = msgspec.structs.replace(
            self._part(key, address, older, ordinals),
            pages=page_links((address, self._said(key, one[0])) for address, one in cut[-2::-1]),
            groups=self.siblings(key.group, key.base),
            filters=filters(FIELDS[self.kind], self._groups, self.counts, key.base, None if whole else MOST_LINKS),
            matrix=self._figures.matrix if whole else None,
            picture=self._figures.picture if whole else None,
            choices=self._figures.choices if whole and len(cut) == 1 else (),
        )
        yield index, ordinals

    def _cut(self, key: ListKey) -> list[tuple[str, Ordinals]]:
        """The pages of a list, the oldest first: the address of each, and its records, the newest first.

        By sound: the last names first, and the records in their order.
        """
        members = self.members[key.base]
        if key.group == PINYIN:
            members = members[np.lexsort((members[::-1], self.sounds[members]))][::-1]
        cut = [members[start:end][::-1] for start, end in pairwise([0, *paging.ends(self.marks[members])])]
        older = [(urls.older_page(key.base, self.ids[one[0]].decode()), one) for one in cut[:-1]]
        return [*older, (index_of(self.kind, key), cut[-1])]

    def _part(self, key: ListKey, address: str, older: str, ordinals: Ordinals) -> ListPart:
        return ListPart(
            kind=self.kind,
            key=key,
            address=address,
            total=self.counts[key.base],
            older=older,
            noindex=self.any_person(ordinals),
        )

    def _said(self, key: ListKey, ordinal: np.uint32) -> str:
        """The record's place in a list, in words: its day, or its first syllables."""
        if key.group == PINYIN:
            return " ".join(self.sounds[ordinal].decode("utf-8", "ignore").split()[:SYLLABLES])
        return dt.date.fromordinal(int(self.days[ordinal])).isoformat()

    def jobs(self) -> Iterator[tuple[ListJob, ...]]:
        """All pages of all lists, in batches."""
        jobs = (ListJob(part, self.places(ordinals)) for part, ordinals in self.pages())
        while batch := tuple(islice(jobs, BATCH)):
            yield batch

    def indexable(self) -> Iterator[str]:
        """The addresses of the list pages that name no natural person."""
        if self.kind is Kind.SEVERE and not self.any_person(self.newest("", NEWEST, persons=True)):
            yield urls.SEVERE
        for key in self.keys:
            yield from (address for address, ordinals in self._cut(key) if not self.any_person(ordinals))


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


def read_rows(rendering: Rendering, places: Places, kind: Kind) -> Rows:
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


def newest_view(rendering: Rendering, of: Lists) -> View | None:
    """The newest record of a kind that is no natural person's, read from its shard; None where there is none."""
    newest = of.newest("", 1, persons=False)
    if not len(newest):
        return None
    wanted, shard = of.ids[newest[0]].decode(), int(of.places(newest).shards[0])
    return next(view for view in rendering.views(of.kind, shard) if view.id == wanted)


def render_lists(rendering: Rendering, jobs: tuple[ListJob, ...]) -> Written:
    """Render a batch of list pages."""
    tree, around = rendering.tree(), rendering.around
    for job in jobs:
        part = job.part
        words = words_of(part.kind, part.key, around)
        page, meta = list_page(part, read_rows(rendering, job.rows, part.kind), words, around)
        rendering.write(tree, words.template, page, meta, words.section)
    return tree.close()
