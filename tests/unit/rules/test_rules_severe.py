"""Why an entry of the severe list is withheld, rule by rule, on the days around each boundary."""

import datetime as dt

from decided_records import AFTER, AS_OF, BEFORE, BOTH, entry, facts, ordered, person, reasons, watched_person
import pytest

from site_builder.law.cities import all_shipped
from site_builder.rules.decision import REASON_LABELS, Reason
from site_builder.vocabulary import ALWAYS, Action, BasisAct, Disclosure, Kind, Level, Procedure, SubjectType

DAY = dt.timedelta(days=1)
SIX = ("cause", "basis", "measures_notice", "removal_conditions", "removal_procedure", "remedies")
FIVE = tuple(name for name in SIX if name != "measures_notice")
PLACEHOLDERS = ("", "无", "/", "-", "—", "见文书", "详见文书", "略", "／", "－", " 无 ")


@pytest.mark.parametrize("city", BOTH)
def test_complete_entry_is_published(city):
    assert reasons(city, entry()) == []
    assert reasons(city, person()) == []


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("kind", ALWAYS)
def test_rules_of_a_city_stand_in_the_contracts_order_with_their_articles(city, kind):
    rules = all_shipped()[city].latest.kinds[kind].rules
    order = [list(Reason).index(rule.reason) for rule in rules]
    assert order == sorted(set(order))
    assert all(rule.articles and rule.question.endswith("吗？") and rule.reason in REASON_LABELS for rule in rules)


@pytest.mark.parametrize("city", BOTH)
def test_city_asks_exactly_the_contracts_rules(city):
    asked = {rule.reason.value for rule in all_shipped()[city].latest.kinds[Kind.SEVERE].rules}
    wanted = {
        "not_public",
        "suppressed",
        "not_yet_published",
        "minor",
        "revoked",
        "repaired",
        "removed",
        "term_unknown",
        "expired",
        "no_prior_notice",
        "incomplete",
        "personal_data",
    }
    assert asked == wanted | ({"natural_person", "catalogue_mode"} if city == "lingyuan" else {"not_dishonest"})


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("disclosure", [Disclosure.QUERY, Disclosure.SHARED])
def test_entry_that_is_not_public_is_withheld(city, disclosure):
    assert reasons(city, entry(disclosure=disclosure)) == ["not_public"]


@pytest.mark.parametrize("city", BOTH)
def test_entry_is_published_from_its_day_on(city):
    assert reasons(city, entry(published_on=AS_OF)) == []
    assert reasons(city, entry(published_on=AFTER)) == ["not_yet_published"]


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize(("field", "reason"), [("revoked_on", "revoked"), ("removed_on", "removed")])
def test_date_that_takes_an_entry_away_acts_from_its_day_on(city, field, reason):
    assert reasons(city, entry(**{field: AFTER})) == []
    assert reasons(city, entry(**{field: AS_OF})) == [reason]
    assert reasons(city, entry(**{field: BEFORE})) == [reason]


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize(
    ("repaired", "revoked", "withheld"),
    [
        (AFTER, None, False),
        (AS_OF, None, True),
        (BEFORE, None, True),
        (BEFORE, AFTER, True),
        (BEFORE, AS_OF, False),
        (BEFORE, BEFORE, False),
        (AS_OF, AS_OF, False),
        (AS_OF, BEFORE, True),
        (BEFORE, BEFORE - DAY, True),
        (None, BEFORE, False),
    ],
)
def test_repaired_entry_is_withheld_unless_its_repair_is_revoked(city, repaired, revoked, withheld):
    found = reasons(city, entry(repaired_on=repaired, repair_revoked_on=revoked))
    assert found == (["repaired"] if withheld else [])


def test_revoked_repair_does_not_restart_the_clock():
    record = entry(
        act_ended_on=dt.date(2021, 11, 19), repaired_on=dt.date(2022, 1, 1), repair_revoked_on=dt.date(2025, 1, 1)
    )
    assert reasons("lingyuan", record) == ["expired"]


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize(
    ("what", "reason"),
    [
        (Action.COURT, "suppressed"),
        (Action.REVOKED, "revoked"),
        (Action.REPAIRED, "repaired"),
        (Action.REMOVED, "removed"),
    ],
)
def test_overlay_acts_from_its_day_on_beside_the_column(city, what, reason):
    record = entry()
    assert reasons(city, record, ordered(record, what, AFTER)) == []
    assert reasons(city, record, ordered(record, what, AS_OF)) == [reason]


