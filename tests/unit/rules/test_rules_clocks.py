"""The webmaster's warnings of days, word for word."""

import datetime as dt

from judged import FURTHER, entry, facts, grade, measure, model, ordered
import pytest

from site_builder.rules.clocks import ORDER, out_of_order, overdue_objection, stale_act, unknown_objection
from site_builder.rules.decision import Action
from site_builder.rules.watch import Warned
from site_builder.rules.workdays import Passed, last_day, more_than, passed

DAY = dt.timedelta(days=1)
FRIDAY = dt.date(2026, 9, 18)
"""No holiday from here to the 24th; the 25th is the Mid-Autumn Festival."""
MAKE = {made.__class__.__name__: make for make in (entry, measure, model, *FURTHER.values()) if (made := make())}
PAIRS = [(one.__name__, *pair) for one, pairs in ORDER.items() for pair in pairs]


@pytest.mark.parametrize(("kind", "earlier", "later"), PAIRS)
def test_later_day_before_the_earlier_one_is_warned_of(kind, earlier, later):
    day = dt.date(2025, 3, 3)
    names = {name for pair in PAIRS if pair[0] == kind for name in pair[1:]}
    required = {"decided_on", "listed_on", "published_on", "effective_on", "awarded_on", "rated_on", "made_on"}
    others = {name: day if name in required else None for name in names}
    make = MAKE[kind]
    assert list(out_of_order(make(**others | {earlier: day, later: day}), facts())) == []
    warned = list(out_of_order(make(**others | {earlier: day, later: day - DAY}), facts()))
    assert Warned(later, f"早于 {earlier}，应在同一天或更晚", "核对这两个日期") in warned
    for name in {earlier, later} - required:
        assert list(out_of_order(make(**others | {earlier: day, later: day - DAY} | {name: None}), facts())) == []


def test_every_pair_out_of_order_is_warned_of():
    day = dt.date(2025, 3, 3)
    made = entry(decided_on=day, listed_on=day - DAY, published_on=day, updated_on=day - DAY)
    assert [one.column for one in out_of_order(made, facts())] == ["listed_on", "updated_on"]


def working_days(after, until):
    """Working days between, where the table knows them all."""
    gone = passed(after, until)
    assert gone.known
    return gone.days


@pytest.mark.parametrize(
    ("until", "days"),
    [(FRIDAY - DAY, 0), (FRIDAY, 0), (FRIDAY + DAY, 0), (FRIDAY + 3 * DAY, 1 + 1), (FRIDAY + 6 * DAY, 1 + 4)],
)
def test_working_days_are_counted_from_the_next_day_with_holidays_left_out(until, days):
    """Sunday the 20th is worked for the festival."""
    assert working_days(FRIDAY, until) == days


def test_day_after_counts_where_it_is_worked():
    monday = FRIDAY - 4 * DAY
    assert [working_days(monday, monday + number * DAY) for number in range(3)] == [0, 1, 2]


def test_past_the_table_of_holidays_the_days_until_there_are_known():
    end = dt.date(2026, 12, 31)
    assert passed(end - 3 * DAY, dt.date(2040, 1, 1)) == Passed(working_days(end - 3 * DAY, end), known=False)
    assert last_day(end, 1) is None
    assert not more_than(0, end, end + 3 * DAY)


@pytest.mark.parametrize("days", range(9))
def test_last_day_in_time_is_the_one_so_many_working_days_on(days):
    last = last_day(FRIDAY, days)
    assert working_days(FRIDAY, last) == days
    assert days == 0 or working_days(FRIDAY, last - DAY) == days - 1
    following = last_day(FRIDAY, days + 1)
    assert more_than(days, FRIDAY, following)
    assert not more_than(days, FRIDAY, following - DAY)
    assert not more_than(days, FRIDAY, FRIDAY)


def overdue(make, as_of, asked=overdue_objection, **changes):
    return list(asked(make(objection_received_on=FRIDAY, **changes), facts(as_of)))


def late(days, allowed):
    message = f"异议受理已过 {days} 个工作日，应在 {allowed} 个工作日内处理"
    return [Warned("objection_received_on", message, "尽快核查处理、告知异议人，并填写办结日期")]


