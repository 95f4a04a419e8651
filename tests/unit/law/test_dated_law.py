"""A law that changes on a day: what says from and until which day it holds counts on those days alone."""

import datetime as dt
from pathlib import Path

from decided_records import entry, facts, person
import pytest

from site_builder.errors import SiteBuilderError
from site_builder.law.folder import read_law
from site_builder.rules.ruleset import change_days, decide_record, view_of
from site_builder.vocabulary import Kind

THIRD = Path(__file__).parents[2] / "given" / "third_city"
CITY, RULES, WORDS = ((THIRD / name).read_text() for name in ("city.yml", "rules.yml", "words.yml"))
CHANGE = dt.date(2027, 3, 1)
BEFORE = CHANGE - dt.timedelta(days=1)

TERM = "term: {months: 36, start: decision, at_end: stop}"
TERMS = f"""term:
  - {{until: {BEFORE}, months: 36, start: decision, at_end: stop}}
  - {{from: {CHANGE}, months: 24, start: decision, at_end: stop}}"""
NEVER_PERSON = "      - reason: natural_person\n        articles: [9]\n"


BEGINS = NEVER_PERSON.replace("- ", f"- from: {CHANGE}\n        ")
NEEDS = "          - {remedies: {empty: true}}\n"
CLOCK = "  objection: {articles: [16], days: 7, with_help: 15}"
CLOCKS = f"""  objection:
    - {{until: {BEFORE}, articles: [16], days: 7, with_help: 15}}
    - {{from: {CHANGE}, articles: [16], days: 5}}"""


@pytest.fixture
def law(tmp_path):
    """Reads a city that is written like this."""

    def read(rules=RULES, words=WORDS):
        for name, text in (("city.yml", CITY), ("rules.yml", rules), ("words.yml", words)):
            (tmp_path / name).write_text(text)
        return read_law(tmp_path)

    return read


def faults(law, **files):
    with pytest.raises(SiteBuilderError) as refused:
        law(**files)
    return [(one.code, one.place.row, one.message) for one in refused.value.findings]


def row_of(text, part):
    return text[: text.index(part)].count("\n") + 1


def decided(law, record, day):
    return getattr(decide_record(record, law, facts(day)), "reasons", ())


def test_law_without_days_has_one_version(law):
    read = law()
    assert [one.since for one in read.versions] == [dt.date.min]
    assert read.changes_after(dt.date(2000, 1, 1)) == []


def test_rule_begins_and_ends_on_its_days(law):
    begins = law(RULES.replace(NEVER_PERSON, BEGINS, 1))
    ends = law(RULES.replace(NEVER_PERSON, f"{NEVER_PERSON}        until: {BEFORE}\n", 1))
    assert [decided(begins, person(), day) for day in (BEFORE, CHANGE)] == [(), ("natural_person",)]
    assert [decided(ends, person(), day) for day in (BEFORE, CHANGE)] == [("natural_person",), ()]
    assert [one.since for one in begins.versions] == [one.since for one in ends.versions] == [dt.date.min, CHANGE]


def test_term_changes_on_its_day(law):
    read = law(RULES.replace(TERM, TERMS))
    record = entry(decided_on=dt.date(2025, 1, 10))
    assert view_of(record, read, facts(BEFORE)).term_text == "公示至 2028-01-10"
    assert view_of(record, read, facts(CHANGE)).term_text == "公示至 2027-01-10"
    assert [decided(read, record, day) for day in (BEFORE, CHANGE)] == [(), ("expired",)]


def test_required_content_is_added_on_its_day(law):
    added = f"          - {{from: {CHANGE}, measures_notice: {{empty: true}}}}\n"
    read = law(RULES.replace(NEEDS, NEEDS + added))
    assert [decided(read, entry(measures_notice=""), day) for day in (BEFORE, CHANGE)] == [(), ("incomplete",)]