@pytest.mark.parametrize("city", BOTH)
def test_overlay_never_stands_in_for_a_column(city):
    record = entry(removed_on=BEFORE)
    assert reasons(city, record, ordered(record, Action.REMOVED, AFTER)) == ["removed"]


@pytest.mark.parametrize("city", BOTH)
def test_repair_by_overlay_is_not_undone_by_an_earlier_revocation(city):
    record = entry(repaired_on=BEFORE - DAY, repair_revoked_on=BEFORE)
    assert reasons(city, record) == []
    assert reasons(city, record, ordered(record, Action.REPAIRED, AS_OF)) == ["repaired"]


@pytest.mark.parametrize("city", BOTH)
def test_objection_marks_and_never_withholds(city):
    record = entry(objection_received_on=BEFORE)
    assert reasons(city, record) == []
    assert reasons(city, record, ordered(record, Action.OBJECTION, BEFORE)) == []


@pytest.mark.parametrize("city", BOTH)
def test_natural_person_marked_as_a_minor_is_withheld(city):
    assert reasons(city, person(minor=True)) == ["minor"]
    assert reasons(city, person(minor=True, subject_code="")) == ["minor"]
    assert reasons(city, entry(minor=True)) == []


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize(
    ("born", "withheld"), [("20060510", False), ("20060511", True), ("20060509", False), ("20240510", True)]
)
def test_natural_person_under_eighteen_at_the_decision_is_withheld(city, born, withheld):
    record = person(subject_code=f"110105{born}0021", decided_on=dt.date(2024, 5, 10))
    assert reasons(city, record) == (["minor"] if withheld else [])


@pytest.mark.parametrize("city", BOTH)
def test_age_is_counted_on_the_day_of_the_decision_not_today(city):
    record = person(subject_code="110105200701010021", decided_on=dt.date(2024, 5, 10))
    assert reasons(city, record, facts(dt.date(2027, 1, 1))) == ["minor"]


@pytest.mark.parametrize("city", BOTH)
def test_birth_date_no_calendar_has_tells_no_age(city):
    assert reasons(city, person(subject_code="110105201002300021")) == []


@pytest.mark.parametrize(
    ("basis", "shown"),
    [
        ("《演示办法》", True),
        ("依据《演示办法》第六条公布", True),
        ("", False),
        ("演示办法", False),
        ("《》", False),
        ("《 》", False),
        ("《演示办法", False),
        ("》演示办法《", False),
    ],
)
def test_lingyuan_shows_a_natural_person_only_with_a_cited_instrument(basis, shown):
    assert reasons("lingyuan", person(natural_person_basis=basis)) == ([] if shown else ["natural_person"])
    assert reasons("dalian", person(natural_person_basis=basis)) == []


RANKS = {
    "lingyuan": {Level.LAW, Level.ADMINISTRATIVE_REGULATION, Level.NATIONAL_RULE, None},
    "dalian": {Level.LAW, Level.ADMINISTRATIVE_REGULATION, Level.LOCAL_REGULATION, Level.NATIONAL_RULE, None},
}
"""The ranks each city shows a natural person by; None: not said, and asked for."""


@pytest.mark.parametrize("level", [*Level, None])
def test_basis_that_ranks_too_low_shows_no_natural_person(level):
    low = {"natural_person_basis_level": level}
    for city in BOTH:
        assert reasons(city, watched_person(**low)) == ([] if level in RANKS[city] else ["natural_person"])
    assert reasons("lingyuan", person(**low)) == ([] if level in RANKS["lingyuan"] else ["natural_person"])
    assert reasons("dalian", person(**low)) == []
    assert reasons("lingyuan", entry(**low)) == []


@pytest.mark.parametrize(
    ("city", "make"), [("lingyuan", person), ("lingyuan", watched_person), ("dalian", watched_person)]
)
def test_rank_of_the_basis_is_asked_for_where_it_is_not_said(city, make):
    def codes(record):
        return [one.code for one in all_shipped()[city].latest.watches if list(one.finds(record, facts()))]

    assert codes(make()) == []
    assert codes(make(natural_person_basis_level=None)) == ["natural-person-basis-level"]
    assert codes(make(natural_person_basis_level=None, natural_person_basis="")) == []
    assert codes(make(natural_person_basis_level=None, disclosure=Disclosure.QUERY)) == []


