"""Expiry without a rebuild, in Chromium: from the day after its last day a record is on no page, list or hit."""

import datetime as dt
from pathlib import Path
import threading

from playwright.sync_api import expect
import pytest
import small_sites

from site_builder.pages.urls import slug
from site_builder.serve.preview import preview

LAST = dt.date(2026, 11, 25)
DURING, AFTER = "2026-11-25T23:59:59+08:00", "2026-11-26T00:00:00+08:00"
SCREEN = {"width": 1280, "height": 720}
BASE = "/credit/"
AUTHORITY = slug("演示市场监管局")


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A site of which S-1 and R-1 have their last day on 25 November; S-2 and R-2 stay."""
    folder = tmp_path_factory.mktemp("expiry")
    site = small_sites.write_site(folder / "content", "lingyuan", site__base_path=BASE)
    ends = {"act_ended_on": LAST.replace(year=2021), "subject_name": "演示到期商贸公司"}
    export = small_sites.write_export(
        folder / "export",
        severe=[small_sites.entry("S-1", **ends), small_sites.entry("S-2", subject_name="演示在期商贸公司")],
        models=[small_sites.model("R-1", valid_through=LAST), small_sites.model("R-2")],
    )
    small_sites.build_site(site, export, folder / "out")
    root = folder / "out" / "lingyuan" / "current"
    assert {row["id"]: row["public_until"] for row in small_sites.rows_of(root, "severe-list")}["S-1"] == "2026-11-25"
    with preview(root, BASE, 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}{BASE}"
        server.shutdown()
        thread.join()


@pytest.fixture(params=[DURING, AFTER], ids=["on its last day", "the day after"])
def visit(request, window):
    """(page, whether what ends on 25 November is over) in a browser whose clock says so, its zone far from China."""
    page = window(SCREEN, now=request.param, timezone_id="America/New_York", accept_downloads=True)
    return page, request.param == AFTER


@pytest.mark.parametrize("where", ["", "severe/", "severe/2024/", f"severe/by/authority/{AUTHORITY}/", "role-models/"])
def test_lists_hide_what_is_past_its_day(address, visit, where):
    page, over = visit
    page.goto(address + where)
    ending, staying = ("演示诚信R-1公司", "演示诚信R-2公司") if "role" in where else ("到期商贸公司", "在期商贸公司")
    expect(page.locator("main", has_text=staying)).to_be_visible()
    assert (ending in page.locator("main").inner_text()) is not over


@pytest.mark.parametrize(
    ("path", "name"), [("severe/S-1.html", "演示到期商贸公司"), ("role-models/R-1.html", "R-1公司")]
)
def test_page_hides_what_is_past_its_day(address, visit, path, name):
    page, over = visit
    page.goto(address + path)
    assert (name in page.locator("main").inner_text()) is not over
    assert (name in page.title()) is not over
    robots = page.locator("meta[name=robots]").get_attribute("content")
    assert "unavailable_after: 2026-11-25T23:59:59+08:00" in robots


@pytest.mark.parametrize("query", ["商贸公司", "到期商贸"])
def test_search_hides_and_does_not_count_what_is_past_its_day(address, visit, query):
    page, over = visit
    page.goto(f"{address}search/#q={query}&kind=severe-list")
    expect(page.locator("body")).to_have_attribute("data-search", "done")
    ids = page.locator("a[data-result]").evaluate_all("all => all.map(one => one.dataset.id)")
    expected = ({"S-1", "S-2"} if query == "商贸公司" else {"S-1"}) - ({"S-1"} if over else set())
    assert set(ids) == expected
    assert page.locator("[data-result-total]").inner_text() == str(len(expected))


def test_saved_hits_leave_out_what_is_past_its_day(address, visit):
    page, over = visit
    page.goto(f"{address}search/#q=商贸公司&kind=severe-list")
    expect(page.locator("body")).to_have_attribute("data-search", "done")
    with page.expect_download() as saved:
        page.click("[data-save]")
    text = Path(saved.value.path()).read_text("utf-8")
    assert "演示在期商贸公司" in text
    assert ("演示到期商贸公司" in text) is not over


def test_batch_check_leaves_out_what_is_past_its_day(address, visit):
    page, over = visit
    page.goto(f"{address}search/batch.html")
    page.fill("#batch-list", "演示到期商贸公司\n演示在期商贸公司")
    page.click("#batch-form button[type=submit]")
    expect(page.locator("body")).to_have_attribute("data-search", "done")
    totals = page.locator("#batch-rows tr").evaluate_all("all => all.map(one => one.dataset.total)")
    assert totals == (["0", "1"] if over else ["1", "1"])
    assert page.locator("#batch-rows a").count() == sum(map(int, totals))


def test_page_left_open_over_midnight_is_cleared_when_looked_at_again(address, chromium):
    page = chromium.new_page()
    page.clock.set_fixed_time(DURING)
    page.goto(f"{address}severe/S-1.html")
    expect(page.locator("h1")).to_have_text("演示到期商贸公司")
    page.clock.set_fixed_time(AFTER)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("main")).not_to_contain_text("演示到期商贸公司")
    page.close()
