"""Why a measure or a role model is withheld, rule by rule, on the days around each boundary."""

import datetime as dt

from decided_records import (
    AFTER,
    AS_OF,
    BEFORE,
    BOTH,
    CODE,
    facts,
    measure,
    model,
    ordered,
    person_model,
    reasons,
    view,
)
import pytest

from site_builder.law.cities import all_shipped
from site_builder.vocabulary import Action, Disclosure, Kind, ModelCategory

PLACEHOLDERS = ("", "无", "/", "-", "—", "见文书", "详见文书", "略", "／")


@pytest.mark.parametrize("city", BOTH)
def test_complete_measure_and_role_model_are_published(city):
    assert reasons(city, measure()) == reasons(city, model()) == reasons(city, person_model()) == []


@pytest.mark.parametrize("city", BOTH)
def test_city_asks_exactly_the_contracts_rules(city):
    common = {"not_public", "suppressed", "not_yet_published", "incomplete", "personal_data"}
    assert {rule.reason.value for rule in all_shipped()[city].latest.kinds[Kind.MEASURE].rules} == common | {"repealed"}
    honours = {"minor", "no_consent", "withdrawn", "expired", "on_severe_list"}
    honours |= {"no_prior_notice", "catalogue_mode"} if city == "lingyuan" else set()
    assert {rule.reason.value for rule in all_shipped()[city].latest.kinds[Kind.ROLE_MODEL].rules} == common | honours


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("make", [measure, model])
@pytest.mark.parametrize("disclosure", [Disclosure.QUERY, Disclosure.SHARED])
def test_record_that_is_not_public_is_withheld(city, make, disclosure):
    assert reasons(city, make(disclosure=disclosure)) == ["not_public"]


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("make", [measure, model])
def test_record_is_published_from_its_day_on(city, make):
    assert reasons(city, make(published_on=AS_OF)) == []
    assert reasons(city, make(published_on=AFTER)) == ["not_yet_published"]


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("make", [measure, model])
def test_court_order_acts_from_its_day_on(city, make):
    record = make()
    assert reasons(city, record, ordered(record, Action.COURT, AFTER)) == []
    assert reasons(city, record, ordered(record, Action.COURT, AS_OF)) == ["suppressed"]


@pytest.mark.parametrize("city", BOTH)
def test_repealed_measure_is_withheld_from_its_day_on(city):
    assert reasons(city, measure(repealed_on=AFTER)) == []
    assert reasons(city, measure(repealed_on=AS_OF)) == ["repealed"]


@pytest.mark.parametrize("city", BOTH)
def test_measure_not_in_force_yet_is_published_and_says_so(city):
    assert reasons(city, measure(effective_on=AFTER)) == []
    assert not view(city, measure(effective_on=AFTER)).in_force
    assert view(city, measure(effective_on=AS_OF)).in_force


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("text", PLACEHOLDERS)
@pytest.mark.parametrize("field", ["content", "targets", "implementing_bodies", "basis"])
def test_measure_states_content_targets_bodies_and_basis(city, field, text):
    value = (text,) if field in {"implementing_bodies", "basis"} else text
    assert reasons(city, measure(**{field: value})) == ["incomplete"]


@pytest.mark.parametrize("city", BOTH)
def test_one_item_of_a_measures_list_is_enough(city):
    assert reasons(city, measure(basis=("/", "《演示条例》"), implementing_bodies=("无", "演示局"))) == []


@pytest.mark.parametrize("city", BOTH)
def test_natural_person_is_shown_only_with_consent_and_of_age(city):
    assert reasons(city, person_model(consent=False)) == ["no_consent"]
    assert reasons(city, person_model(minor=True)) == ["minor"]
    assert reasons(city, person_model(minor=True, consent=False)) == ["minor", "no_consent"]
    assert reasons(city, model(consent=False, minor=True)) == []


@pytest.mark.parametrize("city", BOTH)
def test_withdrawn_honour_is_withheld_from_its_day_on(city):
    record = model(withdrawn_on=AFTER)
    assert reasons(city, record) == []
    assert reasons(city, model(withdrawn_on=AS_OF)) == ["withdrawn"]
    assert reasons(city, record, ordered(record, Action.WITHDRAWN, AS_OF)) == ["withdrawn"]
    assert reasons(city, record, ordered(record, Action.WITHDRAWN, AFTER)) == []


@pytest.mark.parametrize("city", BOTH)
def test_honour_is_shown_through_its_last_day(city):
    assert reasons(city, model(valid_through=AS_OF)) == []
    assert reasons(city, model(valid_through=BEFORE)) == ["expired"]


@pytest.mark.parametrize(
    ("category", "asked"),
    [(ModelCategory.RED_LIST, True), (ModelCategory.MODEL, False), (ModelCategory.CITIZEN, False)],
)
def test_lingyuan_asks_for_notice_before_a_red_list_is_published(category, asked):
    published = dt.date(2025, 3, 10)
    late = published + dt.timedelta(days=1)
    assert reasons("lingyuan", model(category=category, notified_on=published)) == []
    for notified in (None, late):
        found = reasons("lingyuan", model(category=category, notified_on=notified))
        assert found == (["no_prior_notice"] if asked else [])
        assert reasons("dalian", model(category=category, notified_on=notified)) == []


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("text", PLACEHOLDERS)
def test_honour_without_deeds_is_withheld(city, text):
    assert reasons(city, model(deeds=text)) == ["incomplete"]


@pytest.mark.parametrize("city", BOTH)
def test_organisation_on_the_severe_list_is_no_role_model(city):
    listed = facts(listed_codes=frozenset({CODE}))
    assert reasons(city, model(), listed) == ["on_severe_list"]
    assert reasons(city, model(subject_code=CODE.lower()), listed) == ["on_severe_list"]
    assert reasons(city, person_model(subject_code=CODE), listed) == []
    assert reasons(city, model(), facts(listed_codes=frozenset({"91350100M000100Y5X"}))) == []


@pytest.mark.parametrize("city", BOTH)
def test_reasons_of_a_role_model_stand_in_the_contracts_order(city):
    record = person_model(
        disclosure=Disclosure.SHARED,
        published_on=AFTER,
        minor=True,
        consent=False,
        withdrawn_on=BEFORE,
        valid_through=BEFORE,
        deeds="略",
        summary="身份证11010519491231002X",
    )
    assert reasons(city, record, ordered(record, Action.COURT, BEFORE)) == [
        "not_public",
        "suppressed",
        "not_yet_published",
        "minor",
        "no_consent",
        "withdrawn",
        "expired",
        "incomplete",
        "personal_data",
    ]
