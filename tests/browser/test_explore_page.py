"""The tables to look at and the citations in Chromium: under the strict policy, from a sub-folder."""

import csv
import datetime as dt
import html
import io
import json
from pathlib import Path
import re

import openpyxl
from playwright.sync_api import expect
import pytest
from search_pages import BASE, Below, complaints, served_below
import small_sites

from site_builder.outputs.columns import COLUMNS, heading
from site_builder.pages.contexts import YearFile
from site_builder.pages.open_data import usual
from site_builder.vocabulary import LABELS, Category, Kind

DAY = dt.timedelta(days=1)
DESK = {"width": 1280, "height": 720}
DATA_ON = small_sites.CREATED[:10]


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("explore")
    site = small_sites.write_site(folder / "content", site__base_path=BASE, site__theme="credit")
    entries = [
        small_sites.entry(
            f"S-{number:03}",
            listed_on=dt.date(2023, 1, 1) + DAY * number * 5,
            authority=f"演示单位{number % 3}",
            category=("market_order", "health_safety")[number % 2],
            region=("210202", "211382", "110000", "")[number % 4],
            list_name=f"演示名单{number % 2}",
            measure_ids=["M-1"],
        )
        for number in range(120)
    ]
    entries[52] |= {"authority": "演示单位1分局"}
    entries[100] |= {"subject_name": "<b>演示</b>公司", "cause": "=1+1"}
    export = small_sites.write_export(
        folder / "export",
        severe=entries,
        measures=[small_sites.measure("M-1", clause="DL-34-1")],
        models=[small_sites.model("R-1")],
    )
    small_sites.build_site(site, export, folder / "out")
    return small_sites.live_root(folder / "out")


@pytest.fixture(scope="module")
def address(root):
    with served_below(root) as found:
        yield found


@pytest.fixture
def page(window):
    """A page that must not complain."""
    opened = window(DESK, accept_downloads=True)
    said = complaints(opened, "error", "warning")
    yield opened
    assert said == []


@pytest.fixture
def first_page(first_window):
    """The same in a browser that has fetched nothing yet."""
    opened = first_window(DESK)
    said = complaints(opened, "error", "warning")
    yield opened
    assert said == []


def looked_at(page, address, path):
    page.goto(address + path)
    expect(page.locator("body[data-explore=done]")).to_be_attached(timeout=20_000)
    return page


def rows(root):
    return small_sites.rows_of(root, "severe-list")


def test_few_rows_are_shown_of_all_years(page, address, root):
    looked_at(page, address, "data/severe-list/")
    expect(page.locator("#status")).to_have_text(f"共 {len(rows(root))} 行")
    expect(page.locator("#years")).to_have_value("all")
    newest = max(row["listed_on"][:4] for row in rows(root))
    page.locator("#years").select_option(newest)
    many = sum(row["listed_on"].startswith(newest) for row in rows(root))
    expect(page.locator("#status")).to_have_text(f"共 {many} 行")
    assert page.url.endswith(f"#year={newest}")
    page.locator("#years").select_option("all")
    expect(page.locator("#status")).to_have_text(f"共 {len(rows(root))} 行")
    assert "year" not in page.url


def test_many_rows_begin_with_the_newest_year_that_has_begun_and_no_other_is_fetched(first_page, tmp_path):
    site = small_sites.write_site(tmp_path / "content", site__base_path=BASE, site__theme="credit")
    days = [dt.date(2024, 1, 1) + DAY * number for number in range(310)] + [dt.date(2025, 3, 1)] * 5
    entries = [small_sites.entry(f"S-{number:03}", listed_on=day) for number, day in enumerate(days)]
    small_sites.build_site(site, small_sites.write_export(tmp_path / "export", severe=entries), tmp_path / "out")
    with served_below(small_sites.live_root(tmp_path / "out")) as address:
        Below.asked.clear()
        looked_at(first_page, address, "data/severe-list/")
        expect(first_page.locator("#status")).to_have_text("共 5 行")
        files = [path for path in Below.asked if path.endswith(".jsonl")]
    assert files == [f"{BASE}data/by-year/severe-list-2025.jsonl"]


def test_year_to_come_is_not_what_a_table_begins_with():
    def files(*years):
        return [YearFile(year, f"{year} 年", f"data/by-year/measures-{year}.jsonl", rows, 1) for year, rows in years]

    assert usual(files(("2027", 1), ("2026", 400)), 2026) == ("2026", 400)
    assert usual(files(("2027", 1), ("2026", 20)), 2026) == ("all", 21)
    assert usual(files(("2027", 400)), 2026) == ("2027", 400)
    assert usual(files(("2026", 3)), 2026) == ("2026", 3)
    assert usual([], 2026) == ("all", 0)


