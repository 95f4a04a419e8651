"""A law's files may be written in Chinese, and what a Chinese keyboard slips in is found with its cure."""

from pathlib import Path
import re
import shutil

from chinese_laws import in_chinese
import pytest

from site_builder.config.site import SHIPPED
from site_builder.config.source import Faults, parse_yaml, plain
from site_builder.errors import SiteBuilderError
from site_builder.law import keys as k
from site_builder.law import spelled as s
from site_builder.law.english import read_node
from site_builder.law.folder import read_law
from site_builder.law.review import review
from site_builder.rules.term import span

THIRD = Path(__file__).parents[2] / "given" / "third_city"
FOLDERS = [*SHIPPED.values(), THIRD]
RULES = (THIRD / "rules.yml").read_text()


def names(folder):
    return [name for name in k.FILES if (folder / name).is_file()]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda one: one.name)
def test_files_in_chinese_are_the_same_law(folder, tmp_path):
    for name in names(folder):
        chinese = in_chinese(folder, name)
        assert not re.search(r"\b(withhold|articles|asks|when|expected|facts|months)\b", chinese)
        (tmp_path / name).write_text(chinese)
        there, here = (read_node(one / name, Faults(name)) for one in (tmp_path, folder))
        assert plain(there) == plain(here)
    written, read = read_law(folder).latest, read_law(tmp_path).latest
    assert (read.words, read.terms, read.clocks) == (written.words, written.terms, written.clocks)
    assert review(tmp_path, read, None).parts == review(folder, written, None).parts


@pytest.fixture
def found(tmp_path):
    """What is wrong with the third city when its rules are written like this: rows, codes and hints."""

    def read(rules):
        for name in ("city.yml", "words.yml"):
            shutil.copy(THIRD / name, tmp_path)
        (tmp_path / "rules.yml").write_text(rules)
        with pytest.raises(SiteBuilderError) as stopped:
            read_law(tmp_path)
        return [(one.place.row, one.code, one.message + one.hint) for one in stopped.value.findings]

    return read


@pytest.mark.parametrize(
    ("right", "wrong", "mark"),
    [
        ("responsible_persons: hide", "responsible_persons：hide", "「：」"),
        ("        asks: 是自然人吗？", "        asks：是自然人吗？", "「：」"),
        ("months: 36, start: decision, at_end", "months: 36，start: decision, at_end", "「，」"),
        ("articles: [10, XX 3]", "articles: [10，XX 3]", "「，」"),
        ("unpublished_measure: warn", "unpublished_measure: “warn”", "引号"),
        ("{is_not: public}", "{is_not: 「public」}", "引号"),
        ("{is_not: public}", "{is_not：public}", "「：」"),
    ],
)
def test_full_width_mark_is_told_with_its_row_and_its_cure(found, right, wrong, mark):
    assert right in RULES
    row = RULES[: RULES.index(right)].count("\n") + 1
    told = found(RULES.replace(right, wrong, 1))
    assert any(one[:2] == (row, "full-width") and mark in one[2] and "换成半角的" in one[2] for one in told), told


def test_list_of_words_that_a_full_width_comma_made_one_is_refused(found):
    watch = "watch:\n  - {code: forbidden-words, articles: [3], asks: 有吗？, words: [血型，病史, 指纹]}\n"
    assert "full-width" in {one[1] for one in found(RULES.replace("watch:\n", watch))}


def test_full_width_marks_in_texts_are_no_fault():
    read_law(THIRD)
    faults = Faults("x")
    parse_yaml("asks: 事由、依据，缺一项：对吗？\ntitle: “三等九级”\nnote: |\n  甲：乙，丙\n", faults)
    assert faults.found == []


@pytest.mark.parametrize("months", [*range(1, 40), 60, 120, 600])
def test_length_is_read_as_the_law_writes_it(months):
    assert s.months(span(months)) == str(months)
    assert s.months(s.length(str(months))) == str(months)


@pytest.mark.parametrize(
    ("written", "months"),
    [
        ("months: 五年", 60),
        ("months: 5年", 60),
        ("months: 六个月", 6),
        ("months: 60个月", 60),
        ("months: 一年六个月", 18),
        ("months: 半年", 6),
        ("months: {years: 5}", 60),
        ("months: {years: 1, months: 6}", 18),
        ("期限: {年: 二}", None),
        ("期限: 三年", 36),
        ("months: 五", None),
        ("months: 零年", None),
    ],
)
def test_term_is_written_as_its_text_has_it(found, tmp_path, written, months):
    rules = RULES.replace("months: 36, start: decision", f"{written}, start: decision")
    if months is None:
        assert found(rules)
        return
    for name in ("city.yml", "words.yml"):
        shutil.copy(THIRD / name, tmp_path)
    (tmp_path / "rules.yml").write_text(rules)
    assert read_law(tmp_path).latest.terms.months == months


def test_working_days_are_written_as_the_text_has_them_and_other_days_are_not_taken_for_them(found, tmp_path):
    rules = RULES.replace("days: 7, with_help: 15", "days: 七个工作日, with_help: 15个工作日")
    for name in ("city.yml", "words.yml"):
        shutil.copy(THIRD / name, tmp_path)
    (tmp_path / "rules.yml").write_text(rules)
    [clock] = read_law(tmp_path).latest.clocks.values()
    assert (clock.days, clock.with_help) == (7, 15)
    assert found(rules.replace("七个工作日", "七日"))


def test_key_written_in_both_languages_is_refused(found):
    told = found(RULES.replace("responsible_persons: hide", "responsible_persons: hide\n责任人: 显示"))
    assert (3, "duplicate-key") in {one[:2] for one in told}
