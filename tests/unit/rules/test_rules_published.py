"""What published records mean for others, who stands on a list on a day, and the days on which something changes."""

from collections import Counter
import datetime as dt

from decided_records import (
    AS_OF,
    CODE,
    breach,
    entry,
    facts,
    grade,
    item,
    measure,
    model,
    ordered,
    person,
    person_model,
    view,
    watched,
)
import msgspec
import pytest

from site_builder.kinds.catalogue import rules as catalogue
from site_builder.kinds.measures import rules as measures
from site_builder.kinds.role_models import rules as role_models
from site_builder.kinds.severe_list import rules as severe_list
from site_builder.law.cities import all_shipped, shipped
from site_builder.rules.above import Limit
from site_builder.rules.decision import Reason
from site_builder.rules.ruled import CrossFacts
from site_builder.rules.ruleset import Law, change_days, fate
from site_builder.vocabulary import Action, Disclosure, Effect, Grade, Level, SubjectType, TermStart

DAY = dt.timedelta(days=1)
DALIAN = all_shipped()["dalian"]


def test_items_that_are_open_to_the_public_are_known_to_others():
    items = [item(), item(id="ML-2", disclosure=Disclosure.QUERY), item(id="ML-3", disclosure=Disclosure.SHARED)]
    assert catalogue.gather(items, facts()) == CrossFacts(items=frozenset({"ML-1"}))


def test_measures_are_known_by_what_they_do_since_when_and_for_which_lists():
    found = measures.gather(
        [
            measure(),
            measure(id="M-2", effect=Effect.INCENTIVE, lists=("演示名单", "演示二单")),
            measure(id="M-3", effective_on=AS_OF),
            measure(id="M-4", effective_on=AS_OF + DAY),
        ],
        facts(),
    )
    assert found == CrossFacts(
        measures=frozenset({"M-1", "M-2", "M-3", "M-4"}),
        penalties=frozenset({"M-1", "M-3", "M-4"}),
        in_force=frozenset({"M-1", "M-2", "M-3"}),
        limited={"M-2": frozenset({"演示名单", "演示二单"})},
    )


def test_entries_tell_who_is_listed_which_measures_are_named_and_which_lists_there_are():
    found = severe_list.gather(
        [
            entry(subject_code=CODE.lower(), list_name="演示名单", measure_ids=("M-1", "M-2")),
            entry(id="S-2", list_name="演示名单", measure_ids=("M-2",)),
            entry(id="S-3", measure_ids=("M-2",)),
            person(id="S-4", subject_code="110105194912310029"),
        ],
        facts(),
    )
    assert found == CrossFacts(
        listed=frozenset({CODE}),
        named={("M-1", "演示名单"): "S-1", ("M-2", "演示名单"): "S-1", ("M-2", ""): "S-3"},
        lists=Counter({"演示名单": 2, "": 2}),
    )


@pytest.mark.parametrize(
    ("record", "stands"),
    [
        (entry(), True),
        (entry(listed_on=AS_OF), True),
        (entry(listed_on=AS_OF + DAY), False),
        (entry(removed_on=AS_OF), False),
        (entry(removed_on=AS_OF + DAY), True),
        (entry(repaired_on=AS_OF), False),
        (entry(repaired_on=AS_OF - DAY, repair_revoked_on=AS_OF), True),
        (entry(revoked_on=AS_OF), False),
        (entry(revoked_on=AS_OF + DAY), True),
    ],
)
def test_subject_stands_on_the_list_until_it_is_removed_repaired_or_the_decision_revoked(record, stands):
    assert severe_list.stands(record, facts()) is stands


@pytest.mark.parametrize("action", Action)
def test_overlay_takes_a_subject_off_the_list_from_its_day(action):
    off = {Action.COURT, Action.REMOVED, Action.REPAIRED, Action.REVOKED}
    assert severe_list.stands(entry(), ordered(entry(), action, AS_OF)) is (action not in off)
    assert severe_list.stands(entry(), ordered(entry(), action, AS_OF + DAY))


@pytest.mark.parametrize(
    ("record", "stands"),
    [
        (model(), True),
        (model(valid_through=AS_OF), True),
        (model(valid_through=AS_OF - DAY), False),
        (model(withdrawn_on=AS_OF), False),
        (model(withdrawn_on=AS_OF + DAY), True),
        (model(valid_through=AS_OF, withdrawn_on=AS_OF), False),
    ],
)
def test_honour_stands_through_its_last_day_until_it_is_withdrawn(record, stands):
    assert role_models.stands(record, facts()) is stands


def test_fate_is_what_may_be_seen_or_the_first_reason_against_it():
    assert fate(entry(), DALIAN, facts()) == (view("dalian", entry()), None)
    gone = entry(removed_on=AS_OF, cause="")
    assert fate(gone, DALIAN, facts()) == (None, Reason.REMOVED)
    assert fate(gone, DALIAN, facts(AS_OF - DAY)) == (None, Reason.INCOMPLETE)


def test_nothing_is_seen_of_a_persons_code_in_a_grade():
    known = {"subject_type": SubjectType.NATURAL_PERSON, "subject_code": "11010519491231002X"}
    shown = view("dalian", grade(**known))
    assert (shown.subject_type, shown.subject_code, shown.grade) == (SubjectType.NATURAL_PERSON, "", Grade.AA)
    assert view("dalian", grade()).subject_code == CODE