def test_view_is_shared_as_an_address(page, address, root):
    looked_at(page, address, "data/severe-list/#year=all&sort=-listed_on&has.category=health_safety&count=authority")
    wanted = sorted(
        (row for row in rows(root) if row["category"] == "health_safety"),
        key=lambda row: row["listed_on"],
        reverse=True,
    )
    expect(page.locator("#status")).to_have_text(f"共 {len(wanted)} 行")
    expect(page.locator(".tabulator-row")).to_have_count(20)
    expect(page.locator(".tabulator-row").first).to_contain_text(wanted[0]["id"])
    counts = [tuple(row.locator("td").all_inner_texts()) for row in page.locator("#counted tr").all()]
    assert counts == [("演示单位0", "20"), ("演示单位1", "20"), ("演示单位2", "20")]


def test_view_in_a_query_is_understood_and_turned_into_a_fragment(page, address):
    looked_at(page, address, "data/severe-list/?year=all&has.id=S-100")
    expect(page.locator("#status")).to_have_text("共 1 行")
    assert page.url == f"{address}data/severe-list/#year=all&has.id=S-100"
    page.evaluate("location.hash = '#year=all&has.id=S-10'")
    expect(page.locator("#status")).not_to_have_text("共 1 行")
    expect(page.locator("body[data-explore=done]")).to_be_attached(timeout=20_000)
    expect(page.locator(".tabulator-col[tabulator-field=id] input")).to_have_value("S-10")


def test_filtering_and_sorting_by_hand_change_the_address(page, address):
    looked_at(page, address, "data/severe-list/#year=all")
    box = page.locator(".tabulator-col[tabulator-field=authority] input")
    box.fill("单位1")
    box.press("Enter")
    expect(page.locator("#status")).to_have_text("共 40 行")
    page.locator(".tabulator-col[tabulator-field=listed_on] .tabulator-col-title").click()
    page.wait_for_url("**sort=listed_on**")
    assert "has.authority=" in page.url
    again = page.url
    assert page.evaluate("location.search") == ""
    page.goto("about:blank")
    page.goto(again)
    expect(page.locator("#status")).to_have_text("共 40 行")


def test_all_columns_are_shown_when_asked_for_and_filters_stay(page, address, root):
    looked_at(page, address, "data/severe-list/#year=all&has.authority=单位1")
    heads = page.locator(".tabulator-col:visible")
    few = heads.count()
    page.get_by_label("全部列").check()
    expect(heads).to_have_count(len(rows(root)[0]))
    expect(page.locator("#status")).to_have_text("共 40 行")
    cause = page.locator(".tabulator-col[tabulator-field=cause] input")
    cause.fill("=1")
    cause.press("Enter")
    expect(page.locator("#status")).to_have_text("共 1 行")
    page.get_by_label("全部列").uncheck()
    expect(heads).to_have_count(few)
    expect(page.locator("#status")).to_have_text("共 1 行")
    expect(page.get_by_label("全部列")).to_be_focused()


def test_saved_csv_is_the_view_with_every_column_and_runs_nothing(page, address, root):
    looked_at(page, address, "data/severe-list/#year=all&has.id=S-100")
    with page.expect_download() as download:
        page.get_by_role("button", name="保存这 1 行为 CSV").click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    (wanted,) = [one for one in rows(root) if one["id"] == "S-100"]
    assert list(row) == [heading(column) for column in COLUMNS[Kind.SEVERE]]
    assert row["认定事由"] == "'=1+1"
    assert row["主体名称"] == wanted["subject_name"]
    assert (row["失信行为类别"], row["行政区划"], row["行为持续中"]) == (LABELS[Category.MARKET_ORDER], "中山区", "否")
    assert download.value.suggested_filename == f"信用演示站-严重失信主体名单-S-100-{DATA_ON}.csv"


