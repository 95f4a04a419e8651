"""The working days a regulation gives: for an objection, for a revocation, for the report of a matter."""

from __future__ import annotations

from collections.abc import Iterator
import datetime as dt
from typing import Final

import msgspec

from site_builder.records.record import Record, SubjectRecord
from site_builder.rules.decision import Facts
from site_builder.rules.questions import open_objections

UNKNOWN_YEAR: Final = "对照国务院办公厅的放假通知，把这一年的安排写进站点文件夹的 holidays.yml"
"""What to do where no arrangement of holidays covers a year."""


class Span(msgspec.Struct, frozen=True):
    """Working days a regulation gives for something: by which articles, how many, how many where help is needed."""

    articles: tuple[str, ...]
    days: int
    with_help: int


def running_objections(record: Record, facts: Facts, span: Span) -> Iterator[tuple[dt.date, int]]:
    """The open objections against a record: the day received and the working days there are for it."""
    if isinstance(record, SubjectRecord):
        allowed = span.with_help if getattr(record, "objection_assisted", False) else span.days
        yield from ((received, allowed) for received in open_objections(record, facts))
