"""Records without a number get theirs, and the day they were first published, by the office's ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
import datetime as dt

import msgspec

from site_builder.errors import Finding, Place
from site_builder.pack.ledger import Ledger
from site_builder.pack.parts import PUBLISHED, Row, Step
from site_builder.vocabulary import Kind


def number_rows(
    kind: Kind, rows: Sequence[Row], ledger: Ledger, created: dt.date, steps: list[Step]
) -> Iterator[Finding]:
    """Give every record without a number its own; two rows known by the same are one record twice.

    Where a table has one day of publication for all, a record that had a number keeps its first (``created``: the day
    of the export); those whose first day was not kept are warned of.
    """
    for row in rows:
        if row.texts.get("id") and not ledger.reserve(kind, row.texts):
            place = msgspec.structs.replace(row.place, column="id")
            hint = "编号一经给出就不变：给这条记录另一个编号，或清空编号由台账给"
            yield Finding("repeated-id", place, "台账已经把这个编号给了另一条记录", hint)
    seen: dict[str, Place] = {}
    unsure: list[Row] = []
    for row in rows:
        if row.texts.get("id"):
            continue
        row.texts["id"], key = ledger.number(kind, row.texts)
        if key in seen:
            message = f"与 {seen[key]} 是同一个主体、同一份文书，不能分别编号"
            yield Finding("repeated-record", row.place, message, "是同一条的删去一行；不是的写明不同的文书号")
        else:
            steps.append(Step(row.part.heading.table.sheet, row.place.row, "", "按台账编号", "", row.texts["id"]))
            unsure += [row] if ledger.lacks_day(row.texts["id"]) and PUBLISHED in row.part.fixed else []
            _date(row, ledger, created, steps)
        seen.setdefault(key, row.place)
    if unsure:
        at = msgspec.structs.replace(unsure[0].place, column=PUBLISHED)
        day = unsure[0].texts[PUBLISHED]
        message = f"{len(unsure)} 行以前编过号，台账里没有它们第一次公示的日子，这次填的是「{day}」"
        hint = "以前公示过的，在台账的 published_on 一列逐条改成第一次公示的日子（如 2026-06-01），再打包一次"
        yield Finding("first-day-unknown", at, message, hint, warning=True)


def _date(row: Row, ledger: Ledger, created: dt.date, steps: list[Step]) -> None:
    day = row.texts[PUBLISHED]
    row.texts[PUBLISHED] = ledger.first_day(row.texts["id"], day, created, fixed=PUBLISHED in row.part.fixed)
    if row.texts[PUBLISHED] != day:
        done = "台账里已有：公示日期照第一次的"
        steps.append(Step(row.part.heading.table.sheet, row.place.row, "", done, day, row.texts[PUBLISHED]))