@pytest.mark.parametrize("make", [entry, model])
def test_plain_objection_has_three_working_days(make):
    last = last_day(FRIDAY, 4) - DAY
    assert overdue(make, last) == []
    assert overdue(make, last + DAY) == late(4, 3)


def test_assisted_objection_has_eight():
    last = last_day(FRIDAY, 9) - DAY
    assert overdue(entry, last, objection_assisted=True) == []
    assert overdue(entry, last + DAY, objection_assisted=True) == late(9, 8)


def test_closed_objection_is_not_overdue_from_its_day_on_nor_one_yet_to_come():
    closed = FRIDAY + 30 * DAY
    assert overdue(entry, closed - DAY, objection_closed_on=closed)
    assert overdue(entry, closed, objection_closed_on=closed) == []
    assert overdue(entry, closed + DAY, objection_closed_on=closed) == []
    assert overdue(entry, FRIDAY - 40 * DAY) == []


@pytest.mark.parametrize("made", [model(), grade()])
def test_objection_of_the_overlay_is_watched_too(made):
    day = last_day(FRIDAY, 4)
    given = ordered(made, Action.OBJECTION, FRIDAY)
    assert list(overdue_objection(made, facts(day, orders=given.orders))) == late(4, 3)
    other = ordered(made, Action.COURT, FRIDAY)
    assert list(overdue_objection(made, facts(day, orders=other.orders))) == []


def test_what_has_no_objection_is_not_asked():
    assert list(overdue_objection(entry(), facts(FRIDAY))) == []
    assert list(overdue_objection(measure(), facts(FRIDAY))) == []


def test_unknown_holidays_are_told():
    end = dt.date(2026, 12, 30)
    hint = "对照国务院办公厅的放假通知人工核对；升级 chinesecalendar"
    message = "不知道异议是否已超过 3 个工作日：节假日表没有覆盖这一年"
    made = entry(objection_received_on=end)
    later = facts(dt.date(2027, 1, 20))
    assert list(unknown_objection(made, later)) == [Warned("objection_received_on", message, hint)]
    assert list(overdue_objection(made, later)) == []
    assert list(unknown_objection(entry(objection_received_on=FRIDAY), later)) == []
    just = dt.date(2026, 12, 28)
    assert passed(just, later.as_of) == Passed(3, known=False)
    assert list(unknown_objection(entry(objection_received_on=just), later))
    message = f"异议受理已过 至少 {passed(FRIDAY, dt.date(2026, 12, 31)).days} 个工作日，应在 3 个工作日内处理"
    [warned] = overdue_objection(entry(objection_received_on=FRIDAY), later)
    assert (warned.column, warned.message) == ("objection_received_on", message)


def stale(as_of, **changes):
    return list(stale_act(entry(**{"act_ended_on": None, "act_ongoing": True} | changes), facts(as_of)))


def test_act_that_goes_on_is_asked_about_after_a_year_without_an_update():
    told = dt.date(2024, 5, 15)
    year = told + 365 * DAY
    assert stale(year) == []
    message = "写着行为持续中，但已有 366 天没有更新，披露期限一直没有起算"
    hint = "向认定单位核实；行为已终止的填写终止日期，仍在持续的更新「更新日期」"
    assert stale(year + DAY) == [Warned("act_ongoing", message, hint)]
    assert stale(year + DAY, updated_on=told + DAY) == []
    assert stale(year + 2 * DAY, updated_on=told + DAY) == [Warned("act_ongoing", message, hint)]
    assert stale(year + DAY, act_ongoing=False) == []
    assert list(stale_act(measure(), facts(year + DAY))) == []


@pytest.mark.parametrize("field", ["removed_on", "repaired_on", "revoked_on"])
def test_act_of_an_entry_that_left_is_not_asked_about(field):
    day = dt.date(2026, 1, 1)
    assert stale(day, **{field: day}) == []
    assert stale(day, **{field: day + DAY})


def test_act_that_goes_on_and_has_ended_is_a_contradiction():
    warned = Warned("act_ongoing", "写着行为持续中，又有终止日期：按终止日期计算", "去掉其中一个")
    assert stale(FRIDAY, act_ended_on=dt.date(2024, 1, 1)) == [warned]
