"""``examples.yml``: what it says is tried as a build decides, and what is wrong in it is told with its row."""

import os
from pathlib import Path

from followed_docs import blocks
import pytest

from site_builder.config.site import SHIPPED
from site_builder.errors import Exit, SiteBuilderError
from site_builder.law.cities import all_shipped
from site_builder.law.examples import read_examples
from site_builder.law.folder import read_law
from site_builder.law.text import LawText, law_text, read_law_text, read_ref
from site_builder.law.worked import Verdict, try_law
from site_builder.vocabulary import Kind

CITY = "code: YS\nregulation: 演示市信用办法\nshort: 演示办法\nrank: normative_document\n"
RULES = """\
responsible_persons: hide
unpublished_measure: warn
list_profile: warn
term: {months: 36, start: decision, at_end: stop}
rules:
  severe-list:
    published_by: [7]
    withhold:
      - {reason: suppressed, articles: [6], asks: 停止公开了吗？, when: {overlay: {orders: court}}}
      - {reason: natural_person, articles: [8], asks: 是自然人吗？, when: {subject: {is: natural_person}}}
      - {reason: expired, articles: [9], asks: 期满了吗？, when: {term: {is: over}}}
clocks:
  report: {articles: [10], days: 5}
"""
BASE = """\
worked_by: 演示甲
on: 2026-11-01
rows:
  单位:
    kind: severe-list
    facts:
      id: S-1
      disclosure: public
      subject_name: 演示公司
      subject_type: 法人
      subject_code: 91350100M000100Y43
      category: market_order
      authority: 演示局
      decision_no: 演示〔2024〕1号
      decided_on: 2024-05-10
      listed_on: 2024-05-12
      published_on: 2024-05-15
cases:
"""
EXPIRED = """\
  - name: 期满
    row: 单位
    as_of: [2027-05-11, 2030-01-01]
    expected: {fate: withheld, reasons: [expired], last_day: 2027-05-10, articles: [第九条]}
    reviewed_by: 演示乙
"""
PUBLIC = """\
  - name: 最后一天
    row: 单位
    as_of: [2027-05-10]
    expected: {fate: published, last_day: 2027-05-10, term_text: 公示至 2027-05-10, articles: [第七条, 第九条]}
"""
PERSON = """\
  - name: 自然人
    row: 单位
    facts: {主体类型: 自然人, 统一社会信用代码: ""}
    as_of: [2026-11-01]
    expected: {fate: 不公开, reasons: [自然人且无公开依据], articles: [第八条]}
"""
COURT = """\
  - name: 法院停止公开
    row: 单位
    orders: [{what: court, on: 2026-11-01}]
    as_of: [2026-11-01]
    expected: {fate: 不公开, reasons: [suppressed], articles: [第六条]}
"""
FIRST = BASE.count("\n") + 1
"""The row of the first case."""


@pytest.fixture
def law(tmp_path):
    """A city whose cases are written like this: its rules, and the cases as they are read."""

    def write(cases, rules=RULES, text=None):
        (tmp_path / "city.yml").write_text(CITY)
        (tmp_path / "rules.yml").write_text(rules)
        (tmp_path / "examples.yml").write_text(cases)
        read = read_law(tmp_path, unfinished=True)
        return read, read_examples(tmp_path, read, text)

    return write


def tried(law, cases, **changes):
    rules, examples = law(cases, **changes)
    return try_law(examples, rules)


def faults(law, cases, **changes):
    with pytest.raises(SiteBuilderError) as stopped:
        law(cases, **changes)
    assert stopped.value.exit_code is Exit.USAGE
    assert all(one.place.file.endswith("examples.yml") for one in stopped.value.findings)
    return stopped.value.findings


@pytest.mark.parametrize("city", all_shipped())
def test_every_case_of_a_shipped_city_passes_and_every_rule_has_one(city):
    came = try_law(read_examples(SHIPPED[city], all_shipped()[city], read_law_text(SHIPPED[city])), all_shipped()[city])
    assert [(one.name, one.differences) for one in came.cases if one.verdict is Verdict.FAILED] == []
    assert came.untried == ()
    assert came.holds
    assert came.count(Verdict.PASSED) >= 40
    assert came.count(Verdict.DISPUTED) >= 2
    assert came.unreviewed == came.count(Verdict.PASSED)


