"""Before a record is taken away the overlay is made whole, so that nothing stands in the way and nothing else returns.

What it lost of the orders known to ``state/`` is written back. What would return though no order is known of (a copy
that is lost too; an older export allowed to go live, whose own day of publication comes) is ordered off for the time
being.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from site_builder.build.examine import Options, examine, open_export, repairs_revoked
from site_builder.build.taken import ORDERED
from site_builder.config.companions import OverlayItem, OverlayWhat, read_overlay
from site_builder.config.load import load_site
from site_builder.config.overlay import add_item
from site_builder.config.site import Site
from site_builder.progress import Listener
from site_builder.release.guards import Memory, read_memory
from site_builder.release.live import read_live
from site_builder.release.orders import missing, read_orders
from site_builder.release.overlay_guards import OVERLAY
from site_builder.release.place import held
from site_builder.release.resurrected import returning
from site_builder.vocabulary import Kind

WHAT: Final[Mapping[str, OverlayWhat]] = {reason.value: OverlayWhat(action.value) for action, reason in ORDERED.items()}
"""What the overlay says to withhold a record for a reason."""

BY: Final = "site-builder withhold"
WHY: Final = "曾经不再公开，没有找到使它重新公开的日期；核对之前先不公开"


def write_back(site: Site, state: Path, options: Options) -> tuple[OverlayItem, ...]:
    """Write the orders into the overlay that ``state`` knows and it lacks. Returns what was written."""
    path = site.folder / OVERLAY
    lost = missing(read_orders(state), read_overlay(path), options.as_of)
    for one in lost:
        add_item(path, one)
    return lost


def keep_off(site: Site, options: Options, output: Path, listener: Listener) -> tuple[OverlayItem, ...]:
    """Order off what a build of the live export would bring back. Returns what was written."""
    site = load_site(site.file)
    with held(output, site.id, site.export.name) as place:
        memory = read_memory(place.state)
        verified = open_export(site, options, read_live(place.state), place.work / "export", listener)
        examined = examine(site, options, verified, memory, None, listener)
        back = returning(memory, examined.fates, repairs_revoked(examined.surveys), options.as_of, again=verified.again)
        items = tuple(
            OverlayItem(kind, record_id, options.as_of, WHAT[reason], None, BY, WHY)
            for kind, ids in back.items()
            for record_id in sorted(ids)
            for reason in _reasons(memory, kind, record_id)[:1]
        )
        for one in items:
            add_item(site.folder / OVERLAY, one)
    return items


def _reasons(memory: Memory, kind: Kind, record_id: str) -> list[str]:
    """Why a record was taken away, as remembered."""
    known = [one.taken_away.get(kind, {}) for one in (memory.live, memory.newest) if one is not None]
    return [taking.reason for taken in known for taking in taken.get(record_id.lower(), ())]
