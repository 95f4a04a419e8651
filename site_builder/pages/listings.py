"""Lists of entries: which lists an entry stands in, and how a list is cut into pages.

A list's base address is its key. Entries are ordered by day of listing and id; page 1 holds the oldest, so that an
addition changes the last page alone, and the index shows the newest.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
import datetime as dt
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from site_builder.kinds.severe_list.shown import SevereView
from site_builder.pages import urls
from site_builder.pages.initials import OTHER, initial
from site_builder.pages.severe import TITLE
from site_builder.pages.surroundings import OTHER_REGION, Surroundings, label

Ordinals = NDArray[np.uint32]
"""Numbers of entries in their order."""

PAGE_ROWS: Final = 100
"""Rows on a page of a list."""

BROWSE: Final = {
    "authority": "认定单位",
    "region": "地区",
    "category": "行为类别",
    "list": "名单名称",
    "pinyin": "名称拼音",
}
"""The browse keys and what they are called."""

YEAR: Final = "year"
MEASURE: Final = "measure"
ARTICLE: Final = "article"
UNNAMED_LIST: Final = "未注明名单"


class ListKey(msgspec.Struct, frozen=True, order=True):
    """One list: the group it belongs to (a browse key, year, measure or article), its base address and its name."""

    group: str
    base: str
    name: str


class Listing:
    """The entries of a shard as the lists need them, column by column: few bytes an entry, for there may be millions.

    ``ids``, ``days`` (of listing), ``changed`` (both proleptic ordinals of the day), ``ends`` (where its row ends in
    the row file of ``shard``, in bytes) and ``persons`` (1 for a natural person) have one item an entry. ``members``
    tell by base address which entries a list holds, ``keys`` what the lists are.
    """

    def __init__(self, shard: int) -> None:
        self.shard = shard
        self.ids: list[str] = []
        self.days = array("I")
        self.changed = array("I")
        self.ends = array("I")
        self.persons = bytearray()
        self.keys: dict[str, ListKey] = {}
        self.members: dict[str, array[int]] = {}

    def add(
        self, record_id: str, day: dt.date, changed: dt.date, end: int, keys: Iterable[ListKey], *, is_person: bool
    ) -> None:
        """Put in an entry that stands in the lists ``keys``."""
        place = len(self.ids)
        self.ids.append(record_id)
        self.days.append(day.toordinal())
        self.changed.append(changed.toordinal())
        self.ends.append(end)
        self.persons.append(is_person)
        for key in keys:
            members = self.members.get(key.base)
            if members is None:
                self.keys[key.base] = key
                members = self.members[key.base] = array("I")
            members.append(place)


def keys_of(view: SevereView, around: Surroundings) -> tuple[ListKey, ...]:
    """Every list an entry stands in."""
    letter = initial(view.subject_name)
    region = view.region if view.region in around.site.regions else "other"
    articles = dict.fromkeys(found.href for text in view.basis if (found := around.basis(text)).href)
    return (
        ListKey(YEAR, urls.year(view.listed_on.year), f"{view.listed_on.year:04} 年"),
        _browsed("authority", urls.slug(view.authority), view.authority),
        _browsed("region", region, around.site.regions.get(region, OTHER_REGION)),
        _browsed("category", view.category, label(view.category)),
        _browsed("list", urls.slug(view.list_name), view.list_name or UNNAMED_LIST),
        _browsed("pinyin", letter, "其他" if letter == OTHER else letter.upper()),
        *(
            ListKey(MEASURE, urls.measure_entries(one), around.measures[one].title)
            for one in view.measure_ids
            if one in around.measures
        ),
        *(ListKey(ARTICLE, urls.law_entries(href), around.article_name(href)) for href in articles),
    )


def _browsed(group: str, value: str, name: str) -> ListKey:
    return ListKey(group, urls.browse_value(group, value), name)


def page_count(rows: int) -> int:
    """How many numbered pages a list of ``rows`` entries has; an empty list has none."""
    return -(-rows // PAGE_ROWS)


def page_slice(ordinals: Ordinals, page: int | None) -> Ordinals:
    """The entries of numbered page ``page``, or of the index (None): the newest first."""
    part = ordinals[-PAGE_ROWS:] if page is None else ordinals[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
    return part[::-1]


def title_of(key: ListKey) -> str:
    """The heading of a list."""
    if key.group == YEAR:
        return f"{key.name}列入的严重失信主体"
    if key.group == MEASURE:
        return f"适用「{key.name}」的严重失信主体"
    if key.group == ARTICLE:
        return f"依据{key.name}认定的严重失信主体"
    return f"{TITLE}：{key.name}"
