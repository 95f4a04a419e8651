"""What the cities decide about licences, and the crossing from a record to what is seen."""

from __future__ import annotations

from site_builder.kinds.licences.record import LicenceRecord
from site_builder.kinds.licences.shown import LicenceView
from site_builder.records.record import NO_END, known_day
from site_builder.rules.clocks import open_objection
from site_builder.rules.decision import Facts
from site_builder.rules.term import Period

ENDLESS = "长期"
"""What is said of a licence without an end."""


def view(record: LicenceRecord, facts: Facts, period: Period) -> LicenceView:
    """What may be seen of a licence; nothing of a natural person's code."""
    return LicenceView(
        id=record.id,
        subject_name=record.subject_name,
        subject_type=record.subject_type,
        subject_code="" if record.is_person else record.subject_code,
        legal_representative=record.legal_representative if facts.show_responsible else "",
        natural_person_basis=record.natural_person_basis,
        region=record.region,
        decision_name=record.decision_name,
        decision_no=record.decision_no,
        category=record.category,
        certificate=record.certificate,
        certificate_no=record.certificate_no,
        content=record.content,
        decided_on=record.decided_on,
        licensed_from=record.licensed_from,
        licensed_through=known_day(record, "licensed_through", facts.as_of),
        lasting=ENDLESS if record.licensed_through == NO_END else "",
        authority=record.authority,
        authority_code=record.authority_code,
        current_state=record.current_state,
        source=record.source or record.authority,
        public_until=period.last_day(record, facts.as_of),
        objection_received_on=open_objection(record, facts),
        published_on=record.published_on,
        updated_on=record.updated_on,
        change_note=record.change_note,
    )
