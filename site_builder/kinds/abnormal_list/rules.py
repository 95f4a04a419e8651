"""The crossing of an entry of the list of abnormal operations from a record to what is seen."""

from __future__ import annotations

from site_builder.kinds.abnormal_list.record import AbnormalRecord
from site_builder.kinds.abnormal_list.shown import AbnormalView
from site_builder.rules.clocks import open_objection
from site_builder.rules.decision import Facts
from site_builder.vocabulary import SubjectType

LISTED = "列入经营异常名录"
"""What is said of an enterprise or a cooperative (《企业信息公示暂行条例》)."""

MARKED = "标记为经营异常状态"
"""What is said of a sole trader, which is on no list (《个体工商户年度报告办法》)."""


def view(record: AbnormalRecord, facts: Facts) -> AbnormalView:
    """What may be seen of an entry: nothing of its removal, nor of a natural person's code."""
    return AbnormalView(
        id=record.id,
        subject_name=record.subject_name,
        subject_type=record.subject_type,
        subject_code="" if record.is_person else record.subject_code,
        legal_representative=record.legal_representative if facts.show_responsible else "",
        region=record.region,
        standing=MARKED if record.subject_type is SubjectType.INDIVIDUAL_BUSINESS else LISTED,
        cause=record.cause,
        authority=record.authority,
        decision_no=record.decision_no,
        listed_on=record.listed_on,
        objection_received_on=open_objection(record, facts),
        published_on=record.published_on,
        updated_on=record.updated_on,
        change_note=record.change_note,
    )
