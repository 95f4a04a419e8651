"""What the cities decide about penalties, and the crossing from a record to what is seen."""

from __future__ import annotations

from collections.abc import Callable
import datetime as dt

from site_builder.kinds.penalties.record import PenaltyRecord
from site_builder.kinds.penalties.shown import PenaltyView
from site_builder.records.record import known_day
from site_builder.rules.clocks import open_objection
from site_builder.rules.decision import Facts
from site_builder.rules.term import Period

Barred = Callable[[PenaltyRecord, Facts], bool]
"""Whether a penalty cannot be repaired."""

CLOSED = "不适用信用修复"
"""What is said of one."""


def view(record: PenaltyRecord, facts: Facts, period: Period, barred: Barred) -> PenaltyView:
    """What may be seen of a penalty that is shown so long; nothing of a natural person's code."""
    return PenaltyView(
        id=record.id,
        subject_name=record.subject_name,
        subject_type=record.subject_type,
        subject_code="" if record.is_person else record.subject_code,
        legal_representative=record.legal_representative if facts.show_responsible else "",
        natural_person_basis=record.natural_person_basis,
        region=record.region,
        decision_no=record.decision_no,
        violation=record.violation,
        conduct=record.conduct,
        basis=record.basis,
        types=record.types,
        content=record.content,
        fine=record.fine,
        confiscated=record.confiscated,
        certificates=record.certificates,
        decided_on=record.decided_on,
        effective_through=known_day(record, "effective_through", facts.as_of),
        authority=record.authority,
        authority_code=record.authority_code,
        source=record.source or record.authority,
        procedure=record.procedure,
        gravity=record.gravity,
        gravity_basis=record.gravity_basis,
        act_ended_on=known_day(record, "act_ended_on", facts.as_of),
        repair_closed=CLOSED if barred(record, facts) else "",
        repair_after=None if barred(record, facts) else _repair_after(record, facts, period),
        public_until=period.last_day(record, facts.as_of),
        objection_received_on=open_objection(record, facts),
        published_on=record.published_on,
        updated_on=record.updated_on,
        change_note=record.change_note,
    )


def _repair_after(record: PenaltyRecord, facts: Facts, period: Period) -> dt.date | None:
    """The last day of the national minimum; nothing where the record is not shown as long as that."""
    first = period.above.minimum_day(record) if period.above is not None else None
    last = period.last_day(record, facts.as_of)
    return None if first is None or (last is not None and last <= first) else first
