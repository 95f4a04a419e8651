"""The rules of the optional kinds: what every one of them asks, and what each asks alone."""

import datetime as dt

from decided_records import (
    AFTER,
    AS_OF,
    BEFORE,
    BOTH,
    OPTIONAL,
    abnormal,
    breach,
    commitment,
    entry,
    facts,
    grade,
    item,
    licence,
    looks,
    model,
    ordered,
    penalty,
    person,
    person_model,
    reasons,
    view,
    watched,
)
import msgspec
import pytest
from small_sites import resident_id

from site_builder.kinds.shown import SHOWN
from site_builder.law.cities import all_shipped
from site_builder.pages.verdict import verdict
from site_builder.public import columns
from site_builder.public.columns import ShownColumn
from site_builder.rules.decision import REASON_LABELS, Reason
from site_builder.rules.personal_data import CODE_FIELDS
from site_builder.rules.ruleset import change_days
from site_builder.vocabulary import Action, Disclosure, Grade, Keeping, Kind, SubjectType

MAKERS = [pytest.param(make, id=kind.value) for kind, make in OPTIONAL.items()]
SUBJECTS = [pytest.param(OPTIONAL[kind], id=kind.value) for kind in OPTIONAL if kind is not Kind.CATALOGUE]
PERSON = SubjectType.NATURAL_PERSON
COLUMNS_ACTING = {
    Action.WITHDRAWN: (grade, commitment, licence),
    Action.REVOKED: (watched, breach, abnormal),
    Action.REPAIRED: (watched, breach, penalty),
    Action.REMOVED: (watched, abnormal),
}
ACTING = [(action, make) for action, makers in COLUMNS_ACTING.items() for make in makers]


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("kind", OPTIONAL)
def test_rules_of_an_optional_kind_stand_in_the_order_of_reasons_with_their_articles(city, kind):
    rules = all_shipped()[city].latest.kinds[kind].rules
    order = [list(Reason).index(rule.reason) for rule in rules]
    assert order == sorted(set(order))
    assert all(rule.articles and rule.question.endswith("吗？") and rule.reason in REASON_LABELS for rule in rules)
    assert rules[-1].reason is Reason.PERSONAL_DATA
    assert all(article.startswith(all_shipped()[city].latest.code) for rule in rules for article in rule.articles)


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("make", MAKERS)
def test_optional_record_is_published_from_its_day_on(city, make):
    assert reasons(city, make(published_on=AS_OF)) == []
    assert reasons(city, make(published_on=AFTER)) == ["not_yet_published"]


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("make", SUBJECTS)
@pytest.mark.parametrize("disclosure", [Disclosure.QUERY, Disclosure.SHARED])
def test_optional_record_that_is_not_public_is_withheld(city, make, disclosure):
    assert reasons(city, make(disclosure=disclosure)) == ["not_public"]


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("disclosure", list(Disclosure))
def test_catalogue_is_published_whole_whatever_its_items_say(city, disclosure):
    assert reasons(city, item(disclosure=disclosure)) == []
    assert view(city, item(disclosure=disclosure)).disclosure is disclosure


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("make", MAKERS)
def test_court_order_withholds_any_optional_record_from_its_day_on(city, make):
    record = make()
    assert reasons(city, record, ordered(record, Action.COURT, AFTER)) == []
    assert reasons(city, record, ordered(record, Action.COURT, AS_OF)) == ["suppressed"]


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("make", MAKERS)
def test_personal_number_in_any_shown_text_withholds_an_optional_record(city, make):
    for name in ("change_note", *SHOWN[make().kind].texts):
        if isinstance(getattr(make(), name), str) and name != "subject_code":
            number = resident_id() if name in CODE_FIELDS else "139 1234 5678"
            assert "personal_data" in reasons(city, make(**{name: f"演示 {number}"})), name


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize(("action", "make"), ACTING)
def test_day_and_order_that_take_an_optional_record_off_act_from_their_day_on(city, action, make):
    column, record = f"{action.value}_on", make()
    for day, wanted in ((AFTER, []), (AS_OF, [action.value]), (BEFORE, [action.value])):
        assert reasons(city, make(**{column: day})) == wanted
        assert reasons(city, record, ordered(record, action, day)) == wanted


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("make", [watched, breach, penalty])
def test_revoked_repair_brings_an_optional_record_back(city, make):
    earlier = AS_OF - dt.timedelta(days=30)
    assert reasons(city, make(repaired_on=earlier, repair_revoked_on=AS_OF)) == []
    assert reasons(city, make(repaired_on=earlier, repair_revoked_on=AFTER)) == ["repaired"]
    assert reasons(city, make(repaired_on=AS_OF, repair_revoked_on=earlier)) == ["repaired"]
    assert reasons(city, make(repaired_on=AS_OF, repair_revoked_on=AS_OF)) == []


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("action", [Action.REVOKED, Action.REPAIRED])
def test_commitment_that_is_not_broken_has_nothing_to_revoke_or_repair(city, action):
    record = commitment(state=Keeping.KEPT)
    assert reasons(city, record, ordered(record, action, BEFORE)) == []
    assert reasons(city, commitment(state=Keeping.KEPT, revoked_on=BEFORE, repaired_on=BEFORE)) == []


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("make", [grade, watched])
def test_last_day_of_an_optional_record_is_inclusive(city, make):
    assert reasons(city, make(valid_through=AS_OF)) == []
    assert reasons(city, make(valid_through=BEFORE)) == ["expired"]
    assert view(city, make(valid_through=AS_OF)).public_until == AS_OF


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("level", list(Grade))
def test_only_grades_of_a_and_above_are_shown(city, level):
    high = level in {Grade.AAA, Grade.AA, Grade.A}
    assert reasons(city, grade(grade=level)) == ([] if high else ["below_a"])


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("make", [grade, commitment, abnormal])
def test_natural_person_has_neither_grade_commitment_nor_listing_shown(city, make):
    assert reasons(city, make(subject_type=PERSON, subject_code="")) == ["organisations_only"]


