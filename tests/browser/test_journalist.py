"""A reporter in Chromium: entries of an authority and year as a workbook, measures, a chart and its citation."""

from collections import Counter
import csv
import io
import json
from pathlib import Path
import re

import openpyxl
from playwright.sync_api import expect
import pytest
from sample_pages import AS_OF, sample_root, served
import small_sites

from site_builder.pages.measures import FIELDS

YEAR = "2025"
SCREEN = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def site():
    root = sample_root("dalian")
    with served(root) as address:
        yield address, root


@pytest.fixture
def page(chromium):
    context = chromium.new_context(accept_downloads=True, viewport=SCREEN)
    opened = context.new_page()
    opened.clock.set_fixed_time(f"{AS_OF}T04:00:00Z")
    yield opened
    context.close()


def saved(page, press):
    with page.expect_download() as download:
        press()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_entries_of_an_authority_in_a_year_are_taken_away_as_a_workbook(site, page):
    address, root = site
    rows = small_sites.rows_of(root, "severe-list")
    wanted = Counter(row["authority"] for row in rows if row["listed_on"].startswith(YEAR)).most_common(1)[0][0]
    page.goto(address)
    page.get_by_role("navigation").get_by_role("link", name="严重失信主体名单").first.click()
    page.get_by_role("link", name="按认定单位", exact=True).first.click()
    page.get_by_role("main").get_by_role("link", name=wanted).click()
    page.get_by_role("link", name=re.compile("在表格中查看、保存")).click()
    expect(page.locator("body[data-explore=done]")).to_be_attached(timeout=20_000)
    page.get_by_label("年份").select_option(YEAR)
    of_both = [row for row in rows if row["authority"] == wanted and row["listed_on"].startswith(YEAR)]
    expect(page.locator("#status")).to_have_text(f"共 {len(of_both)} 行")
    name, data = saved(page, page.get_by_role("button", name=f"保存这 {len(of_both)} 行为 Excel").click)
    assert wanted in name
    assert f"{YEAR}年" in name
    lines = list(openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True))
    assert {line[0] for line in lines if line[0] and line[0].startswith("YZ")} == {row["id"] for row in of_both}


def test_measures_that_bar_from_the_market_are_found_with_whom_they_bind(site, page):
    address, root = site
    page.goto(f"{address}measures/")
    page.locator("#narrow-field").select_option("准入")
    measures = small_sites.rows_of(root, "measures")
    barring = [row for row in measures if FIELDS["准入"].search(f"{row['title']}\n{row['content']}")]
    assert 0 < len(barring) < len(measures)
    shown = page.locator(".measure:visible h3 a").all_inner_texts()
    assert sorted(shown) == sorted(row["title"] for row in barring)
    told = page.locator(".summary [data-narrowed]")
    expect(told).to_have_text(f"符合的有 {len(barring)} 项")
    box = told.bounding_box()
    assert box["y"] + box["height"] < SCREEN["height"]
    expect(page.locator("[data-narrowed-table]")).to_be_hidden()  # no column of the table holds the field
    sent = page.url
    page.goto("about:blank")
    page.goto(sent)
    expect(page.locator("#narrow-field")).to_have_value("准入")
    assert sorted(page.locator(".measure:visible h3 a").all_inner_texts()) == sorted(shown)
    page.get_by_role("link", name=barring[0]["title"]).first.click()
    for body in barring[0]["implementing_bodies"]:
        expect(page.get_by_role("main")).to_contain_text(body)


def test_measures_of_a_kind_a_body_and_a_basis_are_the_same_in_the_table(site, page):
    """What was chosen goes with the address, back from another page too, and leads to the same rows in the table."""
    address, _ = site
    page.goto(f"{address}measures/")
    body = page.locator("#narrow-body option").nth(1).inner_text()
    law = page.locator("#narrow-law option").nth(1).inner_text()
    for chosen in ({"kind": "失信惩戒"}, {"body": body, "law": law}, {"kind": "守信激励", "body": body}):
        for name in ("kind", "body", "law"):
            page.locator(f"#narrow-{name}").select_option(chosen.get(name, ""))
        left = page.locator(".measure:visible").count()
        link = page.locator("[data-narrowed-table]")
        if left == 0:
            expect(link).to_be_hidden()
            continue
        link.click()
        expect(page.locator("body[data-explore=done]")).to_be_attached(timeout=20_000)
        expect(page.locator("#status")).to_have_text(f"共 {left} 行")
        page.go_back()
        expect(page.locator(".measure:visible")).to_have_count(left)
        for name, value in chosen.items():
            expect(page.locator(f"#narrow-{name}")).to_have_value(value)
    page.evaluate("location.hash = '#matrix'")
    page.wait_for_url("**#kind=**")
    page.get_by_role("button", name="清除").click()
    expect(page.locator(".summary [data-narrowed]")).to_be_empty()
    assert "#" not in page.url


def test_a_chart_its_figures_and_its_citation_agree(site, page):
    address, root = site
    page.goto(f"{address}statistics/")
    chart = page.get_by_role("region", name="名单按列入月份和行为类别")
    expect(chart.locator("svg.plot").first).to_be_visible()
    _, data = saved(page, chart.get_by_role("link", name="下载这些数（CSV）").click)
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    organisations = [row for row in small_sites.rows_of(root, "severe-list") if row["subject_type"] != "natural_person"]
    assert head[-1] == "合计"
    assert sum(int(row[-1]) for row in rows) == len(organisations)
    expect(chart).to_contain_text(f"单位记录共 {len(organisations)} 条")
    page.get_by_role("button", name="写明数据版本").click()
    release = json.loads((root / "release.json").read_bytes())
    expect(page.locator("#citation")).to_contain_text(release["version"])
    cited = json.loads(page.locator("#csl").text_content())
    assert (cited[0] if isinstance(cited, list) else cited)["URL"].endswith("/statistics/")
