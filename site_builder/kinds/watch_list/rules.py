"""What the cities decide about the watch list, and the crossing from a record to what is seen."""

from __future__ import annotations

from site_builder.kinds.watch_list.record import WatchRecord
from site_builder.kinds.watch_list.shown import WatchView
from site_builder.records.record import known_day
from site_builder.records.values import person_code
from site_builder.rules.clocks import open_objection
from site_builder.rules.decision import Facts
from site_builder.rules.term import Period


def view(record: WatchRecord, facts: Facts, period: Period) -> WatchView:
    """What may be seen of an entry that stays so long."""
    return WatchView(
        id=record.id,
        subject_name=record.subject_name,
        subject_type=record.subject_type,
        subject_code=person_code(record.subject_code) if record.is_person else record.subject_code,
        region=record.region,
        natural_person_basis=record.natural_person_basis,
        cause=record.cause,
        basis=record.basis,
        measures=record.measures,
        authority=record.authority,
        listed_on=record.listed_on,
        act_ended_on=known_day(record, "act_ended_on", facts.as_of),
        valid_through=record.valid_through,
        public_until=period.last_day(record, facts.as_of),
        objection_received_on=open_objection(record, facts),
        published_on=record.published_on,
        updated_on=record.updated_on,
        change_note=record.change_note,
    )