@pytest.mark.parametrize("city", BOTH)
def test_breach_is_told_for_five_years_from_its_end(city):
    first = dt.date(2021, 11, 20)
    assert reasons(city, breach(act_ended_on=first)) == []
    assert view(city, breach(act_ended_on=first)).public_until == AS_OF
    assert reasons(city, breach(act_ended_on=first - dt.timedelta(days=1))) == ["expired"]
    assert reasons(city, breach(act_ended_on=None)) == ["term_unknown"]
    assert reasons(city, commitment(act_ended_on=dt.date(2001, 1, 1))) == []
    assert view(city, commitment(act_ended_on=dt.date(2001, 1, 1), decision_no="演示")).public_until is None


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("changes", [{"matter": "无"}, {"text": "略"}, {"decision_no": ""}, {"decision_no": "/"}])
def test_breach_states_matter_text_and_the_decision_that_found_it(city, changes):
    assert reasons(city, breach(**changes)) == ["incomplete"]
    wanted = [] if "decision_no" in changes else ["incomplete"]
    assert reasons(city, commitment(**changes)) == wanted


@pytest.mark.parametrize("city", BOTH)
def test_what_belongs_to_a_breach_is_shown_of_a_breach_alone(city):
    shown = view(city, commitment(state=Keeping.KEPT, decision_no="演示〔2025〕9号", act_ended_on=BEFORE))
    assert (shown.decision_no, shown.act_ended_on) == ("", None)
    assert view(city, breach()).decision_no == "演示〔2025〕9号"


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("changes", [{"cause": "无"}, {"basis": ("/",)}, {"basis": ()}, {"measures": ""}])
def test_watch_list_states_reason_basis_and_measures(city, changes):
    assert reasons(city, watched(**changes)) == ["incomplete"]


FIVE_YEARS_AGO = dt.date(2021, 11, 20)
LATER = dt.date(2027, 2, 28)


def test_lingyuan_watches_in_public_for_five_years_from_the_end_of_the_act_at_most():
    """LY 15; the watch itself may go on."""
    record = watched(listed_on=dt.date(2022, 3, 1), act_ended_on=FIVE_YEARS_AGO, valid_through=LATER)
    assert reasons("lingyuan", record) == []
    assert view("lingyuan", record).public_until == AS_OF
    assert (view("lingyuan", record).act_ended_on, view("lingyuan", record).valid_through) == (FIVE_YEARS_AGO, LATER)
    assert reasons("lingyuan", record, facts(AFTER)) == ["expired"]
    assert AFTER in change_days(record, all_shipped()["lingyuan"], facts())
    shorter = msgspec.structs.replace(record, valid_through=BEFORE)
    assert view("lingyuan", shorter).public_until == BEFORE
    assert reasons("lingyuan", shorter) == ["expired"]


def test_dalian_watches_until_the_day_of_the_watch():
    record = watched(listed_on=dt.date(2022, 3, 1), act_ended_on=FIVE_YEARS_AGO, valid_through=LATER)
    assert reasons("dalian", record, facts(LATER)) == []
    assert view("dalian", record).public_until == LATER