@pytest.mark.needs_seeds
@pytest.mark.parametrize(("city", "text"), [("dalian", "dalian-regulation.txt"), ("lingyuan", "lingyuan-measures.txt")])
def test_every_paragraph_and_item_a_case_cites_is_in_the_official_text(city, text):
    official = law_text(Path(os.environ["SITE_BUILDER_SEEDS"]) / text)
    assert not official.digest
    assert read_examples(SHIPPED[city], all_shipped()[city], official).cases


def test_case_as_the_rules_decide_passes_on_each_of_its_days(law):
    came = tried(law, BASE + PUBLIC + EXPIRED + PERSON + COURT)
    assert [(one.name, one.verdict, one.reviewed, one.row) for one in came.cases] == [
        ("最后一天", Verdict.PASSED, False, FIRST),
        ("期满", Verdict.PASSED, True, FIRST + 4),
        ("自然人", Verdict.PASSED, False, FIRST + 9),
        ("法院停止公开", Verdict.PASSED, False, FIRST + 14),
    ]
    assert (came.holds, came.unreviewed) == (True, 3)


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("2027-05-11, 2030", "2027-05-10, 2030", ("去向", "不公开：披露期限届满", "公开", "2027-05-10")),
        ("reasons: [expired]", "reasons: [expired, removed]", ("去向", "不公开：已移出名单", "不公开：", "2027-05-11")),
        (
            "withheld, reasons: [expired], last_day: 2027-05-10",
            "published, last_day: 2027-05-10, term_text: 公示",
            None,
        ),
        ("last_day: 2027-05-10", "last_day: 2027-05-09", ("公示至", "2027-05-09", "2027-05-10", "2027-05-11")),
        ("last_day: 2027-05-10", "last_day: none", ("公示至", "无", "2027-05-10", "2027-05-11")),
        ("articles: [第九条]", "articles: [第八条]", ("条款", "YS 第八条", "YS 第九条", "2027-05-11")),
        ("articles: [第九条]", "articles: [第八条, 第九条]", ("条款", "第八条", "YS 第九条", "2027-05-11")),
        (
            "articles: [第九条]",
            "warned: [stale-ongoing-act], articles: [第九条]",
            ("提醒", "stale-ongoing-act", "无", ""),
        ),
    ],
)
def test_wrong_expectation_fails_and_is_told(law, right, wrong, told):
    assert right in EXPIRED
    [case] = tried(law, BASE + EXPIRED.replace(right, wrong)).cases
    assert case.verdict is Verdict.FAILED
    assert case.row == FIRST
    if told is not None:
        what, expected, found, day = told
        first = case.differences[0]
        assert first.what == what
        assert expected.partition("：")[0] in first.expected
        assert found in first.found
        assert str(first.day).startswith(day)


def test_wrong_sentence_of_the_term_fails(law):
    [case] = tried(law, BASE + PUBLIC.replace("公示至 2027-05-10, art", "公示至 2027-05-11, art")).cases
    assert [(one.what, one.expected, one.found) for one in case.differences] == [
        ("期限文字", "公示至 2027-05-11", "公示至 2027-05-10")
    ]


def test_public_case_names_at_least_the_articles_it_is_published_by(law):
    [case] = tried(law, BASE + PUBLIC.replace("第七条, 第九条", "第九条")).cases
    assert [(one.what, one.found) for one in case.differences] == [("条款", "YS 第七条")]


def test_rule_without_a_case_is_told_and_a_disputed_case_is_none(law):
    disputed = EXPIRED.replace("    expected: {", "    disputed: true\n    readings:\n      - {why: 甲, ").replace(
        "    reviewed_by: 演示乙", "      - {why: 乙, fate: 公开, last_day: 无, term_text: 公示, articles: [第七条]}"
    )
    came = tried(law, BASE + disputed + PERSON)
    assert came.untried == ((Kind.SEVERE, "suppressed"), (Kind.SEVERE, "expired"))
    assert not came.holds
    assert came.count(Verdict.FAILED) == 0