def test_change_of_law_is_a_day_on_which_records_may_change(law):
    read = law(RULES.replace(TERM, TERMS))
    record = entry(decided_on=dt.date(2025, 6, 10))
    days = change_days(record, read, facts(BEFORE))
    assert CHANGE in days
    assert dt.date(2027, 6, 11) in days
    assert CHANGE not in change_days(record, read, facts(CHANGE))


def test_articles_and_working_days_change_on_their_day(law):
    duties = f"    published_by: [{{until: {BEFORE}, value: [6]}}, {{from: {CHANGE}, value: [6, 7]}}]"
    read = law(RULES.replace("    published_by: [6]", duties).replace(CLOCK, CLOCKS))
    before, after = read.on(BEFORE), read.on(CHANGE)
    assert (before.kinds[Kind.SEVERE].duties, after.kinds[Kind.SEVERE].duties) == (("YS 6",), ("YS 6", "YS 7"))
    assert [one.clocks["objection"].days for one in (before, after)] == [7, 5]


def test_fault_of_every_version_is_told_once_and_that_of_one_with_its_days(law):
    wrong = RULES.replace(TERM, TERMS).replace("articles: [8]", "articles: [八]", 1)
    [(code, row, message)] = faults(law, rules=wrong)
    assert (code, row) == ("bad-value", row_of(wrong, "articles: [八]"))
    assert "-" not in message
    wrong = RULES.replace(TERM, TERMS.replace("months: 24", "months: 0"))
    told = faults(law, rules=wrong)
    assert ("bad-value", row_of(wrong, "months: 0")) in [(code, row) for code, row, _ in told]
    assert all(message.endswith(f"（{CHANGE} 起）") for _, _, message in told)


def test_gap_in_the_law_is_told_with_its_days(law):
    later = CHANGE + dt.timedelta(days=10)
    gap = RULES.replace(TERM, TERMS.replace(f"from: {CHANGE}", f"from: {later}"))
    told = faults(law, rules=gap)
    assert told
    assert all(message.endswith(f"（{CHANGE} 至 {later - dt.timedelta(days=1)}）") for _, _, message in told)
    court = "      - reason: suppressed\n"
    told = faults(law, rules=RULES.replace(court, f"{court}        until: {BEFORE}\n", 1))
    lacking = f"「severe-list」没有「suppressed」这一条规则（{CHANGE} 起）"
    assert [(code, message) for code, _, message in told] == [("missing-key", lacking)]


def test_two_in_force_at_once_are_told(law):
    wrong = RULES.replace(TERM, TERMS.replace(f"from: {CHANGE}", f"from: {BEFORE}"))
    told = [(code, row) for code, row, _ in faults(law, rules=wrong)]
    assert told == [("dates-overlap", row_of(wrong, "months: 24"))]
    again = NEVER_PERSON + "        asks: 是自然人吗？\n        when: {subject: {is: natural_person}}\n"
    wrong = RULES.replace(again, again + f"      - from: {CHANGE}\n" + again.replace("      - ", "        ", 1), 1)
    [(code, row, message)] = faults(law, rules=wrong)
    assert (code, row) == ("bad-value", row_of(wrong, f"from: {CHANGE}"))
    assert message == f"「natural_person」写了两条（{CHANGE} 起）"


@pytest.mark.parametrize(
    ("written", "message"),
    [("from: 2027-2-1", "不是一个日子"), (f"from: {CHANGE}, until: {BEFORE}", f"施行到 {BEFORE}，而 {CHANGE} 才开始")],
)
def test_wrong_days_are_told(law, written, message):
    wrong = RULES.replace("  objection: {", f"  objection: {{{written}, ")
    [(code, row, told)] = faults(law, rules=wrong)
    assert (code, row) == ("bad-value", row_of(wrong, "objection: {"))
    assert message in told


def test_kind_with_days_of_its_own_is_refused(law):
    wrong = RULES.replace("  watch-list:\n", f"  watch-list:\n    from: {CHANGE}\n")
    assert [code for code, _, _ in faults(law, rules=wrong)] == ["bad-value"]