@pytest.mark.parametrize("ended", [None, AFTER])
def test_lingyuan_counts_from_the_listing_where_no_end_of_the_act_is_known_and_says_so(ended):
    record = watched(listed_on=FIVE_YEARS_AGO, act_ended_on=ended, valid_through=LATER)
    assert view("lingyuan", record).public_until == AS_OF
    assert view("lingyuan", record).act_ended_on is None
    assert reasons("lingyuan", record, facts(AS_OF)) == []
    told = looks("lingyuan", "term-from-listing")
    assert [one.column for one in told(record, facts())] == ["act_ended_on"]
    assert list(told(msgspec.structs.replace(record, act_ended_on=FIVE_YEARS_AGO), facts())) == []
    assert list(told(msgspec.structs.replace(record, disclosure=Disclosure.SHARED), facts())) == []
    assert list(told(breach(act_ended_on=None), facts())) == []


def test_end_of_the_act_that_comes_later_is_counted_from_when_it_has_come():
    record = watched(listed_on=dt.date(2022, 3, 1), act_ended_on=AFTER, valid_through=dt.date(2040, 1, 1))
    assert view("lingyuan", record).public_until == dt.date(2027, 3, 1)
    assert view("lingyuan", record, facts(AFTER)).public_until == dt.date(2031, 11, 21)
    days = change_days(record, all_shipped()["lingyuan"], facts())
    assert {AFTER, dt.date(2027, 3, 2), dt.date(2031, 11, 22)} <= set(days)


@pytest.mark.parametrize("city", BOTH)
def test_watch_without_an_end_is_withheld(city):
    assert reasons(city, watched(valid_through=None)) == ["term_unknown"]


@pytest.mark.parametrize("city", BOTH)
def test_natural_person_is_watched_in_public_as_on_the_severe_list(city):
    someone = {"subject_type": PERSON, "subject_code": "11010519491231002X", "natural_person_basis": "《演示》"}
    assert reasons(city, watched(**someone)) == []
    shown = view(city, watched(**someone))
    assert shown.subject_code == "1101**********002X"
    assert shown.is_person
    assert reasons(city, watched(**someone | {"minor": True})) == ["minor"]
    young = someone | {"subject_code": "110105200801010021"}
    assert reasons(city, watched(**young)) == ["minor"]
    assert reasons(city, watched(**someone | {"natural_person_basis": "演示规定"})) == ["natural_person"]
    assert reasons(city, watched(**someone | {"natural_person_basis": ""})) == ["natural_person"]
    assert reasons(city, watched(minor=True)) == []


@pytest.mark.parametrize("city", BOTH)
def test_repealed_item_leaves_the_catalogue_on_its_day(city):
    assert reasons(city, item(repealed_on=AFTER)) == []
    assert reasons(city, item(repealed_on=AS_OF)) == ["repealed"]


OPEN = facts(catalogue=frozenset({"ML-1"}))


@pytest.mark.parametrize("make", [entry, model, watched, grade, commitment, penalty, licence])
def test_organisations_record_is_no_more_open_than_its_item(make):
    """LY 13(3); 大连's catalogue decides nothing of the kind."""
    assert reasons("lingyuan", make(catalogue_item="ML-1"), OPEN) == []
    assert reasons("lingyuan", make(catalogue_item="ML-2"), OPEN) == ["catalogue_mode"]
    assert reasons("lingyuan", make(catalogue_item="ML-2", disclosure=Disclosure.QUERY), OPEN) == ["not_public"]
    assert reasons("lingyuan", make(), OPEN) == []
    assert reasons("lingyuan", make(catalogue_item="ML-2"), facts(catalogue=None)) == []
    assert reasons("dalian", make(catalogue_item="ML-2"), OPEN) == []


@pytest.mark.parametrize("make", [person, person_model])
def test_natural_persons_record_is_not_the_catalogues_to_decide(make):
    assert reasons("lingyuan", make(catalogue_item="ML-2"), OPEN) == []


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize(
    ("item_named", "known", "shown"),
    [
        ("ML-1", {"ML-1"}, True),
        ("ML-2", {"ML-1"}, False),
        ("", {"ML-1"}, False),
        ("ML-1", set(), False),
        ("ML-1", None, False),
        ("", None, False),
    ],
)
def test_abnormal_operation_is_shown_only_where_the_catalogue_opens_its_item(city, item_named, known, shown):
    """DL 8, 19; LY 9, 13: no article of either speaks of it, the catalogue does."""
    given = facts(catalogue=None if known is None else frozenset(known))
    record = abnormal(catalogue_item=item_named)
    assert reasons(city, record, given) == ([] if shown else ["not_in_catalogue"])
    told = [one.column for one in looks(city, "not-in-catalogue")(record, given)]
    assert told == ([] if shown else ["disclosure"])
    gone = msgspec.structs.replace(record, removed_on=AS_OF)
    assert list(looks(city, "not-in-catalogue")(gone, given)) == []


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("told", [{"removal_cause": "演示已补报"}, {"removal_no": "演示移字〔2026〕1号"}])
def test_removal_without_its_day_takes_an_abnormal_operation_off_and_is_asked_about(city, told):
    record, ask = abnormal(**told), looks(city, "removal-incomplete")
    assert reasons(city, record) == ["removed"]
    assert [one.column for one in ask(record, facts())] == ["removed_on"]
    later = msgspec.structs.replace(record, removed_on=AFTER)
    assert reasons(city, later) == []
    assert list(ask(later, facts())) == []
    assert reasons(city, abnormal(removal_cause="/")) == []


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize(
    ("sort", "standing"),
    [
        (SubjectType.INDIVIDUAL_BUSINESS, "标记为经营异常状态"),
        (SubjectType.LEGAL_PERSON, "列入经营异常名录"),
        (SubjectType.UNINCORPORATED, "列入经营异常名录"),
        (SubjectType.ORGANISATION, "列入经营异常名录"),
    ],
)
def test_sole_trader_is_marked_and_everyone_else_is_listed(city, sort, standing):
    shown = view(city, abnormal(subject_type=sort))
    assert shown.standing == standing
    assert standing in verdict(shown)
    assert shown.public_until is None


