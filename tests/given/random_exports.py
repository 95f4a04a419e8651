"""Random rows of an export: complete records, each changed in a few of the ways that withhold, mark or do nothing."""

import datetime as dt
from functools import partial

from hypothesis import strategies as st
import small_sites

from site_builder.vocabulary import Kind

AS_OF = small_sites.AS_OF
DAY = dt.timedelta(days=1)
NEAR = st.integers(-2, 2).map(lambda days: AS_OF + DAY * days)
CODES = [small_sites.credit_code(number) for number in range(4)]
NUMBERS = [small_sites.double_code(number) for number in range(2)]
MEASURES = [f"M-{number}" for number in range(3)]

REMOVING = st.sampled_from(["removed_on", "revoked_on", "repaired_on", "published_on"])
SEVERE_CHANGES = st.one_of(
    st.just({}),
    st.just({}),
    st.builds(lambda field, day: {field: day}, REMOVING, NEAR),
    st.builds(lambda day: {"repaired_on": AS_OF - DAY, "repair_revoked_on": day}, NEAR),
    st.sampled_from(
        [
            {"disclosure": "query"},
            {"disclosure": "shared"},
            {"notified_on": None},
            {"notified_on": dt.date(2024, 5, 12)},
            {"cause": "无"},
            {"measures_notice": ""},
            {"basis": ["/", "略"]},
            {"act_ended_on": None},
            {"act_ended_on": None, "act_ongoing": True},
            {"act_ended_on": dt.date(2021, 11, 19)},
            {"act_ended_on": dt.date(2021, 11, 20)},
            {"change_note": "演示电话13912345678"},
            {"change_note": "演示证号11010519491231002X"},
            {"region": "211382"},
            {"region": "999999"},
            {"region": None},
            {"list_name": None},
            {"catalogue_item": "I-1"},
            {"list_name": "演示另一名单"},
            {"authority": "演示另一单位"},
            {"category": "health_safety", "basis": ["《大连市社会信用条例》第三十二条第（一）项"]},
            {"basis": ["《凌源市社会信用管理办法》第二十一条", "演示依据"]},
            {"listed_on": dt.date(2023, 1, 2)},
            {"subject_name": "Demo 演示"},
            {"legal_representative": "演示法人", "principal": "演示负责人", "responsible_persons_basis": "《演示》"},
            {"term_months": 12, "term_start": "listing", "term_basis": "《演示法》", "term_level": "law"},
            {"term_months": 36, "term_start": "decision", "term_basis": "《演示法》", "term_level": "national_rule"},
            {"term_months": 90, "term_start": "act_end", "term_basis": "《演示法》", "term_level": "local_regulation"},
            {"objection_received_on": AS_OF - DAY},
            {"objection_received_on": AS_OF - DAY, "objection_closed_on": AS_OF},
            {"updated_on": AS_OF},
        ]
    ),
    st.builds(lambda ids: {"measure_ids": ids}, st.lists(st.sampled_from([*MEASURES, "M-9"]), max_size=3)),
    st.builds(lambda code: {"subject_code": code}, st.sampled_from(CODES)),
)
PERSON_CHANGES = st.one_of(
    SEVERE_CHANGES.filter(lambda change: "subject_code" not in change),
    st.sampled_from(
        [
            {"minor": True},
            {"natural_person_basis": None},
            {"natural_person_basis": "《》"},
            {"subject_code": None},
            {"subject_code": "E12345678"},
            {"subject_code": "110105200801010021"},
            {"sentenced": True},
            {"sentenced": True, "sentence_served_on": dt.date(2023, 1, 1)},
        ]
    ),
)
MEASURE_CHANGES = st.one_of(
    st.just({}),
    st.builds(lambda field, day: {field: day}, st.sampled_from(["repealed_on", "published_on", "effective_on"]), NEAR),
    st.sampled_from(
        [
            {"disclosure": "shared"},
            {"content": "略"},
            {"targets": None},
            {"implementing_bodies": ["无"]},
            {"basis": []},
            {"kind": "incentive", "clause": "DL-29-1"},
            {"kind": "penalty", "clause": "DL-34-1"},
            {"basis": ["《大连市社会信用条例》第三十四条第一款", "《大连市社会信用条例》第二十八条"]},
            {"implementing_bodies": ["演示实施局", "演示另一局"]},
            {"basis_level": None},
            {"change_note": "演示13912345678"},
        ]
    ),
)
MODEL_CHANGES = st.one_of(
    st.just({}),
    st.builds(
        lambda field, day: {field: day}, st.sampled_from(["withdrawn_on", "valid_through", "published_on"]), NEAR
    ),
    st.sampled_from(
        [
            {"disclosure": "query"},
            {"deeds": "/"},
            {"category": "red_list"},
            {"category": "red_list", "notified_on": None},
            {"category": "citizen"},
            {"awarded_on": dt.date(2020, 1, 1)},
            {"summary": "演示11010519491231002X"},
            {"objection_received_on": AS_OF - DAY},
            {"region": None},
        ]
    ),
    st.builds(lambda code: {"subject_code": code}, st.sampled_from(CODES)),
)
PERSON_MODEL_CHANGES = st.one_of(
    MODEL_CHANGES.filter(lambda change: "subject_code" not in change),
    st.sampled_from([{"consent": False}, {"minor": True}, {"subject_code": small_sites.resident_id()}]),
)


