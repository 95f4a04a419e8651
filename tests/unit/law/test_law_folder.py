"""A city's folder: what it says decides, and what is wrong in it is told with its row."""

import datetime as dt
from pathlib import Path
import re
import shutil

from decided_records import entry, facts, grade, person, watched
import pytest

from site_builder.config.site import SHIPPED
from site_builder.errors import SiteBuilderError
from site_builder.law.cities import all_shipped
from site_builder.law.folder import read_law
from site_builder.rules.ruleset import decide_record, view_of
from site_builder.vocabulary import Kind

THIRD = Path(__file__).parents[2] / "given" / "third_city"
CITY, RULES, WORDS = ((THIRD / name).read_text() for name in ("city.yml", "rules.yml", "words.yml"))


def row_of(text, part):
    """The row a part of a file stands in first."""
    return text[: text.index(part)].count("\n") + 1


@pytest.fixture
def law(tmp_path):
    """Reads a city that is written like this."""

    def read(rules=RULES, city=CITY, words=WORDS):
        (tmp_path / "city.yml").write_text(city)
        (tmp_path / "rules.yml").write_text(rules)
        (tmp_path / "words.yml").write_text(words)
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
    articles = {rule.reason: rule.articles for rule in rules.latest.kinds[Kind.SEVERE].rules}
    assert [articles[one] for one in ("natural_person", "expired", "incomplete")] == [
        ("YS 9",),
        ("YS 8",),
        ("YS 10", "XX 3"),
    ]
    assert Kind.GRADE not in rules.latest.kinds


def test_term_that_has_not_begun_is_told_in_the_citys_months(law):
    rules = law(RULES.replace("start: decision", "start: act_end"))
    going_on = entry(act_ended_on=None, act_ongoing=True)
    assert view_of(going_on, rules, facts()).term_text == "自失信行为终止之日起三年"
    rules = law(RULES.replace("months: 36, start: decision", "months: 30, start: act_end"))
    assert view_of(going_on, rules, facts()).term_text == "自失信行为终止之日起三十个月"


@pytest.mark.parametrize(
    ("wrong", "right", "code", "above"),
    [
        ("cause: {emty: true}", "cause: {empty: true}", "unknown-relation", 0),
        ("causes: {empty: true}", "cause: {empty: true}", "unknown-column", 0),
        ("is: overdue", "is: over", "bad-value", 0),
        ("reason: gone", "reason: expired", "bad-value", 0),
        ("reason: natural_person", "reason: expired", "bad-value", 0),
        ("articles: [九]", "articles: [9]", "bad-value", 0),
        ("months: many", "months: 36", "wrong-type", 0),
        ("months: 0", "months: 36", "bad-value", 0),
        ("days: 0", "days: 7", "bad-value", 0),
        ("whenever: {term", "when: {term", "missing-key", 3),
    ],
)
def test_what_is_wrong_is_told_with_its_row(law, wrong, right, code, above):
    with pytest.raises(SiteBuilderError) as stopped:
        law(RULES.replace(right, wrong))
    row = row_of(RULES, right) - above
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
    row = row_of(RULES, "cause: {empty: true}")
    assert (code, row) in [(one.code, one.place.row) for one in stopped.value.findings]


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
    rules = law(RULES.replace("term: {is: over}", asks.replace("WHAT", str(wanted).lower()), 1))
    [rule] = [one for one in rules.latest.kinds[Kind.SEVERE].rules if one.reason == "expired"]
    assert rule.holds(record, facts(listed_codes=frozenset({entry().subject_code}))) is wanted


TERM = "{last_day: valid_through, months: 24, start: [act_ended_on, listed_on]}"
"""The term of the third city's watch list."""


def test_term_of_another_kind_is_the_citys_own(law):
    rules = law()
    record = watched(listed_on=dt.date(2024, 6, 1), valid_through=dt.date(2027, 1, 1))
    last = dt.date(2026, 6, 1)
    assert view_of(record, rules, facts()).public_until == last
    assert decided(rules, record, as_of=last) == ()
    assert decided(rules, record, as_of=last + dt.timedelta(days=1)) == ("expired",)
    ended = watched(act_ended_on=dt.date(2024, 12, 1), valid_through=dt.date(2027, 1, 1))
    assert view_of(ended, rules, facts()).public_until == dt.date(2026, 12, 1)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ("{until: cause}", "bad-value"),
        ("{months: 24}", "missing-key"),
        ("{start: [listed_on]}", "missing-key"),
        ("{last_day: valid_through, at_end: stop}", "unknown-key"),
    ],
)
def test_wrong_term_of_another_kind_is_told_with_its_row(law, wrong, code):
    with pytest.raises(SiteBuilderError) as stopped:
        law(RULES.replace(TERM, wrong))
    assert (code, row_of(RULES, TERM)) in [(one.code, one.place.row) for one in stopped.value.findings]


