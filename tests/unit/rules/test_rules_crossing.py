"""Every column the contract marks as shown crosses to the visitor, and no other: a mark is planted in each."""

import datetime as dt

from decided_records import (
    AFTER,
    AS_OF,
    BEFORE,
    OPTIONAL,
    entry,
    facts,
    measure,
    model,
    ordered,
    person,
    person_model,
    view,
)
import msgspec
import pytest

from site_builder.export.schema import COLUMNS, RECORDS
from site_builder.kinds.shown import SHOWN as KINDS_SHOWN
from site_builder.vocabulary import Action, Kind, Level, TermStart

SHOWN = {
    Kind.SEVERE: {
        "id",
        "subject_name",
        "subject_type",
        "subject_code",
        "natural_person_basis",
        "legal_representative",
        "principal",
        "actual_controller",
        "responsible_persons_basis",
        "region",
        "list_name",
        "category",
        "cause",
        "basis",
        "measures_notice",
        "removal_conditions",
        "removal_procedure",
        "remedies",
        "measure_ids",
        "authority",
        "source",
        "decision_no",
        "decided_on",
        "listed_on",
        "act_ended_on",
        "act_ongoing",
        "term_basis",
        "published_on",
        "updated_on",
        "objection_received_on",
        "change_note",
    },
    Kind.MEASURE: {
        "id",
        "kind",
        "title",
        "content",
        "targets",
        "implementing_bodies",
        "basis",
        "basis_level",
        "clause",
        "effective_on",
        "published_on",
        "updated_on",
        "change_note",
    },
    Kind.ROLE_MODEL: {
        "id",
        "name",
        "subject_type",
        "subject_code",
        "honour",
        "category",
        "awarded_by",
        "awarded_on",
        "valid_through",
        "region",
        "summary",
        "deeds",
        "photo",
        "objection_received_on",
        "published_on",
        "updated_on",
        "change_note",
    },
    Kind.WATCH: {
        "id",
        "subject_name",
        "subject_type",
        "subject_code",
        "region",
        "natural_person_basis",
        "cause",
        "basis",
        "measures",
        "authority",
        "listed_on",
        "act_ended_on",
        "valid_through",
        "objection_received_on",
        "published_on",
        "updated_on",
        "change_note",
    },
    Kind.CATALOGUE: {
        "id",
        "item",
        "authority",
        "authority_code",
        "standard",
        "disclosure",
        "term",
        "version",
        "basis",
        "published_on",
        "updated_on",
        "change_note",
    },
    Kind.COMMITMENT: {
        "id",
        "subject_name",
        "subject_type",
        "subject_code",
        "region",
        "matter",
        "text",
        "authority",
        "made_on",
        "state",
        "decision_no",
        "act_ended_on",
        "objection_received_on",
        "published_on",
        "updated_on",
        "change_note",
    },
    Kind.GRADE: {
        "id",
        "subject_name",
        "subject_type",
        "subject_code",
        "region",
        "grade",
        "rated_by",
        "rated_on",
        "valid_through",
        "objection_received_on",
        "published_on",
        "updated_on",
        "change_note",
    },
    Kind.PENALTY: {
        "id",
        "subject_name",
        "subject_type",
        "subject_code",
        "legal_representative",
        "natural_person_basis",
        "region",
        "decision_no",
        "content",
        "decided_on",
        "authority",
        "authority_code",
        "source",
        "objection_received_on",
        "published_on",
        "updated_on",
        "change_note",
        "violation",
        "conduct",
        "basis",
        "types",
        "fine",
        "confiscated",
        "certificates",
        "effective_through",
        "procedure",
        "gravity",
        "gravity_basis",
        "act_ended_on",
    },
    Kind.LICENCE: {
        "id",
        "subject_name",
        "subject_type",
        "subject_code",
        "legal_representative",
        "natural_person_basis",
        "region",
        "decision_no",
        "content",
        "decided_on",
        "authority",
        "authority_code",
        "source",
        "objection_received_on",
        "published_on",
        "updated_on",
        "change_note",
        "decision_name",
        "category",
        "certificate",
        "certificate_no",
        "licensed_from",
        "licensed_through",
        "current_state",
    },
    Kind.ABNORMAL: {
        "id",
        "subject_name",
        "subject_type",
        "subject_code",
        "legal_representative",
        "region",
        "cause",
        "authority",
        "decision_no",
        "listed_on",
        "objection_received_on",
        "published_on",
        "updated_on",
        "change_note",
    },
}
"""The columns with ● or ○ of the contract, section 1, and of docs/kinds.md."""

