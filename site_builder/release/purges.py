"""What was to be purged when a record was taken off, kept in ``state/`` so that it can be told again.

Private, and it decides nothing: it is kept as long as the overlay orders the record off.
"""

from __future__ import annotations

from collections.abc import Iterable
import datetime as dt
from pathlib import Path
from typing import Final

import msgspec

from site_builder.config.companions import OverlayItem
from site_builder.processes import flush_names
from site_builder.release import numbered
from site_builder.vocabulary import Kind

PURGES: Final = "purges.json"
"""The file's name in ``state/``."""


class Purge(msgspec.Struct, frozen=True, kw_only=True):
    """A record taken off on a day: its own addresses that are gone, and all whose bytes changed or went.

    Both from the web root.
    """

    kind: Kind
    id: str
    on: dt.date
    gone: tuple[str, ...]
    purge: tuple[str, ...]


class Purges(msgspec.Struct, frozen=True, kw_only=True, tag_field=numbered.SCHEMA, tag=1):
    """All of them."""

    purges: tuple[Purge, ...] = ()


def read_purge(state: Path, kind: Kind, record_id: str) -> Purge | None:
    """What was told of a record; None where nothing was, or it cannot be read."""
    return next((one for one in _read(state) if (one.kind, one.id) == (kind, record_id)), None)


def keep_purge(state: Path, purge: Purge, overlay: Iterable[OverlayItem]) -> None:
    """Keep what was told of a record, in the place of what was told before; drop those no longer ordered off."""
    ordered = {(one.kind, one.id.lower()) for one in overlay}
    others = [one for one in _read(state) if (one.kind, one.id) != (purge.kind, purge.id)]
    kept = [one for one in others if (one.kind, one.id.lower()) in ordered]
    new = state / f"{PURGES}.aside"
    new.write_bytes(numbered.encode(PURGES, Purges(purges=(*kept, purge))))
    new.replace(state / PURGES)
    flush_names(state)


def _read(state: Path) -> tuple[Purge, ...]:
    found = numbered.cached(state / PURGES, Purges)
    return found.purges if found is not None else ()
