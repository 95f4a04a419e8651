"""A site that names 经营异常名录: what the catalogue opens is shown, listed, counted, found; nothing else is told."""

import datetime as dt
import json
import re

import openpyxl
from packed_tables import Packing
import pytest
import read_pages
import small_sites
from webmasters_desk import Desk, clean

from site_builder.vocabulary import Kind

AS_OF = small_sites.AS_OF
UNTOLD = "演示外人不知的列入原因"
TRADER = {"subject_type": "individual_business", "subject_code": None, "subject_name": "演示甲理发店"}
MISREPORTED = "演示公示的信息隐瞒真实情况"


def rows():
    return [
        small_sites.abnormal("YC-1"),
        small_sites.abnormal("YC-2", **TRADER, region="999999", decision_no=None),
        small_sites.abnormal("YC-3", cause=MISREPORTED, listed_on=dt.date(2025, 7, 10), authority="演示另一登记机关"),
        small_sites.abnormal("YC-C", catalogue_item="CA-Q", cause=f"{UNTOLD}一"),
        small_sites.abnormal("YC-N", catalogue_item=None, cause=f"{UNTOLD}二"),
        small_sites.abnormal("YC-R", removed_on=AS_OF, removal_cause=f"{UNTOLD}三", cause=f"{UNTOLD}四"),
        small_sites.abnormal("YC-W", removal_no="演示异移字〔2026〕88号", cause=f"{UNTOLD}五"),
        small_sites.abnormal("YC-P", subject_type="natural_person", subject_code=None, subject_name="演示某某人"),
    ]


def catalogue():
    return [small_sites.item("CA0"), small_sites.item("CA-Q", disclosure="query")]


@pytest.fixture(scope="module", params=["dalian", "lingyuan"])
def desk(request, tmp_path_factory):
    desk = Desk(tmp_path_factory.mktemp("abnormal"), request.param)
    desk.export(severe=[], others={Kind.ABNORMAL: rows(), Kind.CATALOGUE: catalogue()})
    done = clean(desk.run("build"))
    assert done.returncode == 0, done.stdout + done.stderr
    return desk


@pytest.fixture(scope="module")
def root(desk):
    return small_sites.live_root(desk.output, desk.city)


@pytest.fixture(scope="module")
def checked(desk):
    return json.loads(clean(desk.run("check", "--json")).stdout)


def test_what_the_catalogue_opens_and_still_stands_is_shown_and_nothing_else_leaves_a_trace(root):
    assert small_sites.ids_of(root, "abnormal-list") == ["YC-1", "YC-2", "YC-3"]
    told = (UNTOLD, "演示异移字〔2026〕88号", "演示某某人", "YC-C", "YC-N", "YC-R", "YC-W", "YC-P")
    for path, data in read_pages.decoded(small_sites.files_of(root)):
        for one in told:
            assert one.encode() not in data, (path, one)


def test_unit_is_told_what_the_catalogue_does_not_open_and_what_lacks_its_day(desk, checked):
    found = [(one["code"], one["place"]["row"]) for one in checked["findings"]]
    asked = [one for one in found if one[0] in {"not-in-catalogue", "removal-incomplete"}]
    assert asked == [("not-in-catalogue", 5), ("not-in-catalogue", 6), ("removal-incomplete", 8)]
    clean(desk.run("check", "--report", str(desk.folder / "report")))
    [report] = [path.read_text() for path in (desk.folder / "report").rglob("index.html")]
    assert all(one in report[report.index("演示登记机关") :] for one in ("YC-C", "YC-N", "YC-W"))
    assert UNTOLD not in json.dumps(checked, ensure_ascii=False)
    assert [one["id"] for one in checked["duties"]["unpublished"]] == [], "what no law opens is owed to nobody"
    article = {"dalian": "第八条、第十九条", "lingyuan": "第九条、第十三条"}[desk.city]
    told = clean(desk.run("explain", "YC-N")).stdout
    assert "没有写目录事项编号，或者目录没有把这一事项列为社会公开吗？" in told
    assert article in told


