"""A city's folder: what it says decides, and what is wrong in it is told with its row."""

import datetime as dt
import shutil

from decided_records import entry, facts, grade, person, watched
import pytest

from site_builder.errors import SiteBuilderError
from site_builder.law.cities import CITIES, FOLDER
from site_builder.law.folder import read_law
from site_builder.rules.ruleset import decide_record, view_of
from site_builder.vocabulary import Kind

CITY = "code: YS\nregulation: 演示市信用办法\nshort: 演示办法\n"
RULES = """\
responsible_persons: hide
unpublished_measure: warn
list_profile: warn
term: {months: 36, from: decision, at_end: stop}
rules:
  severe-list:
    published_by: [7]
    withhold:
      - reason: natural_person
        articles: [8]
        asks: 是自然人吗？
        when: {subject: {is: natural_person}}
      - reason: expired
        articles: [9]
        asks: 期满了吗？
        when: {term: {is: over}}
      - reason: incomplete
        articles: [10, XX 3]
        asks: 缺内容吗？
        when_any:
          - {cause: {empty: true}}
          - {basis: {empty: true}}
"""


@pytest.fixture
def law(tmp_path):
    """Reads a city that is written like this."""

    def read(rules=RULES, city=CITY):
        (tmp_path / "city.yml").write_text(city)
        (tmp_path / "rules.yml").write_text(rules)
        return read_law(tmp_path)

    return read


def decided(rules, record, **known):
    return getattr(decide_record(record, rules, facts(**known)), "reasons", ())


def test_another_city_decides_by_its_own_numbers(law):
    rules = law()
    last = entry().decided_on.replace(year=2027)
    assert decided(rules, entry(), as_of=last) == ()
    assert decided(rules, entry(), as_of=last + dt.timedelta(days=1)) == ("expired",)
    assert decided(rules, person(cause="")) == ("natural_person", "incomplete")
    assert view_of(entry(), rules, facts()).term_text == f"公示至 {last}"
    assert [rule.articles for rule in rules.kinds[Kind.SEVERE].rules] == [("YS 8",), ("YS 9",), ("YS 10", "XX 3")]
    assert Kind.GRADE not in rules.kinds


def test_term_that_has_not_begun_is_told_in_the_citys_months(law):
    rules = law(RULES.replace("from: decision", "from: act_end"))
    going_on = entry(act_ended_on=None, act_ongoing=True)
    assert view_of(going_on, rules, facts()).term_text == "自失信行为终止之日起三年"
    rules = law(RULES.replace("months: 36, from: decision", "months: 30, from: act_end"))
    assert view_of(going_on, rules, facts()).term_text == "自失信行为终止之日起三十个月"


@pytest.mark.parametrize(
    ("wrong", "right", "code", "row"),
    [
        ("cause: {emty: true}", "cause: {empty: true}", "unknown-relation", 21),
        ("causes: {empty: true}", "cause: {empty: true}", "unknown-column", 21),
        ("is: overdue", "is: over", "bad-value", 16),
        ("reason: gone", "reason: expired", "bad-value", 13),
        ("reason: natural_person", "reason: expired", "bad-value", 13),
        ("articles: [九]", "articles: [9]", "bad-value", 14),
        ("months: many", "months: 36", "wrong-type", 4),
        ("whenever: {term", "when: {term", "missing-key", 13),
    ],
)
def test_what_is_wrong_is_told_with_its_row(law, wrong, right, code, row):
    assert RULES.count(right)
    with pytest.raises(SiteBuilderError) as stopped:
        law(RULES.replace(right, wrong))
    assert (code, row) in [(one.code, one.place.row) for one in stopped.value.findings]
    assert all(one.hint or one.message for one in stopped.value.findings)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ("cause: {}", "unknown-relation"),
        ("cause: {empty: true, on: decided_on}", "unknown-key"),
        ("cause: {empty: true, emty: true}", "unknown-key"),
        ("removed_on: {undone_by: updated_on}", "unknown-relation"),
        ("removed_on: {past: maybe}", "wrong-type"),
    ],
)
def test_nothing_that_is_written_in_a_condition_is_passed_over(law, wrong, code):
    with pytest.raises(SiteBuilderError) as stopped:
        law(RULES.replace("cause: {empty: true}", wrong))
    assert (code, 21) in [(one.code, one.place.row) for one in stopped.value.findings]