DERIVED = {
    Kind.SEVERE: {"special_term", "term_text", "told", "public_until", "measures_suspended"},
    Kind.MEASURE: {"in_force"},
    Kind.ROLE_MODEL: {"consented"},
    Kind.WATCH: {"public_until"},
    Kind.COMMITMENT: {"public_until"},
    Kind.PENALTY: {"repair_after", "repair_closed", "public_until"},
    Kind.LICENCE: {"lasting", "public_until"},
    Kind.ABNORMAL: {"standing"},
}
VIEWS = {kind: shown.view for kind, shown in KINDS_SHOWN.items()}
MAKE = {Kind.SEVERE: entry, Kind.MEASURE: measure, Kind.ROLE_MODEL: model} | OPTIONAL
FUTURE = dt.date(2400, 1, 1)
PAST = dt.date(1900, 1, 1)


def planted(kind):
    """A publishable record with a mark of its own in every text, list and date; name → mark."""
    base = MAKE[kind]()
    marks, values = {}, {}
    for number, field in enumerate(msgspec.structs.fields(RECORDS[kind])):
        name = field.name
        if name in {"basis", "types", "implementing_bodies", "measure_ids"}:
            marks[name] = f"MARK{number:03}"
            values[name] = (marks[name],)
        elif name.endswith("_on") or name == "valid_through":
            late = name in {"removed_on", "repaired_on", "repair_revoked_on", "revoked_on", "withdrawn_on"}
            late = late or name in {"repealed_on", "objection_closed_on", "valid_through"}
            values[name] = (FUTURE if late else PAST) + dt.timedelta(days=number * 3)
            marks[name] = values[name].isoformat()
        elif getattr(base, name) == "" or isinstance(getattr(base, name), str):
            if name in {"disclosure", "subject_type", "category", "effect", "grade", "state", "procedure", "gravity"}:
                continue
            marks[name] = f"MARK{number:03}"
            values[name] = f"《{marks[name]}》" if name == "responsible_persons_basis" else marks[name]
        elif name == "term_months":
            marks[name] = "7777"
            values[name] = 7777
    if kind is Kind.SEVERE:
        values |= {"term_start": TermStart.SENTENCE_END, "term_level": Level.LAW, "sentence_served_on": None}
        del marks["sentence_served_on"]
    columns = {field.name: field.encode_name for field in msgspec.structs.fields(base)}
    return msgspec.structs.replace(base, **values), {columns[name]: mark for name, mark in marks.items()}


def encoded(record, city="lingyuan", **given):
    in_force = frozenset(getattr(record, "measure_ids", ()))
    return msgspec.json.encode(view(city, record, facts(in_force=in_force, **given))).decode()


@pytest.mark.parametrize("kind", list(Kind))
def test_view_has_exactly_the_fields_the_contract_shows(kind):
    assert set(VIEWS[kind].__struct_encode_fields__) == SHOWN[kind] | DERIVED.get(kind, set())
    assert SHOWN[kind] <= {column.name for column in COLUMNS[kind]}


@pytest.mark.parametrize("kind", list(Kind))
def test_every_shown_field_crosses_and_no_other(kind):
    record, marks = planted(kind)
    text = encoded(record)
    assert {name for name, mark in marks.items() if mark in text} == set(marks) & SHOWN[kind]


@pytest.mark.parametrize("kind", list(Kind))
def test_record_and_columns_name_the_same_fields(kind):
    assert {column.name for column in COLUMNS[kind]} == set(RECORDS[kind].__struct_encode_fields__)


def test_dates_of_what_is_to_come_do_not_cross():
    record = entry(
        removed_on=FUTURE, repaired_on=FUTURE, repair_revoked_on=FUTURE, revoked_on=FUTURE, objection_closed_on=FUTURE
    )
    assert "2400" not in encoded(record)
    assert "2400" not in encoded(measure(repealed_on=FUTURE))
    assert "2400" not in encoded(model(withdrawn_on=FUTURE, objection_closed_on=FUTURE))


PEOPLE = {"legal_representative": "演示甲", "principal": "演示乙", "actual_controller": "演示丙"}


