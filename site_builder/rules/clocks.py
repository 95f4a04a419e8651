"""What is watched about days: dates out of order, objections past their working days, acts that never end."""

from __future__ import annotations

from collections.abc import Iterator
import datetime as dt
from typing import Final

from site_builder.kinds.record import RECORDED
from site_builder.kinds.severe_list.record import SevereEntry
from site_builder.records.record import Record, SubjectRecord
from site_builder.rules.decision import Facts
from site_builder.rules.questions import open_objections
from site_builder.rules.watch import Warned

PLAIN_DAYS: Final = 3
ASSISTED_DAYS: Final = 8
"""Working days for an objection the unit handles itself, and for one that needs another unit's help (DL 42)."""

REVOKED_DAYS: Final = 3
"""Working days from the notice of a revocation to the change of what is public (DL 43)."""

REPORT_DAYS: Final = 7
"""Working days from the end of a matter to its report to the platform (LY 10)."""

UNKNOWN_YEAR: Final = "对照国务院办公厅的放假通知，把这一年的安排写进站点文件夹的 holidays.yml"
"""What to do where no arrangement of holidays covers a year."""

STALE_DAYS: Final = 365
"""Days without an update after which an act said to go on is asked about."""


def out_of_order(record: Record, _facts: Facts) -> Iterator[Warned]:
    """Columns whose day comes before the day it should follow."""
    for earlier, later in RECORDED[record.kind].order:
        first, second = getattr(record, earlier), getattr(record, later)
        if first is not None and second is not None and second < first:
            yield Warned(later, f"早于 {earlier}，应在同一天或更晚", "核对这两个日期")


def running_objections(record: Record, facts: Facts) -> Iterator[tuple[dt.date, int]]:
    """The open objections against a record: the day received and the working days there are for it."""
    if isinstance(record, SubjectRecord):
        allowed = ASSISTED_DAYS if getattr(record, "objection_assisted", False) else PLAIN_DAYS
        yield from ((received, allowed) for received in open_objections(record, facts))


def overdue_objection(record: Record, facts: Facts) -> Iterator[Warned]:
    """DL 42: an open objection past its three or eight working days."""
    for received, allowed in running_objections(record, facts):
        gone = facts.calendar.passed(received, facts.as_of)
        if gone.days > allowed:
            days = f"{gone.days} 个" if gone.known else f"至少 {gone.days} 个"
            message = f"异议受理已过 {days}工作日，应在 {allowed} 个工作日内处理"
            yield Warned("objection_received_on", message, "尽快核查处理、告知异议人，并填写办结日期")


def unknown_objection(record: Record, facts: Facts) -> Iterator[Warned]:
    """DL 42: an open objection of which the table of holidays cannot tell whether it is overdue."""
    for received, allowed in running_objections(record, facts):
        gone = facts.calendar.passed(received, facts.as_of)
        if not gone.known and gone.days <= allowed:
            message = f"不知道异议是否已超过 {allowed} 个工作日：节假日表没有覆盖这一年"
            yield Warned("objection_received_on", message, UNKNOWN_YEAR)


def stale_act(record: SevereEntry, facts: Facts) -> Iterator[Warned]:
    """DL 35, LY 15: an act said to go on holds the term back; nobody has confirmed it for a year."""
    if not record.act_ongoing:
        return
    if record.act_ended_on is not None:
        yield Warned("act_ongoing", "写着行为持续中，又有终止日期：按终止日期计算", "去掉其中一个")
        return
    gone = [record.removed_on, record.repaired_on, record.revoked_on]
    if any(day is not None and day <= facts.as_of for day in gone):
        return
    last = max(record.published_on, record.updated_on or record.published_on)
    days = (facts.as_of - last).days
    if days > STALE_DAYS:
        message = f"写着行为持续中，但已有 {days} 天没有更新，披露期限一直没有起算"
        yield Warned("act_ongoing", message, "向认定单位核实；行为已终止的填写终止日期，仍在持续的更新「更新日期」")
