"""A site that names penalties and licences: what is shown, listed, counted, withheld, owed and late."""

import csv
import datetime as dt
from decimal import Decimal
import json
import re
import sqlite3

import duckdb
from hypothesis import example, given
from hypothesis import strategies as st
import lxml.html
import openpyxl
import polars as pl
import pytest
import read_pages
import small_sites
from webmasters_desk import Desk, clean
import yaml

from site_builder.config.load import load_site
from site_builder.decide.examine import Options
from site_builder.export.cells import parse_column
from site_builder.records.columns import Column, Type
from site_builder.releasing.preview import Preview
from site_builder.vocabulary import AMOUNT, Kind

AS_OF = small_sites.AS_OF
CLASSES = (
    "- {sector: 演示市场监管, authorities: [演示处罚机关], class: general, test: {fine_from: '0.5', fine_below: '5'},"
    " number: 演示标〔2026〕1号, source: 《演示分类标准》, day: 2026-03-01}\n"
)
PERSON = {
    "subject_name": "演示某人",
    "subject_type": "natural_person",
    "subject_code": small_sites.resident_id(),
    "legal_representative": None,
    "natural_person_basis": "《演示公布办法》第六条",
    "natural_person_basis_level": "national_rule",
}


def penalties():
    return [
        small_sites.penalty("CF-1", region="210202"),
        small_sites.penalty(
            "CF-2", region="999999", types=["罚款", "没收违法所得、没收非法财物"], decided_on=dt.date(2025, 12, 30)
        ),
        small_sites.penalty("CF-3", fine="12", **PERSON),
        small_sites.penalty("CF-U", gravity=None, fine=None, conduct="演示轻重不明的事"),
        small_sites.penalty("CF-C", gravity=None, fine="1", conduct="演示按标准归类的事"),
        small_sites.penalty("CF-L", fine="8", decided_on=dt.date(2026, 6, 1), conduct="演示晚公示的事"),
    ]


def licences():
    return [
        small_sites.licence("XK-1"),
        small_sites.licence("XK-2", licensed_through=dt.date(2099, 12, 31), category="franchise"),
        small_sites.licence("XK-3", licensed_through=AS_OF - dt.timedelta(days=1), content="演示已经过期的许可"),
        small_sites.licence("XK-4", subject_type="individual_business", subject_code="0" * 17 + "X"),
    ]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    desk = Desk(tmp_path_factory.mktemp("penalties"), law={"review": [small_sites.APPLIES_ABOVE]})
    (desk.site.parent / "classes.yml").write_text(CLASSES)
    desk.export(severe=[], others={Kind.PENALTY: penalties(), Kind.LICENCE: licences()})
    done = clean(desk.run("build"))
    assert done.returncode == 0, done.stdout + done.stderr
    return desk


@pytest.fixture(scope="module")
def root(desk):
    return small_sites.live_root(desk.output)


@pytest.fixture(scope="module")
def checked(desk):
    return json.loads(clean(desk.run("check", "--json")).stdout)


@given(st.from_regex(AMOUNT, fullmatch=True))
@example("9" * 12 + "." + "9" * 6)
@example("0.10")
def test_every_sum_an_export_may_write_is_cast_without_loss(text):
    assert parse_column([text], Column("fine", "罚款金额（万元）", Type.AMOUNT)) == [text]
    with duckdb.connect() as base:
        ((told,),) = base.execute(
            "SELECT CAST(fine AS DECIMAL(18, 6)) FROM (SELECT ?::VARCHAR AS fine)", [text]
        ).fetchall()
    assert told == Decimal(text)
    assert pl.Series([text]).cast(pl.Decimal(18, 6)).item() == Decimal(text)


