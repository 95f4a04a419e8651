"""Objections that are open, and the working days a regulation gives for them, for a revocation, for a report."""

from __future__ import annotations

from collections.abc import Iterator
import datetime as dt
from typing import Final

import msgspec

from site_builder.records.record import Record, SubjectRecord
from site_builder.rules.decision import Facts
from site_builder.vocabulary import Action

UNKNOWN_YEAR: Final = "对照国务院办公厅的放假通知，把这一年的安排写进站点文件夹的 holidays.yml"
"""What to do where no arrangement of holidays covers a year."""


class Span(msgspec.Struct, frozen=True):
    """Working days a regulation gives for something: by which articles, how many, how many where help is needed."""

    articles: tuple[str, ...]
    days: int
    with_help: int


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


def running_objections(record: Record, facts: Facts, span: Span) -> Iterator[tuple[dt.date, int]]:
    """The open objections against a record: the day received and the working days there are for it."""
    if isinstance(record, SubjectRecord):
        allowed = span.with_help if getattr(record, "objection_assisted", False) else span.days
        yield from ((received, allowed) for received in open_objections(record, facts))
