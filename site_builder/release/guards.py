"""The guards that compare an export with what is live (contract, section 2). What they remember is private.

A lawful reason for leaving is given as a date, not by leaving the row out (DL 25(2), LY 28).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
import datetime as dt
from pathlib import Path
from typing import Final

import msgspec

from site_builder.config.site import Site
from site_builder.errors import Finding, Place
from site_builder.release import numbered
from site_builder.release.taken import Taking
from site_builder.vocabulary import INVENTED, LABELS, Kind

LIVE_FATES = "live-fates.msgpack"
NEWEST_FATES = "newest-fates.msgpack"
"""Files of ``state/``."""

MOST_NAMED = 20
"""Ids named in one finding; the rest are counted."""


class Fates(msgspec.Struct, frozen=True, kw_only=True, tag_field=numbered.SCHEMA, tag=1):
    """What an accepted export came to: its version, and the ids published and withheld, by kind.

    ``starts``: the first day of the term of each published entry that has one. ``taken_away``: by kind and id in lower
    case, what took a record away that is not published (see ``resurrected``). ``ordered``: ids in lower case that the
    overlay names and that were known then.
    """

    version_key: tuple[int, ...]
    export: str
    published: dict[Kind, frozenset[str]]
    withheld: dict[Kind, frozenset[str]]
    starts: dict[str, dt.date] = msgspec.field(default_factory=dict)
    taken_away: dict[Kind, dict[str, tuple[Taking, ...]]] = msgspec.field(default_factory=dict)
    ordered: dict[Kind, frozenset[str]] = msgspec.field(default_factory=dict)


class Adopted(msgspec.Struct, frozen=True):
    """What the live web root tells of itself where the memory of it was lost.

    Its as-of day, and the upper-case codes of its severe entries.
    """

    as_of: dt.date
    listed_codes: frozenset[str]


class Memory(msgspec.Struct, frozen=True):
    """The fates of the live release's export and of the newest export ever accepted.

    ``adopted``: some of it was lost, and is known only as far as visitors can read it.
    """

    live: Fates | None
    newest: Fates | None
    adopted: Adopted | None = None


def read_memory(state: Path) -> Memory:
    """What is remembered; nothing before the first release."""
    return Memory(numbered.read(state / LIVE_FATES, Fates), numbered.read(state / NEWEST_FATES, Fates))


def exports_of(memory: Memory) -> frozenset[str]:
    """The digests of the exports that are remembered."""
    return frozenset(one.export for one in (memory.live, memory.newest) if one is not None)


def encode_memory(fates: Fates, memory: Memory) -> dict[str, bytes]:
    """The fates of a release about to be live, as files of ``state/``."""
    newest = memory.newest
    if newest is None or fates.version_key >= newest.version_key:
        newest = fates
    return {LIVE_FATES: numbered.encode(LIVE_FATES, fates), NEWEST_FATES: numbered.encode(NEWEST_FATES, newest)}


def asked(
    site: Site,
    memory: Memory,
    now: Fates,
    dated: Mapping[Kind, frozenset[str]],
    lists: Iterable[str],
    *,
    profiles_stop: bool,
) -> list[Finding]:
    """What the guards of this module find; ``dated`` ids left by a date or an order, ``lists`` are published."""
    return [
        *vanished(memory.live, now),
        *shrunk(memory.live, now, dated, site.guard.max_shrink),
        *list_profiles(lists, site.lists, stops=profiles_stop),
    ]


_GONE: Final = "依法停止公开要填写日期（移出、修复、撤销等），不能直接删行；确需放行用 --allow vanished"
_INVENTED_GONE: Final = (
    "这些是 init 附带的虚构记录，不用填日期。输出文件夹里只有过演示、从没有正式上线的，移走 output/<站点>/ 再构建一次"
)


def vanished(live: Fates | None, now: Fates) -> list[Finding]:
    """Ids in the live release that this export lacks, or rejects."""
    if live is None:
        return []
    found = []
    for kind in Kind:
        known = now.published.get(kind, frozenset()) | now.withheld.get(kind, frozenset())
        gone = sorted(live.published.get(kind, frozenset()) - known)
        if gone:
            message = f"线上公开的 {len(gone)} 条记录在本导出中没有或被隔离：{some_ids(gone)}"
            invented = all(one.upper().startswith(INVENTED) for one in gone)
            hint = _INVENTED_GONE if invented else _GONE
            found.append(Finding("vanished", Place(kind.value), message, hint))
    return found


_SHRUNK: Final = "核对是否漏导（diff 逐条说明）；确需放行用 --allow shrink，或调整 guard.max_shrink"


class Shrinkage(msgspec.Struct, frozen=True):
    """How a kind's published records fall: before, after, left by a date or an order, and lost besides."""

    kind: Kind
    before: int
    after: int
    lawful: int
    lost: int

    def stops(self, most: int) -> bool:
        """Whether more than ``most`` percent are lost."""
        return self.before > 0 and self.lost * 100 > most * self.before


def shrinkage(live: Fates, now: Fates, dated: Mapping[Kind, frozenset[str]]) -> list[Shrinkage]:
    """Each kind's fall from the live release; ``dated`` are the ids withheld by a date or an order."""
    found = []
    for kind in Kind:
        if kind not in now.published and kind not in live.published:
            continue
        before = live.published.get(kind, frozenset())
        after = len(now.published.get(kind, frozenset()))
        lawful = len(before & dated.get(kind, frozenset()))
        found.append(Shrinkage(kind, len(before), after, lawful, max(0, len(before) - after - lawful)))
    return found


def shrunk(live: Fates | None, now: Fates, dated: Mapping[Kind, frozenset[str]], most: int) -> list[Finding]:
    """Kinds whose published records fall by more than ``most`` percent; ``dated`` ids left by a date or an order."""
    found = []
    for one in shrinkage(live, now, dated) if live is not None else []:
        if one.stops(most):
            message = (
                f"{LABELS[one.kind]}公开的记录从 {one.before} 条减少，扣除有日期依据的 {one.lawful} 条后仍少 "
                f"{one.lost} 条，超过 {most}%"
            )
            gone = live.published.get(one.kind, frozenset()) if live is not None else frozenset()
            invented = all(each.upper().startswith(INVENTED) for each in gone)
            hint = _INVENTED_GONE if invented else _SHRUNK
            found.append(Finding("shrink", Place(one.kind.value), message, hint))
    return found


def list_profiles(lists: Iterable[str], profiles: Iterable[str], *, stops: bool) -> list[Finding]:
    """Published lists without a profile of their own or a default ; asked where the law does."""
    known = set(profiles)
    if not stops or "default" in known:
        return []
    return [
        Finding(
            "list-profile",
            Place("lists.yml"),
            f"名单「{name}」没有写明认定办法、移出、异议和修复",
            "在 lists.yml 中补上这个名单或 default；确需放行用 --allow list-profile",
        )
        for name in sorted(set(lists) - known)
    ]


def some_ids(ids: list[str]) -> str:
    """The first ids in a line, and how many there are."""
    more = f" 等 {len(ids)} 个" if len(ids) > MOST_NAMED else ""
    return "、".join(ids[:MOST_NAMED]) + more
