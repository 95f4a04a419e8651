"""Before a record is taken away the overlay is made whole, so that nothing stands in the way and nothing else returns.

What it lost of the orders known to ``state/`` is written back. What would return though no order is known of (a copy
that is lost too; an older export allowed to go live, whose own day of publication comes; all of the memory lost) is
ordered off for the time being.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec

from site_builder.config.companions import OverlayItem, read_overlay
from site_builder.config.load import load_site
from site_builder.config.overlay import add_items
from site_builder.config.site import Site
from site_builder.decide.examine import Options, examine, open_export
from site_builder.decide.resolve import repairs_revoked
from site_builder.progress import Listener
from site_builder.release.guards import Memory
from site_builder.release.orders import missing, read_orders
from site_builder.release.overlay_guards import OVERLAY
from site_builder.release.place import held
from site_builder.release.resurrected import returning
from site_builder.releasing.adopted import remember_or_adopt
from site_builder.rules.decision import ORDERED
from site_builder.vocabulary import Action, Kind

WHAT: Final[Mapping[str, Action]] = {reason.value: action for action, reason in ORDERED.items()}
"""What the overlay says to withhold a record for a reason."""

BY: Final = "site-builder withhold"
WHY: Final = "曾经不再公开，没有找到使它重新公开的日期；核对之前先不公开"
UNSEEN: Final = "state/ 丢失过，线上没有这一条，不知因何；核实应当公开的，删去这一项"
"""Why a record is ordered off of which only this is known."""


class KeptOff(msgspec.Struct, frozen=True):
    """What was ordered off for the time being: what is known as taken away, and what only the live release lacks."""

    known: tuple[OverlayItem, ...] = ()
    unseen: tuple[OverlayItem, ...] = ()


def write_back(site: Site, state: Path, options: Options) -> tuple[OverlayItem, ...]:
    """Write the orders into the overlay that ``state`` knows and it lacks. Returns what was written."""
    path = site.folder / OVERLAY
    lost = missing(read_orders(state), read_overlay(path), options.as_of)
    if lost:
        add_items(path, *lost)
    return lost


def keep_off(site: Site, options: Options, output: Path, listener: Listener) -> KeptOff:
    """Order off what a build of the live export would bring back. Returns what was written."""
    site = load_site(site.file)
    with held(output, site.id, site.export.name) as place:
        found = remember_or_adopt(place.folder)
        memory = found.memory
        verified = open_export(site, options, found.live, place.work / "export", listener)
        examined = examine(site, options, verified, memory, None, listener)
        back = returning(memory, examined.fates, repairs_revoked(examined.surveys), options.as_of, again=verified.again)
        known = tuple(
            OverlayItem(kind, record_id, options.as_of, WHAT[reason], None, BY, WHY)
            for kind, ids in back.items()
            for record_id in sorted(ids)
            for reason in _reasons(memory, kind, record_id)[:1]
        )
        unseen = tuple(
            OverlayItem(kind, record_id, options.as_of, Action.COURT, None, BY, UNSEEN)
            for kind in Kind
            for record_id in sorted(examined.absent.get(kind, frozenset()) - back.get(kind, frozenset()))
        )
        add_items(site.folder / OVERLAY, *known, *unseen)
    return KeptOff(known, unseen)


def _reasons(memory: Memory, kind: Kind, record_id: str) -> list[str]:
    """Why a record was taken away, as remembered."""
    known = [one.taken_away.get(kind, {}) for one in (memory.live, memory.newest) if one is not None]
    return [taking.reason for taken in known for taking in taken.get(record_id.lower(), ())]
