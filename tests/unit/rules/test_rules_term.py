"""The disclosure term: its start, its last day, its words (DL 35, LY 15)."""

import datetime as dt

from decided_records import AS_OF, BOTH, breach, entry, facts, looks, person, reasons, view
import msgspec
import pytest

from site_builder.law.cities import all_shipped
from site_builder.rules.ruleset import change_days
from site_builder.rules.term import NotBegun, Ordinary, Special, Unknown
from site_builder.vocabulary import Level, SubjectType, TermStart

START = dt.date(2021, 11, 20)
LAST = dt.date(2026, 11, 20)
DAY = dt.timedelta(days=1)


def special(months, start=TermStart.LISTING, level=Level.LAW, **changes):
    return entry(term_months=months, term_start=start, term_basis="《演示法》", term_level=level, **changes)


def term(city, record):
    return all_shipped()[city].latest.terms.of(record, AS_OF)


@pytest.mark.parametrize("city", BOTH)
def test_term_is_five_years_from_the_end_of_the_act_both_days_included(city):
    assert term(city, entry(act_ended_on=START)) == Ordinary(START, LAST, extended=city == "dalian")


@pytest.mark.parametrize("city", BOTH)
def test_term_from_a_leap_day_ends_on_the_last_of_february(city):
    assert term(city, entry(act_ended_on=dt.date(2024, 2, 29))).last_day == dt.date(2029, 2, 28)


@pytest.mark.parametrize("city", BOTH)
def test_term_without_a_start_is_unknown(city):
    assert term(city, entry(act_ended_on=None)) == Unknown()


@pytest.mark.parametrize("city", BOTH)
def test_term_of_an_act_that_goes_on_has_not_begun(city):
    assert term(city, entry(act_ended_on=None, act_ongoing=True)) == NotBegun(TermStart.ACT_END)


@pytest.mark.parametrize("city", BOTH)
def test_end_of_the_act_that_has_not_come_counts_as_empty(city):
    ends = AS_OF + DAY
    assert reasons(city, entry(act_ended_on=AS_OF)) == []
    assert reasons(city, entry(act_ended_on=ends)) == ["term_unknown"]
    assert reasons(city, entry(act_ended_on=ends), facts(ends)) == []
    going_on = entry(act_ended_on=ends, act_ongoing=True)
    assert reasons(city, going_on) == []
    shown = view(city, going_on)
    assert (shown.act_ended_on, shown.act_ongoing, shown.public_until) == (None, True, None)
    assert shown.term_text == "自失信行为终止之日起五年"
    then = view(city, going_on, facts(ends))
    assert then.act_ended_on == ends
    assert then.term_text.startswith("公示至 2031-11-21")


def test_sentence_whose_end_has_not_come_is_being_served():
    sentenced = person(sentenced=True, sentence_served_on=AS_OF + DAY)
    assert reasons("dalian", sentenced) == []
    assert view("dalian", sentenced).term_text == "自刑罚执行完毕之日起五年"
    assert view("dalian", sentenced).public_until is None
    assert view("dalian", sentenced, facts(AS_OF + DAY)).term_text.startswith("公示至 2031-11-21")


@pytest.mark.parametrize("city", BOTH)
def test_special_term_from_a_day_that_has_not_come_is_not_taken(city):
    record = special(12, TermStart.ACT_END, act_ended_on=AS_OF + DAY, act_ongoing=True)
    assert term(city, record) == NotBegun(TermStart.ACT_END, 12)
    assert view(city, record).public_until is None


@pytest.mark.parametrize("city", BOTH)
def test_breach_whose_end_has_not_come_has_no_known_term(city):
    assert reasons(city, breach(act_ended_on=AS_OF)) == []
    assert reasons(city, breach(act_ended_on=AS_OF + DAY)) == ["term_unknown"]


@pytest.mark.parametrize("city", BOTH)
def test_days_that_have_not_come_and_their_terms_are_foreseen(city):
    record = entry(act_ended_on=AS_OF + DAY)
    assert change_days(record, all_shipped()[city], facts()) == [AS_OF + DAY, dt.date(2031, 11, 22)]


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize(
    ("made", "column"),
    [
        (lambda day: entry(act_ended_on=day), "act_ended_on"),
        (lambda day: person(sentenced=True, sentence_served_on=day), "sentence_served_on"),
        (lambda day: breach(act_ended_on=day), "act_ended_on"),
    ],
)
def test_day_that_has_not_come_is_told_to_the_webmaster(city, made, column):
    finds = looks(city, "future-date")
    assert list(finds(made(AS_OF), facts())) == []
    [told] = finds(made(AS_OF + DAY), facts())
    assert told.column == column
    assert "2026" not in told.message + told.hint


