"""What the cities decide about credit grades, and the crossing from a record to what is seen."""

from __future__ import annotations

from site_builder.kinds.grades.record import GradeRecord
from site_builder.kinds.grades.shown import GradeView
from site_builder.rules.clocks import open_objection
from site_builder.rules.decision import Facts


def view(record: GradeRecord, facts: Facts) -> GradeView:
    """What may be seen of a grade."""
    return GradeView(
        id=record.id,
        subject_name=record.subject_name,
        subject_type=record.subject_type,
        subject_code="" if record.is_person else record.subject_code,
        region=record.region,
        grade=record.grade,
        rated_by=record.rated_by,
        rated_on=record.rated_on,
        valid_through=record.valid_through,
        objection_received_on=open_objection(record, facts),
        published_on=record.published_on,
        updated_on=record.updated_on,
        change_note=record.change_note,
    )
