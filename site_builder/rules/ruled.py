"""What a city decides about a kind, and what its published records mean for others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
import datetime as dt
from typing import Any

import msgspec

from site_builder.public.view import View
from site_builder.rules.decision import Facts, Rule

LastDay = Callable[[Any, dt.date], dt.date | None]
"""The end of a record's term by what is known on a day, where it has one."""

Ends = Callable[[Any, dt.date], tuple[dt.date, ...]]
"""The last days of a record's terms by what is known on a day."""


class CrossFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What published records mean for others.

    ``listed``: upper-case codes of organisations with an entry. ``named``: (measure, list) → id of an entry of the list
    that names it. ``penalties`` and ``in_force``: ids of measures that are penalties, and that are in force.
    ``limited``: measure → the lists it is for, where it is not for all. ``lists``: how many entries each list has.
    ``items``: ids of the catalogue's items that are open to the public. ``authorities``: how many records each made
    public or sent. ``bases``: how many records cite each basis, as written.
    """

    listed: frozenset[str] = frozenset()
    named: dict[tuple[str, str], str] = {}
    measures: frozenset[str] = frozenset()
    penalties: frozenset[str] = frozenset()
    in_force: frozenset[str] = frozenset()
    limited: dict[str, frozenset[str]] = {}
    lists: Counter[str] = Counter()
    items: frozenset[str] = frozenset()
    authorities: dict[str, int] = {}
    bases: dict[str, int] = {}


def gather_nothing(_records: Sequence[Any], _facts: Facts) -> CrossFacts:
    """Published records that mean nothing for others."""
    return CrossFacts()


class Ruled(msgspec.Struct, frozen=True, kw_only=True):
    """What a city decides about a kind.

    ``rules`` stand in the order their reasons are counted; ``view`` makes what is seen of a record. ``duties`` are the
    articles by which it is made public. ``usual``: whether it is shown where the site may say and does not.
    ``ends``: the last days of a record's terms. ``gather``: what published ones mean for others.
    """

    rules: tuple[Rule[Any], ...]
    view: Callable[[Any, Facts], View]
    duties: tuple[str, ...]
    ends: Ends
    usual: bool = True
    gather: Callable[[Sequence[Any], Facts], CrossFacts] = gather_nothing