def test_data_page_says_how_sums_are_made_numbers(root):
    """As the page has it: the largest of 0.5 and 12 and 8 is 12, which it is not of the texts."""
    page = lxml.html.parse(root / "data" / "index.html")
    cast, sums, lite = (
        page.xpath(f"//code[@{one}]/text()")[0] for one in ("data-duckdb", "data-polars-sum", "data-sqlite")
    )
    published = [Decimal(row["fine"]) for row in small_sites.rows_of(root, "penalties") if row["fine"]]
    assert max(published) == 12
    with duckdb.connect() as base:
        told = base.sql(f"SELECT max({cast}) FROM '{root}/data/penalties.parquet'").fetchall()  # noqa: S608
    assert told == [(12,)]
    assert pl.read_parquet(root / "data/penalties.parquet").select(eval(sums, {"pl": pl})).max().item() == 12  # noqa: S307
    with sqlite3.connect(f"file:{root}/data/credit.sqlite?mode=ro&immutable=1", uri=True) as base:
        assert base.execute(f"SELECT max({lite}), max(fine) FROM penalties").fetchall() == [(12, "8")]  # noqa: S608
    package = json.loads((root / "data" / "datapackage.json").read_text())
    [field] = [
        field
        for one in package["resources"]
        if one["name"] == "penalties-csv"
        for field in one["schema"]["fields"]
        if field["name"] == "fine"
    ]
    assert (field["type"], field["unit"], field["constraints"]) == ("string", "万元", {"pattern": AMOUNT})


def test_each_record_is_where_the_law_says(root):
    assert small_sites.ids_of(root, "penalties") == ["CF-1", "CF-2", "CF-3", "CF-C", "CF-L"]
    assert small_sites.ids_of(root, "licences") == ["XK-1", "XK-2", "XK-4"]


def test_class_by_a_published_standard_says_by_which(root):
    page = re.sub(r"<[^>]+>", "", (root / "penalties/CF-C.html").read_text())
    assert "《演示分类标准》（演示标〔2026〕1号，2026-03-01 公布）" in page
    [row] = [one for one in small_sites.rows_of(root, "penalties") if one["id"] == "CF-C"]
    assert (row["gravity"], row["public_until"]) == ("general", "2027-06-22")


def test_penalty_without_a_class_is_withheld_and_told_to_its_unit(desk, root, checked):
    owed = [one for one in checked["duties"]["unpublished"] if one["kind"] == "penalties"]
    assert [(one["id"], one["reasons"]) for one in owed] == [("CF-U", ["class_unknown"])]
    told = clean(desk.run("explain", "CF-U")).stdout
    assert "class_unknown" in told or "轻微、一般、严重不明" in told
    assert not any("演示轻重不明的事".encode() in data for _, data in read_pages.decoded(small_sites.files_of(root)))
    clean(desk.run("check", "--report", str(desk.folder / "report")))
    [report] = [path.read_text() for path in (desk.folder / "report").rglob("index.html")]
    section = report[report.index("演示处罚机关") :]
    assert "CF-U" in section


def test_decision_made_public_late_is_told_by_the_national_clock(checked):
    late = {one["id"]: one for one in checked["duties"]["clocks"] if one["clock"] == "publish"}
    assert "CF-L" in late
    assert "CF-1" not in late, "seven working days from 2026-06-22 end on 2026-07-01"
    assert (late["CF-L"]["days"], late["CF-L"]["state"]) == (7, "overdue")


def test_lists_are_by_authority_region_category_and_year(root):
    folders = {
        path.parent.relative_to(root / "penalties/by").as_posix() for path in root.glob("penalties/by/*/*/index.html")
    }
    assert {"region/210202", "region/other", "decided_on/2026", "decided_on/2025"} <= folders
    assert sum(one.startswith("types/") for one in folders) == 3
    fined = next(
        path
        for path in root.glob("penalties/by/types/*/index.html")
        if "没收违法所得、没收非法财物</h1>" in path.read_text()
    )
    assert "CF-2.html" in fined.read_text()
    assert "CF-1.html" not in fined.read_text()
    assert {path.parent.name for path in root.glob("licences/by/category/*/index.html")} == {
        "ordinary_licence",
        "franchise",
    }