@pytest.mark.parametrize(
    ("show", "basis", "shown"),
    [
        (True, "《演示办法》", {"legal_representative", "principal", "actual_controller"}),
        (True, "", {"legal_representative"}),
        (True, "演示办法", {"legal_representative"}),
        (True, "《》", {"legal_representative"}),
        (False, "《演示办法》", set()),
        (False, "", set()),
    ],
)
@pytest.mark.parametrize("city", ["dalian", "lingyuan"])
def test_responsible_persons_cross_only_as_the_site_chooses_and_with_a_basis(city, show, basis, shown):
    record = entry(responsible_persons_basis=basis, **PEOPLE)
    text = encoded(record, city, show_responsible=show)
    assert {name for name, value in PEOPLE.items() if value in text} == shown
    assert view(city, record, facts(show_responsible=show)).responsible_persons_basis == basis


@pytest.mark.parametrize("make", [person, person_model])
@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("11010519491231002X", "1101**********002X"),
        ("１１０１０５１９４９１２３１００２Ｘ", "1101**********002X"),
        ("E12345678", ""),
        ("110105491231002", ""),
        ("91350100M000100Y43", ""),
        ("", ""),
    ],
)
def test_code_of_a_natural_person_crosses_masked_or_not_at_all(make, code, shown):
    assert view("dalian", make(subject_code=code)).subject_code == shown


def test_only_measures_published_and_in_force_cross_once_and_in_order():
    record = entry(measure_ids=("M-3", "M-1", "M-2", "M-1"))
    assert view("dalian", record, facts(in_force=frozenset({"M-1", "M-3"}))).measure_ids == ("M-3", "M-1")
    assert view("dalian", record).measure_ids == ()


def test_measure_for_other_lists_does_not_cross():
    record = entry(measure_ids=("M-1", "M-2", "M-3"), list_name="演示名单")
    limited = {"M-1": frozenset({"演示另一名单"}), "M-2": frozenset({"演示另一名单", "演示名单"})}
    known = facts(in_force=frozenset({"M-1", "M-2", "M-3"}), limited=limited)
    assert view("dalian", record, known).measure_ids == ("M-2", "M-3")
    assert view("dalian", msgspec.structs.replace(record, list_name=""), known).measure_ids == ("M-3",)


def test_source_is_the_authority_where_none_is_given():
    assert view("dalian", entry()).source == "演示局"
    assert view("dalian", entry(source="演示来源")).source == "演示来源"


@pytest.mark.parametrize("make", [entry, model])
@pytest.mark.parametrize(
    ("received", "closed", "marked"),
    [
        (None, None, False),
        (AFTER, None, False),
        (AS_OF, None, True),
        (BEFORE, None, True),
        (BEFORE, AFTER, True),
        (BEFORE, AS_OF, False),
        (BEFORE, BEFORE, False),
    ],
)
def test_objection_is_marked_from_receipt_to_the_day_before_closing(make, received, closed, marked):
    record = make(objection_received_on=received, objection_closed_on=closed)
    assert view("lingyuan", record).objection_received_on == (received if marked else None)


@pytest.mark.parametrize("make", [entry, model])
def test_objection_of_the_overlay_is_marked_beside_the_columns(make):
    record = make(objection_received_on=BEFORE, objection_closed_on=AS_OF)
    assert view("dalian", record, ordered(record, Action.OBJECTION, AS_OF)).objection_received_on == AS_OF
    assert view("dalian", record, ordered(record, Action.OBJECTION, AFTER)).objection_received_on is None
    assert view("dalian", record, ordered(record, Action.OBJECTION, BEFORE, AS_OF)).objection_received_on is None


def test_first_of_two_open_objections_is_shown():
    record = entry(objection_received_on=AS_OF)
    assert view("dalian", record, ordered(record, Action.OBJECTION, BEFORE)).objection_received_on == BEFORE


def test_overlay_finds_a_record_whatever_the_case_of_its_id():
    record = entry(id="Ab-1")
    assert view("dalian", record, ordered(record, Action.OBJECTION, AS_OF)).objection_received_on == AS_OF


def test_last_day_of_an_honour_is_its_public_until():
    day = dt.date(2030, 1, 1)
    assert view("dalian", model(valid_through=day)).public_until == day
    assert view("dalian", model()).public_until is None