def test_disputed_case_is_shown_with_the_reading_that_is_followed_and_never_passes(law):
    readings = """\
  - name: 争议
    row: 单位
    as_of: [2027-05-10]
    disputed: true
    readings:
      - {why: 少一天, fate: 不公开, reasons: [expired], articles: [第九条]}
      - {why: 到这一天, fate: 公开, last_day: 2027-05-10, term_text: 公示至 2027-05-10, articles: [第七条]}
"""
    [case] = tried(law, BASE + readings).cases
    assert (case.verdict, case.reading, case.readings) == (Verdict.DISPUTED, 2, ("少一天", "到这一天"))
    [case] = tried(law, BASE + readings.replace("last_day: 2027-05-10", "last_day: 无")).cases
    assert (case.verdict, case.reading) == (Verdict.FAILED, 0)
    assert case.differences


def test_working_days_are_counted_by_the_clock_of_the_law(law):
    spans = BASE.replace("cases:\n", "cases: []\n") + (
        "deadlines:\n"
        "  - {name: 五日, clock: report, since: 2026-11-20, last_day: 2026-11-27, articles: [第十条]}\n"
        "  - {name: 四日, clock: report, since: 2026-11-20, last_day: 2026-11-26, articles: [第九条]}\n"
        "  - {name: 没有, clock: objection, since: 2026-11-20, last_day: 2026-11-26, articles: [第九条]}\n"
        "  - {name: 太远, clock: report, since: 2040-11-20, last_day: 2040-11-26, articles: [第十条]}\n"
    )
    came = tried(law, spans).cases
    assert [one.verdict is Verdict.PASSED for one in came] == [True, False, False, False]
    assert [one.what for one in came[1].differences] == ["最后一天", "条款"]


@pytest.mark.parametrize(
    ("right", "wrong", "code", "row"),
    [
        ("row: 单位", "row: 没有", "bad-value", 1),
        ("as_of: [2027-05-11, 2030-01-01]", "as_of: []", "missing-key", 2),
        ("as_of: [2027-05-11, 2030-01-01]", "as_of: [2027-02-30]", "bad-value", 2),
        ("as_of: [2027-05-11, 2030-01-01]", "on_day: 1", "unknown-key", 2),
        ("fate: withheld", "fate: gone", "bad-value", 3),
        ("reasons: [expired]", "reasons: [exspired]", "bad-value", 3),
        ("reasons: [expired], ", "", "missing-key", 3),
        ("reasons: [expired]", "reasons: []", "missing-key", 3),
        ("articles: [第九条]", "articles: []", "missing-key", 3),
        ("last_day: 2027-05-10", "last_day: 五年", "bad-value", 3),
        ("articles: [第九条]", "articles: [九]", "bad-value", 3),
        ("articles: [第九条]", "articles: [第九条第0款]", "bad-value", 3),
        ("articles: [第九条]", "sentence: 甲", "unknown-key", 3),
        ("reviewed_by: 演示乙", "reviewed_by: 演示甲", "bad-value", 4),
        ("as_of:", "facts: {removed: 2026-01-01}\n    as_of:", "unknown-column", 2),
        ("as_of:", "facts: {移出日期: 2026-02-30}\n    as_of:", "bad-date", 0),
        ("as_of:", "facts: {统一社会信用代码: 1}\n    as_of:", "bad-credit-code", 0),
        ("as_of:", "facts: {移出日期: 2026-01-01, removed_on: 2026-01-01}\n    as_of:", "duplicate-key", 2),
        ("as_of:", "orders: [{what: withdrawn, on: 2026-01-01}]\n    as_of:", "bad-value", 2),
        ("as_of:", "orders: [{what: court}]\n    as_of:", "missing-key", 2),
        ("as_of:", "核验日: [2026-01-01]\n    as_of:", "duplicate-key", 3),
        ("as_of:", "disputed: true\n    as_of:", "bad-value", 0),
        (
            "as_of:",
            "readings: [{why: 甲, fate: 不公开, reasons: [expired], articles: [第九条]}]\n    as_of:",
            "bad-value",
            2,
        ),
        ("name: 期满", 'name: ""', "missing-key", 0),
    ],
)
def test_what_is_wrong_in_a_case_is_told_with_its_row(law, right, wrong, code, row):
    assert right in EXPIRED
    found = faults(law, BASE + EXPIRED.replace(right, wrong))
    assert (code, FIRST + row) in [(one.code, one.place.row) for one in found]