@pytest.mark.parametrize("kind", [kind for kind in SubjectType if kind is not SubjectType.NATURAL_PERSON])
def test_lingyuan_asks_no_instrument_for_organisations(kind):
    assert reasons("lingyuan", entry(subject_type=kind)) == []


@pytest.mark.parametrize("city", BOTH)
def test_entry_whose_term_starts_on_no_known_day_is_withheld(city):
    assert reasons(city, entry(act_ended_on=None)) == ["term_unknown"]
    assert reasons(city, entry(act_ended_on=None, act_ongoing=True)) == []


def test_sentence_being_served_explains_a_missing_start_in_dalian_alone():
    record = person(act_ended_on=None, sentenced=True)
    assert reasons("dalian", record) == []
    assert reasons("lingyuan", record) == ["term_unknown"]


def test_dalian_asks_for_notice_before_the_decision():
    decided = dt.date(2024, 5, 10)
    assert reasons("dalian", entry(notified_on=decided)) == []
    assert reasons("dalian", entry(notified_on=decided + DAY)) == ["no_prior_notice"]
    assert reasons("dalian", entry(notified_on=None)) == ["no_prior_notice"]


def test_lingyuan_asks_for_notice_before_publication():
    published = dt.date(2024, 5, 15)
    assert reasons("lingyuan", entry(notified_on=published)) == []
    assert reasons("lingyuan", entry(notified_on=published + DAY)) == ["no_prior_notice"]
    assert reasons("lingyuan", entry(notified_on=None)) == ["no_prior_notice"]


@pytest.mark.parametrize("text", PLACEHOLDERS)
@pytest.mark.parametrize("field", SIX)
def test_dalian_asks_for_all_six_contents(field, text):
    value = (text, text) if field == "basis" else text
    assert reasons("dalian", entry(**{field: value})) == ["incomplete"]


@pytest.mark.parametrize("text", PLACEHOLDERS)
@pytest.mark.parametrize("field", SIX)
def test_lingyuan_asks_for_five_contents(field, text):
    value = (text,) if field == "basis" else text
    assert reasons("lingyuan", entry(**{field: value})) == (["incomplete"] if field in FIVE else [])


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("text", ["无不良记录", "见文书第三页", "略有不同", "//", "--", "——", "无。"])
def test_only_the_exact_placeholders_count_as_empty(city, text):
    assert reasons(city, entry(cause=text, basis=("/", text))) == []


@pytest.mark.parametrize("city", BOTH)
def test_empty_list_is_empty(city):
    assert reasons(city, entry(basis=())) == ["incomplete"]


def test_all_reasons_that_hold_are_kept_in_the_contracts_order():
    record = person(
        disclosure=Disclosure.QUERY,
        published_on=AFTER,
        minor=True,
        natural_person_basis="",
        revoked_on=BEFORE,
        repaired_on=BEFORE,
        removed_on=BEFORE,
        act_ended_on=dt.date(2000, 1, 1),
        notified_on=None,
        cause="电话13912345678",
        remedies="无",
    )
    given = ordered(record, Action.COURT, BEFORE)
    assert reasons("lingyuan", record, given) == [
        "not_public",
        "suppressed",
        "not_yet_published",
        "minor",
        "natural_person",
        "revoked",
        "repaired",
        "removed",
        "expired",
        "no_prior_notice",
        "incomplete",
        "personal_data",
    ]
    assert reasons("dalian", record, given) == [
        "not_public",
        "suppressed",
        "not_yet_published",
        "minor",
        "revoked",
        "repaired",
        "removed",
        "no_prior_notice",
        "incomplete",
        "personal_data",
    ]


@pytest.mark.parametrize("act", [*BasisAct, None])
@pytest.mark.parametrize("procedure", [*Procedure, None])
@pytest.mark.parametrize("minor", [False, True])
def test_dalian_takes_only_a_penalty_of_ordinary_procedure_that_is_not_minor_for_dishonesty(act, procedure, minor):
    """DL 12(4), and its exception."""
    record = entry(basis_act=act, procedure=procedure, minor_breach=minor)
    excepted = act is BasisAct.PENALTY and (procedure is Procedure.SUMMARY or minor)
    assert reasons("dalian", record) == (["not_dishonest"] if excepted else [])
    assert reasons("lingyuan", record) == []