def test_sole_trader_is_said_to_be_marked_and_an_enterprise_to_be_listed(root):
    found = read_pages.pages_of(small_sites.files_of(root))
    pages = {one: read_pages.text_of(found[f"abnormal-list/{one}.html"]) for one in ("YC-1", "YC-2")}
    assert "由演示登记机关于 2026-07-10 列入经营异常名录（演示异列字〔2026〕YC-1号）。" in pages["YC-1"]
    assert "由演示登记机关于 2026-07-10 标记为经营异常状态。" in pages["YC-2"]
    heads = {one: (root / f"abnormal-list/{one}.html").read_text().split("</title>")[0] for one in pages}
    assert all("－经营异常 - " in one for one in heads.values()), "the title does not say that a trader is on the list"
    assert "列入经营异常名录" not in pages["YC-2"].split("可以怎么办")[0]
    for page in pages.values():
        assert "怎样移出或恢复" in page
        assert "个体工商户申请恢复正常记载状态" in page


def test_examples_of_the_search_are_of_a_subject_not_of_the_catalogue(root):
    home = (root / "index.html").read_text()
    [told] = re.findall(r'<p class="examples">(.*?)</p>', home, re.DOTALL)
    assert small_sites.item("CA0")["item"] not in told
    assert "演示甲理发店" in told


def test_lists_are_by_authority_region_cause_and_year(root):
    folders = {
        path.parent.relative_to(root / "abnormal-list/by").as_posix()
        for path in root.glob("abnormal-list/by/*/*/index.html")
    }
    assert {"region/210202", "region/other", "listed_on/2026", "listed_on/2025"} <= folders
    assert [sum(one.startswith(f"{field}/") for one in folders) for field in ("authority", "cause")] == [2, 2]


def test_figures_home_page_feed_and_ids_tell_of_it(root):
    page = (root / "statistics/index.html").read_text()
    text = re.sub(r"<[^>]+>", " ", page[page.index("经营异常按原因") :])
    assert re.search(rf"{MISREPORTED}\s+1", text)
    home = (root / "index.html").read_text()
    found = re.findall(r'<a href="([^"]+)"><span class="door-name">([^<]+)</span><span class="door-count">(\d+)', home)
    assert ("./abnormal-list/", "查经营异常", "3") in found
    assert (root / "feeds/abnormal-list.xml").read_text().count("<entry>") == 3
    assert "YC-1" in (root / "data/ids.json").read_text()
    assert (root / "data/by-year/abnormal-list-2025.csv").is_file()
    entities = (root / "data/entities.ftm.json").read_text()
    assert "演示登记机关" not in entities, "a duty one can do at any time is no sanction"


