"""Both cities' law as data decides as the rules in Python did."""

import datetime as dt
from functools import partial
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest

import site_builder
from site_builder.export.schema import COLUMNS, RECORDS
from site_builder.law.folder import Described, read_law
from site_builder.rules.clocks import ORDER
from site_builder.rules.lawful import _FREE
from site_builder.records.columns import Type
from site_builder.rules.cities import CITIES
from site_builder.rules.decision import Action, Facts, Order, Reason
from site_builder.vocabulary import Kind

FOLDER = Path(site_builder.__file__).parent / "cities"
AS_OF = dt.date(2026, 11, 20)
DAYS = st.sampled_from([AS_OF + dt.timedelta(days=n) for n in (-400, -1, 0, 1, 40)] + [dt.date(2021, 11, n) for n in (18, 19, 20, 21)] + [dt.date(2019, 2, 28)])


def values(column):
    text = st.sampled_from(["", "演示", "无", "《演示法》", "《》", "13912345678"])
    return {
        Type.TEXT: text,
        Type.CODE: st.sampled_from(["", "91350100M000100Y43", "11010519491231002X", "110105201001010021"]),
        Type.LIST: st.lists(text, max_size=2).map(tuple),
        Type.DATE: DAYS if column.required else st.none() | DAYS,
        Type.BOOLEAN: st.booleans(),
        Type.INTEGER: st.none() | st.sampled_from([1, 36, 60, 120]),
        Type.WORD: st.sampled_from(list(dict.fromkeys(column.words.values())) + ([] if column.required else [None])),
    }[column.type]


def record_of(kind):
    drawn = {column.name: values(column) for column in COLUMNS[kind]}
    drawn["id"] = st.sampled_from(["X-1", "x-2"])
    return st.builds(partial(RECORDS[kind]), **drawn)


def law_of(city):
    rules = CITIES[city]

    def described(kind):
        [last] = [one for one in rules.rules_of(kind) if one.reason is Reason.PERSONAL_DATA]
        record = RECORDS[kind]
        return Described(columns=COLUMNS[kind], order=ORDER[record], free=_FREE.get(record, ()), searched=lambda _terms: last.holds)

    return read_law(FOLDER / city, {kind: described(kind) for kind in Kind})


LAWS = {city: law_of(city) for city in CITIES}


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("city", CITIES)
def test_same(city, kind):
    old, new = CITIES[city], LAWS[city].kinds[kind]
    assert [(one.reason, one.articles, one.question) for one in old.rules_of(kind)] == [
        (one.reason, one.articles, one.question) for one in new.rules
    ]
    assert old.duties_of(kind) == new.published_by

    @settings(max_examples=150, deadline=None)
    @given(
        record_of(kind),
        st.lists(st.builds(Order, st.sampled_from(Action), DAYS, st.none() | DAYS), max_size=2),
        st.none() | st.just(frozenset({"演示"})),
        st.booleans(),
    )
    def decides(record, orders, catalogue, listed):
        facts = Facts(
            as_of=AS_OF,
            show_responsible=True,
            orders={(kind, record.id.lower()): tuple(orders)},
            catalogue=catalogue,
            listed_codes=frozenset({"91350100M000100Y43"}) if listed else frozenset(),
        )
        for one, other in zip(old.rules_of(kind), new.rules, strict=True):
            assert one.holds(record, facts) == other.holds(record, facts), one.reason
        for one, other in zip(CITIES[city].watches, LAWS[city].watches, strict=True):
            assert (one.code, one.articles, one.question) == (other.code, other.articles, other.question)
            assert list(one.looks(record, facts)) == list(other.looks(record, facts)), one.code
        if kind is Kind.SEVERE:
            a, b = old.term_of(record), new.terms.of(record)
            assert type(a).__name__ == type(b).__name__
            assert getattr(a, "last_day", None) == getattr(b, "last_day", None)
            assert getattr(a, "after", None) == getattr(b, "after", None)

    decides()
