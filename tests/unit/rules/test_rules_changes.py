"""The days on which something changes, and the rule every kind ends with."""

import datetime as dt

from decided_records import AFTER, AS_OF, BEFORE, CODE, breach, entry, facts, grade, measure, model, ordered, view
import pytest

from site_builder.law.cities import all_shipped
from site_builder.records.values import resident_birth
from site_builder.rules.decision import Publish, Reason
from site_builder.rules.personal_data import Numbers, find_numbers
from site_builder.rules.ruleset import change_days, decide_record
from site_builder.vocabulary import Action, Category, Effect, Kind, Level, ModelCategory, SubjectType, TermStart

DAY = dt.timedelta(days=1)
RESIDENT = "11010519491231002X"
CARD = "6222020000000000000"


def days(city, record, given=None):
    return change_days(record, all_shipped()[city], given or facts())


def test_days_to_come_are_told_once_and_in_order():
    later = AS_OF + 9 * DAY
    made = entry(removed_on=later, revoked_on=AFTER, updated_on=later, repaired_on=AS_OF, published_on=BEFORE)
    assert days("dalian", made)[:2] == [AFTER, later]


@pytest.mark.parametrize(("city", "ends"), [("dalian", dt.date(2029, 5, 1)), ("lingyuan", dt.date(2029, 5, 1))])
def test_day_after_the_term_is_told(city, ends):
    assert days(city, entry(act_ended_on=dt.date(2024, 4, 30))) == [ends]
    assert days(city, entry(act_ended_on=None, act_ongoing=True)) == []


def test_special_term_ends_the_day_after_its_last():
    special = {"term_months": 36, "term_start": TermStart.LISTING, "term_basis": "《演示》", "term_level": Level.LAW}
    assert days("dalian", entry(**special)) == [dt.date(2027, 5, 13)]


def test_day_after_an_honours_last_is_told():
    assert days("dalian", model(valid_through=AS_OF)) == [AFTER]
    assert days("dalian", model(valid_through=AFTER)) == [AFTER, AFTER + DAY]
    assert days("dalian", model()) == []


def test_day_after_the_last_of_an_optional_record_is_told():
    assert days("dalian", grade(valid_through=AS_OF)) == [AFTER]
    assert days("dalian", grade(valid_through=None)) == []
    assert days("dalian", breach(act_ended_on=dt.date(2024, 4, 30))) == [dt.date(2029, 5, 1)]


@pytest.mark.parametrize("mark", ["", "**", "_", "`", "~~", "\\-", "&#45;", " **", "**-**"])
def test_birth_to_come_is_told_also_where_markdown_divides_the_number(mark):
    body = "21020220271201001"
    number = next(body + last for last in "0123456789X" if resident_birth(body + last))
    story = model(deeds=f"演示事迹{number[:8]}{mark}{number[8:]}。")
    assert days("dalian", story) == [dt.date(2027, 12, 1)]


def test_calendars_last_day_has_no_day_after():
    assert days("dalian", model(valid_through=dt.date.max)) == [dt.date.max]
    assert days("dalian", model(valid_through=dt.date.max - DAY)) == [dt.date.max - DAY, dt.date.max]


def test_overlays_days_are_told_whatever_the_case_of_the_id():
    made = measure(id="M-1")
    assert days("dalian", made, ordered(made, Action.COURT, AFTER)) == [AFTER]
    held = model(id="R-1")
    closing = ordered(held, Action.OBJECTION, BEFORE, AFTER + DAY)
    assert days("dalian", held, closing) == [AFTER + DAY]
    assert days("dalian", held, ordered(measure(id="R-1"), Action.COURT, AFTER)) == []


def test_overlays_days_stand_beside_the_records_own():
    made = measure(id="M-1", repealed_on=AFTER + DAY)
    assert days("dalian", made, ordered(made, Action.COURT, AFTER)) == [AFTER, AFTER + DAY]


def test_last_rule_asks_what_would_be_shown():
    rule = all_shipped()["dalian"].latest.kinds[Kind.MEASURE].rules[-1]
    assert (rule.reason, rule.articles) == (Reason.PERSONAL_DATA, ("DL 4", "DL 58"))
    assert rule.question.startswith("公开字段里有身份证号、手机号、银行卡号，或者")
    assert rule.holds(measure(content=f"演示{RESIDENT}"), facts())
    assert not rule.holds(measure(content="演示"), facts())
    assert not rule.holds(measure(content=f"演示{RESIDENT}"), facts(excused=frozenset({RESIDENT})))
    assert not rule.holds(measure(content=f"演示{RESIDENT}"), facts(dt.date(1949, 12, 30)))


