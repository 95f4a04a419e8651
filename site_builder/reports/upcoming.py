"""What the coming days bring: on which day how many records leave, appear or read otherwise. Numbers, never names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
import datetime as dt
import enum
from pathlib import Path

import msgspec

from site_builder.decide.duties import ClockState
from site_builder.decide.examine import Examined, Verified
from site_builder.records.record import Record
from site_builder.releasing.expected import expected_of
from site_builder.rules.decision import Facts, Reason
from site_builder.rules.ruleset import Law, change_days, fate
from site_builder.rules.watch import Clock
from site_builder.vocabulary import Kind


class Turn(enum.StrEnum):
    """What becomes of a record, or what falls due, on a day."""

    LEAVES = "leaves"
    APPEARS = "appears"
    CHANGES = "changes"
    OBJECTION_DUE = "objection_due"


class Coming(msgspec.Struct, frozen=True, order=True):
    """So many records of a kind take the same turn on a day; ``reason``: why they leave."""

    day: dt.date
    kind: Kind
    turn: Turn
    reason: Reason | None
    count: int


def coming(verified: Verified, examined: Examined, stage: Path) -> tuple[Coming, ...]:
    """Every later day on which what is published changes, or an open objection's working days end."""
    found: Counter[tuple[dt.date, Kind, Turn, Reason | None]] = Counter()
    facts = examined.resolved.facts
    for shard in expected_of(verified, examined, stage).shards:
        for record in (*shard.published(), *shard.kept_back()):
            found.update((day, record.kind, turn, reason) for day, turn, reason in turns(record, examined.law, facts))
    for due in examined.duties.clocks:
        if due.clock is Clock.OBJECTION and due.state is ClockState.IN_TIME and due.last_day is not None:
            found[due.last_day, due.kind, Turn.OBJECTION_DUE, None] += 1
    return tuple(sorted((Coming(*key, count) for key, count in found.items()), key=_order))


def turns(record: Record, law: Law, facts: Facts) -> Iterator[tuple[dt.date, Turn, Reason | None]]:
    """What a record does on the days to come, one after another."""
    shown, _ = fate(record, law, facts)
    for day in change_days(record, law, facts):
        then, reason = fate(record, law, msgspec.structs.replace(facts, as_of=day))
        if then != shown:
            turn = Turn.LEAVES if then is None else Turn.APPEARS if shown is None else Turn.CHANGES
            yield day, turn, reason
        shown = then


def _order(one: Coming) -> tuple[dt.date, str, str, str]:
    return one.day, one.kind, one.turn, one.reason or ""