@pytest.mark.parametrize(
    ("right", "wrong", "code", "row"),
    [
        ("worked_by: 演示甲\n", "", "missing-key", 1),
        ("on: 2026-11-01", "on: 昨天", "bad-value", 2),
        ("kind: severe-list", "kind: severe", "bad-value", 5),
        ("decided_on: 2024-05-10", "decided_on: 2024", "bad-date", 4),
        ("      decided_on: 2024-05-10\n", "", "missing", 4),
        ("      id: S-1", "      id: S 1", "bad-id", 4),
    ],
)
def test_what_is_wrong_in_the_head_is_told_once_with_its_row(law, right, wrong, code, row):
    found = [(one.code, one.place.row) for one in faults(law, BASE.replace(right, wrong) + EXPIRED + PUBLIC)]
    assert found.count((code, row)) == 1
    assert len(found) == 1


def test_all_faults_of_the_file_are_told_at_once(law):
    wrong = BASE + EXPIRED.replace("withheld", "gone") + PUBLIC.replace("单位", "没有") + PERSON.replace("第八条", "八")
    assert [one.place.row for one in faults(law, wrong)] == [FIRST + 3, FIRST + 6, FIRST + 13]
    twice = faults(law, BASE + EXPIRED + EXPIRED)
    assert "期满" in twice[0].message


def test_folder_without_cases_is_told(tmp_path):
    with pytest.raises(SiteBuilderError) as stopped:
        read_examples(tmp_path, all_shipped()["dalian"], None)
    assert [one.code for one in stopped.value.findings] == ["missing-file"]


def test_article_that_the_text_does_not_have_is_a_fault(law, tmp_path):
    written = tmp_path / "text.md"
    lines = [f"第{one}条 演示条文。" for one in "一二三四五六七八"]
    written.write_text("\n".join(["# 演示市信用办法", *lines, "第九条 演示：", "（一）甲；", "（二）乙。", "另一款。"]))
    text = law_text(written)
    for cited, there in (
        ("第九条", True),
        ("第九条第二款", True),
        ("第九条第三款", False),
        ("第九条第（二）项", True),
        ("第九条第一款第（二）项", True),
        ("第九条第二款第（二）项", False),
        ("第九条第（三）项", False),
        ("第十条", False),
        ("XX 第九十九条", True),
    ):
        cases = BASE + EXPIRED.replace("articles: [第九条]", f"articles: [{cited}]")
        if there:
            assert law(cases, text=text)
        else:
            assert [(one.code, one.place.row) for one in faults(law, cases, text=text)] == [("bad-value", FIRST + 3)]


def test_of_a_digest_only_what_it_keeps_is_looked_for(tmp_path):
    written = tmp_path / "digest.md"
    written.write_text("# 演示市信用办法\n\n> 摘要：演示。\n\n第三条 演示。\n第五条 演示：\n（一）甲；\n（三）丙。\n")
    text = law_text(written)
    assert isinstance(text, LawText)
    assert text.digest
    has = {
        one: text.has(read_ref(one, "YS"))
        for one in ("第三条第四款", "第三条第（九）项", "第五条第（三）项", "第五条第（二）项", "第四条")
    }
    assert list(has.values()) == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("第三十五条第二款", ("YS", 35, 2, 0)),
        ("第三十二条第（三）项", ("YS", 32, 0, 3)),
        ("第一百零一条第一款第十项", ("YS", 101, 1, 10)),
        ("DL 第二十八条", ("DL", 28, 0, 0)),
    ],
)
def test_articles_are_read_and_told_as_people_write_them(written, read):
    ref = read_ref(written, "YS")
    assert (ref.law, ref.article, ref.paragraph, ref.item) == read
    assert read_ref(str(ref), ref.law) == ref


@pytest.mark.parametrize("written", ["第三十五", "35", "第三五条", "第三十五条第二", "", "第三十五条之一"])
def test_what_is_no_article_is_none(written):
    assert read_ref(written, "YS") is None


def test_cases_of_the_documentation_pass(tmp_path):
    written, *_ = [text for _, kind, text in blocks("law.md") if kind == "yaml"]
    (tmp_path / "examples.yml").write_text(written)
    rules = all_shipped()["dalian"]
    came = try_law(read_examples(tmp_path, rules, read_law_text(SHIPPED["dalian"])), rules)
    assert [one.verdict for one in came.cases] == [Verdict.PASSED] * 2 + [Verdict.DISPUTED, Verdict.PASSED]
    assert came.unreviewed == 2