def test_figures_count_what_is_published(root):
    page = (root / "statistics/index.html").read_text()
    for title in ("行政处罚按决定年份", "行政处罚按处罚机关", "行政处罚按处罚类别", "行政许可按许可类别"):
        assert title in page
    text = re.sub(r"<[^>]+>", " ", page[page.index("行政许可按许可类别") :])
    assert re.search(r"普通\s+2", text)
    assert re.search(r"特许\s+1", text)


def test_home_page_leads_to_both_kinds_and_counts_them(root):
    page = (root / "index.html").read_text()
    found = re.findall(r'<a href="([^"]+)"><span class="door-name">([^<]+)</span><span class="door-count">(\d+)', page)
    assert ("./penalties/", "查处罚", "5") in found
    assert ("./licences/", "查许可", "3") in found
    assert "严重失信主体名单、行政处罚、行政许可、信用奖惩措施" in page


def test_pages_name_the_kinds_in_the_order_of_the_site_file(tmp_path):
    kinds = {Kind.LICENCE: [small_sites.licence("XK-1")], Kind.CATALOGUE: [small_sites.item("ML-1")]}
    desk = Desk(tmp_path, publish={"kinds": ["licences", "catalogue"]})
    desk.export(severe=[], others=kinds)
    assert clean(desk.run("build")).returncode == 0
    page = (small_sites.live_root(desk.output) / "lists/index.html").read_text()
    assert page.index("../licences/") < page.index("../catalogue/")


def test_penalty_the_law_excludes_from_repair_offers_no_way_to_repair(tmp_path):
    desk = Desk(tmp_path)
    rows = [small_sites.penalty("CF-1"), small_sites.penalty("CF-2", types=["吊销许可证件"])]
    desk.export(severe=[], others={Kind.PENALTY: rows})
    assert clean(desk.run("build")).returncode == 0
    pages = {
        one: (small_sites.live_root(desk.output) / f"penalties/{one}.html").read_text() for one in ("CF-1", "CF-2")
    }
    assert ("怎样修复" in pages["CF-1"], "怎样修复" in pages["CF-2"]) == (True, False)
    assert ("不适用信用修复" in pages["CF-1"], "不适用信用修复" in pages["CF-2"]) == (False, True)


def test_record_says_its_source_once_and_the_ground_of_naming_a_person_after_what_was_done(tmp_path):
    desk = Desk(tmp_path)
    rows = [small_sites.penalty("CF-1", **PERSON), small_sites.penalty("CF-2", source="演示数据单位")]
    desk.export(severe=[], others={Kind.PENALTY: rows})
    assert clean(desk.run("build")).returncode == 0
    root = small_sites.live_root(desk.output)
    first, second = ((root / f"penalties/{one}.html").read_text() for one in ("CF-1", "CF-2"))
    assert ("数据来源单位" in first, "数据来源单位" in second) == (False, True)
    assert first.index("违法事实") < first.index("自然人公开依据") < first.index("公示日期")


def test_person_is_shown_by_name_alone_and_kept_from_indexes(root):
    page = (root / "penalties/CF-3.html").read_text()
    assert "演示某人" in page
    assert '<meta name="robots" content="noindex' in page
    digits = small_sites.resident_id()
    for path, data in read_pages.decoded(small_sites.files_of(root)):
        assert digits.encode() not in data, path
        assert f"{digits[:4]}**********{digits[14:]}".encode() not in data, path


def test_sole_traders_zeros_are_nowhere(root):
    assert not any((b"0" * 17 + b"X") in data for _, data in read_pages.decoded(small_sites.files_of(root)))


def test_decisions_own_end_is_told_apart_from_the_term_of_showing(tmp_path):
    desk = Desk(tmp_path)
    row = small_sites.penalty("CF-1", effective_through=dt.date(2026, 12, 31))
    desk.export(severe=[], others={Kind.PENALTY: [row]})
    assert clean(desk.run("build")).returncode == 0
    page = (small_sites.live_root(desk.output) / "penalties/CF-1.html").read_text()
    assert "处罚决定的有效期（不是公示期）" in page
    assert re.search(r"公示至[^0-9]+2031-05-30", page)


