"""How a list is cut into pages: by its entries themselves, so that one more or less changes the pages near it alone.

A list is cut from its oldest entry on. What is left at its newest end is the list's index.
"""

from __future__ import annotations

import hashlib
from typing import Final

import numpy as np
from numpy.typing import NDArray

LEAST: Final = 50
"""Rows on a page but where the list has fewer."""

MOST: Final = 150
"""Rows on a page but the index, which has up to ``MOST + LEAST - 1``: it waits for a page's worth of newer rows."""

ONE_IN: Final = 32
"""One entry in so many may end a page."""


def may_end(record_id: str) -> bool:
    """Whether a page may end after this entry: a property of its id, the same in every list and release."""
    return hashlib.sha256(record_id.encode()).digest()[-1] % ONE_IN == 0


def ends(marks: NDArray[np.bool_]) -> list[int]:
    """Where the pages of a list end, as how many entries there are up to there; the last is the index.

    ``marks`` tell of each entry, the oldest first, whether a page may end after it. A page ends at the first such
    entry that makes it ``LEAST`` rows, or at ``MOST``; but only with ``LEAST`` newer entries left for the index.
    """
    may = np.flatnonzero(marks) + 1
    found: list[int] = []
    start, total = 0, len(marks)
    while True:
        place = int(np.searchsorted(may, start + LEAST))
        first = int(may[place]) if place < len(may) else total
        end = min(first, start + MOST)
        if total - end < LEAST:
            return [*found, total]
        found.append(end)
        start = end