def test_views_say_whose_the_record_is_how_open_the_item_is_and_whether_the_measure_is_in_force():
    assert view("dalian", breach()).subject_type is SubjectType.LEGAL_PERSON
    assert view("dalian", item(disclosure=Disclosure.QUERY)).disclosure is Disclosure.QUERY
    assert view("dalian", measure(effective_on=AS_OF)).in_force is True
    assert view("dalian", measure(effective_on=AS_OF + DAY)).in_force is False


def test_view_of_a_commitment_or_of_one_that_is_watched_says_whose_it_is_and_masks_a_persons_code():
    known = {"subject_type": SubjectType.NATURAL_PERSON, "subject_code": "11010519491231002X"}
    for make, masked in ((breach, ""), (watched, "1101**********002X")):
        shown = view("dalian", make(**known))
        assert (shown.subject_type, shown.subject_code) == (SubjectType.NATURAL_PERSON, masked)
        shown = view("dalian", make())
        assert (shown.subject_type, shown.subject_code) == (SubjectType.LEGAL_PERSON, CODE)


@pytest.mark.parametrize(
    ("first", "last", "suspended"),
    [
        (None, None, False),
        (AS_OF, None, True),
        (AS_OF + DAY, None, False),
        (AS_OF - DAY, AS_OF, True),
        (AS_OF - DAY, AS_OF - DAY, False),
        (AS_OF - DAY, AS_OF + DAY, True),
    ],
)
def test_measures_are_suspended_from_the_first_day_through_the_last(first, last, suspended):
    record = entry(measure_ids=("M-1",), measures_suspended_from=first, measures_suspended_until=last)
    shown = view("dalian", record, facts(in_force=frozenset({"M-1"})))
    assert (shown.measures_suspended, shown.measure_ids) == (suspended, () if suspended else ("M-1",))


@pytest.mark.parametrize(
    ("record", "consented"),
    [(person_model(), True), (person_model(consent=False), False), (model(consent=True), False), (model(), False)],
)
def test_role_model_is_a_person_who_consented_or_nobody_who_could(record, consented):
    assert view("dalian", record).consented is consented


def test_repair_is_asked_about_for_this_entry_on_this_day():
    law = shipped("dalian", frozenset({"cn-repair-2026"})).on(AS_OF)
    known = facts(grave=frozenset({"演示名单"}))

    def told(record):
        return severe_list.view(
            record, known, law.terms, lambda one, given: one.sentenced and given.as_of == AS_OF
        ).told

    assert len(told(entry(list_name="演示名单"))) == 2
    assert len(told(entry(list_name="演示名单", sentenced=True, act_ended_on=None, act_ongoing=True))) == 1


def test_measures_suspended_come_back_on_the_day_after_the_last():
    last = dt.date(2027, 1, 31)
    days = change_days(entry(measures_suspended_from=AS_OF, measures_suspended_until=last), DALIAN, facts())
    assert [one for one in days if one.year == 2027] == [last, last + DAY]


def test_end_that_decides_until_another_term_starts_is_foreseen_beside_that_terms_own():
    sentenced = person(
        act_ended_on=dt.date(2026, 6, 1),
        sentenced=True,
        sentence_served_on=dt.date(2027, 1, 1),
        term_months=12,
        term_start=TermStart.SENTENCE_END,
        term_basis="《演示法》",
        term_level=Level.LAW,
    )
    days = change_days(sentenced, all_shipped()["lingyuan"], facts())
    assert days == [dt.date(2027, 1, 1), dt.date(2028, 1, 2), dt.date(2031, 6, 2)]


def test_norm_is_in_force_from_its_first_day_through_its_last():
    [norm] = shipped("dalian", frozenset({"cn-repair-2026"})).latest.norms[:1]
    norm = msgspec.structs.replace(norm, since=AS_OF, until=AS_OF + DAY)
    assert [norm.in_force(AS_OF + days * DAY) for days in (-1, 0, 1, 2)] == [False, True, True, False]


def test_limit_from_a_day_nobody_knows_has_no_last_day():
    assert Limit(12, TermStart.ACT_END).day(entry(act_ended_on=None), AS_OF) is None
    assert Limit(12, TermStart.ACT_END).day(entry(), AS_OF) == dt.date(2025, 4, 30)


def test_first_version_of_a_law_holds_before_its_day():
    version = msgspec.structs.replace(DALIAN.latest, since=AS_OF)
    assert Law((version,)).on(AS_OF - DAY) is version


def test_law_changes_after_a_day_and_not_on_it():
    changing = DALIAN.changing([AS_OF])
    assert changing.changes_after(AS_OF - DAY) == [AS_OF]
    assert changing.changes_after(AS_OF) == []
    assert [one.since for one in changing.versions] == [dt.date.min, AS_OF]
    assert changing.on(AS_OF - DAY) is changing.versions[0]
    assert changing.on(AS_OF) is changing.versions[1] is changing.latest
    assert msgspec.structs.replace(changing.latest, since=dt.date.min) == changing.versions[0]
