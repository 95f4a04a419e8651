"""The orders that are known to take a record away, copied into ``state/``: what ``withhold`` writes back when lost.

The copy never decides what is shown: the overlay alone does. An order stays until its record is public again, by leave
or by its own dates.
"""

from __future__ import annotations

from collections.abc import Iterable
import datetime as dt
import os
from pathlib import Path
from typing import Final

import msgspec

from site_builder.config.companions import OverlayItem
from site_builder.processes import flush_names
from site_builder.release import numbered
from site_builder.release.guards import Fates, Memory
from site_builder.vocabulary import Action, Kind

ORDERS: Final = "orders.json"
"""The file's name in ``state/``."""

Key = tuple[Kind, str, Action]
"""Which record is ordered off, and how; the id in lower case."""


class Orders(msgspec.Struct, frozen=True, kw_only=True, tag_field=numbered.SCHEMA, tag=1):
    """The copy."""

    orders: tuple[OverlayItem, ...] = ()


def read_orders(state: Path) -> tuple[OverlayItem, ...]:
    """The copied orders; none where there is no copy, or it cannot be read: it decides nothing.

    One that a newer program wrote is refused before, with the rest of the memory (``releasing.remembered``).
    """
    found = numbered.cached(state / ORDERS, Orders)
    return found.orders if found is not None else ()


def encode_orders(orders: Iterable[OverlayItem]) -> dict[str, bytes]:
    """The copy as a file of ``state/``."""
    ordered = sorted(orders, key=lambda one: (*key_of(one), one.on))
    return {ORDERS: numbered.encode(ORDERS, Orders(orders=tuple(ordered)))}


def add_order(state: Path, order: OverlayItem) -> None:
    """Copy one order, before it is written into the overlay."""
    _write(state, [*read_orders(state), order])


def drop_order(state: Path, order: OverlayItem) -> None:
    """Take one order out of the copy again that no release was made by: the overlay alone says whether it stands."""
    _write(state, [one for one in read_orders(state) if key_of(one) != key_of(order)])


def _write(state: Path, orders: Iterable[OverlayItem]) -> None:
    new = state / f"{ORDERS}.aside"
    with new.open("wb") as file:
        file.write(encode_orders(orders)[ORDERS])
        file.flush()
        os.fsync(file.fileno())
    new.replace(state / ORDERS)
    flush_names(state)


def kept_orders(
    orders: Iterable[OverlayItem], overlay: Iterable[OverlayItem], as_of: dt.date, now: Fates, memory: Memory
) -> tuple[OverlayItem, ...]:
    """The copy after a release of ``as_of`` that comes to ``now``: what the overlay orders is added, what ended goes.

    An order has ended where ``memory`` knows its record as taken away, and it is public again.
    """
    found: dict[Key, OverlayItem] = {}
    for one in (*orders, *overlay):
        if one.what is not Action.OBJECTION and one.on <= as_of:
            found.setdefault(key_of(one), msgspec.structs.replace(one, row=0))
    public = {kind: {key.lower() for key in now.published.get(kind, ())} for kind in {key[0] for key in found}}
    before = [one for one in (memory.live, memory.newest) if one is not None]
    return tuple(
        order
        for (kind, key, _), order in found.items()
        if not (key in public[kind] and any(key in one.taken_away.get(kind, {}) for one in before))
    )


def missing(orders: Iterable[OverlayItem], overlay: Iterable[OverlayItem], day: dt.date) -> tuple[OverlayItem, ...]:
    """The copied orders that the overlay lacks, or has only from a later day; each from ``day`` on at the latest."""
    there = {key_of(one) for one in overlay if one.on <= day}
    return tuple(msgspec.structs.replace(one, on=min(one.on, day)) for one in orders if key_of(one) not in there)


def key_of(item: OverlayItem) -> Key:
    """Which record an order is about, and how."""
    return item.kind, item.id.lower(), item.what
