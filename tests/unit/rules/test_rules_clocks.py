"""The webmaster's warnings of days, word for word."""

import datetime as dt

from judged import entry, measure, model
import pytest

from site_builder.rules.clocks import ORDER, Warned, out_of_order, overdue_objection, working_days

DAY = dt.timedelta(days=1)
FRIDAY = dt.date(2026, 9, 18)
"""No holiday from here to the 24th; the 25th is the Mid-Autumn Festival."""
MAKE = {one.__name__: make for one, make in zip(ORDER, (entry, measure, model), strict=True)}
PAIRS = [(one.__name__, *pair) for one, pairs in ORDER.items() for pair in pairs]


@pytest.mark.parametrize(("kind", "earlier", "later"), PAIRS)
def test_later_day_before_the_earlier_one_is_warned_of(kind, earlier, later):
    day = dt.date(2025, 3, 3)
    names = {name for pair in PAIRS if pair[0] == kind for name in pair[1:]}
    required = {"decided_on", "listed_on", "published_on", "effective_on", "awarded_on"}
    others = {name: day if name in required else None for name in names}
    make = MAKE[kind]
    assert list(out_of_order(make(**others | {earlier: day, later: day}))) == []
    warned = list(out_of_order(make(**others | {earlier: day, later: day - DAY})))
    assert Warned("dates-out-of-order", later, f"早于 {earlier}", "核对这两个日期") in warned
    for name in {earlier, later} - required:
        assert list(out_of_order(make(**others | {earlier: day, later: day - DAY} | {name: None}))) == []


def test_every_pair_out_of_order_is_warned_of():
    day = dt.date(2025, 3, 3)
    made = entry(decided_on=day, listed_on=day - DAY, published_on=day, updated_on=day - DAY)
    assert [one.column for one in out_of_order(made)] == ["listed_on", "updated_on"]


@pytest.mark.parametrize(
    ("until", "days"),
    [(FRIDAY, 0), (FRIDAY + DAY, 0), (FRIDAY + 3 * DAY, 1 + 1), (FRIDAY + 6 * DAY, 1 + 4)],
)
def test_working_days_are_counted_from_the_next_day_with_holidays_left_out(until, days):
    """Sunday the 20th is worked for the festival."""
    assert working_days(FRIDAY, until) == days


def test_day_after_counts_where_it_is_worked():
    monday = FRIDAY - 4 * DAY
    assert [working_days(monday, monday + number * DAY) for number in range(3)] == [0, 1, 2]


def test_past_the_table_of_holidays_nothing_is_known():
    assert working_days(FRIDAY, dt.date(2040, 1, 1)) is None


def overdue(make, as_of, **changes):
    return list(overdue_objection(make(objection_received_on=FRIDAY, **changes), as_of))


def late(passed, allowed):
    return [
        Warned(
            "objection-overdue",
            "objection_received_on",
            f"异议受理已过 {passed} 个工作日，应在 {allowed} 个工作日内处理",
            "尽快核查处理并填写办结日期（大连条例第四十二条）",
        )
    ]


@pytest.mark.parametrize("make", [entry, model])
def test_plain_objection_has_three_working_days(make):
    days = {day: working_days(FRIDAY, FRIDAY + day * DAY) for day in range(20)}
    last = max(day for day, passed in days.items() if passed == 3)
    assert overdue(make, FRIDAY + last * DAY) == []
    assert overdue(make, FRIDAY + (last + 1) * DAY) == late(4, 3)


def test_assisted_objection_has_eight():
    days = {day: working_days(FRIDAY, FRIDAY + day * DAY) for day in range(40)}
    last = max(day for day, passed in days.items() if passed == 8)
    assert overdue(entry, FRIDAY + last * DAY, objection_assisted=True) == []
    assert overdue(entry, FRIDAY + (last + 1) * DAY, objection_assisted=True) == late(9, 8)


def test_closed_objection_is_not_overdue_from_its_day_on():
    closed = FRIDAY + 30 * DAY
    assert overdue(entry, closed - DAY, objection_closed_on=closed)
    assert overdue(entry, closed, objection_closed_on=closed) == []
    assert overdue(entry, closed + DAY, objection_closed_on=closed) == []


def test_what_has_no_objection_is_not_asked():
    assert list(overdue_objection(entry(), FRIDAY)) == []
    assert list(overdue_objection(measure(), FRIDAY)) == []


def test_unknown_holidays_are_told():
    assert overdue(entry, dt.date(2040, 1, 1)) == [
        Warned(
            "objection-clock-unknown",
            "objection_received_on",
            "异议是否超期无法判断",
            "节假日表没有覆盖这一年，请人工核对",
        )
    ]
