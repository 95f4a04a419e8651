"""The webmaster's warnings of days, word for word."""

import datetime as dt

from judged import entry, facts, measure, model
import pytest

from site_builder.rules.clocks import ORDER, out_of_order, overdue_objection
from site_builder.rules.watch import Warned
from site_builder.rules.workdays import passed

DAY = dt.timedelta(days=1)
FRIDAY = dt.date(2026, 9, 18)
"""No holiday from here to the 24th; the 25th is the Mid-Autumn Festival."""
MAKE = {one.__name__: make for one, make in zip(ORDER, (entry, measure, model), strict=True)}
FACTS = facts()
PAIRS = [(one.__name__, *pair) for one, pairs in ORDER.items() for pair in pairs]


@pytest.mark.parametrize(("kind", "earlier", "later"), PAIRS)
def test_later_day_before_the_earlier_one_is_warned_of(kind, earlier, later):
    day = dt.date(2025, 3, 3)
    names = {name for pair in PAIRS if pair[0] == kind for name in pair[1:]}
    required = {"decided_on", "listed_on", "published_on", "effective_on", "awarded_on"}
    others = {name: day if name in required else None for name in names}
    make = MAKE[kind]
    assert list(out_of_order(make(**others | {earlier: day, later: day}), FACTS)) == []
    warned = list(out_of_order(make(**others | {earlier: day, later: day - DAY}), FACTS))
    assert Warned(later, f"早于 {earlier}，应在同一天或更晚", "核对这两个日期") in warned
    for name in {earlier, later} - required:
        assert list(out_of_order(make(**others | {earlier: day, later: day - DAY} | {name: None}), FACTS)) == []


def test_every_pair_out_of_order_is_warned_of():
    day = dt.date(2025, 3, 3)
    made = entry(decided_on=day, listed_on=day - DAY, published_on=day, updated_on=day - DAY)
    assert [one.column for one in out_of_order(made, FACTS)] == ["listed_on", "updated_on"]


@pytest.mark.parametrize(
    ("until", "days"),
    [(FRIDAY, 0), (FRIDAY + DAY, 0), (FRIDAY + 3 * DAY, 1 + 1), (FRIDAY + 6 * DAY, 1 + 4)],
)
def test_working_days_are_counted_from_the_next_day_with_holidays_left_out(until, days):
    """Sunday the 20th is worked for the festival."""
    assert (passed(FRIDAY, until).days, passed(FRIDAY, until).known) == (days, True)


def test_closed_objection_is_not_overdue_from_its_day_on():
    closed = FRIDAY + 30 * DAY
    made = entry(objection_received_on=FRIDAY, objection_closed_on=closed)
    assert list(overdue_objection(made, facts(as_of=closed - DAY)))
    assert list(overdue_objection(made, facts(as_of=closed))) == []
    assert list(overdue_objection(made, facts(as_of=closed + DAY))) == []


def test_what_has_no_objection_is_not_asked():
    assert list(overdue_objection(entry(), FACTS)) == []
    assert list(overdue_objection(measure(), FACTS)) == []