def test_removal_ordered_today_takes_the_page_away(tmp_path):
    desk = Desk(tmp_path)
    kept = [small_sites.abnormal(f"YC-{number}") for number in range(9)]
    desk.export(severe=[], others={Kind.ABNORMAL: kept, Kind.CATALOGUE: catalogue()})
    assert clean(desk.run("build")).returncode == 0
    done = clean(desk.run("withhold", "YC-1", "--what", "removed", "--by", "演示科", "--why", "演示已补报"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "YC-1" not in small_sites.ids_of(small_sites.live_root(desk.output), "abnormal-list")
    assert clean(desk.run("audit")).returncode == 0


def test_revoked_listing_is_due_in_three_working_days_where_the_law_says_so(tmp_path):
    clocks = {}
    for city in ("dalian", "lingyuan"):
        desk = Desk(tmp_path / city, city)
        both = [small_sites.abnormal("YC-1"), small_sites.abnormal("YC-2")]
        desk.export(severe=[], others={Kind.ABNORMAL: both, Kind.CATALOGUE: catalogue()})
        assert clean(desk.run("build")).returncode == 0
        both[0]["revoked_on"] = dt.date(2026, 11, 13)
        later = small_sites.write_export(
            desk.folder / "later",
            severe=[],
            others={Kind.ABNORMAL: both, Kind.CATALOGUE: catalogue()},
            version="2026.11.19",
        )
        told = json.loads(clean(desk.run("check", "--json", "--export", str(later))).stdout)
        clocks[city] = [(one["clock"], one["id"]) for one in told["duties"]["clocks"]]
    assert clocks == {"dalian": [("revocation", "YC-1")], "lingyuan": []}


OFFICE = {
    "记录编号": "YC-9",
    "企业名称": "演示甲贸易有限公司",
    "市场主体类型": "企业",
    "统一社会信用代码": small_sites.credit_code(9),
    "注册号": "演示密标记QZX",
    "法定代表人（负责人）": "演示张",
    "列入日期": "2026年7月10日",
    "列入经营异常名录原因": "演示没有按规定的期限公示年度报告",
    "作出决定机关（列入）": "演示登记机关",
    "列入决定文书号": "演示异列字〔2026〕9号",
    "移出日期": "",
    "移出经营异常名录原因": "",
    "作出决定机关（移出）": "",
    "移出文书号": "",
    "目录事项编号": "CA0",
    "披露方式": "公开",
    "公示日期": "2026-07-15",
}


def test_table_as_an_office_sends_it_becomes_an_export(tmp_path):
    traders = {"标记日期": "列入日期", "标记经营异常状态原因": "列入经营异常名录原因", "恢复日期": "移出日期"}
    called = {theirs: ours for ours, theirs in traders.items()}
    marked = {called.get(key, key): value for key, value in OFFICE.items()}
    marked |= {"市场主体类型": "个体", "统一社会信用代码": "0" * 17 + "X", "恢复日期": "2026/11/1"}
    said_of_none = OFFICE | {"移出日期": "--", "移出经营异常名录原因": "--", "移出文书号": "未移出"}
    for number, row in enumerate((OFFICE, marked, said_of_none)):
        book = openpyxl.Workbook()
        book.active.append(list(row))
        book.active.append(list(row.values()))
        path = tmp_path / f"office{number}.xlsx"
        book.save(path)
        (tmp_path / str(number)).mkdir()
        done = Packing(Desk(tmp_path / str(number)), path, kind="abnormal-list")
        assert done.code == 0, done.told.stdout + done.told.stderr
        [record] = done.records
        assert record["主体名称"] == "演示甲贸易有限公司"
        assert record["列入日期"] == "2026-07-10"
        assert record["列入原因"] == "演示没有按规定的期限公示年度报告"
        assert record["作出决定机关"] == "演示登记机关"
        assert record["主体类型"] == ("法人及非法人组织", "个体工商户", "法人及非法人组织")[number]
        assert record.get("移出日期", "") == ("", "2026-11-01", "")[number]
        assert not record.get("移出原因")
        assert not record.get("移出决定文书号")
        for written in (tmp_path / str(number) / "packed").rglob("*"):
            assert not written.is_file() or "演示密标记QZX".encode() not in written.read_bytes(), written


def test_site_that_does_not_name_the_kind_refuses_it_and_says_nothing_of_it(tmp_path):
    desk = Desk(tmp_path, publish={"kinds": ["catalogue"]})
    desk.export(severe=[small_sites.entry()], others={Kind.ABNORMAL: rows(), Kind.CATALOGUE: catalogue()})
    done = clean(desk.run("build", "--json"))
    assert done.returncode == 1
    assert "unknown-resource" in done.stdout
    without = small_sites.write_export(tmp_path / "without", severe=[small_sites.entry()])
    assert clean(desk.run("build", "--export", str(without))).returncode == 0
    for path, data in read_pages.decoded(small_sites.files_of(small_sites.live_root(desk.output))):
        assert b"abnormal-list" not in data, path
        assert "经营异常".encode() not in data, path