OPTIONAL_CHANGES = st.one_of(
    st.just({}),
    st.builds(lambda day: {"published_on": day}, NEAR),
    st.sampled_from(
        [
            {"disclosure": "query"},
            {"disclosure": "shared"},
            {"change_note": "演示电话13912345678"},
            {"change_note": "演示证号11010519491231002X"},
            {"updated_on": AS_OF},
        ]
    ),
)
SUBJECT_CHANGES = st.one_of(
    OPTIONAL_CHANGES,
    st.sampled_from(
        [
            {"catalogue_item": "I-0"},
            {"catalogue_item": "I-1"},
            {"catalogue_item": "I-9"},
            {"region": "999999"},
            {"objection_received_on": AS_OF - DAY},
            {"subject_type": "natural_person", "subject_code": None},
        ]
    ),
)
ABNORMAL = partial(small_sites.abnormal, catalogue_item="I-0")
OF_KIND = {
    Kind.WATCH: (small_sites.watched, "valid_through", "removed_on", {"cause": "无"}),
    Kind.GRADE: (small_sites.grade, "valid_through", "withdrawn_on", {"grade": "BBB"}),
    Kind.COMMITMENT: (small_sites.commitment, "withdrawn_on", "withdrawn_on", {"state": "broken"}),
    Kind.PENALTY: (small_sites.penalty, "disclosed_through", "annulled_on", {"conduct": "无"}),
    Kind.LICENCE: (small_sites.licence, "licensed_through", "withdrawn_on", {"content": "略"}),
    Kind.ABNORMAL: (ABNORMAL, "revoked_on", "removed_on", {"removal_cause": "演示已补报"}),
}


def optional_changes(kind):
    """Ways to change a row about a subject: those of every kind, and the kind's own."""
    _, first, second, own = OF_KIND[kind]
    days = st.builds(lambda field, day: {field: day}, st.sampled_from([first, second]), NEAR)
    return st.one_of(SUBJECT_CHANGES, days, st.just(own))


def changed(make, prefix, changes, most):
    """A list of rows of ``make``, each with up to three changes, numbered from 0."""
    rows = st.lists(st.lists(changes, min_size=1, max_size=3), max_size=most)
    return rows.map(lambda found: [make(f"{prefix}-{number}", **merged(parts)) for number, parts in enumerate(found)])


def merged(parts):
    whole = {}
    for part in parts:
        whole |= part
    return whole


def told(row, place, code):
    """The row, naming an organisation's code of all digits in a text, or carrying it in a code column."""
    if place == "cites":
        return row | {"change_note": f"演示企业{code}"}
    if place == "carries" and row.get("subject_type") == "legal_person":
        return row | {"subject_code": code}
    if place == "decides" and "authority" in row:
        return row | {"authority_code": code}
    return row


@st.composite
def exports(draw):
    """``severe``, ``measures``, ``models`` and ``others`` of one export."""
    severe = draw(changed(small_sites.entry, "S", SEVERE_CHANGES, 5))
    people = draw(changed(small_sites.person, "P", PERSON_CHANGES, 2))
    measures = draw(changed(small_sites.measure, "M", MEASURE_CHANGES, 3))
    models = draw(changed(small_sites.model, "R", MODEL_CHANGES, 3))
    kind = draw(changed(small_sites.person_model, "Q", PERSON_MODEL_CHANGES, 2))
    places = st.sampled_from(["", "", "", "cites", "carries", "decides"])
    severe = [told(row, draw(places), draw(st.sampled_from(NUMBERS))) for row in severe]
    models = [told(row, draw(places), draw(st.sampled_from(NUMBERS))) for row in models]
    items = st.one_of(OPTIONAL_CHANGES, st.builds(lambda day: {"repealed_on": day}, NEAR))
    others = {Kind.CATALOGUE: draw(changed(small_sites.item, "I", items, 3))}
    for one, (make, *_) in OF_KIND.items():
        others[one] = draw(changed(make, one.name[:2], optional_changes(one), 2))
    others[Kind.COMMITMENT] += draw(changed(small_sites.breach, "V", optional_changes(Kind.COMMITMENT), 2))
    absent = draw(st.sets(st.sampled_from(sorted(others)), max_size=2))
    others = {one: rows for one, rows in others.items() if one not in absent}
    return {"severe": severe + people, "measures": measures, "models": models + kind, "others": others}
