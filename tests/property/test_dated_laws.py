"""A law with days decides on each as the law of that day alone does, whatever its rules and days are."""

import datetime as dt
from pathlib import Path
import tempfile

from decided_records import entry, facts, person
from hypothesis import given, settings
from hypothesis import strategies as st
from sizes import DATED
import yaml

from site_builder.law.folder import read_law
from site_builder.law.insisted import ALIKE
from site_builder.rules.ruleset import change_days, decide_record, view_of
from site_builder.vocabulary import Kind

THIRD = Path(__file__).parents[1] / "given" / "third_city"
RULES = yaml.safe_load((THIRD / "rules.yml").read_text())
KEPT = {*ALIKE, "revoked", "repaired", "removed"}
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2029, 12, 31))
SPANS = st.tuples(st.none() | DAYS, st.none() | DAYS).map(
    lambda two: tuple(sorted(two)) if None not in two else two  # a last day is no earlier than the first
)
RECORDS = st.builds(
    lambda make, **changes: make(**changes),
    st.sampled_from([entry, person]),
    cause=st.sampled_from(["", "演示"]),
    measures_notice=st.sampled_from(["", "演示"]),
    decided_on=st.dates(dt.date(2023, 1, 1), dt.date(2026, 1, 1)),
)


def holds(span, day):
    return (span[0] is None or span[0] <= day) and (span[1] is None or day <= span[1])


def written(rules, folder):
    """Such rules read as a city's."""
    for name in ("city.yml", "words.yml"):
        (folder / name).write_text((THIRD / name).read_text())
    (folder / "rules.yml").write_text(yaml.safe_dump(rules, allow_unicode=True, sort_keys=False))
    return read_law(folder)


def law_of(spans, change, day=None):
    """The third city's rules, those that may go with these spans, and two years' term from ``change``; on a day alone.

    With ``day`` what is not in force is left out by hand, and nothing says a day.
    """
    rules = {**RULES, "rules": {**RULES["rules"]}}
    severe = {**RULES["rules"]["severe-list"]}
    listed = []
    for rule in severe["withhold"]:
        span = spans.get(rule["reason"], (None, None))
        days = {key: one.isoformat() for key, one in zip(("from", "until"), span, strict=True) if one is not None}
        if day is None:
            listed.append(rule | days)
        elif holds(span, day):
            listed.append(rule)
    rules["rules"]["severe-list"] = severe | {"withhold": listed}
    older, newer = RULES["term"], RULES["term"] | {"months": 24}
    last = change - dt.timedelta(days=1)
    turns = [older | {"until": last.isoformat()}, newer | {"from": change.isoformat()}]
    rules["term"] = turns if day is None else newer if day >= change else older
    return rules


MAY_GO = [one["reason"] for one in RULES["rules"]["severe-list"]["withhold"] if one["reason"] not in KEPT]


@settings(max_examples=DATED)
@given(st.dictionaries(st.sampled_from(MAY_GO), SPANS), DAYS, st.lists(DAYS, min_size=1, max_size=4), RECORDS)
def test_dated_law_decides_as_the_law_of_the_day(spans, change, days, record):
    with tempfile.TemporaryDirectory() as scratch:
        dated = written(law_of(spans, change), Path(scratch))
        for day in {*days, change, change - dt.timedelta(days=1)}:
            plain = written(law_of(spans, change, day), Path(scratch))
            assert decide_record(record, dated, facts(day)) == decide_record(record, plain, facts(day))
            assert view_of(record, dated, facts(day)) == view_of(record, plain, facts(day))


@given(st.dictionaries(st.sampled_from(MAY_GO), SPANS), DAYS, DAYS, st.integers(0, 2000), RECORDS)
def test_nothing_changes_between_the_days_told(spans, change, first, ahead, record):
    with tempfile.TemporaryDirectory() as scratch:
        law = written(law_of(spans, change), Path(scratch))
    later = first + dt.timedelta(days=ahead)
    last = max((day for day in change_days(record, law, facts(first)) if day <= later), default=first)

    def seen(day):
        return decide_record(record, law, facts(day)), view_of(record, law, facts(day))

    assert seen(later) == seen(last)
    assert all(Kind.SEVERE in one.kinds for one in law.versions)
