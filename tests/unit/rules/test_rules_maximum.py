"""The longest a rule above the city's allows: which last day decides, and what the subject is told of it."""

import datetime as dt

from decided_records import BOTH, entry, facts
from hypothesis import given
from hypothesis import strategies as st
import msgspec
import pytest

from site_builder.config.site import ABOVE
from site_builder.kinds.severe_list import rules as severe_list
from site_builder.law.above import read_layer
from site_builder.law.cities import all_shipped
from site_builder.records.values import add_months
from site_builder.rules.term import Maximum, NotBegun, Ordinary, Special, Terms, Unknown, public_until
from site_builder.vocabulary import Level, TermStart

[BOUNDS] = [one.bounds for one in read_layer(ABOVE / "national").norms]
DECIDED = dt.date(2024, 5, 10)
LAST = dt.date(2027, 5, 10)
DAY = dt.timedelta(days=1)
HIGH = (Level.LAW, Level.ADMINISTRATIVE_REGULATION)
LOWER = (Level.LOCAL_REGULATION, Level.NATIONAL_RULE)


def terms(city):
    return msgspec.structs.replace(all_shipped()[city].latest.terms, above=BOUNDS)


def special(months, level, start=TermStart.DECISION, **changes):
    return entry(term_months=months, term_start=start, term_basis="《演示规定》", term_level=level, **changes)


def going_on(**changes):
    return entry(beyond_maximum_basis="《演示行业办法》第九条", **changes)


@pytest.mark.parametrize("city", BOTH)
def test_last_day_is_three_years_from_the_decision_where_nothing_ends_earlier(city):
    assert terms(city).of(entry(), DECIDED) == Maximum(DECIDED, LAST)
    assert terms(city).text(terms(city).of(entry(), DECIDED), DECIDED) == "公示至 2027-05-10"


def test_city_term_that_ends_earlier_decides_where_it_ends_at_all():
    ended = entry(act_ended_on=dt.date(2021, 6, 1))
    assert terms("lingyuan").of(ended, DECIDED) == Ordinary(dt.date(2021, 6, 1), dt.date(2026, 6, 1))
    assert terms("dalian").of(ended, DECIDED) == Maximum(DECIDED, LAST), "one that goes on has no end of its own"


@pytest.mark.parametrize("city", BOTH)
def test_act_that_goes_on_is_shown_no_longer_than_the_maximum(city):
    ongoing = entry(act_ended_on=None, act_ongoing=True)
    assert terms(city).of(ongoing, DECIDED) == Maximum(DECIDED, LAST)


@pytest.mark.parametrize("city", BOTH)
def test_term_that_nobody_knows_stays_unknown(city):
    assert terms(city).of(entry(act_ended_on=None), DECIDED) == Unknown()


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("level", HIGH)
@pytest.mark.parametrize("months", [12, 84])
def test_special_term_of_a_law_or_an_administrative_regulation_stands_alone(city, level, months):
    record = special(months, level)
    assert terms(city).of(record, DECIDED) == Special(DECIDED, add_months(DECIDED, months))
    assert terms(city).maximum(record, DECIDED) is None


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("level", LOWER)
def test_special_term_of_a_lower_level_decides_where_it_ends_earlier(city, level):
    assert terms(city).of(special(24, level), DECIDED) == Special(DECIDED, dt.date(2026, 5, 10))
    assert terms(city).of(special(84, level), DECIDED) == Maximum(DECIDED, LAST)


@pytest.mark.parametrize("city", BOTH)
def test_high_special_term_that_has_not_begun_stands_alone_too(city):
    record = special(84, Level.LAW, TermStart.ACT_END, act_ended_on=None, act_ongoing=True)
    assert terms(city).of(record, DECIDED) == NotBegun(TermStart.ACT_END, 84)


@pytest.mark.parametrize("city", BOTH)
def test_entry_goes_on_only_with_a_sector_rule_and_something_undone(city):
    day = dt.date(2026, 11, 20)
    undone = [{}, {"act_corrected_on": DECIDED}, {"duties_fulfilled_on": DECIDED}]
    for one in undone:
        assert terms(city).maximum(going_on(**one), day) is None
    done = {"act_corrected_on": DECIDED, "duties_fulfilled_on": DECIDED}
    assert terms(city).maximum(going_on(**done), day) == Maximum(DECIDED, LAST)
    for basis in ("", "行业规定", "《 》"):
        assert terms(city).maximum(entry(beyond_maximum_basis=basis), day) == Maximum(DECIDED, LAST)


