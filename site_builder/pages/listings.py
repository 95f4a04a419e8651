"""Lists of records: which lists a record stands in, and one page of a list, whatever its kind.

A list's base address is its key. Records are ordered by a day of theirs and id, and the index shows the newest; or by
sound, and it shows the first names.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
import datetime as dt
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from site_builder.kinds.shown import SHOWN
from site_builder.pages import urls
from site_builder.pages.citing import citation
from site_builder.pages.contexts import Advice, Basis, Citation, FieldPicture, Link, Matrix, Meta, RecordList, Rows
from site_builder.pages.paging import may_end
from site_builder.pages.surroundings import Surroundings, label
from site_builder.vocabulary import Kind

Ordinals = NDArray[np.uint32]
"""Numbers of records in their order."""

WHOLE: Final = ""
"""The group of the list that holds all records of a kind."""

YEAR: Final = "year"
CLAUSE: Final = "clause"
PINYIN: Final = "pinyin"
"""The group of lists that are ordered by sound; all others have the newest first."""

MOST_SOUND: Final = 40
"""Bytes of a name's sound by which it is ordered; those alike so far stand the newest first."""

MOST_LINKS: Final = 60
"""Ways to sibling lists on a list's index; where there are more, they stand on the kind's own first page."""

TABLE: Final = "在表格中查看、保存"
"""What the way to the table of a list's records is called."""

FEED: Final = "订阅（Atom）"
"""What the way to the feed of an authority's records is called."""

NOTHING: Final = Basis("")

_OF_YEAR: Final = urls.view_of_year(0)[:-4]

Filters = tuple[tuple[str, tuple[Link, ...]], ...]
"""Ways to a kind's lists: what each group is called, and its lists."""


class ListKey(msgspec.Struct, frozen=True, order=True):
    """One list: the group it belongs to (a field it is parted by), its base address, its name, its place in the group.

    Lists of one group stand in the order of ``place``; of one place, those with more records first. ``view``: what the
    page of the kind's table is asked, behind its ``#``, to show these records and no others; empty where it cannot.
    """

    group: str
    base: str
    name: str
    place: int = 0
    view: str = ""


class Listing:
    """The records of a shard as the lists need them, column by column: few bytes a record, for there may be millions.

    ``ids``, ``days`` (they are ordered by), ``changed`` (both proleptic ordinals of the day), ``ends`` (where its row
    ends in the row file of ``shard``, in bytes), ``persons`` (1 for a natural person), ``marks`` (1 where a page may
    end after it) and ``sounds`` (what lists by sound are ordered by, cut to ``MOST_SOUND`` bytes) have one item a
    record. ``members`` tell by base address which records a list holds, ``keys`` what the lists are.
    """

    def __init__(self, shard: int) -> None:
        self.shard = shard
        self.ids: list[str] = []
        self.days = array("I")
        self.changed = array("I")
        self.ends = array("I")
        self.persons = bytearray()
        self.marks = bytearray()
        self.sounds: list[bytes] = []
        self.keys: dict[str, ListKey] = {}
        self.members: dict[str, array[int]] = {}

    def add(
        self,
        record_id: str,
        day: dt.date,
        changed: dt.date,
        end: int,
        keys: Iterable[ListKey],
        *,
        is_person: bool,
        sound: str = "",
    ) -> None:
        """Put in a record that stands in the lists ``keys``."""
        place = len(self.ids)
        self.ids.append(record_id)
        self.days.append(day.toordinal())
        self.changed.append(changed.toordinal())
        self.ends.append(end)
        self.persons.append(is_person)
        self.marks.append(may_end(record_id))
        self.sounds.append(sound.encode()[:MOST_SOUND])
        for key in keys:
            members = self.members.get(key.base)
            if members is None:
                self.keys[key.base] = key
                members = self.members[key.base] = array("I")
            members.append(place)


class Span(msgspec.Struct, frozen=True):
    """What a page that is no index holds: the days or sounds between which its records are, and the first one's id."""

    start: str
    end: str
    id: str

    def __str__(self) -> str:
        """In words; no other page of the list has the same."""
        return f"{self.start} 至 {self.end}" if self.start != self.end else f"{self.end}，{self.id} 起"