def test_annulled_penalty_is_due_in_three_working_days_and_leaves(tmp_path):
    desk = Desk(tmp_path)
    desk.export(severe=[], others={Kind.PENALTY: [small_sites.penalty("CF-1"), small_sites.penalty("CF-2")]})
    assert clean(desk.run("build")).returncode == 0
    annulled = small_sites.penalty("CF-1", annulled_on=dt.date(2026, 11, 13), annulled_how="annulled")
    later = small_sites.write_export(
        tmp_path / "later",
        severe=[],
        others={Kind.PENALTY: [annulled, small_sites.penalty("CF-2")]},
        version="2026.11.19",
    )
    told = json.loads(clean(desk.run("check", "--json", "--export", str(later))).stdout)
    [due] = [one for one in told["duties"]["clocks"] if one["clock"] == "revocation"]
    assert (due["id"], due["kind"], due["last_day"], due["state"]) == ("CF-1", "penalties", "2026-11-18", "overdue")
    assert "revocation-waiting" in {one["code"] for one in told["findings"]}
    assert clean(desk.run("build", "--export", str(later), "--allow", "shrink")).returncode == 0
    root = small_sites.live_root(desk.output)
    assert small_sites.ids_of(root, "penalties") == ["CF-2"]
    assert not (root / "penalties/CF-1.html").exists()


STANDARD = """
- sector: 演示行业
  class: 轻微
  test: {{otherwise: true}}
  source: 《演示分类标准》
  number: 演示标〔2026〕1号
  day: {}
"""


def standing(root):
    return (root / "penalties/CF-1.html").is_file()


def test_preview_follows_the_standards_of_sectors(tmp_path):
    desk, today = Desk(tmp_path), small_sites.AS_OF
    desk.export(severe=[], others={Kind.PENALTY: [small_sites.penalty("CF-1", gravity="", sector="演示行业")]})
    (tmp_path / "scratch").mkdir()
    preview, options = Preview(tmp_path / "scratch"), Options(export=tmp_path / "export", as_of=today, today=today)
    themes, standards = desk.site.with_name("themes"), desk.site.with_name("classes.yml")
    assert standing(preview.make(load_site(desk.site), options, themes).root)
    standards.write_text(STANDARD.format("2026-03-01"))
    assert not standing(preview.make(load_site(desk.site), options, themes, [str(standards)]).root)
    standards.unlink()
    assert standing(preview.make(load_site(desk.site), options, themes, [str(standards)]).root)


def test_standard_that_is_to_be_published_classes_from_its_day_and_the_build_tells_the_day(tmp_path):
    desk = Desk(tmp_path)
    desk.export(severe=[], others={Kind.PENALTY: [small_sites.penalty("CF-1", gravity="", sector="演示行业")]})
    desk.site.with_name("classes.yml").write_text(STANDARD.format("2026-12-01"))
    built = clean(desk.run("build", "--json"))
    assert json.loads(built.stdout)["next_change"] == "2026-12-01"
    assert standing(small_sites.live_root(desk.output))
    assert clean(desk.run("build", day="2026-12-01", today="2026-12-01")).returncode == 0
    assert not standing(small_sites.live_root(desk.output))


def test_number_of_a_licence_is_shown_as_that_of_a_decision_and_of_a_withheld_one_nothing_is(tmp_path):
    """One that looks like a telephone number; one that is short and stands within others."""
    desk = Desk(tmp_path)
    rows = [
        small_sites.licence("XK-1", certificate_no="13912345678"),
        small_sites.licence("XK-2", certificate_no="A1-23", disclosure="query"),
        small_sites.licence("XK-3", certificate_no="XA1-234"),
    ]
    desk.export(severe=[], others={Kind.LICENCE: rows})
    done = clean(desk.run("build"))
    assert done.returncode == 0, done.stdout + done.stderr
    root = small_sites.live_root(desk.output)
    assert small_sites.ids_of(root, "licences") == ["XK-1", "XK-3"]
    assert "13912345678" in (root / "licences/XK-1.html").read_text()
    assert "XA1-234" in (root / "licences/XK-3.html").read_text()


