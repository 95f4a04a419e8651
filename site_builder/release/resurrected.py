"""The guard ``resurrected``: what was taken away is public again only by leave, or where its own dates explain it.

A record counts as taken away once an accepted release withheld it by the overlay or by ``revoked`` ``repaired``
``removed`` ``withdrawn``, whatever else spoke against it. That is remembered (``Fates.taken_away``) until a release
that publishes it again has been accepted, also where its row has left the export meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
import datetime as dt
from typing import Final

import msgspec

from site_builder.errors import Finding, Place
from site_builder.release.guards import Fates, Memory, some_ids
from site_builder.release.taken import Taking, merged
from site_builder.vocabulary import Kind

RESURRECTED: Final = "resurrected"
REPAIRED: Final = "repaired"
NOTHING: Final[Mapping[str, tuple[Taking, ...]]] = {}


def resurrected(
    memory: Memory, now: Fates, repairs_revoked: Mapping[str, dt.date], as_of: dt.date, *, again: bool
) -> list[Finding]:
    """What ``returning`` finds, and with an export older than the newest accepted whatever that one does not publish.

    One finding a kind. It stops a build of the live export as well; see ``returning`` for the arguments.
    """
    back = returning(memory, now, repairs_revoked, as_of, again=again)
    newest = memory.newest
    if newest is not None and not again and now.version_key < newest.version_key:
        for kind, ids in now.published.items():
            back[kind] = back.get(kind, frozenset()) | (ids - newest.published.get(kind, frozenset()))
    found = []
    for kind in Kind:
        if named := sorted(back.get(kind, ())):
            message = f"已经不再公开的 {len(named)} 条记录会重新公开：{some_ids(named)}"
            hint = (
                f"overlay.yml 里少了的，找回原来的文件，或者运行 site-builder withhold {named[0]} --by 谁 --why 缘由"
                "（--site、--output 与构建时相同；它先把记下的处置全部写回）；导出里漏了移出、修复等日期的，补上；"
                "确实依法重新公开的用 --allow resurrected"
            )
            found.append(Finding(RESURRECTED, Place(kind.value), message, hint))
    return found


def resurrected_unseen(absent: Mapping[Kind, frozenset[str]]) -> list[Finding]:
    """After the memory was lost: records that would be public though the live release lacks them.

    By their own dates they should have been there on its day; what took them off is not known any more.
    """
    found = []
    for kind in Kind:
        if ids := sorted(absent.get(kind, ())):
            message = f"线上没有、而按自己的日期当时就应当在线上的 {len(ids)} 条记录会公开：{some_ids(ids)}"
            hint = (
                "state/ 丢失过，不知道它们当时因何没有公开：逐条核对 overlay.yml 和决定；确实应当公开的，"
                "这一次用 --allow resurrected"
            )
            found.append(Finding(RESURRECTED, Place(kind.value), message, hint))
    return found


def returning(
    memory: Memory, now: Fates, repairs_revoked: Mapping[str, dt.date], as_of: dt.date, *, again: bool
) -> dict[Kind, frozenset[str]]:
    """The ids, by kind, that ``now`` publishes and the live or the newest accepted release took away, unexplained.

    ``repairs_revoked``: the day by id on which a record's repair was revoked, as far as it has come. ``again``: ``now``
    is the live release's own export; then nothing returns that is public already (by leave, with that export).
    """
    found: dict[Kind, frozenset[str]] = {}
    for kind, ids in now.published.items():
        known = [one.taken_away.get(kind, NOTHING) for one in (memory.live, memory.newest) if one is not None]
        if not any(known):
            continue
        public = memory.live.published.get(kind, frozenset()) if again and memory.live is not None else frozenset()
        returns = {one.lower(): one for one in ids - public}
        back = frozenset(
            returns[key]
            for taken in known
            for key, takings in taken.items()
            if key in returns and not all(_explained(one, repairs_revoked.get(returns[key]), as_of) for one in takings)
        )
        found |= {kind: back} if back else {}
    return found


def carried(now: Fates, memory: Memory) -> Fates:
    """``now`` with what was taken away before and it does not publish: to be remembered on."""
    taken_away: dict[Kind, dict[str, tuple[Taking, ...]]] = {}
    for kind in Kind:
        older = [one.taken_away.get(kind, NOTHING) for one in (memory.live, memory.newest) if one is not None]
        found = dict(now.taken_away.get(kind, NOTHING))
        public = {one.lower() for one in now.published.get(kind, ())} if any(older) else set()
        for taken in older:
            for key, takings in taken.items():
                if key not in public:
                    found[key] = merged(takings, found[key]) if key in found else takings
        if found:
            taken_away[kind] = found
    return msgspec.structs.replace(now, taken_away=taken_away)


def _explained(taking: Taking, repair_revoked: dt.date | None, as_of: dt.date) -> bool:
    """Whether the record's own dates end it: its repair was revoked since (DL 44, LY 36), or its day is yet to come.

    A day is yet to come where a release of a day too late is taken back. What was ordered is no date of the record's.
    """
    undone = taking.reason == REPAIRED and repair_revoked is not None and taking.since <= repair_revoked <= as_of
    return undone or (not taking.ordered and taking.since > as_of)