def test_term_of_a_kind_without_one_is_not_asked_about(law):
    with pytest.raises(SiteBuilderError) as stopped:
        law(RULES.replace(f"    term: {TERM}\n", ""))
    assert [one.message for one in stopped.value.findings] == ["watch-list 没有写 term"]
    with pytest.raises(SiteBuilderError) as stopped:
        law(RULES[: (at := RULES.index(TERM))] + RULES[at:].replace("is: over", "is: unknown", 1))
    assert [one.code for one in stopped.value.findings] == ["bad-value"]


def test_faults_of_all_files_are_told_at_once(law):
    with pytest.raises(SiteBuilderError) as stopped:
        law(RULES.replace("hide", "maybe"), CITY.replace("YS", "ys"), WORDS.replace("removal:", "removals:"))
    files = {one.place.file.rpartition("/")[2] for one in stopped.value.findings}
    assert files == {"city.yml", "rules.yml", "words.yml"}


@pytest.mark.parametrize(
    ("wrong", "right", "code"),
    [
        ("{异义期限}内答复；", "{异议期限}内答复；", "bad-value"),
        ("columns: {causes: [10]", "columns: {cause: [10]", "unknown-column"),
        ("items: {market_order: 6-二}", "items: {market_order: 6-2}", "bad-value"),
        ("items: {market: 6-2}", "items: {market_order: 6-2}", "unknown-key"),
        ("{article: elf}", "{article: 11}", "bad-value"),
        ("broke: {", "broken: {", "unknown-key"),
    ],
)
def test_what_is_wrong_with_the_words_is_told_with_its_row(law, wrong, right, code):
    with pytest.raises(SiteBuilderError) as stopped:
        law(words=WORDS.replace(right, wrong))
    assert (code, row_of(WORDS, right)) in [(one.code, one.place.row) for one in stopped.value.findings]


def test_numbers_in_the_words_are_those_of_the_rules(law):
    told = law().latest.words
    assert told.objection.text == "七个工作日内答复；要别的单位帮助的，十五个工作日内。"
    changed = law(RULES.replace("months: 36", "months: 24").replace("days: 7", "days: 9")).latest.words
    assert changed.objection.text.startswith("九个工作日")
    assert "公开二年" in changed.home[0].text


def lacking(kind, reason):
    """The rules without one; as they are where the kind has no such rule."""
    start = RULES.index(f"  {kind}:\n")
    others = (RULES.find(f"\n{one}", start) for one in (*(f"  {other}:" for other in Kind), "clocks:"))
    end = min(at for at in others if at > start) + 1
    return RULES[:start] + re.sub(rf"      - reason: {reason}\n(?:        .*\n)*", "", RULES[start:end]) + RULES[end:]


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (kind, reason)
        for kind in Kind
        for reason in ("not_public", "suppressed", "personal_data", "revoked", "repaired", "removed", "withdrawn")
        if f"  {kind}:\n" in RULES and lacking(kind, reason) != RULES
    ],
)
def test_rule_no_city_may_lack_is_asked_for(law, kind, reason):
    """Without it what is not public, ordered off, removed or somebody's number would be shown."""
    with pytest.raises(SiteBuilderError) as stopped:
        law(lacking(kind, reason))
    told = [one.message for one in stopped.value.findings if one.code == "missing-key"]
    assert any(f"「{kind}」没有「{reason}」" in message for message in told)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("{disclosure: {is: public}}", "{disclosure: {is_not: public}}"),
        ("{overlay: {orders: revoked}}", "{overlay: {orders: court}}"),
        ("{shown: {holds: personal_data}, subject: {is: natural_person}}", "{shown: {holds: personal_data}}"),
    ],
)
def test_condition_that_is_the_same_everywhere_is_not_written_otherwise(law, wrong, right):
    with pytest.raises(SiteBuilderError) as stopped:
        law(RULES.replace(right, wrong, 1))
    row = row_of(RULES, right) - 3
    assert ("bad-value", row) in [(one.code, one.place.row) for one in stopped.value.findings]


@pytest.mark.parametrize("kind", ["severe-list", "measures", "role-models"])
def test_law_says_something_of_each_kind_every_site_has(law, kind):
    with pytest.raises(SiteBuilderError) as stopped:
        law(RULES.replace(f"  {kind}:\n", "  grades:\n"))
    assert any(one.code == "missing-key" and f"rules.{kind}" in one.message for one in stopped.value.findings)


@pytest.mark.parametrize("city", all_shipped())
def test_shipped_city_may_be_copied_and_decides_the_same(tmp_path, city):
    shutil.copytree(SHIPPED[city], tmp_path / "law")
    copied = read_law(tmp_path / "law")
    for record in (entry(), person(), grade(), entry(cause="")):
        assert decided(copied, record) == decided(all_shipped()[city], record)


def test_law_that_is_not_finished_may_be_read_and_tried_but_not_built_by(tmp_path):
    (tmp_path / "city.yml").write_text(CITY)
    (tmp_path / "rules.yml").write_text(RULES[: RULES.index("  measures:")])
    assert set(read_law(tmp_path, unfinished=True).latest.kinds) == {Kind.SEVERE}
    with pytest.raises(SiteBuilderError):
        read_law(tmp_path)
