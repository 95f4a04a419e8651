"""The webmaster's warnings of days, word for word."""

import datetime as dt

from decided_records import OPTIONAL, entry, facts, grade, looks, measure, model, ordered
import pytest

from site_builder.kinds.record import RECORDED
from site_builder.records.columns import Type
from site_builder.records.record import AWAITED
from site_builder.rules.watch import Warned
from site_builder.rules.workdays import Calendar, Passed
from site_builder.vocabulary import Action

DAY = dt.timedelta(days=1)
FRIDAY = dt.date(2026, 9, 18)
"""No holiday from here to the 24th; the 25th is the Mid-Autumn Festival."""
TABLE = Calendar()
"""The library's table alone."""

out_of_order = looks("dalian", "dates-out-of-order")
overdue_objection = looks("dalian", "objection-overdue")
unknown_objection = looks("dalian", "objection-clock-unknown")
stale_act = looks("dalian", "stale-ongoing-act")

MAKE = {made.kind: make for make in (entry, measure, model, *OPTIONAL.values()) if (made := make())}
PAIRS = [(kind, *pair) for kind, one in RECORDED.items() for pair in one.order]


@pytest.mark.parametrize(("kind", "earlier", "later"), PAIRS)
def test_later_day_before_the_earlier_one_is_warned_of(kind, earlier, later):
    day = dt.date(2025, 3, 3)
    names = {name for pair in PAIRS if pair[0] == kind for name in pair[1:]}
    required = {"decided_on", "listed_on", "published_on", "effective_on", "awarded_on", "rated_on", "made_on"}
    others = {name: day if name in required else None for name in names}
    make = MAKE[kind]
    assert list(out_of_order(make(**others | {earlier: day, later: day}), facts())) == []
    warned = list(out_of_order(make(**others | {earlier: day, later: day - DAY}), facts()))
    label = next(column.label for column in RECORDED[kind].columns if column.name == earlier)
    told = Warned(later, f"早于{label}，应在同一天或更晚", "核对这两个日期")
    assert told in warned
    for name in {earlier, later} - required:
        assert told not in out_of_order(make(**others | {earlier: day, later: day - DAY} | {name: None}), facts())


@pytest.mark.parametrize(("kind", "column"), [(kind, one) for kind, record in RECORDED.items() for one in record.done])
def test_what_was_done_is_warned_of_where_its_day_has_not_come(kind, column):
    told = Warned(column, "晚于核验日，而它说的是已经做了的事", "核对这个日期")
    assert told not in out_of_order(MAKE[kind](**{column: facts().as_of}), facts())
    assert told in out_of_order(MAKE[kind](**{column: facts().as_of + DAY}), facts())


@pytest.mark.parametrize("kind", RECORDED)
def test_every_column_of_days_is_asked_about(kind):
    """Days that may be announced apart: when something begins, ends or is shown."""
    record = RECORDED[kind]
    asked = {name for pair in record.order for name in pair} | {*record.done, *record.before_export, *AWAITED}
    assert {column.name for column in record.columns if column.type is Type.DATE} <= asked


def test_every_pair_out_of_order_is_warned_of():
    day = dt.date(2025, 3, 3)
    made = entry(decided_on=day, listed_on=day - DAY, published_on=day, updated_on=day - DAY)
    assert [one.column for one in out_of_order(made, facts())] == ["listed_on", "updated_on"]


def working_days(after, until):
    """Working days between, where the table knows them all."""
    gone = TABLE.passed(after, until)
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
    assert TABLE.passed(end - 3 * DAY, dt.date(2040, 1, 1)) == Passed(working_days(end - 3 * DAY, end), known=False)
    assert TABLE.last_day(end, 1) is None
    assert not TABLE.more_than(0, end, end + 3 * DAY)


def test_arrangement_the_site_was_told_of_comes_before_the_table():
    told = Calendar(
        years=frozenset({2026, 2027}),
        off=frozenset({dt.date(2026, 9, 21), dt.date(2027, 1, 1)}),
        on=frozenset({dt.date(2026, 9, 19), dt.date(2026, 12, 27)}),
    )
    assert [told.passed(FRIDAY, FRIDAY + number * DAY).days for number in range(5)] == [0, 1, 1, 1, 2]
    assert told.is_workday(dt.date(2026, 9, 25))  # the table's holiday; this arrangement has none
    assert told.is_workday(dt.date(2026, 12, 27))
    assert told.last_day(dt.date(2026, 12, 31), 1) == dt.date(2027, 1, 4)
    assert told.is_workday(dt.date(2028, 1, 3)) is None
    assert told.is_workday(dt.date(2025, 1, 1)) is False  # years it does not speak of are the table's