@pytest.mark.parametrize("city", BOTH)
def test_correction_that_is_yet_to_come_has_not_been_made(city):
    day = dt.date(2026, 11, 20)
    record = going_on(act_corrected_on=day + DAY, duties_fulfilled_on=DECIDED)
    assert terms(city).maximum(record, day) is None
    assert terms(city).maximum(record, day + DAY) == Maximum(DECIDED, LAST)


@pytest.mark.parametrize("city", BOTH)
def test_entry_goes_on_until_the_day_its_sector_sets_and_never_less_than_the_maximum(city):
    until = dt.date(2028, 1, 31)
    assert terms(city).of(going_on(beyond_maximum_until=until), DECIDED) == Maximum(DECIDED, until)
    early = going_on(beyond_maximum_until=dt.date(2025, 1, 1))
    assert terms(city).of(early, DECIDED) == Maximum(DECIDED, LAST)


def test_entry_that_goes_on_without_end_falls_back_to_the_citys_own_term():
    assert terms("dalian").of(going_on(), DECIDED) == Ordinary(
        dt.date(2024, 4, 30), dt.date(2029, 4, 30), extended=True
    )
    assert terms("lingyuan").of(going_on(), DECIDED) == Ordinary(dt.date(2024, 4, 30), dt.date(2029, 4, 30))


def told(city, record, *, grave=("演示名单",), barred=False):
    record = msgspec.structs.replace(record, list_name="演示名单")
    known = facts(DECIDED, grave=frozenset(grave))
    return severe_list.view(record, known, terms(city), lambda _record, _facts: barred).told


REPAIR = "最短公示期满日：2025-05-10。这一天及以前不能申请信用修复；此后同时满足其他条件的，可以向“信用中国”网站申请。"
SHOWN = "按现行规定公示到 2027-05-10；因修复、移出、撤销可能提前停止，法律、行政法规另有规定的除外。"


@pytest.mark.parametrize("city", BOTH)
def test_subject_is_told_from_when_repair_may_be_asked_for_and_the_last_day(city):
    assert told(city, entry()) == (REPAIR, SHOWN)


@pytest.mark.parametrize("city", BOTH)
def test_nothing_is_told_of_repair_that_is_excluded_or_whose_minimum_is_not_known(city):
    assert told(city, entry(), barred=True) == (SHOWN,)
    assert told(city, entry(), grave=()) == (SHOWN,)
    assert len(told(city, special(12, Level.LAW))) == 1, "it is not shown as long as that"


def test_subject_is_told_why_there_is_no_last_day():
    why = "现在还不能确定停止公示的日期，原因："
    assert told("dalian", going_on())[-1].startswith(why + "依照行业主管部门的规定继续公示")
    ongoing = going_on(act_ended_on=None, act_ongoing=True)
    assert told("lingyuan", ongoing)[-1].startswith(why + "失信行为还没有终止")
    serving = going_on(act_ended_on=None, sentenced=True)
    assert told("dalian", serving)[-1].startswith(why + "刑罚还没有执行完毕")


DAYS = st.dates(dt.date(2019, 1, 1), dt.date(2030, 12, 31))
RECORDS = st.builds(
    entry,
    decided_on=DAYS,
    act_ended_on=st.none() | DAYS,
    act_ongoing=st.booleans(),
    act_corrected_on=st.none() | DAYS,
    duties_fulfilled_on=st.none() | DAYS,
    beyond_maximum_basis=st.sampled_from(["", "《演示行业办法》"]),
    beyond_maximum_until=st.none() | DAYS,
)
SPECIALS = st.none() | st.tuples(st.integers(1, 120), st.sampled_from(TermStart), st.sampled_from((*HIGH, *LOWER)))


def ends(term):
    return public_until(term) or dt.date.max


@given(st.sampled_from(BOTH), RECORDS, SPECIALS, DAYS)
def test_no_last_day_is_later_than_without_the_maximum(city, record, given_term, day):
    if given_term is not None:
        months, start, level = given_term
        record = msgspec.structs.replace(
            record, term_months=months, term_start=start, term_basis="《演示规定》", term_level=level
        )
    reckoned: Terms = terms(city)
    without, term = reckoned.own(record, day), reckoned.of(record, day)
    maximum = reckoned.maximum(record, day)
    if isinstance(without, Unknown):
        assert term == without
        return
    assert ends(term) == min(ends(without), ends(maximum) if maximum is not None else dt.date.max)
    if isinstance(without, Special) and record.term_level in HIGH:
        assert term == without


@given(st.sampled_from(BOTH), RECORDS, DAYS)
def test_correcting_and_fulfilling_never_lets_an_entry_stay_longer(city, record, day):
    done = msgspec.structs.replace(record, act_corrected_on=day, duties_fulfilled_on=day)
    assert ends(terms(city).of(done, day)) <= ends(terms(city).of(record, day))