@pytest.mark.parametrize("city", BOTH)
def test_given_end_of_the_act_wins_over_the_act_going_on(city):
    assert term(city, entry(act_ended_on=START, act_ongoing=True)) == Ordinary(START, LAST, extended=city == "dalian")


def test_dalian_counts_from_the_end_of_a_sentence():
    served = dt.date(2023, 6, 1)
    sentenced = person(sentenced=True, sentence_served_on=served, act_ended_on=START)
    assert term("dalian", sentenced) == Ordinary(served, dt.date(2028, 6, 1), extended=True)


def test_dalian_term_has_not_begun_while_a_sentence_is_served():
    sentenced = person(sentenced=True, act_ended_on=START)
    assert term("dalian", sentenced) == NotBegun(TermStart.SENTENCE_END)
    assert reasons("dalian", sentenced) == []


def test_dalian_counts_from_the_act_where_no_sentence_was_passed():
    assert term("dalian", person(sentence_served_on=dt.date(2023, 6, 1), act_ended_on=START)).start == START


def test_lingyuan_counts_from_the_act_even_where_a_sentence_was_passed():
    served = dt.date(2023, 6, 1)
    assert term("lingyuan", person(sentenced=True, sentence_served_on=served, act_ended_on=START)).start == START
    assert term("lingyuan", person(sentenced=True, sentence_served_on=served, act_ended_on=None)) == Unknown()


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize(
    ("start", "field"),
    [
        (TermStart.ACT_END, "act_ended_on"),
        (TermStart.SENTENCE_END, "sentence_served_on"),
        (TermStart.LISTING, "listed_on"),
        (TermStart.DECISION, "decided_on"),
        (TermStart.PUBLICATION, "published_on"),
    ],
)
def test_special_term_runs_from_its_own_start(city, start, field):
    day = dt.date(2023, 2, 3)
    assert term(city, special(12, start, **{field: day})) == Special(day, dt.date(2024, 2, 3))


@pytest.mark.parametrize("city", BOTH)
def test_special_term_with_an_unknown_start_leaves_the_ordinary_one(city):
    record = special(12, TermStart.SENTENCE_END, act_ended_on=START)
    assert term(city, record) == Ordinary(START, LAST, extended=city == "dalian")
    assert term(city, special(12, TermStart.ACT_END, act_ended_on=None)) == Unknown()


@pytest.mark.parametrize("city", BOTH)
def test_special_term_with_a_known_start_explains_a_missing_end_of_the_act(city):
    record = special(36, TermStart.LISTING, act_ended_on=None)
    assert reasons(city, record) == []


@pytest.mark.parametrize("level", [level for level in Level if level is not Level.NORMATIVE_DOCUMENT])
def test_dalian_takes_a_special_term_of_any_level_and_length(level):
    record = special(120, level=level, listed_on=START, act_ended_on=START)
    assert term("dalian", record) == Special(START, dt.date(2031, 11, 20))


@pytest.mark.parametrize(
    ("level", "longer"),
    [
        (Level.LAW, True),
        (Level.ADMINISTRATIVE_REGULATION, True),
        (Level.LOCAL_REGULATION, False),
        (Level.NATIONAL_RULE, False),
    ],
)
def test_lingyuan_lets_only_law_or_administrative_regulation_be_longer_than_five_years(level, longer):
    record = special(61, level=level, listed_on=START, act_ended_on=START)
    assert isinstance(term("lingyuan", record), Special) is longer


@pytest.mark.parametrize("level", [Level.LOCAL_REGULATION, Level.NATIONAL_RULE])
def test_lingyuan_takes_a_special_term_that_ends_with_the_five_years(level):
    assert isinstance(term("lingyuan", special(60, level=level, listed_on=START, act_ended_on=START)), Special)


@pytest.mark.parametrize("level", [Level.LOCAL_REGULATION, Level.NATIONAL_RULE])
def test_lingyuan_takes_a_special_term_where_there_is_no_five_year_end(level):
    for ongoing in (True, False):
        record = special(120, level=level, listed_on=START, act_ended_on=None, act_ongoing=ongoing)
        assert term("lingyuan", record) == Special(START, dt.date(2031, 11, 20))


@pytest.mark.parametrize("city", BOTH)
def test_special_term_expires_on_the_day_after_its_last(city):
    record = special(60, listed_on=START, act_ended_on=dt.date(2024, 4, 30))
    assert reasons(city, record, facts(LAST)) == []
    assert reasons(city, record, facts(LAST + DAY)) == ["expired"]