def test_end_of_what_is_known_is_that_of_the_last_year_without_a_gap():
    end = dt.date(2026, 12, 31)
    assert TABLE.known_through(FRIDAY) == end
    assert TABLE.known_through(end + DAY) is None
    assert Calendar(years=frozenset({2027, 2029})).known_through(FRIDAY) == dt.date(2027, 12, 31)
    assert Calendar(years=frozenset({2028})).known_through(FRIDAY) == end
    assert Calendar(years=frozenset({2028})).known_through(dt.date(2028, 5, 1)) == dt.date(2028, 12, 31)


@pytest.mark.parametrize("days", range(9))
def test_last_day_in_time_is_the_one_so_many_working_days_on(days):
    last = TABLE.last_day(FRIDAY, days)
    assert working_days(FRIDAY, last) == days
    assert days == 0 or working_days(FRIDAY, last - DAY) == days - 1
    following = TABLE.last_day(FRIDAY, days + 1)
    assert TABLE.more_than(days, FRIDAY, following)
    assert not TABLE.more_than(days, FRIDAY, following - DAY)
    assert not TABLE.more_than(days, FRIDAY, FRIDAY)


def overdue(make, as_of, asked=overdue_objection, **changes):
    return list(asked(make(objection_received_on=FRIDAY, **changes), facts(as_of)))


def late(days, allowed):
    message = f"异议受理已过 {days} 个工作日，应在 {allowed} 个工作日内处理"
    return [Warned("objection_received_on", message, "尽快核查处理、告知异议人，并填写办结日期")]


@pytest.mark.parametrize("make", [entry, model])
def test_plain_objection_has_three_working_days(make):
    last = TABLE.last_day(FRIDAY, 4) - DAY
    assert overdue(make, last) == []
    assert overdue(make, last + DAY) == late(4, 3)


def test_assisted_objection_has_eight():
    last = TABLE.last_day(FRIDAY, 9) - DAY
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
    day = TABLE.last_day(FRIDAY, 4)
    given = ordered(made, Action.OBJECTION, FRIDAY)
    assert list(overdue_objection(made, facts(day, orders=given.orders))) == late(4, 3)
    other = ordered(made, Action.COURT, FRIDAY)
    assert list(overdue_objection(made, facts(day, orders=other.orders))) == []


def test_what_has_no_objection_is_not_asked():
    assert list(overdue_objection(entry(), facts(FRIDAY))) == []
    assert list(overdue_objection(measure(), facts(FRIDAY))) == []


def test_unknown_holidays_are_told():
    end = dt.date(2026, 12, 30)
    hint = "对照国务院办公厅的放假通知，把这一年的安排写进站点文件夹的 holidays.yml"
    message = "不知道异议是否已超过 3 个工作日：节假日表没有覆盖这一年"
    made = entry(objection_received_on=end)
    later = facts(dt.date(2027, 1, 20))
    assert list(unknown_objection(made, later)) == [Warned("objection_received_on", message, hint)]
    assert list(overdue_objection(made, later)) == []
    assert list(unknown_objection(entry(objection_received_on=FRIDAY), later)) == []
    just = dt.date(2026, 12, 28)
    assert TABLE.passed(just, later.as_of) == Passed(3, known=False)
    assert list(unknown_objection(entry(objection_received_on=just), later))
    message = f"异议受理已过 至少 {TABLE.passed(FRIDAY, dt.date(2026, 12, 31)).days} 个工作日，应在 3 个工作日内处理"
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


@pytest.mark.parametrize("field", ["removed_on", "repaired_on", "revoked_on"])
def test_act_of_an_entry_that_left_is_not_asked_about(field):
    day = dt.date(2026, 1, 1)
    assert stale(day, **{field: day}) == []
    assert stale(day, **{field: day + DAY})


def test_act_that_goes_on_and_has_ended_is_a_contradiction():
    warned = Warned("act_ongoing", "写着行为持续中，又有终止日期：按终止日期计算", "去掉其中一个")
    assert stale(FRIDAY, act_ended_on=dt.date(2024, 1, 1)) == [warned]