@pytest.mark.parametrize("make", [entry, measure, model])
def test_nothing_against_it_means_publish(make):
    assert decide_record(make(), all_shipped()["dalian"], facts()) == Publish()


def test_words_of_the_vocabulary_cross_as_they_are():
    shown = view("dalian", entry(subject_type=SubjectType.UNINCORPORATED, category=Category.OTHER_STATUTORY))
    assert (shown.subject_type, shown.category) == (SubjectType.UNINCORPORATED, Category.OTHER_STATUTORY)
    assert view("dalian", entry(act_ongoing=True)).act_ongoing is True
    assert view("dalian", entry(act_ongoing=False)).act_ongoing is False
    penalty = view("dalian", measure(effect=Effect.INCENTIVE, basis_level=Level.LOCAL_REGULATION))
    assert (penalty.effect, penalty.basis_level) == (Effect.INCENTIVE, Level.LOCAL_REGULATION)
    honour = view("dalian", model(subject_type=SubjectType.LEGAL_PERSON, category=ModelCategory.CITIZEN))
    assert (honour.subject_type, honour.category) == (SubjectType.LEGAL_PERSON, ModelCategory.CITIZEN)


def test_persons_who_do_not_cross_leave_nothing():
    named = {"legal_representative": "演示甲", "principal": "演示乙", "actual_controller": "演示丙"}
    hidden = view("dalian", entry(**named, responsible_persons_basis="《演示》"), facts(show_responsible=False))
    assert (hidden.legal_representative, hidden.principal, hidden.actual_controller) == ("", "", "")
    uncited = view("dalian", entry(**named))
    assert (uncited.legal_representative, uncited.principal, uncited.actual_controller) == ("演示甲", "", "")


def test_term_that_is_not_known_reads_as_nothing():
    unknown = entry(act_ended_on=None, act_ongoing=False)
    assert {view(city, unknown).term_text for city in all_shipped()} == {""}


def found(**changes):
    return find_numbers(view("dalian", entry(**changes)), AS_OF)


def test_numbers_found_are_told_as_they_are():
    assert found() == Numbers(frozenset(), frozenset(), mobile=False)
    assert found(cause=f"{RESIDENT.lower()}").resident_ids == frozenset({RESIDENT})
    cards = [f"622202{number:012}{digit}" for number in range(1) for digit in range(10)]
    assert len(found(cause="、".join(cards)).cards) == 1
    assert found(cause="、".join(cards)).cards < set(cards)


def test_number_behind_one_that_is_too_long_is_found():
    assert found(cause="12345678901234567890 13912345678").mobile is True
    assert found(cause="123456789012345 12345678 13912345678").mobile is True


def test_texts_beside_one_another_make_no_number():
    """The X that would complete a number does not come from what divides the texts."""
    assert found(basis=(RESIDENT[:17], "演示")).resident_ids == frozenset()
    assert found(basis=("演示", RESIDENT[:17]), cause=RESIDENT[:17]).resident_ids == frozenset()
    assert found(subject_name=RESIDENT[:17], cause=RESIDENT[:17], list_name=RESIDENT[:17]).resident_ids == frozenset()
    assert found(subject_code=CODE, region="110105").resident_ids == frozenset()


def numbered(body):
    """17 digits and the character that makes them a resident ID number."""
    return next(body + last for last in "0123456789X" if resident_birth(body + last) is not None)


@pytest.mark.parametrize(
    "changes",
    [
        {"content": f"演示{numbered('11010520270105100')}。"},
        {"content": f"演示{numbered('11010520270105100')[:6]} {numbered('11010520270105100')[6:]}"},
        {"basis": ("演示", numbered("11010520270105100"))},
        {"content": f"{RESIDENT} 演示 {numbered('11010520270105100')}"},
    ],
)
def test_day_a_number_becomes_a_resident_id_is_foreseen(changes):
    """Nobody is born after the day of the check; on the birth date the number is somebody's."""
    born = dt.date(2027, 1, 5)
    assert days("dalian", measure(**changes)) == [born]
    assert days("dalian", measure(**changes), facts(born - DAY)) == [born]
    assert days("dalian", measure(**changes), facts(born)) == []


def test_number_that_never_becomes_a_resident_id_is_passed_over():
    assert days("dalian", measure(content="123456789012345，123456789012345678")) == []


def test_texts_beside_one_another_become_no_number_either():
    bodies = (f"110105202701051{number:02}" for number in range(100))
    body = next(one for one in bodies if numbered(one).endswith("X"))
    assert days("dalian", measure(content=body, targets=body, basis=(body, body))) == []
    assert found(removal_procedure=RESIDENT[:17], remedies=RESIDENT[:17]).resident_ids == frozenset()
    assert found(id="S-1", decision_no=RESIDENT[:17], removal_procedure="演示").resident_ids == frozenset()
