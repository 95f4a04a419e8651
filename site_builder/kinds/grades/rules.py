"""What the cities decide about credit grades, and the crossing from a record to what is seen."""

from __future__ import annotations

from typing import Final

from site_builder.kinds.grades.record import GradeRecord
from site_builder.kinds.grades.shown import HIGH, GradeView
from site_builder.rules import questions
from site_builder.rules.decision import Facts, Reason, Rule
from site_builder.rules.questions import Ruled, open_objection
from site_builder.rules.ruleset import personal_data_rule


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


def below_a(record: GradeRecord, _facts: Facts) -> bool:
    """LY 20: what is shown is good standing, A and above; a lower grade is no list the public is told of."""
    return record.grade not in HIGH


RULED: Final = {
    "DL": Ruled(
        rules=(
            *questions.opening("DL", ("DL 26",)),
            Rule(Reason.ORGANISATIONS_ONLY, ("DL 4", "DL 58"), "是自然人吗？", questions.of_a_person),
            Rule(Reason.BELOW_A, ("DL 29",), "等级低于 A 级吗？", below_a),
            Rule(Reason.WITHDRAWN, ("DL 31",), "等级已被撤下吗？", questions.withdrawn),
            Rule(Reason.EXPIRED, ("DL 26",), "有效期已过吗？", questions.expired),
            personal_data_rule(view, ("DL 4", "DL 58")),
        ),
        view=view,
        duties=("DL 26", "DL 29"),
        usual=False,
    ),
    "LY": Ruled(
        rules=(
            *questions.opening("LY", ("LY 19", "LY 20")),
            Rule(Reason.ORGANISATIONS_ONLY, ("LY 13", "LY 19"), "是自然人吗？", questions.of_a_person),
            Rule(Reason.BELOW_A, ("LY 19", "LY 20"), "等级低于 A 级吗？", below_a),
            Rule(Reason.WITHDRAWN, ("LY 31",), "等级已被撤下吗？", questions.withdrawn),
            Rule(Reason.EXPIRED, ("LY 20",), "有效期已过吗？", questions.expired),
            personal_data_rule(view, ("LY 4", "LY 12", "LY 47")),
        ),
        view=view,
        duties=("LY 20",),
        usual=True,
    ),
}
"""By the code of the regulation."""
