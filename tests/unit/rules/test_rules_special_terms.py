"""The terms of cities made up here: which of several decides, by length, level and what the city says of its end."""

import datetime as dt

from decided_records import AS_OF, entry, facts, person, watched
import msgspec
import pytest

from site_builder.config.site import ABOVE
from site_builder.law.above import read_layer
from site_builder.rules.above import Limit
from site_builder.rules.term import (
    Maximum,
    NotBegun,
    Ordinary,
    Period,
    Special,
    Terms,
    Unknown,
    ends_alone,
    is_special,
    last_day,
    public_until,
    span,
    special_term,
    waits_for,
)
from site_builder.vocabulary import Level, TermStart

[BOUNDS] = [one.bounds for one in read_layer(ABOVE / "national").norms]
"""Three years from the decision; a special term of a law or an administrative regulation stands alone."""
DECIDED = dt.date(2024, 5, 10)
ENDED = dt.date(2024, 4, 30)
DAY = dt.timedelta(days=1)


def terms(**changes):
    """A city's terms: five years from the end of the act, at their end they stop."""
    values = {
        "months": 60,
        "start": TermStart.ACT_END,
        "sentenced": TermStart.ACT_END,
        "extended": False,
        "wins": frozenset(),
        "always": False,
    }
    return Terms(**(values | changes))


def special(months, level=Level.LOCAL_REGULATION, start=TermStart.DECISION, **changes):
    return entry(term_months=months, term_start=start, term_basis="《演示规定》", term_level=level, **changes)


OWN = Ordinary(ENDED, dt.date(2029, 4, 30))
LONG = Special(DECIDED, dt.date(2031, 5, 10))
"""Seven years from the decision."""


# ------------------------------------------------------------------------------------------------ which term decides


@pytest.mark.parametrize("level", list(Level)[:4])
def test_longer_special_term_wins_only_by_a_level_that_wins(level):
    assert terms(wins=frozenset({level})).own(special(84, level), AS_OF) == LONG
    others = frozenset(Level) - {level}
    assert terms(wins=others).own(special(84, level), AS_OF) == OWN
    assert terms(always=True).own(special(84, level), AS_OF) == LONG


def test_special_term_wins_that_ends_on_the_citys_own_last_day_or_before():
    for ended, months in ((DECIDED, 60), (DECIDED + DAY, 60)):
        assert isinstance(terms().own(special(months, act_ended_on=ended), AS_OF), Special)
    assert isinstance(terms().own(special(60, act_ended_on=DECIDED - DAY), AS_OF), Ordinary)


def test_rule_above_adds_the_levels_it_yields_to_and_takes_none_away():
    city = terms(wins=frozenset({Level.LOCAL_REGULATION}), above=BOUNDS)
    assert city.own(special(84, Level.LOCAL_REGULATION), AS_OF) == LONG
    assert city.own(special(84, Level.LAW), AS_OF) == LONG
    assert city.own(special(84, Level.NATIONAL_RULE), AS_OF) == OWN


def test_special_term_that_always_wins_takes_no_end_away_under_a_rule_above():
    assert terms(always=True, above=BOUNDS).own(special(84), AS_OF) == OWN
    assert terms(always=True, above=BOUNDS, extended=True).own(special(84), AS_OF) == LONG
    assert terms(extended=True, above=BOUNDS).own(special(84), AS_OF) == msgspec.structs.replace(OWN, extended=True)


def test_city_decides_where_its_term_ends_with_the_maximum():
    city = terms(months=36, start=TermStart.DECISION, above=BOUNDS)
    last = dt.date(2027, 5, 10)
    assert city.of(entry(), AS_OF) == Ordinary(DECIDED, last)
    assert msgspec.structs.replace(city, months=37).of(entry(), AS_OF) == Maximum(DECIDED, last)
    assert city.of(special(36), AS_OF) == Special(DECIDED, last)


def test_nothing_above_leaves_the_citys_own_term():
    assert terms().of(entry(), AS_OF) == OWN
    assert terms().maximum(entry(), AS_OF) is None
    assert not terms().stands_alone(special(84, Level.LAW), AS_OF)


def test_maximum_yields_to_no_special_term_that_nobody_takes():
    never = special(84, Level.LAW, TermStart.SENTENCE_END)
    city = terms(above=BOUNDS)
    assert city.own(never, AS_OF) == OWN
    assert not city.stands_alone(never, AS_OF)
    assert city.of(never, AS_OF) == Maximum(DECIDED, dt.date(2027, 5, 10))
    assert not city.stands_alone(special(24, Level.NATIONAL_RULE), AS_OF)
    assert city.stands_alone(special(24, Level.LAW), AS_OF)


def test_maximum_from_a_day_nobody_knows_sets_nothing():
    bounds = msgspec.structs.replace(BOUNDS, maximum=Limit(36, TermStart.ACT_END))
    city = terms(start=TermStart.DECISION, above=bounds)
    assert city.maximum(entry(act_ended_on=None), AS_OF) is None
    assert city.maximum(entry(act_ended_on=AS_OF + DAY), AS_OF) is None
    assert city.maximum(entry(), AS_OF) == Maximum(ENDED, dt.date(2027, 4, 30))


