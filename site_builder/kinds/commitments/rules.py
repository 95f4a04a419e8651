"""What the cities decide about commitments, and the crossing from a record to what is seen."""

from __future__ import annotations

from typing import Final

from site_builder.kinds.commitments.record import CommitmentRecord
from site_builder.kinds.commitments.shown import CommitmentView
from site_builder.rules import questions
from site_builder.rules.decision import Facts, Reason, Rule
from site_builder.rules.empty import is_empty
from site_builder.rules.questions import Ruled, open_objection
from site_builder.rules.ruleset import personal_data_rule


def view(record: CommitmentRecord, facts: Facts) -> CommitmentView:
    """What may be seen of a commitment; what belongs to a breach only where it was broken."""
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
        act_ended_on=record.act_ended_on if record.broken else None,
        public_until=record.last_day,
        objection_received_on=open_objection(record, facts),
        published_on=record.published_on,
        updated_on=record.updated_on,
        change_note=record.change_note,
    )


def revoked(record: CommitmentRecord, facts: Facts) -> bool:
    """DL 43: the decision that found the breach has been revoked."""
    return record.broken and questions.revoked(record, facts)


def repaired(record: CommitmentRecord, facts: Facts) -> bool:
    """DL 44, LY 33, 36: the breach has been repaired."""
    return record.broken and questions.repaired(record, facts)


def term_unknown(record: CommitmentRecord, _facts: Facts) -> bool:
    """DL 35, LY 15: a breach's five years run from a day that is not known."""
    return record.broken and record.act_ended_on is None


def incomplete(record: CommitmentRecord, _facts: Facts) -> bool:
    """LY 26, DL 9: matter and text say what is undertaken; only a decision makes a breach (DL 12(1))."""
    return is_empty(record.matter) or is_empty(record.text) or (record.broken and is_empty(record.decision_no))


RULED: Final = {
    "DL": Ruled(
        rules=(
            *questions.opening("DL", ("DL 9", "DL 13")),
            Rule(Reason.ORGANISATIONS_ONLY, ("DL 4", "DL 58"), "是自然人吗？", questions.of_a_person),
            Rule(Reason.REVOKED, ("DL 43",), "认定违约的决定已被撤销吗？", revoked),
            Rule(Reason.REPAIRED, ("DL 44",), "违约已完成信用修复，且修复没有被撤销吗？", repaired),
            Rule(Reason.WITHDRAWN, ("DL 22",), "承诺已被撤下吗？", questions.withdrawn),
            Rule(Reason.TERM_UNKNOWN, ("DL 35",), "是违约，且终止日期空着吗？", term_unknown),
            Rule(Reason.EXPIRED, ("DL 35",), "违约的五年披露期限已满吗？", questions.expired),
            Rule(Reason.INCOMPLETE, ("DL 9", "DL 12"), "事项、内容空缺，或者违约没有文书号吗？", incomplete),
            personal_data_rule(view, ("DL 4", "DL 58")),
        ),
        view=view,
        duties=("DL 9", "DL 13"),
        usual=True,
    ),
    "LY": Ruled(
        rules=(
            *questions.opening("LY", ("LY 26",)),
            Rule(Reason.ORGANISATIONS_ONLY, ("LY 13", "LY 26"), "是自然人吗？", questions.of_a_person),
            Rule(Reason.REVOKED, ("LY 32",), "认定违约的决定已被撤销吗？", revoked),
            Rule(Reason.REPAIRED, ("LY 33", "LY 36"), "违约已完成信用修复，且修复没有被撤销吗？", repaired),
            Rule(Reason.WITHDRAWN, ("LY 31",), "承诺已被撤下吗？", questions.withdrawn),
            Rule(Reason.TERM_UNKNOWN, ("LY 15",), "是违约，且终止日期空着吗？", term_unknown),
            Rule(Reason.EXPIRED, ("LY 15",), "违约的五年披露期限已满吗？", questions.expired),
            Rule(Reason.INCOMPLETE, ("LY 26",), "事项、内容空缺，或者违约没有文书号吗？", incomplete),
            personal_data_rule(view, ("LY 4", "LY 12", "LY 47")),
        ),
        view=view,
        duties=("LY 26",),
        usual=True,
    ),
}
"""By the code of the regulation."""