def test_workbook_saved_from_the_table_of_a_list_is_that_list(page, address, root):
    """From a list's page to a workbook of exactly its records, in words, which says what it is."""
    page.goto(f"{address}severe/by/region/210202/")
    link = page.get_by_role("link", name="在表格中查看、保存")
    expect(link).to_have_text("在表格中查看、保存（30 行）")
    link.click()
    expect(page.locator("body[data-explore=done]")).to_be_attached(timeout=20_000)
    expect(page.locator("#status")).to_have_text("共 30 行")
    expect(page.locator(".counting")).to_contain_text("只看行政区划：中山区")
    expect(page.locator(".files-line")).to_contain_text("全部 120 行：CSV")
    with page.expect_download() as download:
        page.get_by_role("button", name="保存这 30 行为 Excel").click()
    assert download.value.suggested_filename == f"信用演示站-严重失信主体名单-中山区-{DATA_ON}.xlsx"
    sheet, legend = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).worksheets
    told = list(sheet.iter_rows(values_only=True))
    assert told[0][0] == "严重失信主体名单"
    assert any("共 30 行（只看行政区划：中山区）" in str(cell) for row in told[:5] for cell in row)
    assert told[2][:2] == ("数据版本", small_sites.VERSION)
    assert list(told[5]) == [heading(column) for column in COLUMNS[Kind.SEVERE]]
    published = {row["id"]: row for row in rows(root)}
    for line in sheet.iter_rows(min_row=7):
        for place, column in enumerate(COLUMNS[Kind.SEVERE]):
            value = published[line[0].value][column.name]
            if column.type == "date" and value:
                same = (dt.datetime.fromisoformat(value), "yyyy-mm-dd")
                assert (line[place].value, line[place].number_format) == same
                assert line[place].is_date
            elif column.type == "date":
                assert not line[place].value
    wanted = {row["id"] for row in rows(root) if row["region"] == "210202"}
    assert {row[0] for row in told[6:]} == wanted
    assert {row[list(told[5]).index("行政区划")] for row in told[6:]} == {"中山区"}
    assert [row[2] for row in legend.iter_rows(min_row=2, values_only=True)] == [
        one.name for one in COLUMNS[Kind.SEVERE]
    ]


def test_table_of_every_list_shows_that_list_and_nothing_else(page, address, root):
    """Each list whose records are saved from the table: the numbers of its page and of the table are the same."""
    views = {}
    for path in sorted(root.rglob("index.html")):
        for href, count in re.findall(
            r'href="[./]*(data/[a-z-]+/#[^"]+)">在表格中查看、保存（([\d,]+) 行', path.read_text()
        ):
            views[html.unescape(href)] = count
    groups = {re.sub("=.*", "", view.partition("has.")[2]) for view in views}
    assert groups >= {
        "",
        "authority",
        "region",
        "category",
        "list_name",
        "measure_ids",
        "implementing_bodies",
        "clause",
    }
    for view, count in views.items():
        page.goto("about:blank")
        looked_at(page, address, view)
        expect(page.locator("#status")).to_have_text(f"共 {count} 行")


def test_filters_in_force_are_told_and_let_go(page, address):
    looked_at(page, address, "data/severe-list/#year=all&has.category=health_safety&has.authority=单位1")
    line = page.locator(".counting")
    expect(line).to_contain_text(f"失信行为类别：{LABELS[Category.HEALTH_SAFETY]}")
    expect(line).to_contain_text("认定单位含“单位1”")
    line.get_by_role("button", name="看全部").click()
    expect(page.locator("#status")).to_have_text("共 120 行")
    expect(page.locator("#narrowed")).to_be_hidden()
    expect(page.get_by_role("button", name="保存这 120 行为 Excel")).to_be_visible()
    assert "has." not in page.url


def test_table_has_a_name_and_is_sorted_with_keys_alone(page, address, root):
    page.set_viewport_size({"width": 1600, "height": 900})
    looked_at(page, address, "data/severe-list/#year=all")
    expect(page.get_by_role("grid", name="严重失信主体名单")).to_be_visible()
    page.locator("#save").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#to-grid")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".tabulator-col-title").first).to_be_focused()
    assert "year=all" in page.url
    column = page.locator(".tabulator-col[tabulator-field=listed_on]")
    for _ in range(20):
        page.keyboard.press("Tab")
        if column.evaluate("one => one.querySelector('.tabulator-col-title') === document.activeElement"):
            break
    days = sorted(row["listed_on"] for row in rows(root))
    first = page.locator(".tabulator-row").first.locator("[tabulator-field=listed_on]")
    for key, order, day in (("Enter", "ascending", days[0]), (" ", "descending", days[-1])):
        page.keyboard.press(key)
        expect(column).to_have_attribute("aria-sort", order)
        expect(first).to_have_text(day)
    page.wait_for_url("**sort=-listed_on**")
    page.evaluate("location.hash = '#main'")
    page.wait_for_url("**sort=-listed_on**")


