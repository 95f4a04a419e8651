"""``classes.yml``: the standards of sectors, and the class each gives a penalty that has none."""

import datetime as dt

from decided_records import entry, penalty
import pytest

from site_builder.config.classes import ClassStandard, publication_after, published, read_classes
from site_builder.decide.classing import classed
from site_builder.errors import Exit, SiteBuilderError
from site_builder.export.rows import Row
from site_builder.vocabulary import Gravity

DOCUMENT = "source: 《演示市场监管信用分类标准》\n  number: 演示标〔2026〕1号\n  day: 2026-03-01\n"
ITEM = f"- sector: 演示市场监管\n  class: 严重\n  test: {{types: [吊销], fine_from: 50}}\n  {DOCUMENT}"
OF = "number: 甲, source: 《甲》, day: 2026-03-01"
CLASS = f"- {{{{sector: 演示市场监管, authorities: [演示局], class: {{}}, test: {{}}, {OF}}}}}\n"
THREE = (
    CLASS.format("severe", "{types: [吊销]}")
    + CLASS.format("general", "{fine_from: '5', fine_below: '50'}")
    + CLASS.format("minor", "{violations: [轻微]}")
)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "classes.yml"


def gravity(record, standards):
    [row] = classed([Row(2, record)], standards)
    return row.record.gravity


def test_site_without_the_file_has_no_standard(file):
    assert read_classes(file) == ()
    assert gravity(penalty(gravity=None, sector="演示市场监管"), ()) is None


def test_standard_is_read_with_its_document(file):
    file.write_text(ITEM)
    [read] = read_classes(file)
    assert (read.sector, read.gravity, read.types, str(read.fine_from)) == (
        "演示市场监管",
        Gravity.SEVERE,
        ("吊销",),
        "50",
    )
    assert read.document == "《演示市场监管信用分类标准》（演示标〔2026〕1号，2026-03-01 公布）"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("class: 严重", "class: 很重"),
        ("test: {types: [吊销], fine_from: 50}", "test: {}"),
        ("test: {types: [吊销], fine_from: 50}", "test: {types: []}"),
        ("test: {types: [吊销], fine_from: 50}", "test: {types: }"),
        ("test: {types: [吊销], fine_from: 50}", "test: {violations: [], otherwise: false}"),
        ("test: {types: [吊销], fine_from: 50}", "test: {types: [吊销], fine_from: 50, fine_below: 50}"),
        ("test: {types: [吊销], fine_from: 50}", "test: {fine_from: 100, fine_below: '9.5'}"),
        ("fine_from: 50", "fine_from: 五十"),
        ("source: 《演示市场监管信用分类标准》", "source: 本站自己定的"),
        ("number: 演示标〔2026〕1号", "number: ''"),
        ("day: 2026-03-01", "day: 今年"),
        ("sector: 演示市场监管", "sectors: 演示市场监管"),
    ],
)
def test_standard_that_does_not_say_whose_it_is_is_refused(file, right, wrong):
    file.write_text(ITEM.replace(right, wrong))
    with pytest.raises(SiteBuilderError) as stopped:
        read_classes(file)
    assert stopped.value.exit_code is Exit.USAGE


@pytest.mark.parametrize("test", ["{types: []}", "{otherwise: false}", "{}"])
def test_standard_that_tests_nothing_is_told_what_to_write(file, test):
    file.write_text(ITEM.replace("{types: [吊销], fine_from: 50}", test))
    with pytest.raises(SiteBuilderError) as stopped:
        read_classes(file)
    [found] = stopped.value.findings
    assert (found.code, found.place.row) == ("missing-key", 3)
    assert "otherwise: true" in found.hint


def test_standard_that_is_still_to_be_published_waits_for_its_day(file):
    file.write_text(THREE.replace("2026-03-01", "2026-12-01", 1))
    standards, day = read_classes(file), dt.date(2026, 12, 1)
    before = day - dt.timedelta(days=1)
    of = {"gravity": None, "authority": "演示局", "types": ("吊销许可证件",), "fine": "60"}
    assert gravity(penalty(**of), published(standards, before)) is None
    assert gravity(penalty(**of), published(standards, day)) is Gravity.SEVERE
    assert publication_after(standards, before) == day
    assert publication_after(standards, day) is None


def test_first_class_whose_test_holds_is_given_and_says_by_what(file):
    file.write_text(THREE)
    standards = read_classes(file)
    of = {"gravity": None, "authority": "演示局"}
    assert gravity(penalty(**of, types=("吊销许可证件",), fine="10"), standards) is Gravity.SEVERE
    assert gravity(penalty(**of, fine="5"), standards) is Gravity.GENERAL
    assert gravity(penalty(**of, fine="49.999999"), standards) is Gravity.GENERAL
    assert gravity(penalty(**of, fine="50"), standards) is None
    assert gravity(penalty(**of, fine="4.9"), standards) is None
    assert gravity(penalty(**of, violation="演示违法，情节轻微"), standards) is Gravity.MINOR
    assert gravity(penalty(**of), standards) is None
    [row] = classed([Row(2, penalty(**of, fine="5"))], standards)
    assert row.record.gravity_basis == "《甲》（甲，2026-03-01 公布）"


def test_word_of_the_office_wins_and_another_sector_is_not_asked(file):
    file.write_text(THREE)
    standards = read_classes(file)
    assert gravity(penalty(gravity=Gravity.MINOR, fine="5"), standards) is Gravity.MINOR
    assert gravity(penalty(gravity=None, fine="5", sector="演示交通", authority="演示局"), standards) is None
    assert (
        gravity(penalty(gravity=None, fine="5", sector="演示市场监管", authority="别的局"), standards)
        is Gravity.GENERAL
    )
    assert gravity(penalty(gravity=None, fine="5", authority="别的局"), standards) is None


def test_other_records_and_faulty_rows_pass_unchanged():
    standard = ClassStandard(
        sector="", gravity=Gravity.MINOR, document="《甲》", day=dt.date(2026, 3, 1), otherwise=True
    )
    rows = [Row(2, entry()), Row(3, None)]
    assert list(classed(rows, (standard,))) == rows
    assert gravity(penalty(gravity=None), (standard,)) is Gravity.MINOR