@pytest.mark.parametrize(
    ("asks", "record"),
    [
        ("cause: {empty: WHAT}", entry(cause="")),
        ("natural_person_basis: {cites: WHAT}", entry(natural_person_basis="《演示法》")),
        ("sentenced: {is: WHAT}", person(sentenced=True)),
        ("removed_on: {past: WHAT}", entry(removed_on=dt.date(2026, 1, 1))),
        ("published_on: {to_come: WHAT}", entry(published_on=dt.date(2027, 1, 1))),
        ("published_on: {over: WHAT}", entry(published_on=dt.date(2026, 1, 1))),
        ("severe_list: {has_code: WHAT}", entry()),
    ],
)
@pytest.mark.parametrize("wanted", [True, False])
def test_what_is_asked_may_be_wanted_or_not(law, asks, record, wanted):
    rules = law(RULES.replace("term: {is: over}", asks.replace("WHAT", str(wanted).lower())))
    [rule] = [one for one in rules.kinds[Kind.SEVERE].rules if one.reason == "expired"]
    assert rule.holds(record, facts(listed_codes=frozenset({entry().subject_code}))) is wanted


WATCH = """\
  watch-list:
    published_by: [7]
    term: {until: valid_through, months: 24, from: [act_ended_on, listed_on]}
    withhold:
      - reason: expired
        articles: [9]
        asks: 期满了吗？
        when: {term: {is: over}}
"""


def test_term_of_another_kind_is_the_citys_own(law):
    rules = law(RULES + WATCH)
    record = watched(listed_on=dt.date(2024, 6, 1), valid_through=dt.date(2027, 1, 1))
    last = dt.date(2026, 6, 1)
    assert view_of(record, rules, facts()).public_until == last
    assert decided(rules, record, as_of=last) == ()
    assert decided(rules, record, as_of=last + dt.timedelta(days=1)) == ("expired",)
    ended = watched(act_ended_on=dt.date(2024, 12, 1), valid_through=dt.date(2027, 1, 1))
    assert view_of(ended, rules, facts()).public_until == dt.date(2026, 12, 1)


@pytest.mark.parametrize(
    ("wrong", "code", "row"),
    [
        ("{until: cause}", "bad-value", 25),
        ("{months: 24}", "missing-key", 25),
        ("{from: [listed_on]}", "missing-key", 25),
        ("{until: valid_through, at_end: stop}", "unknown-key", 25),
    ],
)
def test_wrong_term_of_another_kind_is_told_with_its_row(law, wrong, code, row):
    right = "{until: valid_through, months: 24, from: [act_ended_on, listed_on]}"
    with pytest.raises(SiteBuilderError) as stopped:
        law(RULES + WATCH.replace(right, wrong))
    assert (code, row) in [(one.code, one.place.row) for one in stopped.value.findings]


def test_term_of_a_kind_without_one_is_not_asked_about(law):
    with pytest.raises(SiteBuilderError) as stopped:
        law(RULES + "".join(line for line in WATCH.splitlines(keepends=True) if "until" not in line))
    assert [one.message for one in stopped.value.findings] == ["watch-list 没有写 term"]
    with pytest.raises(SiteBuilderError) as stopped:
        law(RULES + WATCH.replace("is: over", "is: unknown"))
    assert [one.code for one in stopped.value.findings] == ["bad-value"]


def test_faults_of_both_files_are_told_at_once(law):
    with pytest.raises(SiteBuilderError) as stopped:
        law(RULES.replace("hide", "maybe"), CITY.replace("YS", "ys"))
    assert {one.place.file.rpartition("/")[2] for one in stopped.value.findings} == {"city.yml", "rules.yml"}


@pytest.mark.parametrize("city", CITIES)
def test_shipped_city_may_be_copied_and_decides_the_same(tmp_path, city):
    shutil.copytree(FOLDER / city, tmp_path / "law")
    copied = read_law(tmp_path / "law")
    for record in (entry(), person(), grade(), entry(cause="")):
        assert decided(copied, record) == decided(CITIES[city], record)
