"""The questions kinds share, each asking one thing of one article; kinds and cities choose and order them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
import datetime as dt
from operator import attrgetter
import re
from typing import Any, Final

import msgspec

from site_builder.public.view import View
from site_builder.records.record import DecidedRecord, ListedRecord, Record, SubjectRecord
from site_builder.rules.decision import Facts, Rule
from site_builder.vocabulary import Action

CITED: Final = re.compile(r"《[^《》]*[^《》\s][^《》]*》")
"""A cited instrument: 《…》 with something between."""

_WITHDRAWN: Final = "withdrawn_on"


class CrossFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What published records mean for others.

    ``listed``: upper-case codes of organisations with an entry. ``named``: measure → id of an entry that names it.
    ``penalties`` and ``in_force``: ids of measures that are penalties, and that are in force. ``lists``: list names.
    ``items``: ids of the catalogue's items that are open to the public.
    """

    listed: frozenset[str] = frozenset()
    named: dict[str, str] = {}
    measures: frozenset[str] = frozenset()
    penalties: frozenset[str] = frozenset()
    in_force: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    items: frozenset[str] = frozenset()


def gather_nothing(_records: Sequence[Any], _facts: Facts) -> CrossFacts:
    """Published records that mean nothing for others."""
    return CrossFacts()


class Ruled(msgspec.Struct, frozen=True, kw_only=True):
    """What a city decides about a kind.

    ``rules`` stand in the order their reasons are counted; ``view`` makes what is seen of a record. ``duties`` are the
    articles by which it is made public. ``usual``: whether it is shown where the site may say and does not.
    ``last_day``: the last day a record may be shown, where it has one. ``gather``: what published ones mean for others.
    """

    rules: tuple[Rule[Any], ...]
    view: Callable[[Any, Facts], View]
    duties: tuple[str, ...]
    usual: bool = True
    last_day: Callable[[Any], dt.date | None] = attrgetter("last_day")
    gather: Callable[[Sequence[Any], Facts], CrossFacts] = gather_nothing


def suppressed(record: Record, facts: Facts) -> bool:
    """DL 42, 43: a court or review body has ordered it off."""
    return facts.ordered(record, Action.COURT)


def withdrawn(record: SubjectRecord, facts: Facts) -> bool:
    """LY 31: what speaks for the subject was given up or taken back."""
    return _come(getattr(record, _WITHDRAWN), facts) or facts.ordered(record, Action.WITHDRAWN)


def revoked(record: DecidedRecord, facts: Facts) -> bool:
    """DL 43: the decision it rests on has been revoked."""
    return _come(record.revoked_on, facts) or facts.ordered(record, Action.REVOKED)


def repaired(record: DecidedRecord, facts: Facts) -> bool:
    """DL 44, LY 33, 36: repaired, and the repair not revoked since."""
    return facts.repaired(record)


def removed(record: ListedRecord, facts: Facts) -> bool:
    """DL 33, LY 25: the subject has been removed from the list."""
    return _come(record.removed_on, facts) or facts.ordered(record, Action.REMOVED)


def expired(record: Record, facts: Facts) -> bool:
    """Its last day has passed."""
    return record.last_day is not None and record.last_day < facts.as_of


def open_objection(record: SubjectRecord, facts: Facts) -> dt.date | None:
    """The first day of the open objections: marked from receipt to the day before closing (DL 42, LY 32)."""
    return min((received for received in open_objections(record, facts)), default=None)


def open_objections(record: SubjectRecord, facts: Facts) -> list[dt.date]:
    """The days the open objections against a record were received."""
    spans = [(record.objection_received_on, record.objection_closed_on)]
    spans += [(one.on, one.closed_on) for one in facts.orders_of(record) if one.what is Action.OBJECTION]
    return [
        received
        for received, closed in spans
        if received is not None and received <= facts.as_of and (closed is None or closed > facts.as_of)
    ]


def _come(day: dt.date | None, facts: Facts) -> bool:
    return day is not None and day <= facts.as_of
