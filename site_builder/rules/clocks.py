"""The webmaster's warnings of days: dates out of order, and 大连's objections past their working days (DL 42).

Nothing here withholds or refuses; no message holds a value of a record.
"""

from __future__ import annotations

from collections.abc import Iterator
import datetime as dt
from typing import Final

import chinese_calendar
import msgspec

from site_builder.records.measure import Measure
from site_builder.records.role_model import RoleModel
from site_builder.records.severe_entry import SevereEntry

Record = SevereEntry | Measure | RoleModel

ORDER: Final[dict[type[Record], tuple[tuple[str, str], ...]]] = {
    SevereEntry: (
        ("decided_on", "listed_on"),
        ("decided_on", "revoked_on"),
        ("listed_on", "removed_on"),
        ("published_on", "updated_on"),
        ("listed_on", "repaired_on"),
        ("repaired_on", "repair_revoked_on"),
        ("objection_received_on", "objection_closed_on"),
    ),
    Measure: (("effective_on", "repealed_on"), ("published_on", "updated_on")),
    RoleModel: (
        ("awarded_on", "valid_through"),
        ("awarded_on", "withdrawn_on"),
        ("published_on", "updated_on"),
        ("objection_received_on", "objection_closed_on"),
    ),
}
"""Pairs of columns of which the second day does not come before the first."""

PLAIN_DAYS: Final = 3
ASSISTED_DAYS: Final = 8
"""Working days for an objection the unit handles itself, and for one that needs another unit's help (DL 42)."""


class Warned(msgspec.Struct, frozen=True):
    """One warning about a record: a code, the column it is about, what is the matter, a hint."""

    code: str
    column: str
    message: str
    hint: str


def out_of_order(record: Record) -> Iterator[Warned]:
    """Columns whose day comes before the day it should follow."""
    for earlier, later in ORDER[type(record)]:
        first, second = getattr(record, earlier), getattr(record, later)
        if first is not None and second is not None and second < first:
            yield Warned("dates-out-of-order", later, f"早于 {earlier}", "核对这两个日期")


def overdue_objection(record: Record, as_of: dt.date) -> Iterator[Warned]:
    """An open objection past its three or eight working days (DL 42); past the holiday table nothing is known."""
    if isinstance(record, Measure) or record.objection_received_on is None:
        return
    if record.objection_closed_on is not None and record.objection_closed_on <= as_of:
        return
    assisted = isinstance(record, SevereEntry) and record.objection_assisted
    allowed = ASSISTED_DAYS if assisted else PLAIN_DAYS
    passed = working_days(record.objection_received_on, as_of)
    if passed is None:
        message, hint = "异议是否超期无法判断", "节假日表没有覆盖这一年，请人工核对"
        yield Warned("objection-clock-unknown", "objection_received_on", message, hint)
    elif passed > allowed:
        message = f"异议受理已过 {passed} 个工作日，应在 {allowed} 个工作日内处理"
        yield Warned(
            "objection-overdue", "objection_received_on", message, "尽快核查处理并填写办结日期（大连条例第四十二条）"
        )


def working_days(after: dt.date, until: dt.date) -> int | None:
    """Working days after one day up to and with another; None past the table of public holidays."""
    try:
        days = [after + dt.timedelta(days=number) for number in range(1, (until - after).days + 1)]
        return len([day for day in days if chinese_calendar.is_workday(day)])
    except NotImplementedError:
        return None