def test_site_that_does_not_name_the_kinds_refuses_them_and_says_nothing_of_them(tmp_path):
    desk = Desk(tmp_path, publish={"kinds": ["catalogue"]})
    desk.export(severe=[small_sites.entry()], others={Kind.LICENCE: licences()})
    done = clean(desk.run("build", "--json"))
    assert done.returncode == 1
    assert "unknown-resource" in done.stdout
    without = small_sites.write_export(tmp_path / "without", severe=[small_sites.entry()])
    assert clean(desk.run("build", "--export", str(without))).returncode == 0
    for path, data in read_pages.decoded(small_sites.files_of(small_sites.live_root(desk.output))):
        assert b"licences" not in data, path


def test_office_table_with_everything_in_it_leaves_nothing_of_what_is_never_shown(tmp_path):
    """From the office's workbook to the web root: certificate numbers, other codes and remarks are in no byte."""
    marker, number = "演示密标记QZX", small_sites.resident_id("21020019800317075")
    row = {
        "记录编号": "CF-1",
        "行政相对人名称": "演示甲公司",
        "行政相对人类别": "法人及非法人组织",
        "行政相对人代码_1(统一社会信用代码)": small_sites.credit_code(1),
        "行政相对人代码_2(工商注册号)": f"{marker}2",
        "法定代表人": "演示张",
        "法定代表人证件类型": f"{marker}类",
        "法定代表人证件号码": number,
        "证件号码": f"{marker}号",
        "行政处罚决定书文号": "演示罚〔2026〕1号",
        "违法行为类型": "演示违法行为",
        "违法事实": "演示违法事实甲",
        "处罚依据": "《演示条例》第三条",
        "处罚类别": "罚款",
        "处罚内容": "演示处罚内容甲",
        "罚款金额(万元)": 0.5,
        "处罚决定日期": "2026/6/22",
        "处罚机关": "演示处罚机关",
        "信息使用范围": "0",
        "备注": f"{marker}注",
    }
    book = openpyxl.Workbook()
    book.active.append(list(row))
    book.active.append(list(row.values()))
    book.save(tmp_path / "office.xlsx")
    desk = Desk(tmp_path)
    fixed = {"公示日期": "2026-07-01", "行政处罚程序": "一般程序"}
    (tmp_path / "map.yml").write_text(yaml.safe_dump({"penalties": {"fixed": fixed}}, allow_unicode=True))
    made = ("--penalties", str(tmp_path / "office.xlsx"), "--map", str(tmp_path / "map.yml"))
    done = clean(desk.run("pack", str(tmp_path / "packed"), *made, "--created", small_sites.CREATED))
    assert done.returncode == 0, done.stdout + done.stderr
    with (tmp_path / "packed" / "penalties.csv").open(encoding="utf-8-sig", newline="") as file:
        [packed] = csv.DictReader(file)
    assert packed["罚款金额（万元）"] == "0.5"
    described = json.loads((tmp_path / "packed" / "datapackage.json").read_text())
    described["approval"] = {
        "status": "approved",
        "by": "演示",
        "reference": "演示〔2026〕1号",
        "on": small_sites.CREATED,
    }
    (tmp_path / "packed" / "datapackage.json").write_text(json.dumps(described, ensure_ascii=False))
    built = clean(desk.run("build", "--export", str(tmp_path / "packed")))
    assert built.returncode == 0, built.stdout + built.stderr
    assert small_sites.ids_of(small_sites.live_root(desk.output), "penalties") == ["CF-1"]
    for folder in (desk.output, tmp_path / "packed"):
        files = small_sites.files_of(folder)
        for path, data in read_pages.decoded(files):
            assert marker.encode() not in data, path
            assert number.encode() not in data, path
