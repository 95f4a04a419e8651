"""Which norm decides an entry's last day, and which give way: each with its level, its articles and its own day."""

import datetime as dt

from decided_records import AS_OF, entry, facts, grade, measure, person, watched
import msgspec
import pytest

from site_builder.law.cities import shipped
from site_builder.rules.weighing import WeighedNorm, weighed_norms
from site_builder.vocabulary import Kind, Level, TermStart

OWN_LAST = dt.date(2029, 4, 30)
"""Five years from the end of the act of ``entry()``."""
MAXIMUM = dt.date(2027, 5, 10)
"""Three years from its decision."""

DALIAN = WeighedNorm(
    norm="大连市社会信用条例",
    level=Level.LOCAL_REGULATION,
    articles=("DL 35",),
    last_day=OWN_LAST,
    extended=True,
    decides=True,
)
LINGYUAN = WeighedNorm(
    norm="凌源市社会信用管理办法",
    level=Level.NORMATIVE_DOCUMENT,
    articles=("LY 15",),
    last_day=OWN_LAST,
    extended=False,
    decides=True,
)
NATIONAL = WeighedNorm(
    norm="信用修复管理办法",
    level=Level.NATIONAL_RULE,
    articles=("XF 4",),
    last_day=MAXIMUM,
    extended=False,
    decides=True,
)


def changed(norm, **values):
    return msgspec.structs.replace(norm, **values)


def gives_way(norm, **values):
    return changed(norm, decides=False, **values)


def basis(level, last_day, *, decides):
    """The norm the record names itself."""
    return WeighedNorm(norm="", level=level, articles=(), last_day=last_day, extended=False, decides=decides)


def rules(city, *applied):
    return shipped(city, frozenset(applied)).on(AS_OF)


def weighed(city, record, *applied):
    return weighed_norms(record, rules(city, *applied), AS_OF)


def special(months, level, start=TermStart.DECISION, **changes):
    return entry(term_months=months, term_start=start, term_basis="《演示规定》", term_level=level, **changes)


@pytest.mark.parametrize(("city", "own"), [("dalian", DALIAN), ("lingyuan", LINGYUAN)])
def test_citys_own_term_decides_where_nothing_else_speaks(city, own):
    assert weighed(city, entry()) == (own,)


@pytest.mark.parametrize("city", ["dalian", "lingyuan"])
@pytest.mark.parametrize("record", [measure(), grade(), watched()])
def test_only_entries_of_the_severe_list_are_weighed(city, record):
    assert weighed(city, record) == ()


def test_term_that_has_not_begun_decides_without_a_day():
    ongoing = entry(act_ended_on=None, act_ongoing=True)
    assert weighed("dalian", ongoing) == (changed(DALIAN, last_day=None, extended=False),)


def test_nothing_decides_where_nobody_knows_when_the_term_starts():
    assert weighed("lingyuan", entry(act_ended_on=None)) == (gives_way(LINGYUAN, last_day=None),)


def test_special_term_and_the_citys_own_are_weighed_by_their_days():
    day = dt.date(2026, 12, 10)
    short = special(31, Level.LOCAL_REGULATION)
    assert weighed("lingyuan", short) == (gives_way(LINGYUAN), basis(Level.LOCAL_REGULATION, day, decides=True))
    long = special(84, Level.LOCAL_REGULATION)
    last = dt.date(2031, 5, 10)
    assert weighed("lingyuan", long) == (LINGYUAN, basis(Level.LOCAL_REGULATION, last, decides=False))
    assert weighed("dalian", long) == (gives_way(DALIAN), basis(Level.LOCAL_REGULATION, last, decides=True))


def test_special_term_that_has_not_begun_decides_without_a_day():
    serving = person(
        act_ended_on=None,
        sentenced=True,
        term_months=36,
        term_start=TermStart.SENTENCE_END,
        term_basis="《演示法》",
        term_level=Level.LAW,
    )
    assert weighed("dalian", serving) == (
        gives_way(DALIAN, last_day=None, extended=False),
        basis(Level.LAW, None, decides=True),
    )


@pytest.mark.parametrize(("city", "own"), [("dalian", DALIAN), ("lingyuan", LINGYUAN)])
def test_rule_above_that_applies_decides_where_it_ends_first(city, own):
    assert weighed(city, entry(), "cn-repair-2026") == (gives_way(own), NATIONAL)


def test_rule_above_gives_way_to_what_ends_before_it():
    early = entry(act_ended_on=dt.date(2021, 6, 1))
    own = changed(LINGYUAN, last_day=dt.date(2026, 6, 1))
    assert weighed("lingyuan", early, "cn-repair-2026") == (own, gives_way(NATIONAL))


def test_rule_above_gives_way_to_a_special_term_of_a_law():
    last = dt.date(2031, 5, 10)
    assert weighed("dalian", special(84, Level.LAW), "cn-repair-2026") == (
        gives_way(DALIAN),
        basis(Level.LAW, last, decides=True),
        gives_way(NATIONAL),
    )
    assert weighed("dalian", special(84, Level.NATIONAL_RULE), "cn-repair-2026") == (
        gives_way(DALIAN),
        basis(Level.NATIONAL_RULE, last, decides=False),
        NATIONAL,
    )


def test_rule_above_has_no_day_where_the_entry_goes_on_past_its_maximum():
    beyond = entry(beyond_maximum_basis="《演示行业办法》第九条")
    assert weighed("dalian", beyond, "cn-repair-2026") == (DALIAN, gives_way(NATIONAL, last_day=None))


def test_law_without_a_rule_about_the_end_of_terms_cites_no_article_for_it():
    law = rules("dalian")
    severe = msgspec.structs.replace(law.kinds[Kind.SEVERE], rules=())
    law = msgspec.structs.replace(law, kinds=law.kinds | {Kind.SEVERE: severe})
    assert weighed_norms(entry(), law, facts().as_of) == (changed(DALIAN, articles=()),)