def test_lingyuan_ordinary_term_expires_on_the_day_after_its_last():
    record = entry(act_ended_on=START)
    assert reasons("lingyuan", record, facts(LAST)) == []
    assert reasons("lingyuan", record, facts(LAST + DAY)) == ["expired"]


def test_dalian_ordinary_term_is_extended_until_removal():
    record = entry(act_ended_on=START)
    assert reasons("dalian", record, facts(LAST + DAY)) == []
    assert reasons("dalian", record, facts(dt.date(2099, 1, 1))) == []


@pytest.mark.parametrize(
    ("city", "record", "as_of", "text", "until"),
    [
        ("dalian", special(60, listed_on=START), AS_OF, "公示至 2026-11-20", LAST),
        ("lingyuan", special(60, listed_on=START), AS_OF, "公示至 2026-11-20", LAST),
        ("dalian", entry(act_ended_on=START), LAST, "公示至 2026-11-20，届满未移出的依法延长", None),
        ("dalian", entry(act_ended_on=START), LAST + DAY, "披露期限依法延长至移出名单之日", None),
        ("lingyuan", entry(act_ended_on=START), LAST, "公示至 2026-11-20", LAST),
        ("dalian", entry(act_ended_on=None, act_ongoing=True), AS_OF, "自失信行为终止之日起五年", None),
        ("lingyuan", entry(act_ended_on=None, act_ongoing=True), AS_OF, "自失信行为终止之日起五年", None),
        ("dalian", person(act_ended_on=None, sentenced=True), AS_OF, "自刑罚执行完毕之日起五年", None),
        ("dalian", person(sentenced=True, act_ongoing=True), AS_OF, "自刑罚执行完毕之日起五年", None),
        (
            "lingyuan",
            person(act_ended_on=None, sentenced=True, act_ongoing=True),
            AS_OF,
            "自失信行为终止之日起五年",
            None,
        ),
    ],
)
def test_term_is_told_in_the_contracts_words(city, record, as_of, text, until):
    shown = view(city, record, facts(as_of))
    assert (shown.term_text, shown.public_until) == (text, until)


SERVING = {"act_ended_on": None, "sentenced": True, "subject_type": SubjectType.NATURAL_PERSON, "subject_code": ""}
GOING_ON = {"act_ended_on": None, "act_ongoing": True}


@pytest.mark.parametrize(
    ("city", "record", "text"),
    [
        ("dalian", special(36, TermStart.SENTENCE_END, **SERVING), "自刑罚执行完毕之日起三十六个月"),
        (
            "dalian",
            special(120, TermStart.ACT_END, Level.NATIONAL_RULE, **GOING_ON),
            "自失信行为终止之日起一百二十个月",
        ),
        ("lingyuan", special(36, TermStart.ACT_END, Level.NATIONAL_RULE, **GOING_ON), "自失信行为终止之日起三十六个月"),
        ("lingyuan", special(120, TermStart.ACT_END, Level.LAW, **GOING_ON), "自失信行为终止之日起一百二十个月"),
        ("lingyuan", special(120, TermStart.ACT_END, Level.NATIONAL_RULE, **GOING_ON), "自失信行为终止之日起五年"),
        ("lingyuan", special(36, TermStart.SENTENCE_END, **SERVING | GOING_ON), "自刑罚执行完毕之日起三十六个月"),
        ("dalian", special(36, TermStart.SENTENCE_END, **GOING_ON), "自失信行为终止之日起五年"),
    ],
)
def test_special_term_that_has_not_begun_is_told_in_its_own_months(city, record, text):
    record = msgspec.structs.replace(record, natural_person_basis="《演示办法》")
    assert reasons(city, record) == []
    shown = view(city, record)
    assert (shown.term_text, shown.public_until, shown.term_basis) == (text, None, "《演示法》")
    assert shown.special_term == ("五年" not in text)


@pytest.mark.parametrize("city", BOTH)
def test_term_that_another_rule_sets_is_known_from_the_citys_own(city):
    assert view(city, special(12)).special_term
    assert not view(city, entry()).special_term
    assert not view(city, entry(**GOING_ON)).special_term
    assert not view(city, special(12, TermStart.SENTENCE_END)).special_term


def test_special_term_unknown_for_no_reason_stays_unknown():
    assert reasons("lingyuan", special(36, TermStart.SENTENCE_END, **SERVING, natural_person_basis="《演示》")) == [
        "term_unknown"
    ]
    assert reasons("dalian", special(36, TermStart.ACT_END, act_ended_on=None)) == ["term_unknown"]
