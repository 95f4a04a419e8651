"""What the cities decide about the watch list, and the crossing from a record to what is seen."""

from __future__ import annotations

from typing import Final

from site_builder.kinds.watch_list.record import WatchRecord
from site_builder.kinds.watch_list.shown import WatchView
from site_builder.records.values import person_birth, person_code, years_old
from site_builder.rules import questions
from site_builder.rules.decision import Facts, Reason, Rule
from site_builder.rules.empty import all_empty, is_empty
from site_builder.rules.questions import ADULT, Ruled, open_objection
from site_builder.rules.ruleset import personal_data_rule


def view(record: WatchRecord, facts: Facts) -> WatchView:
    """What may be seen of an entry."""
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
        valid_through=record.valid_through,
        objection_received_on=open_objection(record, facts),
        published_on=record.published_on,
        updated_on=record.updated_on,
        change_note=record.change_note,
    )


def minor(record: WatchRecord, _facts: Facts) -> bool:
    """DL 3, LY 3: a natural person marked as a minor, or under 18 when listed."""
    if not record.is_person:
        return False
    born = person_birth(record.subject_code)
    return record.minor or (born is not None and years_old(born, record.listed_on) < ADULT)


def term_unknown(record: WatchRecord, _facts: Facts) -> bool:
    """LY 15, DL 35: nothing tells until when the subject is watched."""
    return record.valid_through is None


def incomplete(record: WatchRecord, _facts: Facts) -> bool:
    """LY 25, DL 31(2): the reason, what it rests on, and what supervision does."""
    return is_empty(record.cause) or all_empty(record.basis) or is_empty(record.measures)


RULED: Final = {
    "DL": Ruled(
        rules=(
            *questions.opening("DL", ("DL 31",)),
            Rule(Reason.MINOR, ("DL 3",), "主体是未成年人吗？", minor),
            Rule(Reason.REVOKED, ("DL 43",), "列入的决定已被撤销吗？", questions.revoked),
            Rule(Reason.REPAIRED, ("DL 44",), "已完成信用修复，且修复没有被撤销吗？", questions.repaired),
            Rule(Reason.REMOVED, ("DL 31",), "已移出名单吗？", questions.removed),
            Rule(Reason.TERM_UNKNOWN, ("DL 35",), "没有写期限吗？", term_unknown),
            Rule(Reason.EXPIRED, ("DL 31", "DL 35"), "期限已满吗？", questions.expired),
            Rule(Reason.INCOMPLETE, ("DL 31",), "事由、依据、监管措施缺一项吗？", incomplete),
            personal_data_rule(view, ("DL 4", "DL 58")),
        ),
        view=view,
        duties=("DL 31",),
        usual=False,
    ),
    "LY": Ruled(
        rules=(
            *questions.opening("LY", ("LY 25",)),
            Rule(Reason.MINOR, ("LY 3",), "主体是未成年人吗？", minor),
            Rule(Reason.NATURAL_PERSON, ("LY 13",), "是自然人，且没有写明公开依据的文件吗？", questions.natural_person),
            Rule(Reason.REVOKED, ("LY 32",), "列入的决定已被撤销吗？", questions.revoked),
            Rule(Reason.REPAIRED, ("LY 33", "LY 36"), "已完成信用修复，且修复没有被撤销吗？", questions.repaired),
            Rule(Reason.REMOVED, ("LY 25",), "已移出名单吗？", questions.removed),
            Rule(Reason.TERM_UNKNOWN, ("LY 15",), "没有写期限吗？", term_unknown),
            Rule(Reason.EXPIRED, ("LY 15",), "期限已满吗？", questions.expired),
            Rule(Reason.INCOMPLETE, ("LY 25",), "事由、依据、监管措施缺一项吗？", incomplete),
            personal_data_rule(view, ("LY 4", "LY 12", "LY 47")),
        ),
        view=view,
        duties=("LY 25",),
        usual=True,
    ),
}
"""By the code of the regulation. 大连 calls it a tool of supervision and does not ask for it to be shown."""
