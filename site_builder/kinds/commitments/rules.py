"""What the cities decide about commitments, and the crossing from a record to what is seen."""

from __future__ import annotations

from site_builder.kinds.commitments.record import CommitmentRecord
from site_builder.kinds.commitments.shown import CommitmentView
from site_builder.records.record import known_day
from site_builder.rules.clocks import open_objection
from site_builder.rules.decision import Facts
from site_builder.rules.term import Period


def view(record: CommitmentRecord, facts: Facts, period: Period) -> CommitmentView:
    """What may be seen of a commitment that is told so long when broken; what belongs to a breach only where it was broken."""
    return CommitmentView(
        id=record.id,
        subject_name=record.subject_name,
        subject_type=record.subject_type,
        subject_code="" if record.is_person else record.subject_code,
        region=record.region,
        matter=record.matter,
        text=record.text,
        authority=record.authority,
        made_on=record.made_on,
        state=record.state,
        decision_no=record.decision_no if record.broken else "",
        act_ended_on=known_day(record, "act_ended_on", facts.as_of) if record.broken else None,
        public_until=period.last_day(record, facts.as_of) if record.broken else None,
        objection_received_on=open_objection(record, facts),
        published_on=record.published_on,
        updated_on=record.updated_on,
        change_note=record.change_note,
    )