def test_values_beside_the_table_narrow_it_and_count_what_they_would_leave(page, address, root):
    page.set_viewport_size({"width": 1600, "height": 900})
    looked_at(page, address, "data/severe-list/#year=all")
    rail = page.locator("#rail")
    of_list = [row for row in rows(root) if row["category"] == "health_safety"]
    button = rail.get_by_role("button", name=LABELS[Category.HEALTH_SAFETY])
    expect(button).to_have_text(f"{LABELS[Category.HEALTH_SAFETY]} {len(of_list)}")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_have_text(f"共 {len(of_list)} 行")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()
    of_both = [row for row in of_list if row["authority"] == "演示单位1"]
    other = rail.get_by_role("button", name="演示单位1 ", exact=False).first
    expect(other).to_have_text(f"演示单位1 {len(of_both)}")
    other.click()
    expect(page.locator("#status")).to_have_text(f"共 {len(of_both)} 行")
    assert "has.category=health_safety" in page.url
    elsewhere = rail.get_by_role("button", name="其他地区")
    assert elsewhere.count() == 0 or int(elsewhere.inner_text().split()[-1]) <= len(of_both)
    button.click()
    expect(page.locator("#status")).to_have_text(f"共 {sum(row['authority'] == '演示单位1' for row in rows(root))} 行")


def test_what_a_row_is_about_stays_in_sight_beside_the_widest_table(page, address):
    page.set_viewport_size({"width": 360, "height": 740})
    looked_at(page, address, "data/severe-list/#year=all&all=1")
    assert page.locator("#rail").is_hidden()
    name = page.locator(".tabulator-row").first.locator("[tabulator-field=subject_name]")
    before = name.bounding_box()
    page.evaluate("document.querySelector('.tabulator-tableholder').scrollLeft = 3000")
    page.wait_for_function("document.querySelector('.tabulator-tableholder').scrollLeft > 1000")
    after = name.bounding_box()
    assert abs(before["x"] - after["x"]) < 2
    assert after["width"] <= 180
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for width in (1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        page.reload()
        expect(page.locator("body[data-explore=done]")).to_be_attached(timeout=20_000)
        assert page.locator("#grid").bounding_box()["width"] >= min(width, 1760) - 15 * 16 - 130
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_text_of_a_record_never_becomes_markup(page, address):
    looked_at(page, address, "data/severe-list/#year=all&has.id=S-100")
    cell = page.locator(".tabulator-cell[tabulator-field=subject_name]")
    expect(cell).to_have_text("<b>演示</b>公司")
    assert cell.locator("b").count() == 0
    cell.locator("a").click()
    page.wait_for_url("**/severe/S-100.html")
    expect(page.locator("h1")).to_have_text("<b>演示</b>公司")


def test_row_past_its_last_day_is_not_shown(page, address, root):
    looked_at(page, address, "data/role-models/")
    file = next((root / "data" / "by-year").glob("role-models-*.jsonl"))
    past = json.dumps(json.loads(file.read_text()) | {"public_until": "2020-01-01"}).encode()
    page.route("**/role-models-*.jsonl", lambda route: route.fulfill(body=past))
    page.reload()
    expect(page.locator("#status")).to_have_text("共 0 行")


def test_links_of_measures_lead_to_their_articles(page, address):
    looked_at(page, address, "data/measure-links/")
    page.locator(".tabulator-cell[tabulator-field=clause_text] a").click()
    page.wait_for_url("**/laws/dalian.html#art-34-1")


def test_without_scripts_the_page_leads_to_the_downloads(chromium, address):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "data/severe-list/")
    assert "没有脚本，可以下载文件" in page.locator("main noscript").inner_text()
    for form in ("CSV", "JSONL", "XLSX", "PARQUET"):
        expect(page.get_by_role("link", name=form, exact=True)).to_be_visible()
    expect(page.locator("#years")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("path", ["severe/S-001.html", "measures/M-1.html", "role-models/R-1.html", "data/"])
def test_citation_names_the_release_only_when_asked(page, address, root, path):
    page.goto(address + path)
    release = json.loads((root / "release.json").read_text())
    plain = page.locator("#citation").inner_text()
    assert release["files"] not in (root / path.replace("data/", "data/index.html")).read_text()
    page.get_by_role("button", name="写明数据版本").click()
    expect(page.locator("#citation")).to_contain_text(f"数据版本 {release['version']}")
    whole = page.locator("#citation").inner_text()
    assert release["files"] in whole
    assert release["as_of"] in whole
    assert whole.startswith(plain.split("[DS/OL]")[0])
    (item,) = json.loads(page.locator("#csl").inner_text())
    assert item["type"] == "dataset"
    assert item["version"] == release["version"]
    assert item["URL"] == f"https://small.example{BASE}{path}"
    assert release["files"] in item["note"]
    assert len(item["issued"]["date-parts"][0]) == 3