# -------------------------------------------------------------------------------------------------- terms yet to begin


@pytest.mark.parametrize(("months", "taken"), [(59, True), (60, True), (61, False)])
def test_special_term_to_come_is_taken_that_is_no_longer_than_the_citys(months, taken):
    record = special(months, start=TermStart.ACT_END, act_ended_on=None, act_ongoing=True)
    to_come = NotBegun(TermStart.ACT_END, months)
    assert terms().own(record, AS_OF) == (to_come if taken else NotBegun(TermStart.ACT_END))
    assert terms(always=True).own(record, AS_OF) == to_come
    assert terms(wins=frozenset({Level.LOCAL_REGULATION})).own(record, AS_OF) == to_come
    bounded = terms(above=BOUNDS).own(msgspec.structs.replace(record, term_level=Level.LAW), AS_OF)
    assert bounded == to_come


def test_special_term_from_the_end_of_a_sentence_is_to_come_only_where_one_was_passed():
    known = {"act_ended_on": None, "act_ongoing": True}
    record = special(36, start=TermStart.SENTENCE_END, **known)
    assert terms().own(record, AS_OF) == NotBegun(TermStart.ACT_END)
    serving = msgspec.structs.replace(record, sentenced=True)
    assert terms().own(serving, AS_OF) == NotBegun(TermStart.SENTENCE_END, 36)
    for half in ({}, {"term_months": 36}, {"term_start": TermStart.ACT_END}):
        assert terms().own(entry(**known, **half), AS_OF) == NotBegun(TermStart.ACT_END)


def test_special_term_to_come_gives_way_to_a_term_that_runs():
    assert terms().own(special(36, start=TermStart.SENTENCE_END, sentenced=True), AS_OF) == OWN
    unknown = special(36, start=TermStart.SENTENCE_END, sentenced=True, act_ended_on=None)
    assert terms().own(unknown, AS_OF) == Unknown()


def test_term_of_a_sentenced_person_runs_from_what_the_city_says():
    served = dt.date(2025, 1, 31)
    own = terms(sentenced=TermStart.SENTENCE_END)
    assert own.ordinary(person(sentenced=True, sentence_served_on=served), AS_OF).start == served
    assert own.ordinary(person(sentence_served_on=served), AS_OF).start == ENDED
    assert own.ordinary(person(sentenced=True), AS_OF) == NotBegun(TermStart.SENTENCE_END)
    assert own.ordinary(person(sentenced=True, act_ended_on=None), AS_OF) == NotBegun(TermStart.SENTENCE_END)
    assert own.ordinary(person(act_ended_on=None, act_ongoing=True), AS_OF) == NotBegun(TermStart.ACT_END)
    assert own.ordinary(person(act_ended_on=None), AS_OF) == Unknown()
    same = terms()
    assert same.ordinary(person(sentenced=True, act_ended_on=None), AS_OF) == Unknown()
    assert same.ordinary(person(sentenced=True, act_ended_on=None, act_ongoing=True), AS_OF) == NotBegun(
        TermStart.ACT_END
    )


def test_special_term_needs_its_months_and_a_start_that_is_known():
    for half in ({}, {"term_months": 36}, {"term_start": TermStart.DECISION}):
        assert special_term(entry(**half), AS_OF) is None
    assert special_term(special(36), AS_OF) == Special(DECIDED, dt.date(2027, 5, 10))
    awaited = special(36, start=TermStart.ACT_END, act_ended_on=AS_OF + DAY)
    assert special_term(awaited, AS_OF) is None
    assert special_term(awaited, AS_OF + DAY) == Special(AS_OF + DAY, dt.date(2029, 11, 21))


# ------------------------------------------------------------------------------------------------- the days terms end


def test_ends_are_the_last_days_of_the_own_term_and_of_the_maximum():
    maximum = dt.date(2027, 5, 10)
    assert terms().ends(entry(), AS_OF) == (OWN.last_day,)
    assert terms(extended=True).ends(entry(), AS_OF) == (OWN.last_day,)
    assert terms(above=BOUNDS).ends(entry(), AS_OF) == (OWN.last_day, maximum)
    assert terms(above=BOUNDS).ends(special(84, Level.LAW), AS_OF) == (LONG.last_day,)
    ongoing = entry(act_ended_on=None, act_ongoing=True)
    assert terms().ends(ongoing, AS_OF) == ()
    assert terms(above=BOUNDS).ends(ongoing, AS_OF) == (maximum,)


def test_entry_that_goes_on_until_it_is_removed_has_no_day_of_its_own():
    assert terms().own_until(entry(), AS_OF) == OWN.last_day
    assert terms(extended=True).own_until(entry(), AS_OF) is None
    assert terms(extended=True).own_until(special(84), AS_OF) is None
    assert terms(always=True, extended=True).own_until(special(84), AS_OF) == LONG.last_day