class ListPart(msgspec.Struct, frozen=True, kw_only=True):
    """One page of a list: its index (``span`` None) or an older page, which knows nothing of day or release.

    ``total``: how many records the whole list has. ``older``: the next older page, empty on the last. ``pages``: the
    older pages, set on an index alone, as ``filters``, ``groups`` (sibling lists), ``matrix``, ``picture`` and
    ``choices`` are. An older page leads to the next older one and to the index, never to a newer one: so what comes
    later does not change it. A list by sound has later names for older records.
    """

    kind: Kind
    key: ListKey
    address: str
    total: int
    older: str
    span: Span | None = None
    pages: tuple[Link, ...] = ()
    groups: tuple[Link, ...] = ()
    filters: Filters = ()
    matrix: Matrix | None = None
    picture: FieldPicture | None = None
    choices: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    noindex: bool

    @property
    def start(self) -> str:
        """The address of the list's index."""
        return index_of(self.kind, self.key)


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What a kind says on its lists: of this list its title and trail, on every index the rest.

    ``template`` and ``section``: what renders them, and the column they stand in.
    """

    template: str
    section: str
    title: str
    intro: str
    crumbs: tuple[Link, ...]
    law: Basis = NOTHING
    heads: tuple[str, ...] = ()
    none: str = ""
    browse: tuple[Link, ...] = ()
    procedures: tuple[Advice, ...] = ()


def index_of(kind: Kind, key: ListKey) -> str:
    """The address of a list's index: that of the list of all is the kind's own first page."""
    return urls.first_of(kind) if key.group == WHOLE else key.base


def list_page(part: ListPart, rows: Rows, words: Words, around: Surroundings) -> tuple[RecordList, Meta]:
    """One page of a list, and its head."""
    first = part.span is None
    title = words.title if first else f"{words.title}（{part.span}）"
    page = RecordList(
        title=title,
        intro=words.intro if first else "",
        law=words.law if first else NOTHING,
        total=part.total if first else rows.count,
        rows=rows,
        heads=words.heads,
        none=words.none,
        groups=part.groups,
        browse=words.browse if first else (),
        filters=part.filters,
        choices=part.choices,
        matrix=part.matrix,
        picture=part.picture,
        procedures=words.procedures if first else (),
        newer="" if first else part.start,
        older=part.older,
        pages=part.pages,
        by_sound=part.key.group == PINYIN,
        downloads=_downloads(part, around) if first and part.total else (),
        citation=_citation(part, words.title, around) if first else None,
        days=around.days if first else None,
        crumbs=words.crumbs if first else (*words.crumbs, Link(part.start, words.title)),
    )
    description = words.intro if first and part.key.group == WHOLE else f"{title}。{words.intro}"
    return page, around.meta(title, description[:120], words.section, part.address, noindex=part.noindex)


def _citation(part: ListPart, title: str, around: Surroundings) -> Citation:
    return citation(title, around.site.unit.owner, around.data_on, part.address, around)


def _downloads(part: ListPart, around: Surroundings) -> tuple[Link, ...]:
    """The files of this very list: those of its kind or year, and the table from which it is saved."""
    kind, key = part.kind, part.key
    if key.group == WHOLE:
        return around.downloads(kind)
    year = key.view.removeprefix(_OF_YEAR)
    files = [around.download(kind, one, year) for one in ("csv", "jsonl")] if year.isdigit() else []
    table = [Link(f"{urls.explorer(kind)}#{key.view}", TABLE, part.total)] if key.view else []
    feed = [Link(urls.authority_feed(key.name), FEED)] if key.group == SHOWN[kind].authority else []
    return (*files, *table, *feed)


def page_links(pages: Iterable[tuple[str, str]]) -> tuple[Link, ...]:
    """Ways to the older pages (address, what it begins with); what is met again has its count as well."""
    met: dict[str, int] = {}
    found = []
    for address, begins in pages:
        met[begins] = met.get(begins, 0) + 1
        found.append(Link(address, begins if met[begins] == 1 else f"{begins}（{met[begins]}）"))
    return tuple(found)


def by_group(keys: Iterable[ListKey], counts: Mapping[str, int]) -> dict[str, list[ListKey]]:
    """The lists of each group in the order they are shown in."""
    found: dict[str, list[ListKey]] = {}
    for key in sorted(keys, key=lambda one: (one.place, -counts[one.base], one.name)):
        found.setdefault(key.group, []).append(key)
    return found


def filters(
    named: Mapping[str, str],
    groups: Mapping[str, Sequence[ListKey]],
    counts: Mapping[str, int],
    current: str,
    most: int | None,
) -> Filters:
    """Ways to a kind's lists by each field (``named``: what it is called), but of fields with more than ``most``."""
    return tuple(
        (name, tuple(Link(key.base, _short(key), counts[key.base], key.base == current) for key in groups[group]))
        for group, name in named.items()
        if group in groups and (most is None or len(groups[group]) <= most)
    )


def _short(key: ListKey) -> str:
    """A list's name among others; a clause is told without the title of its law."""
    return short(key.name) if key.group == CLAUSE else key.name


def short(name: str) -> str:
    """A clause without the title of its law: ``第三十四条第（一）项``; anything else as it is."""
    return name.rpartition("》")[2] or name


def whole_list(kind: Kind) -> ListKey:
    """The list of all records of a kind."""
    return ListKey(WHOLE, urls.whole(kind), label(kind))


def year_key(kind: Kind, group: str, year: int) -> ListKey:
    """The list of one year; the newest year stands first."""
    return ListKey(group, urls.by(kind, group, f"{year:04}"), f"{year:04} 年", -year, urls.view_of_year(year))
