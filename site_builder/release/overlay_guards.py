"""What may be wrong with an overlay that can be read: its name, its days, its ids. Guards for a new export.

Building the live export again they only warn: a mistake in one item never keeps another from being obeyed.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
import datetime as dt
from difflib import SequenceMatcher
from typing import Final
import unicodedata

from site_builder.config.companions import OverlayItem
from site_builder.config.site import Site
from site_builder.errors import Finding, Place
from site_builder.release.guards import Memory
from site_builder.vocabulary import Kind

OVERLAY: Final = "overlay.yml"
"""The file's name in a site folder."""

CODES: Final = frozenset({"overlay-name", "overlay-day", "unknown-overlay-id"})
"""The guards of this module."""

A_WEEK: Final = dt.timedelta(days=7)
"""How far ahead an order may be dated before it is asked whether the day is meant."""

LIKE: Final = 0.9
"""How like the overlay's name another is to be taken for it: ``overlay.yaml``, another letter case, a slip."""

Named = tuple[Kind, str]
"""A record: its kind, and its id in lower case."""


def asked(site: Site, known: AbstractSet[Named], memory: Memory, as_of: dt.date) -> list[Finding]:
    """What the guards of this module find; ``known`` are the export's records."""
    return [
        *misnamed(one.name for one in site.folder.iterdir() if not one.is_dir()),
        *far_ahead(site.overlay, as_of),
        *unknown_ids(site.overlay, known, memory),
    ]


def misnamed(names: Iterable[str]) -> list[Finding]:
    """Files of the site folder that are called nearly as the overlay is, and are not read.

    Copies kept beside it are left alone: ``overlay.yml.bak``, ``overlay.yml~``, ``overlay-old.yml``.
    """
    names = list(names)
    hint = (
        f"要生效的，改名为 {OVERLAY}（小写，.yml）；不是的，换个名字或者移出站点文件夹；确需放行用 --allow overlay-name"
    )
    return [
        Finding("overlay-name", Place(name), f"名称像 {OVERLAY}，但不是，里面写的不生效", hint)
        for name in sorted(names)
        if name != OVERLAY and not name.startswith(".") and _stands_for_it(name, copies=OVERLAY in names)
    ]


def far_ahead(items: Iterable[OverlayItem], as_of: dt.date) -> list[Finding]:
    """Items that act only from a day more than a week after ``as_of``."""
    hint = "核对日期，写错的改正；确实从那一天起的用 --allow overlay-day"
    return [
        Finding("overlay-day", Place(OVERLAY, one.row, "on"), f"从 {one.on} 起才生效，晚于核验日一周以上", hint)
        for one in items
        if one.on - as_of > A_WEEK
    ]


def unknown_ids(items: Iterable[OverlayItem], export: AbstractSet[Named], memory: Memory) -> list[Finding]:
    """Items for records that are not in the export: a remark where they were known, else a finding."""
    known = remembered(items, memory)
    found = []
    for one in items:
        if _named(one) in export:
            continue
        if _named(one) in known:
            message = f"编号为 {one.id} 的记录已不在导出里"
            found.append(Finding("overlay-id-left", _place(one), message, "这一项可以留着，也可以删去", warning=True))
            continue
        kinds = "、".join(kind for kind in Kind if (kind, one.id.lower()) in export)
        message = f"导出和已上线的版本里都没有编号为 {one.id} 的 {one.kind} 记录，这一项什么也不撤下"
        hint = f"这个编号在 {kinds} 里，改正 kind" if kinds else "核对编号和 kind"
        hint += "；不需要的删去；确需放行用 --allow unknown-overlay-id"
        found.append(Finding("unknown-overlay-id", _place(one), message, hint))
    return found


def ordered(items: Iterable[OverlayItem], export: AbstractSet[Named], memory: Memory) -> dict[Kind, frozenset[str]]:
    """The ids in lower case, by kind, that the overlay names and that are known: to be remembered."""
    known = {_named(one) for one in items} & (export | remembered(items, memory))
    return {kind: frozenset(key for of, key in known if of is kind) for kind in {kind for kind, _ in known}}


def remembered(items: Iterable[OverlayItem], memory: Memory) -> set[Named]:
    """The records the overlay names that the live or the newest accepted release knew."""
    wanted = {_named(one) for one in items}
    found: set[Named] = set()
    for fates in (one for one in (memory.live, memory.newest) if one is not None):
        for kind in {kind for kind, _ in wanted}:
            ids = {key.lower() for part in (fates.published, fates.withheld) for key in part.get(kind, ())}
            ids |= fates.taken_away.get(kind, {}).keys() | fates.ordered.get(kind, frozenset())
            found |= wanted & {(kind, key) for key in ids}
    return found


def _stands_for_it(name: str, *, copies: bool) -> bool:
    """Whether a name is the overlay's but for a slip; where it is no copy, whatever begins as the overlay's does."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    like = SequenceMatcher(None, plain, OVERLAY).ratio() >= LIKE
    copy = plain.startswith(OVERLAY) and plain != OVERLAY
    return like and not copy if copies else like or plain.startswith("overlay")


def _named(item: OverlayItem) -> Named:
    return item.kind, item.id.lower()


def _place(item: OverlayItem) -> Place:
    return Place(OVERLAY, item.row, "id")
