"""What takes a record away, of all that withholds it: the overlay, and the dates that end what was published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
import datetime as dt
from typing import Final

from site_builder.kinds.record import RECORDED
from site_builder.records.record import Record
from site_builder.release.taken import Taking, merged
from site_builder.rules.decision import ORDERED, OWN_COLUMNS, Facts, Reason

OWN: Final = {ORDERED[action]: column for action, column in OWN_COLUMNS.items()}
"""The column of each reason that takes a record away by a date of its own."""


def takings(record: Record, reasons: Iterable[Reason], facts: Facts) -> tuple[Taking, ...]:
    """Each of the ``reasons`` against a record that takes it away, with its day; of several orders the latest."""
    return merged((), tuple(sorted(_takings(record, frozenset(reasons), facts), key=lambda one: one.since)))


def repair_revoked(record: Record, facts: Facts) -> dt.date | None:
    """The day a record's repair was revoked, where it has come (DL 44, LY 36)."""
    day: dt.date | None = getattr(record, "repair_revoked_on", None)
    return day if day is not None and day <= facts.as_of else None


def _takings(record: Record, reasons: frozenset[Reason], facts: Facts) -> Iterator[Taking]:
    for reason in reasons & OWN.keys():
        own = RECORDED[record.kind].annulled if reason is Reason.REVOKED else ""
        day: dt.date | None = getattr(record, own or OWN[reason], None)
        if day is not None and day <= facts.as_of:
            yield Taking(reason.value, day, ordered=False)
    for order in facts.orders_of(record):
        if order.on <= facts.as_of and ORDERED.get(order.what) in reasons:
            yield Taking(ORDERED[order.what].value, order.on, ordered=True)