EXTENDED = msgspec.structs.replace(OWN, extended=True)
HIGHEST = Maximum(DECIDED, AS_OF)
BEGINS = NotBegun(TermStart.ACT_END)
BEGINS_SPECIAL = NotBegun(TermStart.ACT_END, 36)


@pytest.mark.parametrize(
    ("term", "last", "until", "of_another", "alone"),
    [
        (OWN, OWN.last_day, OWN.last_day, False, False),
        (EXTENDED, OWN.last_day, None, False, False),
        (LONG, LONG.last_day, LONG.last_day, True, True),
        (HIGHEST, AS_OF, AS_OF, False, True),
        (BEGINS, None, None, False, False),
        (BEGINS_SPECIAL, None, None, True, True),
        (Unknown(), None, None, False, False),
    ],
)
def test_what_is_known_of_a_term(term, last, until, of_another, alone):
    assert (last_day(term), public_until(term)) == (last, until)
    assert (is_special(term), ends_alone(term)) == (of_another, alone)


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (OWN, "公示至 2029-04-30"),
        (LONG, "公示至 2031-05-10"),
        (HIGHEST, "公示至 2026-11-20"),
        (EXTENDED, "公示至 2029-04-30，届满未移出的依法延长"),
        (BEGINS, "自失信行为终止之日起五年"),
        (BEGINS_SPECIAL, "自失信行为终止之日起三十六个月"),
        (NotBegun(TermStart.SENTENCE_END), "自刑罚执行完毕之日起五年"),
        (Unknown(), ""),
    ],
)
def test_term_is_told_in_words(term, text):
    assert terms().text(term, OWN.last_day) == text


def test_term_that_was_extended_is_told_as_that_from_the_day_after_its_last():
    assert terms().text(EXTENDED, OWN.last_day + DAY) == "披露期限依法延长至移出名单之日"
    assert terms().text(OWN, OWN.last_day + DAY) == "公示至 2029-04-30"


@pytest.mark.parametrize(
    ("start", "column", "event"),
    [
        (TermStart.ACT_END, "act_ended_on", "失信行为终止"),
        (TermStart.SENTENCE_END, "sentence_served_on", "刑罚执行完毕"),
        (TermStart.LISTING, "listed_on", "列入名单"),
        (TermStart.DECISION, "decided_on", "作出认定决定"),
        (TermStart.PUBLICATION, "published_on", "公示"),
    ],
)
def test_city_may_count_from_any_of_the_five_days(start, column, event):
    day = dt.date(2023, 2, 3)
    assert terms(start=start).ordinary(entry(**{column: day}), AS_OF) == Ordinary(day, dt.date(2028, 2, 3))
    assert terms().text(NotBegun(start), AS_OF) == f"自{event}之日起五年"


@pytest.mark.parametrize(
    ("months", "text"),
    [(1, "一个月"), (11, "十一个月"), (12, "一年"), (13, "十三个月"), (36, "三年"), (42, "四十二个月")],
)
def test_months_are_told_in_years_where_they_are_whole_ones(months, text):
    assert span(months) == text


def test_term_without_a_last_day_says_what_it_waits_for():
    assert waits_for(BEGINS) == "act_end"
    assert waits_for(EXTENDED) == "beyond_maximum"


# -------------------------------------------------------------------------------------------------- of the other kinds


def test_term_of_another_kind_ends_on_its_own_day_or_so_many_months_after_the_first_known():
    record = watched(act_ended_on=None)
    period = Period(until="valid_through", months=24, starts=("act_ended_on", "listed_on"))
    assert period.last_day(record, AS_OF) == dt.date(2027, 5, 31)
    longer = msgspec.structs.replace(record, valid_through=dt.date(2027, 6, 2))
    assert period.last_day(longer, AS_OF) == dt.date(2027, 6, 1)
    ended = msgspec.structs.replace(record, act_ended_on=dt.date(2025, 3, 1))
    assert period.last_day(ended, AS_OF) == dt.date(2027, 3, 1)
    assert period.ends(ended, AS_OF) == (dt.date(2027, 3, 1),)
    awaited = msgspec.structs.replace(longer, act_ended_on=AS_OF + DAY)
    assert period.last_day(awaited, AS_OF) == dt.date(2027, 6, 1), "by the next column, until it comes"


def test_term_of_another_kind_may_be_a_day_or_months_alone_or_nothing():
    record = watched(act_ended_on=None)
    assert Period(until="valid_through").last_day(record, AS_OF) == record.valid_through
    assert Period(months=12, starts=("listed_on",)).last_day(record, AS_OF) == dt.date(2026, 6, 1)
    for none in (Period(), Period(until="act_ended_on"), Period(months=12, starts=("act_ended_on",))):
        assert none.last_day(record, facts().as_of) is None
        assert none.ends(record, AS_OF) == ()
