"""What the figures are counted from, records of organisations alone.

Natural persons are counted by year, with everyone else (``pages.statistics.year_bars``), and never here.
"""

from __future__ import annotations

import numpy as np

from site_builder.pages.listings import ListKey, Ordinals
from site_builder.pages.statistics import Counted
from site_builder.write.lists import Lists

_EPOCH = 719_163
"""The proleptic ordinal of 1970-01-01."""


def by_month(lists: Lists, group: str) -> dict[ListKey, Counted]:
    """The entries of each list of a group by month, told as ``year * 12 + month - 1``."""
    months = _days(lists).astype("datetime64[M]").astype(int) + 1970 * 12
    return _counted(lists, group, months.astype(np.uint32))


def by_year(lists: Lists, group: str) -> dict[ListKey, Counted]:
    """The entries of each list of a group by year."""
    years = _days(lists).astype("datetime64[Y]").astype(int) + 1970
    return _counted(lists, group, years.astype(np.uint32))


def organisations(lists: Lists) -> dict[ListKey, int]:
    """How many records of organisations each list has, where it has any."""
    counts = {key: int((~lists.persons[lists.members[key.base]]).sum()) for key in lists.keys}
    return {key: count for key, count in counts.items() if count}


def _days(lists: Lists) -> np.ndarray:
    return (lists.days.astype(np.int64) - _EPOCH).astype("datetime64[D]")


def _counted(lists: Lists, group: str, when: Ordinals) -> dict[ListKey, Counted]:
    found: dict[ListKey, Counted] = {}
    for key in lists.keys:
        if key.group == group:
            members = lists.members[key.base]
            times, counts = np.unique(when[members[~lists.persons[members]]], return_counts=True)
            if len(times):
                found[key] = dict(zip(times.tolist(), counts.tolist(), strict=True))
    return found