@pytest.mark.parametrize("city", BOTH)
def test_abnormal_operation_says_why(city):
    assert reasons(city, abnormal(cause="略")) == ["incomplete"]


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("make", SUBJECTS)
def test_open_objection_marks_an_optional_record_and_withholds_nothing(city, make):
    record = make(objection_received_on=BEFORE)
    assert reasons(city, record) == []
    assert view(city, record).objection_received_on == BEFORE
    assert view(city, msgspec.structs.replace(record, objection_closed_on=AS_OF)).objection_received_on is None
    plain = make()
    assert view(city, plain, ordered(plain, Action.OBJECTION, BEFORE, AFTER)).objection_received_on == BEFORE


def test_cities_show_what_their_regulation_publishes_unless_the_site_says_otherwise():
    usual = {city: {kind for kind in OPTIONAL if all_shipped()[city].latest.kinds[kind].usual} for city in BOTH}
    assert usual["lingyuan"] == {Kind.WATCH, Kind.CATALOGUE, Kind.GRADE, Kind.COMMITMENT}
    assert usual["dalian"] == {Kind.CATALOGUE, Kind.COMMITMENT}


OPENING = {
    "dalian": [Reason.NOT_PUBLIC, Reason.SUPPRESSED, Reason.NOT_YET_PUBLISHED],
    "lingyuan": [Reason.NOT_PUBLIC, Reason.CATALOGUE_MODE, Reason.SUPPRESSED, Reason.NOT_YET_PUBLISHED],
}


@pytest.mark.parametrize("city", BOTH)
def test_every_kind_about_a_subject_begins_with_the_same_questions(city):
    opens = [Reason.NOT_IN_CATALOGUE if one is Reason.CATALOGUE_MODE else one for one in OPENING["lingyuan"]]
    abnormal_rules = all_shipped()[city].latest.kinds[Kind.ABNORMAL].rules
    assert [one.reason for one in abnormal_rules][: len(opens)] == opens
    for kind in set(OPTIONAL) - {Kind.CATALOGUE, Kind.ABNORMAL}:
        rules = all_shipped()[city].latest.kinds[kind].rules
        assert [one.reason for one in rules][: len(OPENING[city])] == OPENING[city]


def test_each_kind_of_column_says_all_it_is_told():
    given = ("name", "名称")
    assert columns.text(*given, required=True, about="说明") == ShownColumn(*given, "string", (), "", True, "说明")
    assert columns.text(*given) == ShownColumn(*given, "string", (), "", False, "")
    assert columns.date(*given, required=True, about="说明") == ShownColumn(*given, "date", (), "", True, "说明", "日")
    assert columns.date(*given) == ShownColumn(*given, "date", (), "", False, "", "日")
    assert columns.list_of(*given, about="说明") == ShownColumn(*given, "list", (), "", False, "说明")
    assert columns.list_of(*given) == ShownColumn(*given, "list", (), "", False, "")
    assert columns.word(*given, Grade, required=False, about="说明") == ShownColumn(
        *given, "string", tuple(map(str, Grade)), "", False, "说明"
    )
    assert columns.word(*given, (Grade.A,)) == ShownColumn(*given, "string", ("A",), "", True, "")


def test_kind_knows_its_labels_and_its_duties():
    assert SHOWN[Kind.GRADE].label("rated_by") == "评价单位"
    assert all_shipped()["lingyuan"].latest.kinds[Kind.GRADE].duties == ("LY 20",)
    assert all_shipped()["lingyuan"].latest.kinds[Kind.MEASURE].duties == ("LY 21",)
